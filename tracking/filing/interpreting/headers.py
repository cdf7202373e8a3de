"""What the headers of filings are called: every name of every column, the policy's metrics by their own words."""

from collections.abc import Iterator, Mapping, Sequence
from functools import lru_cache
from types import MappingProxyType

from tracking.filing.interpreting import alike, header_rows, naming
from tracking.filing.interpreting.naming import Names
from tracking.filing.interpreting.units import Units
from tracking.filing.spreadsheets import labels, tables
from tracking.filing.spreadsheets.grids import Grid
from tracking.filing.spreadsheets.tables import Table
from tracking.policy.vocabulary import Metric, Threshold, Vocabulary
from tracking.words import language, spelling
from tracking.words.language import LANGUAGES, Lang

_ACTUAL = (
    "实际数",
    "实际值",
    "实际完成数",
    "完成数",
    "本年数",
    "本年实际",
    "本年实际数",
    "actual figure",
    "actual value",
)
# The columns that are no metric, by every name. The year in which something is filed (填报年度) is not the year that
# it is about, and a mere 编号 may be a serial number.
KEYS = (
    (
        "space_id",
        (
            *("space_id", "空间编号", "space id", "空间代码", "空间编码", "空间id", "众创空间编号", "众创空间代码"),
            *("众创空间编码", "众创空间id", "space number", "space code", "id of the space"),
        ),
    ),
    (
        "space_name",
        ("space_name", "众创空间名称", "空间名称", "space name", "众创空间", "众创空间全称", "name of the space"),
    ),
    (
        "year",
        ("year", "年度", "数据年度", "data year", "年份", "数据年份", "所属年度", "统计年度", "所属年份", "统计年份"),
    ),
    ("metric", ("metric", "指标", "指标名称", "指标项", "metric name", "indicator")),
    ("value", ("value", "数值", "figure", "指标值", "填报值", "填报数值", "值", "数据", *_ACTUAL)),
    ("unit", ("单位", "计量单位", "unit", "指标单位", "unit of measure")),
    ("evidence", ("evidence", "佐证", "佐证材料", "证明材料", "supporting evidence")),
    ("note", ("note", "说明", "explanation", "填报说明", "情况说明")),
)
# Looking for near names costs time, and a file with more unknown ones has another problem.
MOST_NEAREST = 20


# What follows from a vocabulary alone, kept of the few that there are: for a file of a row it took a tenth of the time.
_VOCABULARIES = 4
_units = lru_cache(_VOCABULARIES)(Units)


@lru_cache(_VOCABULARIES)
def _known(metrics: tuple[Metric, ...]) -> Mapping[str, str]:
    """The code of every name of a column, whatever a person chooses."""
    # Both languages in one header, as a template writes it.
    both = [
        (
            code,
            [
                each
                for zh in written
                if not zh.isascii()
                for en in written
                if en.isascii()
                for each in (zh + en, en + zh)
            ],
        )
        for code, written in KEYS
    ]
    names: list[tuple[str, Sequence[str]]] = [*KEYS, *both]
    besides: list[tuple[str, Sequence[str]]] = []
    for metric in metrics:
        zh, en = metric.name_zh, metric.name_en
        names.append((metric.code, (metric.code, zh, en, zh + en, en + zh, f"{zh}/{en}")))
        for part, in_zh in (("evidence", "佐证"), ("note", "说明")):
            code = f"{metric.code}_{part}"
            besides.append((code, (code, zh + in_zh, f"{en} {part}", f"{zh}{in_zh}{en} {part}")))
    known = labels.names(names + besides)
    return known | naming.aliases(metrics, known)


class Words:
    """The vocabulary, ready for looking things up.

    metrics: by code; limits: what requirements ask of each; units: all that they may be written in; names: what a
    header or a metric's name stands for.
    known: the code of every name of a column, as `spelling.folded` has it. unit_columns: headers of units, which were
    chosen for something else all the same.
    """

    def __init__(
        self,
        vocabulary: Vocabulary,
        columns: Mapping[str, str] = MappingProxyType({}),
        units: Mapping[str, str] = MappingProxyType({}),
    ) -> None:
        """`columns` gives the codes of headers that a person chose them for, `units` the units."""
        self.metrics: dict[str, Metric] = {}
        for metric in vocabulary.metrics:
            self.metrics.setdefault(metric.code, metric)
        self.known = dict(_known(vocabulary.metrics))
        # A column of units says how the others are read, whatever somebody would rather have it.
        self.unit_columns = [each for each in columns if self.known.get(spelling.folded(each).strip("*:")) == "unit"]
        self.known |= dict(_chosen({each: code for each, code in columns.items() if each not in self.unit_columns}))
        self.units = _units(vocabulary)
        of_headers = {spelling.folded(header).strip("*:"): unit for header, unit in self._units_of(columns, units)}
        self.names = Names(self.known, self.metrics, self.units, of_headers)
        self.limits: dict[str, list[Threshold]] = {}
        for threshold in vocabulary.thresholds:
            self.limits.setdefault(threshold.metric, []).append(threshold)
        # What a header may be chosen for; a share is never filed.
        self.targets = {*dict(KEYS), tables.LEFT_OUT} | {m.code for m in self.metrics.values() if m.kind != "share"}
        self._looked_up = 0

    def _units_of(self, columns: Mapping[str, str], units: Mapping[str, str]) -> Iterator[tuple[str, str]]:
        """The units of headers by choice: chosen, or of a sum of money in its name: 融资额千元."""
        for header, code in columns.items():
            metric = self.metrics.get(code)
            if header in units:
                yield header, spelling.folded(units[header])
            elif metric and self.units.money(metric) and not self.units.declared(header):
                yield header, "、".join(self.units.mentioned(header))

    def table(self, grid: Grid) -> Table | None:
        """The table of filings in a grid, None where no row is a header of one."""
        return header_rows.find(grid, self.names, self.units)

    def table_of_nobody(self, grid: Grid) -> Table | None:
        """The table of a grid whose header names metrics alone: whose figures they are, the file does not say."""
        return header_rows.find(grid, self.names, self.units, keyless=True)

    def nearest(self, header: str) -> dict[Lang, str]:
        """A sentence that tells the known name most like a header, empty where none is like it or many were asked."""
        self._looked_up += 1
        if self._looked_up > MOST_NEAREST:
            return nearest(None)
        close = alike.nearest(spelling.folded(header), self.known)
        if close is None:
            return nearest(None)
        code = self.known[close]
        metric = self.metrics.get(code)
        keys = dict(KEYS)
        written = (metric.name_zh, metric.name_en) if metric else (keys.get(code, (code, code))[1], code)
        return nearest(written)


def _chosen(columns: Mapping[str, str]) -> Iterator[tuple[str, str]]:
    """The names of headers by choice; what the brackets behind one say stays to be read, as its unit is."""
    for header, code in columns.items():
        name = spelling.folded(header).strip("*:")
        yield (name if code == tables.LEFT_OUT else labels.split(name)[0]), code


def nearest(names: tuple[str, str] | None) -> dict[Lang, str]:
    """A sentence that tells a name, in Chinese and in English; empty where there is none."""
    if names is None:
        return dict.fromkeys(LANGUAGES, "")
    return {lang: language.text("nearest.told", lang, name=name) for lang, name in zip(LANGUAGES, names, strict=True)}
