"""A grid to filings, figures and problems, by the policy's own words."""

import difflib
import re
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from decimal import Decimal

import numpy as np
import pandas as pd

from tracking import cells, comparing, language, personal_data, reading, surroundings, tables
from tracking.cells import Cell
from tracking.findings import Findings, in_order
from tracking.language import LANGUAGES, Lang
from tracking.number_formats import DISGUISED
from tracking.problems import Problem
from tracking.reading import FORMULA_WITHOUT_RESULT, Grid
from tracking.register import Register
from tracking.tables import Table
from tracking.vocabulary import Metric, Vocabulary

# The columns that are no metric, by every name.
KEYS = (
    ("space_id", ("space_id", "空间编号", "space id")),
    ("space_name", ("space_name", "众创空间名称", "空间名称", "space name")),
    ("year", ("year", "年度", "数据年度", "data year")),
    ("metric", ("metric", "指标")),
    ("value", ("value", "数值", "figure")),
    ("evidence", ("evidence", "佐证")),
    ("note", ("note", "说明", "explanation")),
)
# As `tables.plain` has them, so that 合 计 is one of them.
TOTALS = frozenset({"合计", "总计", "小计", "共计", "total", "grandtotal", "subtotal"})
_BEHIND_TOTALS = re.compile(r"(\([^()]*\))?:?$")
# What a table with a row per figure has, and a table with a column per metric has not.
_LONG_ALONE = frozenset({"metric", "value", "evidence", "note"})
# What is one slip where every figure of a metric has it: the shares were typed, or the whole column is in 元.
_OF_A_COLUMN = {"percentage-for-count": "percentages-for-counts", "unit-converted": "units-converted"}
# Looking for near names costs time, and a file with more unknown ones has another problem.
MOST_NEAREST = 20

Previous = Callable[[pd.DataFrame], pd.DataFrame]


@dataclass(frozen=True)
class Interpretation:
    """What a file says.

    filings: space_id, year, sheet, row: a row per space and year in the file, and where it first stands.
    observations: space_id, year, metric, value (ten-thousandths, Int64, missing where only explained), evidence,
    note, sheet, row, letter: a row per figure, or blank with a word about it.
    """

    filings: pd.DataFrame
    observations: pd.DataFrame
    problems: list[Problem]


def interpret(
    grids: Sequence[Grid],
    vocabulary: Vocabulary,
    register: Register,
    today: date,
    previous: Previous | None = None,
) -> Interpretation:
    """Understand every table of a file, and tell every problem, errors first.

    `previous` gives what is stored for the years before those of some filings (space_id, year): space_id,
    year, metric, value in ten-thousandths.
    """
    if not vocabulary.metrics:
        return Interpretation(_NO_FILINGS, _NO_OBSERVATIONS, [Problem("error", "no-edition")])
    words = _Words(vocabulary)
    found, problems = surroundings.tables_to_read(grids, [words.table(grid) for grid in grids], register)
    readers = [_Reader(Findings(table), words, register, today) for table in found]
    if not readers:
        return Interpretation(_NO_FILINGS, _NO_OBSERVATIONS, in_order([Problem("error", "no-header"), *problems]))
    for reader in readers:
        reader.read()
    filings = pd.concat([reader.filings for reader in readers], ignore_index=True)
    observations = pd.concat([reader.observations for reader in readers], ignore_index=True)
    problems += [problem for reader in readers for problem in reader.findings.problems]
    problems += comparing.twice(filings, observations, words.metrics)
    filings = filings.drop_duplicates(["space_id", "year"], ignore_index=True)
    observations = observations.drop_duplicates(["space_id", "year", "metric"], ignore_index=True)
    problems += comparing.parts(observations, words.metrics, vocabulary.rules)
    if previous is not None:
        problems += comparing.tenfold(observations, words.metrics, previous(filings))
    return Interpretation(filings[["space_id", "year", "sheet", "row"]], observations, in_order(problems))


_NO_FILINGS = pd.DataFrame(
    {
        "space_id": pd.Series(dtype="str"),
        "year": pd.Series(dtype="int64"),
        "sheet": pd.Series(dtype="str"),
        "row": pd.Series(dtype="int64"),
        # Whether a row is a whole filing, so that there may be no second one.
        "once": pd.Series(dtype="bool"),
    }
)
_NO_OBSERVATIONS = pd.DataFrame(
    {name: pd.Series(dtype="str") for name in ("space_id", "metric", "evidence", "note", "sheet", "letter")}
    | {"year": pd.Series(dtype="int64"), "row": pd.Series(dtype="int64"), "value": pd.Series(dtype="Int64")}
)


class _Words:
    """The vocabulary, ready for looking things up."""

    def __init__(self, vocabulary: Vocabulary) -> None:
        self.metrics: dict[str, Metric] = {}
        # Both languages in one header, as a template writes it.
        both = [
            (
                code,
                [each for zh in told if not zh.isascii() for en in told if en.isascii() for each in (zh + en, en + zh)],
            )
            for code, told in KEYS
        ]
        names: list[tuple[str, Sequence[str]]] = [*KEYS, *both]
        besides: list[tuple[str, Sequence[str]]] = []
        for metric in vocabulary.metrics:
            self.metrics.setdefault(metric.code, metric)
            zh, en = metric.name_zh, metric.name_en
            names.append((metric.code, (metric.code, zh, en, zh + en, en + zh, f"{zh}/{en}")))
            for part, in_zh in (("evidence", "佐证"), ("note", "说明")):
                code = f"{metric.code}_{part}"
                besides.append((code, (code, zh + in_zh, f"{en} {part}", f"{zh}{in_zh}{en} {part}")))
        self.known = tables.names(names + besides)
        self.conversions: dict[str, dict[str, Decimal]] = {}
        for each in vocabulary.conversions:
            written = cells.tidy(each.written).casefold()
            self.conversions.setdefault(each.unit, {})[written] = each.factor

        every = [self.units(metric) - {""} for metric in self.metrics.values()]
        self.all_units = frozenset().union(*every, *self.conversions.values())

    def units(self, metric: Metric) -> set[str]:
        """What may stand in brackets behind the metric's name, as `tables.plain` has it."""
        zh, en = metric.unit_zh, metric.unit_en
        return {"", *map(tables.plain, (zh, en, zh + en, f"{zh}/{en}"))}

    def table(self, grid: Grid) -> Table | None:
        """The table of filings in a grid, None where no row is a header of one."""
        return tables.find(grid, self.known, ("space_id", "year", "metric"), self.all_units)

    def nearest(self, header: str) -> dict[Lang, str]:
        """A sentence that tells the known name most like a header, empty where none is like it."""
        close = difflib.get_close_matches(tables.plain(header), self.known, 1, 0.6)
        if not close:
            return _nearest(None)
        code = self.known[close[0]]
        metric = self.metrics.get(code)
        keys = dict(KEYS)
        written = (metric.name_zh, metric.name_en) if metric else (keys.get(code, (code, code))[1], code)
        return _nearest(written)


def _nearest(names: tuple[str, str] | None) -> dict[Lang, str]:
    if names is None:
        return dict.fromkeys(LANGUAGES, "")
    return {lang: language.text("nearest.told", lang, name=name) for lang, name in zip(LANGUAGES, names, strict=True)}


class _Reader:
    """One table, read column by column: every distinct text of a column is understood once."""

    def __init__(self, findings: Findings, words: _Words, register: Register, today: date) -> None:
        self.findings = findings
        self.table: Table = findings.table
        self.words = words
        self.register = register
        self.today = today
        self.filings = _NO_FILINGS
        self.observations = _NO_OBSERVATIONS
        self._taken: list[pd.DataFrame] = []

    def read(self) -> None:
        """Fill `filings`, `observations` and the findings."""
        long = any(self.table.index(code) is not None for code in ("metric", "value"))
        wanted = ("space_id", "year", "metric", "value") if long else ("space_id", "year")
        missing = [code for code in wanted if self.table.index(code) is None]
        for code in missing:
            self.findings.add("error", "missing-column", value=code, name={"zh": dict(KEYS)[code][1], "en": code})
        if missing:
            return
        self.table.fill(("space_id", "space_name", "year", "metric"))
        self._columns_once()
        self._keys()
        self.findings.problems += surroundings.beside(self.table, self._there)
        self._merged_figures(long)
        if long:
            self._long()
        else:
            self._wide()
        self._unknown_columns(long)
        rows = pd.DataFrame({"space_id": self._spaces, "year": self._years, "at": np.arange(len(self._spaces))})
        rows = rows[self._valid]
        rows["sheet"] = self.table.grid.sheet
        rows["row"] = rows["at"] + self.table.first + 1
        rows["once"] = not long
        self.filings = rows.drop(columns="at").astype({"year": "int64"})
        if self._taken:
            self.observations = pd.concat(self._taken, ignore_index=True)

    def _columns_once(self) -> None:
        seen: dict[str, int] = {}
        for index, label in self.table.columns.items():
            if label.code in seen and any(map(str.strip, self.table.cells(index))):
                first = self.findings.letter(seen[label.code])
                self.findings.add("error", "column-twice", column=index, value=self.table.headers[index], first=first)
            seen.setdefault(label.code, index)

    def _unknown_columns(self, long: bool) -> None:
        """Errors for every column that says something which no figure of this table could take."""
        for index in range(len(self.table.headers), max(map(len, self.table.grid.rows))):
            self._unnamed(index)
        for index, header in enumerate(self.table.headers):
            if not tables.plain(header):
                self._unnamed(index)
                continue
            label = self.table.columns.get(index)
            if label is None and index not in self.table.unknown or label and self._belongs(label.code, long):
                continue
            if self._said_at(index) is None:
                continue
            if label is None:
                near = self.words.nearest(header)
                self.findings.add("error", "unknown-column", column=index, value=header, nearest=near)
            else:
                code = "mixed-forms" if long else "column-of-long-form"
                self.findings.add("error", code, column=index, value=header)

    def _belongs(self, code: str, long: bool) -> bool:
        """Whether a known column has its place in this form of table."""
        if code in ("space_id", "space_name", "year"):
            return True
        return (code in _LONG_ALONE) == long

    def _unnamed(self, index: int) -> None:
        at = self._said_at(index)
        if at is not None:
            told = self.table.grid.rows[self.table.first + at][index]
            self.findings.add("error", "unnamed-column", at=at, column=index, value=told)

    def _said_at(self, index: int) -> int | None:
        """The first row of a filing in which a column says something."""
        there = self._there
        return next((at for at, text in enumerate(self.table.cells(index)) if there[at] and text.strip()), None)

    # -- keys ------------------------------------------------------------------------------

    def _keys(self) -> None:
        """Each row's space and year, and whether both are good."""
        space_column, year_column = self.table.index("space_id"), self.table.index("year")
        assert space_column is not None
        assert year_column is not None
        spaces = np.array([cells.tidy(text) for text in self.table.cells(space_column)], dtype=object)
        years = np.array(self.table.cells(year_column), dtype=object)
        self._there = self._rows_with_a_filing(spaces)
        self._valid = self._there.copy()
        self._unlike = np.zeros(len(spaces), dtype=bool)
        self._spaces = self._known_spaces(spaces, space_column)
        self._years = self._good_years(years, year_column)
        self._covered(year_column)
        self._names()
        # As the frames of figures have them, made once for all metrics.
        self._texts = pd.array(self._spaces, dtype="str")
        self._nothing = pd.array([None] * len(spaces), dtype="str")

    def _rows_with_a_filing(self, spaces: np.ndarray) -> np.ndarray:
        """All rows but blank ones and totals; a row that says something, but not of whom, is an error.

        So is a header within the table: the columns below it may be others.
        """
        there = np.ones(len(spaces), dtype=bool)
        column = self.table.index("space_id")
        assert column is not None
        written = self.table.cells(column)
        totals = [at for at, space in enumerate(spaces) if not space or _is_total(space)]
        for at in totals:
            texts = [text.strip() for text in self.table.grid.rows[self.table.first + at]]
            there[at] = False
            said = next((text for text in texts if cells.tidy(text)), "")
            if any(map(_is_total, texts)):
                self.findings.add("warning", "totals-row", at=at, value=said)
            elif said:
                self.findings.add("error", "missing-space", at=at, column=column, value=said)
        headers = {*KEYS[0][1], cells.tidy(self.table.headers[column]).casefold()}
        for at, space in enumerate(spaces):
            if space.casefold() in headers:
                there[at] = False
                self.findings.add("error", "header-again", at=at, value=written[at])
        return there

    def _known_spaces(self, spaces: np.ndarray, column: int) -> np.ndarray:
        by_case = {space_id.casefold(): space_id for space_id in self.register.names}
        looked_up = 0
        written = self.table.cells(column)
        numbers, distinct = pd.factorize(spaces)
        names = np.array(distinct, dtype=object)
        good = np.ones(len(distinct), dtype=bool)
        for number, at in _first_rows(numbers, self._there):
            space = distinct[number]
            space_id = space if space in self.register.names else by_case.get(space.casefold())
            good[number] = space_id is not None
            names[number] = space_id or space
            if space_id is None:
                told = self.register.nearest(space) if looked_up < MOST_NEAREST else ""
                near = _nearest((told, told) if told else None)
                looked_up += 1
                self._unlike |= (numbers == number) & (not told)
                self._wrong_key("unknown-space", at, column, written[at], nearest=near)
        self._valid &= good[numbers]
        known: np.ndarray = names[numbers]
        return known

    def _good_years(self, texts: np.ndarray, column: int) -> np.ndarray:
        numbers, distinct = pd.factorize(texts)
        years = np.zeros(len(distinct), dtype=np.int64)
        said = np.array([cells.year(text) for text in distinct], dtype="float64")
        # A row that names neither a space nor a year is a remark, or a signature: one problem is enough.
        self._there &= ~(self._unlike & np.isnan(said)[numbers])
        for number, at in _first_rows(numbers, self._there):
            text = distinct[number]
            if not said[number] >= 1000:
                code = "missing-year" if not cells.tidy(text) else "not-a-year"
            elif said[number] > self.today.year:
                code = "year-in-future"
            else:
                years[number] = int(said[number])
                continue
            self._wrong_key(code, at, column, text, this_year=self.today.year)
        self._valid &= years[numbers] > 0
        good: np.ndarray = years[numbers]
        return good

    def _wrong_key(self, code: str, at: int, column: int, text: str, **details: object) -> None:
        """An error in a column of keys; a formula that was never computed is told as that."""
        if text.startswith("="):
            code, details = "formula-without-result", {"metric": self.table.headers[column]}
        self.findings.add("error", code, at=at, column=column, value=text, **details)

    def _covered(self, column: int) -> None:
        spaces, distinct = pd.factorize(self._spaces)
        numbers, pairs = pd.factorize(spaces * 10_000 + self._years)
        covered = np.ones(len(pairs), dtype=bool)
        for number, at in _first_rows(numbers, self._valid):
            space_id, year = distinct[pairs[number] // 10_000], int(pairs[number] % 10_000)
            covered[number] = year in self.register.years.get(space_id, ())
            if not covered[number]:
                periods = self.register.periods(space_id)
                self.findings.add(
                    "error", "year-not-covered", at=at, column=column, value=str(year), space=space_id, periods=periods
                )
        self._valid &= covered[numbers]

    def _names(self) -> None:
        column = self.table.index("space_name")
        if column is None:
            return
        for at, text in enumerate(self.table.cells(column)):
            name = tables.plain(text)
            if not name or not self._valid[at]:
                continue
            registered = self.register.names[self._spaces[at]]
            if name != tables.plain(registered):
                space = self._spaces[at]
                self._wrong_key("name-mismatch", at, column, text, space=space, registered=registered)

    def _merged_figures(self, long: bool) -> None:
        """Errors for figures in merged cells: whose they are, nobody knows."""
        columns = [
            index
            for index, label in self.table.columns.items()
            if (label.code == "value" if long else label.code in self.words.metrics)
        ]
        for top, left, bottom, right in sorted(self.table.grid.merged):
            at = top - self.table.first
            if at < 0 or at >= len(self._there) or left not in columns:
                continue
            row = self.table.grid.rows[top]
            text = row[left] if left < len(row) else ""
            alone = self._there[at : bottom - self.table.first + 1].sum() < 2
            if (
                cells.tidy(text).casefold() in cells.BLANK
                or alone
                and not any(left < each <= right for each in columns)
            ):
                continue
            name = self.table.headers[left]
            cellswide = f"{reading.letter(left)}{top + 1}:{reading.letter(right)}{bottom + 1}"
            self.findings.add("error", "merged-figure", at=at, column=left, value=text, metric=name, cells=cellswide)

    # -- figures ---------------------------------------------------------------------------

    def _wide(self) -> None:
        every = np.arange(len(self._spaces))
        for metric in self.words.metrics.values():
            index = self.table.index(metric.code)
            beside = [self.table.index(f"{metric.code}_{part}") for part in ("evidence", "note")]
            told = index if index is not None else next((each for each in beside if each is not None), None)
            if told is None:
                continue
            # Evidence or a note without a column of figures tells of figures left blank.
            texts = np.array(self.table.cells(told) if index is not None else [""] * len(every), dtype=object)
            bracket = self.table.columns[told].bracket if index is not None and any(map(str.strip, texts)) else ""
            written_in = self._written_in(metric, bracket, column=told, named=self.table.headers[told])
            if written_in is None:
                continue
            evidence = self._beside(f"{metric.code}_evidence")
            note = self._beside(f"{metric.code}_note")
            self._take(metric, texts, every, told, evidence, note, written_in)

    def _long(self) -> None:
        metric_column, value_column = self.table.index("metric"), self.table.index("value")
        assert metric_column is not None
        assert value_column is not None
        texts = np.array(self.table.cells(value_column), dtype=object)
        evidence, note = self._beside("evidence"), self._beside("note")
        numbers, distinct = pd.factorize(np.array(self.table.cells(metric_column), dtype=object))
        for number, text in enumerate(distinct):
            rows = np.flatnonzero((numbers == number) & self._there)
            if not len(rows):
                continue
            label = tables.label(text, self.words.known)
            metric = self.words.metrics.get(label.code) if label else None
            if label is None or metric is None:
                code = "unknown-metric" if cells.tidy(text) else "missing-metric"
                near = self.words.nearest(text)
                self._wrong_key(code, int(rows[0]), metric_column, text, nearest=near)
                continue
            written_in = self._written_in(metric, label.bracket, column=metric_column, named=text, at=int(rows[0]))
            if written_in is not None:
                self._take(metric, texts, rows, value_column, evidence, note, written_in)

    def _written_in(
        self, metric: Metric, bracket: str, *, column: int, named: str, at: int | None = None
    ) -> str | None:
        """The other unit that the brackets behind a metric's name say, empty where it is the metric's own.

        None, with an error at the name, where the metric has no such unit. A share is not taken whatever its unit.
        """
        if metric.kind == "share":
            return ""
        if bracket in self.words.conversions.get(metric.unit, {}):
            return bracket
        if bracket in self.words.units(metric):
            return ""
        own = {"zh": metric.unit_zh, "en": metric.unit_en}
        self.findings.add("error", "header-unit-unknown", at=at, column=column, value=named, unit=bracket, own=own)
        return None

    def _beside(self, code: str) -> list[str] | None:
        index = self.table.index(code)
        if index is None:
            return None
        told = []
        for at, text in enumerate(self.table.cells(index)):
            said = cells.tidy(text)
            if (kind := personal_data.kind(said)) and self._there[at]:
                self._personal(kind, at, index)
            elif said == FORMULA_WITHOUT_RESULT and self._there[at]:
                header = self.table.headers[index]
                self.findings.add("error", "formula-without-result", at=at, column=index, value=said, metric=header)
            told.append("" if said.casefold() in cells.BLANK else cells.words(text))
        return told

    def _personal(self, kind: str, at: int, column: int) -> None:
        self.findings.add("error", "personal-data", at=at, column=column, value="***", kind=_told_kind(kind))

    def _take(
        self,
        metric: Metric,
        texts: np.ndarray,
        rows: np.ndarray,
        column: int,
        evidence: list[str] | None,
        note: list[str] | None,
        written_in: str,
    ) -> None:
        """Understand the cells of one metric in some rows of one column."""
        conversions: Mapping[str, Decimal] = self.words.conversions.get(metric.unit, {})
        rows = rows[self._there[rows]]
        numbers, distinct = pd.factorize(texts[rows])
        if metric.kind == "share":
            self._share(metric, list(distinct), rows, numbers, column)
            return
        understood = [cells.figure(text, metric, conversions, written_in) for text in distinct]
        self._tell(understood, list(distinct), numbers, rows, column, metric)
        scaled = np.array([cell.scaled or 0 for cell in understood], dtype=np.int64)
        blank = np.array([cell.scaled is None for cell in understood], dtype=bool)
        said = ~blank[numbers]
        for told in (evidence, note):
            if told is not None:
                said |= np.array([bool(told[at]) for at in rows], dtype=bool)
        said &= self._valid[rows]
        rows, numbers = rows[said], numbers[said]
        taken = pd.DataFrame(
            {
                "space_id": self._texts[rows],
                "year": self._years[rows],
                "metric": metric.code,
                "value": pd.arrays.IntegerArray(scaled[numbers], blank[numbers]),
                "evidence": self._told(evidence, rows),
                "note": self._told(note, rows),
                "sheet": self.table.grid.sheet,
                "row": rows + self.table.first + 1,
                "letter": self.findings.letter(column),
            }
        )
        self._taken.append(taken)

    def _told(self, told: list[str] | None, rows: np.ndarray) -> pd.api.extensions.ExtensionArray:
        if told is None:
            return self._nothing[: len(rows)]
        return pd.array([told[at] or None for at in rows], dtype="str")

    def _tell(
        self,
        understood: list[Cell],
        texts: list[str],
        numbers: np.ndarray,
        rows: np.ndarray,
        column: int,
        metric: Metric,
    ) -> None:
        """Tell of every cell that has a problem, or once where all figures of the metric have the same."""
        wrong = np.array([cell.code is not None for cell in understood], dtype=bool)
        figures = np.array([cell.code is not None or cell.scaled is not None for cell in understood], dtype=bool)
        told = np.flatnonzero(wrong[numbers]).tolist()
        shared = {(understood[numbers[at]].code, understood[numbers[at]].details.get("unit")) for at in told}
        code = _OF_A_COLUMN.get(next(iter(shared))[0] or "") if len(shared) == 1 else None
        if code and len(told) == figures[numbers].sum() > 1:
            first = understood[numbers[told[0]]]
            once = replace(first, code=code, details={**first.details, "figures": len(told)})
            self._wrong(once, texts[numbers[told[0]]], int(rows[told[0]]), column, metric)
            return
        for at in told:
            self._wrong(understood[numbers[at]], texts[numbers[at]], int(rows[at]), column, metric)

    def _wrong(self, cell: Cell, text: str, at: int, column: int, metric: Metric) -> None:
        assert cell.code
        shown = "***" if cell.code == "personal-data" else text.partition(DISGUISED)[0]
        names = {
            "metric": {"zh": metric.name_zh, "en": metric.name_en},
            "own": {"zh": metric.unit_zh, "en": metric.unit_en},
        }
        details = {**names, **cell.details}
        if cell.code == "personal-data":
            details["kind"] = _told_kind(str(cell.details["kind"]))
        self.findings.add(cell.severity, cell.code, at=at, column=column, value=shown, **details)

    def _share(self, metric: Metric, texts: list[str], rows: np.ndarray, numbers: np.ndarray, column: int) -> None:
        """A percentage is not taken; say which two counts to give instead. One column, one message."""
        said = [number for number, text in enumerate(texts) if cells.tidy(text).casefold() not in cells.BLANK]
        if not said:
            return
        at = int(rows[np.isin(numbers, said)][0])
        two = {part: self.words.metrics[code] for part, code in _parts(metric).items()}
        self.findings.add(
            "error",
            "share-column",
            at=at,
            column=column,
            value=texts[said[0]],
            metric={"zh": metric.name_zh, "en": metric.name_en},
            **{part: {"zh": each.name_zh, "en": each.name_en} for part, each in two.items()},
        )


def _told_kind(kind: str) -> dict[Lang, str]:
    return {lang: language.text(f"personal-data.{kind}", lang) for lang in LANGUAGES}


def _is_total(text: str) -> bool:
    return len(text) < 20 and _BEHIND_TOTALS.sub("", tables.plain(text)) in TOTALS


def _first_rows(codes: np.ndarray, among: np.ndarray) -> Iterator[tuple[int, int]]:
    """Each code that stands in some row of those `among`, and the first such row."""
    rows = np.flatnonzero(among & (codes >= 0))
    found, first = np.unique(codes[rows], return_index=True)
    yield from zip(found.tolist(), rows[first].tolist(), strict=True)


def _parts(metric: Metric) -> dict[str, str]:
    return {"numerator": metric.numerator or "", "denominator": metric.denominator or ""}
