"""The figures of a table: every cell under a metric understood, in rows whose filing is known."""

from collections.abc import Mapping
from dataclasses import replace
from decimal import Decimal

import numpy as np
import pandas as pd

from tracking.filing.interpreting import cells
from tracking.filing.interpreting import rows as rows_read
from tracking.filing.interpreting.cells import Cell
from tracking.filing.interpreting.findings import Findings
from tracking.filing.interpreting.headers import Words
from tracking.filing.interpreting.rows import Rows
from tracking.filing.spreadsheets import tables
from tracking.filing.spreadsheets.grids import FORMULA_WITHOUT_RESULT, letter
from tracking.filing.spreadsheets.number_formats import DISGUISED
from tracking.policy.vocabulary import Metric
from tracking.words import language, personal_data, spelling
from tracking.words.language import LANGUAGES, Lang

# What is one slip where every figure of a metric has it: the shares were typed, or the whole column is in 元.
_OF_A_COLUMN = {"percentage-for-count": "percentages-for-counts", "unit-converted": "units-converted"}

# What a row of `read` says of a figure.
COLUMNS = ("space_id", "year", "metric", "value", "evidence", "note", "sheet", "row", "letter")


def read(
    findings: Findings, rows: Rows, words: Words, kinds: Mapping[str, pd.CategoricalDtype], *, long: bool
) -> list[pd.DataFrame]:
    """The figures of a table in rows that are valid, frames of COLUMNS; every problem is put to the findings.

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
        self._taken: list[pd.DataFrame] = []
        # As the frames of figures have them, made once for all metrics.
        self._spaces = pd.Categorical.from_codes(rows.spaces, dtype=kinds["space_id"])
        self._nothing = pd.array([None] * len(rows.there), dtype="str")

    def read(self, long: bool) -> list[pd.DataFrame]:
        """The figures, a frame for each metric."""
        self._merged_figures(long)
        if long:
            self._long()
        else:
            self._wide()
        return self._taken

    def _merged_figures(self, long: bool) -> None:
        """Errors for figures in merged cells: whose they are, nobody knows."""
        columns = [
            index
            for index, label in self.table.columns.items()
            if (label.code == "value" if long else label.code in self.words.metrics)
        ]
        filings_above = np.append(0, np.cumsum(self.rows.there))
        for top, left, bottom, right in sorted(self.table.grid.merged):
            at = top - self.table.first
            if at < 0 or at >= len(self.rows.there) or left not in columns:
                continue
            row = self.table.grid.rows[top]
            text = row[left] if left < len(row) else ""
            below = min(bottom - self.table.first + 1, len(self.rows.there))
            alone = filings_above[below] - filings_above[at] < 2
            if (
                spelling.tidy(text).casefold() in cells.BLANK
                or alone
                and not any(left < each <= right for each in columns)
            ):
                continue
            name = self.table.headers[left]
            cellswide = f"{letter(left)}{top + 1}:{letter(right)}{bottom + 1}"
            self.findings.add("error", "merged-figure", at=at, column=left, value=text, metric=name, cells=cellswide)

    def _wide(self) -> None:
        every = np.arange(len(self.rows.there))
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
        for text, rows in zip(distinct, _rows_of_each(numbers, self.rows.there), strict=True):
            if not len(rows):
                continue
            label = tables.label(text, self.words.known)
            if label and label.code == tables.LEFT_OUT:
                continue
            metric = self.words.metrics.get(label.code) if label else None
            if label is None or metric is None:
                code = "unknown-metric" if spelling.tidy(text) else "missing-metric"
                near = self.words.nearest(text)
                rows_read.wrong_key(self.findings, code, int(rows[0]), metric_column, text, nearest=near)
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
        chosen = self._chosen_unit(metric)
        if not bracket:
            return chosen or ""
        if chosen is not None and bracket != chosen and not (chosen == "" and bracket in self.words.units(metric)):
            unit = self.findings.choices.unit
            self.findings.add("error", "chosen-unit-otherwise", at=at, column=column, value=bracket, chosen=unit)
            return None
        if bracket in self.words.conversions.get(metric.unit, {}):
            return bracket
        if bracket in self.words.units(metric):
            return ""
        own = {"zh": metric.unit_zh, "en": metric.unit_en}
        self.findings.add("error", "header-unit-unknown", at=at, column=column, value=named, unit=bracket, own=own)
        return None

    def _chosen_unit(self, metric: Metric) -> str | None:
        """The unit chosen for the file, empty where it is the metric's own; None where it measures no such thing."""
        unit = spelling.plain(self.findings.choices.unit or "")
        if unit in self.words.conversions.get(metric.unit, {}):
            return unit
        return "" if unit and unit in self.words.units(metric) else None

    def _beside(self, code: str) -> list[str] | None:
        index = self.table.index(code)
        if index is None:
            return None
        told = []
        for at, text in enumerate(self.table.cells(index)):
            said = spelling.tidy(text)
            if (kind := personal_data.kind(said)) and self.rows.there[at]:
                self._personal(kind, at, index)
            elif said == FORMULA_WITHOUT_RESULT and self.rows.there[at]:
                header = self.table.headers[index]
                self.findings.add("error", "formula-without-result", at=at, column=index, value=said, metric=header)
            told.append("" if said.casefold() in cells.BLANK else spelling.words(text))
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
        rows = rows[self.rows.there[rows]]
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
        said &= self.rows.valid[rows]
        rows, numbers = rows[said], numbers[said]
        taken = {
            "space_id": self._spaces[rows],
            "year": self.rows.years[rows],
            "metric": self._same("metric", metric.code, len(rows)),
            "value": pd.arrays.IntegerArray(scaled[numbers], blank[numbers]),
            "evidence": self._told(evidence, rows),
            "note": self._told(note, rows),
            "sheet": self._same("sheet", self.table.grid.sheet, len(rows)),
            "row": self.table.numbers(rows, column),
            "letter": self._letters(rows, column),
        }
        self._taken.append(pd.DataFrame(taken))

    def _same(self, column: str, said: str | None, rows: int) -> pd.Categorical:
        kind = self.kinds[column]
        code = -1 if said is None else kind.categories.get_loc(said)
        return pd.Categorical.from_codes(np.full(rows, code), dtype=kind)

    def _letters(self, rows: np.ndarray, column: int) -> pd.Categorical:
        columns = self.table.letters(rows, column)
        if columns is None:
            return self._same("letter", self.table.letter(column), len(rows))
        return pd.Categorical.from_codes(columns, dtype=self.kinds["letter"])

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
        told = np.flatnonzero(wrong[numbers])
        texts_told = [understood[number] for number in np.unique(numbers[told])]
        shared = {(cell.code, cell.details.get("unit")) for cell in texts_told}
        code = _OF_A_COLUMN.get(next(iter(shared))[0] or "") if len(shared) == 1 else None
        if code and len(told) == figures[numbers].sum() > 1:
            first = understood[numbers[told[0]]]
            once = replace(first, code=code, details={**first.details, "figures": len(told)})
            self._wrong(once, texts[numbers[told[0]]], int(rows[told[0]]), column, metric)
            return
        kinds, codes = pd.factorize(np.array([cell.code or "" for cell in understood], dtype=object))
        for kind in np.unique(kinds[numbers[told]]):
            same = told[kinds[numbers[told]] == kind]
            room = self.findings.problems.room(codes[kind])
            for at in same[: room + 1]:
                self._wrong(understood[numbers[at]], texts[numbers[at]], int(rows[at]), column, metric)
            self.findings.problems.leave_out(codes[kind], len(same[room + 1 :]))

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
        said = [number for number, text in enumerate(texts) if spelling.tidy(text).casefold() not in cells.BLANK]
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


def _rows_of_each(numbers: np.ndarray, among: np.ndarray) -> list[np.ndarray]:
    """For each number from 0, its rows of those `among`, from top to bottom."""
    rows = np.flatnonzero(among)
    rows = rows[np.argsort(numbers[rows], kind="stable")]
    ends = np.cumsum(np.bincount(numbers[rows], minlength=numbers.max(initial=-1) + 1))
    return np.split(rows, ends[:-1]) if len(ends) else []


def _parts(metric: Metric) -> dict[str, str]:
    return {"numerator": metric.numerator or "", "denominator": metric.denominator or ""}
