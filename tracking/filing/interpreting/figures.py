"""The figures of a table: every cell under a metric understood, in rows whose filing is known."""

from collections.abc import Iterable, Mapping
from dataclasses import replace

import numpy as np
import pandas as pd

from tracking.filing.interpreting import cells, units
from tracking.filing.interpreting import rows as rows_read
from tracking.filing.interpreting.cells import Cell
from tracking.filing.interpreting.findings import Findings
from tracking.filing.interpreting.headers import Words
from tracking.filing.interpreting.measured import OWN, Measure, Measured, place_of
from tracking.filing.interpreting.naming import Name
from tracking.filing.interpreting.rows import Rows
from tracking.filing.spreadsheets.grids import FORMULA_WITHOUT_RESULT, letter
from tracking.filing.spreadsheets.number_formats import DISGUISED
from tracking.filing.spreadsheets.tables import LEFT_OUT, Mention
from tracking.policy.vocabulary import Metric
from tracking.words import language, personal_data, spelling
from tracking.words.language import LANGUAGES, Lang

# What is one slip where every figure of a metric has it: the shares were typed, or the whole column is in 元.
_OF_A_COLUMN = {
    "percentage-for-count": "percentages-for-counts",
    "unit-converted": "units-converted",
    "rounded": "figures-rounded",
}

# What a row of `read` says of a figure.
COLUMNS = ("space_id", "year", "metric", "value", "evidence", "note", "sheet", "row", "letter")


def read(
    findings: Findings, rows: Rows, words: Words, kinds: Mapping[str, pd.CategoricalDtype], *, long: bool
) -> tuple[list[pd.DataFrame], list[tuple[Metric, Mention]]]:
    """The figures of a table in rows that are valid, frames of COLUMNS, and the units that stand somewhere for them;
    every problem is put to the findings.

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
        self._measured: list[tuple[Metric, Mention]] = []
        # As the frames of figures have them, made once for all metrics.
        self._spaces = pd.Categorical.from_codes(rows.spaces, dtype=kinds["space_id"])
        self._nothing = pd.array([None] * len(rows.there), dtype="str")

    def read(self, long: bool) -> tuple[list[pd.DataFrame], list[tuple[Metric, Mention]]]:
        """The figures, a frame for each metric, and the units read for them."""
        self._merged_figures(long)
        if long:
            self._long()
        else:
            self._wide()
        return self._taken, self._measured

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
        self._unit_column()
        there = {label.code for label in self.table.columns.values()}
        measured = Measured(
            self.findings, self.words.units, [m for code, m in self.words.metrics.items() if code in there]
        )
        every = np.arange(len(self.rows.there))
        for metric in self.words.metrics.values():
            index = self.table.index(metric.code)
            beside = [self.table.index(f"{metric.code}_{part}") for part in ("evidence", "note")]
            told = index if index is not None else next((each for each in beside if each is not None), None)
            if told is None:
                continue
            # Evidence or a note without a column of figures tells of figures left blank.
            texts = self._column(told) if index is not None else np.array([""] * len(every), dtype=object)
            said = index is not None and any(map(str.strip, texts))
            if said and not self._fits(metric, self.table.columns[told].bracket, told, self.table.headers[told]):
                continue
            measure = measured.of(metric, told) if said else OWN
            if measure is None:
                continue
            evidence = self._beside(f"{metric.code}_evidence")
            note = self._beside(f"{metric.code}_note")
            if not self._explained(metric, measured, measure, every, zip(beside, (evidence, note), strict=True)):
                continue
            self._take(metric, texts, every, told, evidence, note, measure)

    def _unit_column(self) -> None:
        """What a column of units beside columns of metrics says, of all of them: 单位 may also head names of firms."""
        index = self.table.index("unit")
        if index is None:
            return
        for at, text in enumerate(self.table.cells(index)):
            if self.rows.there[at] and self.words.units.is_unit(text):
                for unit in self.words.units.declared(text) or [text]:
                    if all(each.unit != unit for each in self.table.mentions):
                        self.table.mentions.append(Mention(unit, text, self.table.first + at, index))

    def _long(self) -> None:
        metric_column, value_column = self.table.index("metric"), self.table.index("value")
        written = np.array([""] * len(self.rows.there), dtype=object)
        if metric_column is not None:
            written = self._column(metric_column)
        texts = written if value_column is None else self._column(value_column)
        evidence, note = self._beside("evidence"), self._beside("note")
        unit_column = self.table.index("unit")
        units_said = None if unit_column is None else self._column(unit_column)
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
            for same, said in self._by_unit(rows, units_said):
                more = self._said_in_row(metric, text, name.unit, said, int(same[0]), metric_column, unit_column)
                measure = None if more is None else measured.of(metric, value_column, more)
                besides = zip(map(self.table.index, ("evidence", "note")), (evidence, note), strict=True)
                if measure is not None and self._explained(metric, measured, measure, same, besides):
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
        return metric if self._fits(metric, name.bracket or name.unit, column, text, at) else None

    def _by_unit(self, rows: np.ndarray, said: np.ndarray | None) -> list[tuple[np.ndarray, str]]:
        """The rows of a metric, those whose column of units says the same together."""
        if said is None:
            return [(rows, "")]
        numbers, distinct = pd.factorize(said[rows])
        return [(rows[numbers == number], text) for number, text in enumerate(distinct)]

    def _said_in_row(
        self, metric: Metric, text: str, unit: str, said: str, at: int, column: int, unit_column: int | None
    ) -> list[Mention] | None:
        """The units that some rows of a metric say, behind its name and in their column; None where one is none of
        the metric's."""
        row = self.table.first + at
        mentions = [Mention(unit, text, row, column)] if unit else []
        if unit_column is None or spelling.tidy(said).casefold() in cells.BLANK:
            return mentions
        if not self._fits(metric, said, unit_column, said, at):
            return None
        return [*mentions, Mention(units.bare(spelling.tidy(said).casefold()), said, row, unit_column)]

    def _fits(self, metric: Metric, unit: str, column: int, named: str, at: int | None = None) -> bool:
        """Whether a metric can be in a unit, if one is said; else there is an error at its place. A share is not taken
        whatever its unit, and a yes or no has none."""
        if not unit or metric.kind == "share" or self.words.units.factor(unit, metric) is not None:
            return True
        own = {"zh": metric.unit_zh, "en": metric.unit_en}
        self.findings.add("error", "header-unit-unknown", at=at, column=column, value=named, unit=unit, own=own)
        return False

    def _explained(
        self,
        metric: Metric,
        measured: Measured,
        measure: Measure,
        rows: np.ndarray,
        besides: Iterable[tuple[int | None, list[str] | None]],
    ) -> bool:
        """Whether no word of explanation beside some figures of a metric says another unit than is read for them; else
        there is an error at its cell."""
        for index, texts in besides:
            if index is None or texts is None or not any(texts):
                continue
            first = {texts[at]: int(at) for at in reversed(rows) if texts[at]}
            for text, at in first.items():
                for unit in self.words.units.declared(text):
                    factor = self.words.units.factor(unit, metric)
                    if factor is not None and factor != measure.factor:
                        mention = Mention(unit, text, self.table.first + at, index, clear=False)
                        measured.unsure(metric, mention)
                        return False
        return True

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
        told = []
        for at, text in enumerate(self._column(index)):
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
        measure: Measure,
    ) -> None:
        """Understand the cells of one metric in some rows of one column."""
        rows = rows[self.rows.there[rows]]
        numbers, distinct = pd.factorize(texts[rows])
        if metric.kind == "share":
            self._share(metric, list(distinct), rows, numbers, column)
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
        self._tell(understood, list(distinct), numbers, rows, column, metric, measure)
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
        measure: Measure,
    ) -> None:
        """Tell of every cell that has a problem, or once where all figures of the metric have the same."""
        wrong = np.array([cell.code is not None for cell in understood], dtype=bool)
        told = np.flatnonzero(wrong[numbers])
        if not len(told):
            return
        figures = np.array([cell.code is not None or cell.scaled is not None for cell in understood], dtype=bool)
        texts_told = [understood[number] for number in np.unique(numbers[told])]
        alike = len({(cell.code, cell.details.get("unit")) for cell in texts_told}) == 1
        every = alike and len(told) == figures[numbers].sum() > 1
        kinds, codes = pd.factorize(np.array([cell.code or "" for cell in understood], dtype=object))
        for kind in np.unique(kinds[numbers[told]]):
            same = told[kinds[numbers[told]] == kind]
            code = codes[kind]
            # What a header or a title says of all figures is told once, and so is what a spreadsheet computed.
            once = code == "unit-converted" and measure.factor != 1 or code == "rounded" and len(same) > 1
            if code in _OF_A_COLUMN and (every or once):
                self._of_column(understood, texts, numbers, rows, column, metric, measure, same)
                continue
            room = self.findings.problems.room(code)
            for at in same[: room + 1]:
                self._wrong(understood[numbers[at]], texts[numbers[at]], int(rows[at]), column, metric)
            self.findings.problems.leave_out(code, len(same[room + 1 :]))

    def _of_column(
        self,
        understood: list[Cell],
        texts: list[str],
        numbers: np.ndarray,
        rows: np.ndarray,
        column: int,
        metric: Metric,
        measure: Measure,
        same: np.ndarray,
    ) -> None:
        """Tell once of all cells of a metric that have the same problem."""
        first = understood[numbers[same[0]]]
        assert first.code
        where = place_of(self.table, measure.mention) if measure.mention else _text(self._where(measure))
        rounded = any(understood[number].details.get("rounded") for number in np.unique(numbers[same]))
        details = {**first.details, "figures": len(same), "where": where, "rounded": rounded}
        once = replace(first, code=_OF_A_COLUMN[first.code], details=details)
        self._wrong(once, texts[numbers[same[0]]], int(rows[same[0]]), column, metric)

    def _where(self, measure: Measure) -> str:
        return "unit-place.choice" if measure.unit else "unit-place.cells"

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
        if "rounded" in cell.details:
            details["rounded"] = _text("rounded.told") if cell.details["rounded"] else ""
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


def _text(key: str) -> dict[Lang, str]:
    return {lang: language.text(key, lang) for lang in LANGUAGES}


def _told_kind(kind: str) -> dict[Lang, str]:
    return _text(f"personal-data.{kind}")


def _rows_of_each(numbers: np.ndarray, among: np.ndarray) -> list[np.ndarray]:
    """For each number from 0, its rows of those `among`, from top to bottom."""
    rows = np.flatnonzero(among)
    rows = rows[np.argsort(numbers[rows], kind="stable")]
    ends = np.cumsum(np.bincount(numbers[rows], minlength=numbers.max(initial=-1) + 1))
    return np.split(rows, ends[:-1]) if len(ends) else []


def _parts(metric: Metric) -> dict[str, str]:
    return {"numerator": metric.numerator or "", "denominator": metric.denominator or ""}
