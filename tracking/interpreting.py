"""A grid to filings, figures and problems, by the policy's own words."""

import difflib
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

import numpy as np
import pandas as pd

from tracking import cells, comparing, personal_data, tables
from tracking.cells import Cell
from tracking.findings import Findings, in_order
from tracking.problems import Problem
from tracking.reading import Grid
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
TOTALS = frozenset({"合计", "总计", "合计:", "总计:", "total", "grand total"})
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
    words = _Words(vocabulary)
    found = [(grid, tables.find(grid, words.known, ("space_id", "year", "metric"))) for grid in grids]
    readers = [_Reader(Findings(table), words, register, today) for _, table in found if table]
    if not readers:
        return Interpretation(_NO_FILINGS, _NO_OBSERVATIONS, [Problem("error", "no-header")])
    for reader in readers:
        reader.read()
    filings = pd.concat([reader.filings for reader in readers], ignore_index=True)
    observations = pd.concat([reader.observations for reader in readers], ignore_index=True)
    problems = [problem for reader in readers for problem in reader.findings.problems]
    problems += comparing.twice(filings, observations)
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
            (code, [zh + latin for zh in told if not zh.isascii() for latin in told if latin.isascii()])
            for code, told in KEYS
        ]
        names: list[tuple[str, Sequence[str]]] = [*KEYS, *both]
        besides: list[tuple[str, Sequence[str]]] = []
        for metric in vocabulary.metrics:
            self.metrics.setdefault(metric.code, metric)
            zh, en = metric.name_zh, metric.name_en
            names.append((metric.code, (metric.code, zh, en, zh + en, f"{zh}/{en}")))
            for part, in_zh in (("evidence", "佐证"), ("note", "说明")):
                code = f"{metric.code}_{part}"
                besides.append((code, (code, zh + in_zh, f"{en} {part}", f"{zh}{in_zh}{en} {part}")))
        self.known = tables.names(names + besides)
        self.conversions: dict[str, dict[str, Decimal]] = {}
        for each in vocabulary.conversions:
            written = cells.tidy(each.written).casefold()
            self.conversions.setdefault(each.unit, {})[written] = each.factor

    def units(self, metric: Metric) -> set[str]:
        """What may stand in brackets behind the metric's name, as `tables.plain` has it."""
        zh, en = metric.unit_zh, metric.unit_en
        return {"", *map(tables.plain, (zh, en, zh + en, f"{zh}/{en}"))}

    def nearest(self, header: str) -> str:
        """The known name most like a header, empty where none is."""
        close = difflib.get_close_matches(tables.plain(header), self.known, 1, 0.6)
        return self.known[close[0]] if close else ""


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
        long = self.table.index("metric") is not None
        wanted = ("space_id", "year", "value") if long else ("space_id", "year")
        missing = [code for code in wanted if self.table.index(code) is None]
        for code in missing:
            self.findings.add("error", "missing-column", value=code)
        if missing:
            return
        self._columns_once()
        self._keys()
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
                self.findings.add(
                    "error", "column-twice", column=index, value=self.table.headers[index], first=seen[label.code] + 1
                )
            seen.setdefault(label.code, index)

    def _unknown_columns(self, long: bool) -> None:
        for index in self.table.unknown:
            if any(map(str.strip, self.table.cells(index))):
                header = self.table.headers[index]
                self.findings.add(
                    "error", "unknown-column", column=index, value=header, nearest=self.words.nearest(header)
                )
        if long:
            for index, label in self.table.columns.items():
                if label.code in self.words.metrics and any(map(str.strip, self.table.cells(index))):
                    self.findings.add("error", "mixed-forms", column=index, value=self.table.headers[index])

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
        self._spaces = self._known_spaces(spaces, space_column)
        self._years = self._good_years(years, year_column)
        self._covered(year_column)
        self._names()

    def _rows_with_a_filing(self, spaces: np.ndarray) -> np.ndarray:
        """All rows but blank ones and totals; a row that says something, but not of whom, is an error."""
        there = np.ones(len(spaces), dtype=bool)
        totals = [at for at, space in enumerate(spaces) if not space or space.casefold() in TOTALS]
        for at in totals:
            texts = [cells.tidy(text) for text in self.table.grid.rows[self.table.first + at]]
            there[at] = False
            said = next((text for text in texts if text), "")
            if any(text.casefold() in TOTALS for text in texts):
                self.findings.add("warning", "totals-row", at=at, value=said)
            elif said:
                self.findings.add("error", "missing-space", at=at, column=self.table.index("space_id"), value=said)
        return there

    def _known_spaces(self, spaces: np.ndarray, column: int) -> np.ndarray:
        by_case = {space_id.casefold(): space_id for space_id in self.register.names}
        known = np.empty(len(spaces), dtype=object)
        looked_up = 0
        numbers, distinct = pd.factorize(spaces)
        for number, space in enumerate(distinct):
            rows = np.flatnonzero((numbers == number) & self._there)
            if not space or not len(rows):
                continue
            space_id = space if space in self.register.names else by_case.get(space.casefold())
            if space_id is None:
                self._valid[rows] = False
                near = self.register.nearest(space) if looked_up < MOST_NEAREST else ""
                looked_up += 1
                self.findings.add("error", "unknown-space", at=int(rows[0]), column=column, value=space, nearest=near)
            known[rows] = space_id or space
        return known

    def _good_years(self, texts: np.ndarray, column: int) -> np.ndarray:
        years = np.zeros(len(texts), dtype=np.int64)
        numbers, distinct = pd.factorize(texts)
        for number, text in enumerate(distinct):
            rows = np.flatnonzero((numbers == number) & self._there)
            if not len(rows):
                continue
            year = cells.year(text)
            if year is None or year < 1000:
                code = "missing-year" if not cells.tidy(text) else "not-a-year"
            elif year > self.today.year:
                code = "year-in-future"
            else:
                years[rows] = year
                continue
            self._valid[rows] = False
            self.findings.add("error", code, at=int(rows[0]), column=column, value=text, this_year=self.today.year)
        return years

    def _covered(self, column: int) -> None:
        keys = pd.MultiIndex.from_arrays([self._spaces, self._years])
        numbers, distinct = pd.factorize(keys)
        for number, (space_id, year) in enumerate(distinct):
            if not year or space_id not in self.register.names or year in self.register.years.get(space_id, ()):
                continue
            rows = np.flatnonzero((numbers == number) & self._valid)
            if len(rows):
                self._valid[rows] = False
                periods = self.register.periods(space_id)
                at = int(rows[0])
                self.findings.add(
                    "error", "year-not-covered", at=at, column=column, value=str(year), space=space_id, periods=periods
                )

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
                self.findings.add(
                    "error",
                    "name-mismatch",
                    at=at,
                    column=column,
                    value=text,
                    space=self._spaces[at],
                    registered=registered,
                )

    # -- figures ---------------------------------------------------------------------------

    def _wide(self) -> None:
        every = np.arange(len(self._spaces))
        for index, label in self.table.columns.items():
            metric = self.words.metrics.get(label.code)
            if metric is None or self.table.index(label.code) != index:
                continue
            texts = np.array(self.table.cells(index), dtype=object)
            evidence = self._beside(f"{label.code}_evidence")
            note = self._beside(f"{label.code}_note")
            self._take(metric, texts, every, index, evidence, note, label.bracket)

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
                self.findings.add("error", code, at=int(rows[0]), column=metric_column, value=text, nearest=near)
                continue
            self._take(metric, texts, rows, value_column, evidence, note, label.bracket)

    def _beside(self, code: str) -> list[str] | None:
        index = self.table.index(code)
        if index is None:
            return None
        told = []
        for at, text in enumerate(self.table.cells(index)):
            said = cells.tidy(text)
            if (kind := personal_data.kind(said)) and self._there[at]:
                self._personal(kind, at, index)
            told.append(said)
        return told

    def _personal(self, kind: str, at: int, column: int) -> None:
        self.findings.add("error", "personal-data", at=at, column=column, value="***", kind=kind)

    def _take(
        self,
        metric: Metric,
        texts: np.ndarray,
        rows: np.ndarray,
        column: int,
        evidence: list[str] | None,
        note: list[str] | None,
        bracket: str,
    ) -> None:
        """Understand the cells of one metric in some rows of one column."""
        conversions: Mapping[str, Decimal] = self.words.conversions.get(metric.unit, {})
        written_in = bracket if bracket in conversions else ""
        if not written_in and bracket not in self.words.units(metric):
            self.findings.add(
                "error", "header-unit-unknown", column=column, value=self.table.headers[column], unit=bracket
            )
            return
        rows = rows[self._there[rows]]
        numbers, distinct = pd.factorize(texts[rows])
        if metric.kind == "share":
            self._share(metric, list(distinct), rows, numbers, column)
            return
        understood = [cells.figure(text, metric, conversions, written_in) for text in distinct]
        for number, cell in enumerate(understood):
            if cell.code:
                self._wrong(cell, distinct[number], rows[numbers == number], column, metric)
        scaled = np.array([cell.scaled or 0 for cell in understood], dtype=np.int64)
        blank = np.array([cell.scaled is None for cell in understood], dtype=bool)
        taken = pd.DataFrame(
            {
                "space_id": self._spaces[rows],
                "year": self._years[rows],
                "metric": metric.code,
                "value": pd.arrays.IntegerArray(scaled[numbers], blank[numbers]),
                "evidence": _texts(evidence, rows),
                "note": _texts(note, rows),
                "sheet": self.table.grid.sheet,
                "row": rows + self.table.first + 1,
                "letter": self.findings.letter(column),
            }
        )
        said = taken["value"].notna() | taken["evidence"].notna() | taken["note"].notna()
        self._taken.append(taken[said.to_numpy() & self._valid[rows]])

    def _wrong(self, cell: Cell, text: str, rows: np.ndarray, column: int, metric: Metric) -> None:
        assert cell.code
        shown = "***" if cell.code == "personal-data" else text
        names = {
            "metric": {"zh": metric.name_zh, "en": metric.name_en},
            "own": {"zh": metric.unit_zh, "en": metric.unit_en},
        }
        for at in rows:
            self.findings.add(
                cell.severity, cell.code, at=int(at), column=column, value=shown, **{**names, **cell.details}
            )

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
            **{part: {"zh": each.name_zh, "en": each.name_en} for part, each in two.items()},
        )


def _parts(metric: Metric) -> dict[str, str]:
    return {"numerator": metric.numerator or "", "denominator": metric.denominator or ""}


def _texts(told: list[str] | None, rows: np.ndarray) -> pd.Series:
    if told is None:
        return pd.Series([None] * len(rows), dtype="str")
    return pd.Series([told[at] or None for at in rows], dtype="str")
