"""What is told of the figures of a table: of each cell that has a problem, or once of all figures of a metric."""

from collections.abc import Sequence
from dataclasses import replace

import numpy as np
import pandas as pd

from tracking.filing.interpreting import cells
from tracking.filing.interpreting.cells import Cell
from tracking.filing.interpreting.findings import Findings
from tracking.filing.interpreting.headers import Words
from tracking.filing.interpreting.measured import Measure, place_of
from tracking.filing.spreadsheets.grids import letter
from tracking.filing.spreadsheets.number_formats import DISGUISED
from tracking.policy.vocabulary import Metric
from tracking.words import language, spelling
from tracking.words.language import LANGUAGES, Lang

# What is one slip where every figure of a metric has it: the shares were typed, or the whole column is in 元.
_OF_A_COLUMN = {
    "percentage-for-count": "percentages-for-counts",
    "unit-converted": "units-converted",
    "rounded": "figures-rounded",
}


class FigureProblems:
    """The problems of the figures of one table, put to its findings."""

    def __init__(self, findings: Findings, words: Words) -> None:
        self.findings = findings
        self.table = findings.table
        self.words = words

    def personal(self, kind: str, at: int, column: int) -> None:
        """An error for personal data, which is not shown again."""
        self.findings.add("error", "personal-data", at=at, column=column, value="***", kind=_kind_names(kind))

    def merged(self, there: np.ndarray, columns: Sequence[int]) -> None:
        """Errors for figures in merged cells of columns of figures: whose they are, nobody knows.

        `there` says of which rows below the header something is read.
        """
        filings_above = np.append(0, np.cumsum(there))
        for top, left, bottom, right in sorted(self.table.grid.merged):
            at = top - self.table.first
            if at < 0 or at >= len(there) or left not in columns:
                continue
            row = self.table.grid.rows[top]
            text = row[left] if left < len(row) else ""
            below = min(bottom - self.table.first + 1, len(there))
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

    def tell(
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
        rows_wrong = np.flatnonzero(wrong[numbers])
        if not len(rows_wrong):
            return
        figures = np.array([cell.code is not None or cell.scaled is not None for cell in understood], dtype=bool)
        different = [understood[number] for number in np.unique(numbers[rows_wrong])]
        alike = len({(cell.code, cell.details.get("unit")) for cell in different}) == 1
        every = alike and len(rows_wrong) == figures[numbers].sum() > 1
        kinds, codes = pd.factorize(np.array([cell.code or "" for cell in understood], dtype=object))
        for kind in np.unique(kinds[numbers[rows_wrong]]):
            same = rows_wrong[kinds[numbers[rows_wrong]] == kind]
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
            details["kind"] = _kind_names(str(cell.details["kind"]))
        if "rounded" in cell.details:
            details["rounded"] = _text("rounded.told") if cell.details["rounded"] else ""
        self.findings.add(cell.severity, cell.code, at=at, column=column, value=shown, **details)

    def share(self, metric: Metric, texts: list[str], rows: np.ndarray, numbers: np.ndarray, column: int) -> None:
        """A percentage is not taken; say which two counts to give instead. One column, one message."""
        filled = [number for number, text in enumerate(texts) if spelling.tidy(text).casefold() not in cells.BLANK]
        if not filled:
            return
        at = int(rows[np.isin(numbers, filled)][0])
        two = {part: self.words.metrics[code] for part, code in _parts(metric).items()}
        self.findings.add(
            "error",
            "share-column",
            at=at,
            column=column,
            value=texts[filled[0]],
            metric={"zh": metric.name_zh, "en": metric.name_en},
            **{part: {"zh": each.name_zh, "en": each.name_en} for part, each in two.items()},
        )


def _text(key: str) -> dict[Lang, str]:
    return {lang: language.text(key, lang) for lang in LANGUAGES}


def _kind_names(kind: str) -> dict[Lang, str]:
    return _text(f"personal-data.{kind}")


def _parts(metric: Metric) -> dict[str, str]:
    return {"numerator": metric.numerator or "", "denominator": metric.denominator or ""}
