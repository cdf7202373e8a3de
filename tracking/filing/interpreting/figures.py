"""The figures of a table: every cell under a metric understood, in rows whose filing is known."""

from collections.abc import Mapping

import numpy as np
import pandas as pd

from tracking.filing.interpreting import cells, taken_figures
from tracking.filing.interpreting import rows as rows_read
from tracking.filing.interpreting.figure_problems import FigureProblems
from tracking.filing.interpreting.figure_units import FigureUnits, by_unit
from tracking.filing.interpreting.findings import Findings
from tracking.filing.interpreting.headers import Words
from tracking.filing.interpreting.measured import OWN, Measure, Measured
from tracking.filing.interpreting.naming import Name
from tracking.filing.interpreting.rows import Rows
from tracking.filing.interpreting.taken_figures import Taken
from tracking.filing.spreadsheets.grids import FORMULA_WITHOUT_RESULT
from tracking.filing.spreadsheets.tables import LEFT_OUT, Mention
from tracking.policy.vocabulary import Metric
from tracking.words import personal_data, spelling


def read(
    findings: Findings, rows: Rows, words: Words, kinds: Mapping[str, pd.CategoricalDtype], *, long: bool
) -> tuple[list[pd.DataFrame], list[tuple[Metric, Mention]]]:
    """The figures of a table in rows that are valid, a frame of `taken_figures.COLUMNS`, and the units that stand
    somewhere for them; every problem is put to the findings.

    `long` tells of a table with a row per figure. `kinds` are the types of space_id, in the register's order, metric,
    sheet and letter: what is said alike of millions of figures is not said in each by itself.
    """
    return _Figures(findings, rows, words, kinds).read(long)


class _Figures:
    """One table, read column by column: every distinct text of a column is understood once."""

    def __init__(self, findings: Findings, rows: Rows, words: Words, kinds: Mapping[str, pd.CategoricalDtype]) -> None:
        self.findings = findings
        self.table = findings.table
        self.rows = rows
        self.words = words
        self.kinds = kinds
        self.units = FigureUnits(findings, rows, words)
        self.problems = FigureProblems(findings, words)
        self._taken: list[Taken] = []
        self._measured: list[tuple[Metric, Mention]] = []

    def read(self, long: bool) -> tuple[list[pd.DataFrame], list[tuple[Metric, Mention]]]:
        """The figures, and the units read for them."""
        of_figures = ("value",) if long else self.words.metrics
        columns = [index for index, label in self.table.columns.items() if label.code in of_figures]
        self.problems.merged(self.rows.there, columns)
        if long:
            self._long()
        else:
            self._wide()
        return taken_figures.frames(self._taken, self.table, self.rows, self.kinds), self._measured

    def _wide(self) -> None:
        self.units.column()
        there = {label.code for label in self.table.columns.values()}
        measured = Measured(
            self.findings, self.words.units, [m for code, m in self.words.metrics.items() if code in there]
        )
        every = np.arange(len(self.rows.there))
        for metric in self.words.metrics.values():
            index = self.table.index(metric.code)
            beside = [self.table.index(f"{metric.code}_{part}") for part in ("evidence", "note")]
            column = index if index is not None else next((each for each in beside if each is not None), None)
            if column is None:
                continue
            # Evidence or a note without a column of figures tells of figures left blank.
            texts = self._column(column) if index is not None else np.array([""] * len(every), dtype=object)
            filled = index is not None and any(map(str.strip, texts))
            label, header = self.table.columns[column], self.table.headers[column]
            if filled and not self.units.fits(metric, label.bracket, column, header):
                continue
            measure = measured.of(metric, column) if filled else OWN
            if measure is None:
                continue
            evidence = self._beside(f"{metric.code}_evidence")
            note = self._beside(f"{metric.code}_note")
            if not self.units.explained(metric, measured, measure, every, zip(beside, (evidence, note), strict=True)):
                continue
            self._take(metric, texts, every, column, evidence, note, measure)

    def _long(self) -> None:
        metric_column, value_column = self.table.index("metric"), self.table.index("value")
        written = np.array([""] * len(self.rows.there), dtype=object)
        if metric_column is not None:
            written = self._column(metric_column)
        texts = written if value_column is None else self._column(value_column)
        evidence, note = self._beside("evidence"), self._beside("note")
        unit_column = self.table.index("unit")
        unit_texts = None if unit_column is None else self._column(unit_column)
        numbers, distinct = pd.factorize(written)
        named = [self.words.names.read(text) for text in distinct]
        of_rows = _rows_of_each(numbers, self.rows.there)
        found = [
            self.words.metrics[name.code]
            for name, rows in zip(named, of_rows, strict=True)
            if name and len(rows) and name.code in self.words.metrics
        ]
        measured = Measured(self.findings, self.words.units, found)
        for text, name, rows in zip(distinct, named, of_rows, strict=True):
            if not len(rows) or metric_column is None or value_column is None:
                continue
            if name and name.code == LEFT_OUT:
                continue
            metric = self._named_metric(text, name, int(rows[0]), metric_column)
            if metric is None or name is None:
                continue
            groups = by_unit(rows, unit_texts)
            if self.units.left_blank(metric, texts, groups, unit_column):
                continue
            for same, unit_text in groups:
                more = self.units.of_row(metric, text, name.unit, unit_text, int(same[0]), metric_column, unit_column)
                measure = None if more is None else measured.of(metric, value_column, more)
                besides = zip(map(self.table.index, ("evidence", "note")), (evidence, note), strict=True)
                if measure is not None and self.units.explained(metric, measured, measure, same, besides):
                    self._take(metric, texts, same, value_column, evidence, note, measure)

    def _named_metric(self, text: str, name: Name | None, at: int, column: int) -> Metric | None:
        """The metric that the name in a row is of; None, with an error, where it is of none."""
        metric = self.words.metrics.get(name.code) if name else None
        if name is None or metric is None:
            code = "unknown-metric" if spelling.tidy(text) else "missing-metric"
            near = self.words.nearest(text)
            rows_read.wrong_key(self.findings, code, at, column, text, nearest=near)
            return None
        if word := name.qualifier or str(name.year or ""):
            names = {"zh": metric.name_zh, "en": metric.name_en}
            self.findings.add("error", "qualified-row", at=at, column=column, value=text, word=word, metric=names)
            return None
        return metric if self.units.fits(metric, name.bracket or name.unit, column, text, at) else None

    def _column(self, index: int) -> np.ndarray:
        """The texts of a column; 同上 is what stands above it, where that is a filing's."""
        texts = self.table.cells(index)
        if not cells.DITTO.isdisjoint(texts):
            for at, text in enumerate(texts):
                if text in cells.DITTO and at and self.rows.there[at - 1] and self.rows.there[at]:
                    texts[at] = texts[at - 1]
        return np.array(texts, dtype=object)

    def _beside(self, code: str) -> list[str] | None:
        index = self.table.index(code)
        if index is None:
            return None
        texts = []
        for at, text in enumerate(self._column(index)):
            tidied = spelling.tidy(text)
            if (kind := personal_data.kind(tidied)) and self.rows.there[at]:
                self.problems.personal(kind, at, index)
            elif tidied == FORMULA_WITHOUT_RESULT and self.rows.there[at]:
                header = self.table.headers[index]
                self.findings.add("error", "formula-without-result", at=at, column=index, value=tidied, metric=header)
            texts.append("" if tidied.casefold() in cells.BLANK else spelling.words(text))
        return texts

    def _take(
        self,
        metric: Metric,
        texts: np.ndarray,
        rows: np.ndarray,
        column: int,
        evidence: list[str] | None,
        note: list[str] | None,
        measure: Measure,
    ) -> None:
        """Understand the cells of one metric in some rows of one column."""
        rows = rows[self.rows.there[rows]]
        numbers, distinct = pd.factorize(texts[rows])
        if metric.kind == "share":
            self.problems.share(metric, list(distinct), rows, numbers, column)
            return
        if measure.mention is not None:
            self._measured.append((metric, measure.mention))
        known = self.words.units.known(metric)
        limits = self.words.limits.get(metric.code, ())
        # What a spreadsheet computed has as many decimals as its arithmetic; who types so many means them.
        computed = self.table.grid.sheet is not None
        understood = [
            cells.figure(text, metric, known, measure.unit, limits=limits, rounds=computed) for text in distinct
        ]
        self.problems.tell(understood, list(distinct), numbers, rows, column, metric, measure)
        scaled = np.array([cell.scaled or 0 for cell in understood], dtype=np.int64)
        blank = np.array([cell.scaled is None for cell in understood], dtype=bool)
        filled = ~blank[numbers]
        for beside in (evidence, note):
            if beside is not None:
                filled |= np.array([bool(beside[at]) for at in rows], dtype=bool)
        filled &= self.rows.valid[rows]
        rows, numbers = rows[filled], numbers[filled]
        self._taken.append(Taken(metric, rows, column, scaled[numbers], blank[numbers], evidence, note))


def _rows_of_each(numbers: np.ndarray, among: np.ndarray) -> list[np.ndarray]:
    """For each number from 0, its rows of those `among`, from top to bottom."""
    rows = np.flatnonzero(among)
    rows = rows[np.argsort(numbers[rows], kind="stable")]
    ends = np.cumsum(np.bincount(numbers[rows], minlength=numbers.max(initial=-1) + 1))
    return np.split(rows, ends[:-1]) if len(ends) else []
