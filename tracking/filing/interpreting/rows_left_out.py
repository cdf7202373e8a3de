"""The rows of a table that are no filings: blank ones, totals, headers once more, the furniture of a form."""

import re
from collections.abc import Sequence
from dataclasses import replace

import numpy as np

from tracking.filing.enrolled import Register
from tracking.filing.interpreting import cells, furniture
from tracking.filing.interpreting.above_header import remark
from tracking.filing.interpreting.findings import Findings
from tracking.filing.interpreting.headers import Words
from tracking.filing.interpreting.units import beside
from tracking.filing.spreadsheets.tables import Mention, PassedOver
from tracking.words import spelling

# A remark of several lines: 2、金额单位为千元.
_NUMBERED = re.compile(r"[0-9]{1,2}[.、．)）][^0-9]")


class RowsLeftOut:
    """The rows of one table; `there` is true for each that may be a filing, `places` are those of its different IDs in
    the register, -1 where it has none."""

    def __init__(
        self, findings: Findings, register: Register, words: Words, there: np.ndarray, places: np.ndarray
    ) -> None:
        self.findings = findings
        self.table = findings.table
        self.register = register
        self.words = words
        self.there = there
        self._places = places
        self._filings = np.empty(0, dtype=int)

    def mark(self, numbers: np.ndarray, distinct: Sequence[str], column: int | None, year: int | None) -> None:
        """Mark the rows that are no filings: blank ones, totals, headers that are repeated, the furniture of a form.

        A row that says something, but not of whom, is an error, and so is the header of another table.
        """
        unknown = (self._places < 0)[numbers] if column is not None else np.ones(len(numbers), dtype=bool)
        self._filings = np.flatnonzero(~unknown)
        after_furniture, nobodys = False, []
        for at in np.flatnonzero(unknown).tolist():
            row = self.table.grid.rows[self.table.first + at]
            filled = [text for text in row if spelling.tidy(text)]
            if not filled:
                self.there[at] = False
                continue
            space = distinct[numbers[at]]
            dated = year is not None and year < len(row) and cells.year(row[year]) is not None
            if (not space or column is None or furniture.total(space)) and any(map(furniture.total, row)):
                self.there[at] = False
                self.findings.add("warning", "totals-row", at=at, value=filled[0].strip())
            elif space and self._is_header(row, column):
                self.there[at] = False
                self._header_again(at, row, space)
            elif not dated and self._is_furniture(row, filled, after_furniture):
                self.there[at], after_furniture = False, True
                self._pass_over(at, row, filled)
            elif not space and column is not None:
                self.there[at] = False
                nobodys.append(at)
        if column is not None and nobodys:
            self._of_nobody(nobodys, numbers, column)

    def _is_furniture(self, row: Sequence[str], filled: Sequence[str], after: bool) -> bool:
        if furniture.signatures(row) or furniture.remark(row) or furniture.codes(row) or self._of_units(filled):
            return True
        alone = len(filled) == 1 and (not filled[0].strip()[0].isdigit() or bool(_NUMBERED.match(filled[0].strip())))
        return alone and (bool(self.words.units.declared(filled[0])) or after and len(filled[0].strip()) > 5)

    def _of_units(self, filled: Sequence[str]) -> bool:
        return len(filled) > 1 and all(map(self.words.units.is_unit, filled))

    def _pass_over(self, at: int, row: Sequence[str], filled: Sequence[str]) -> None:
        """Note a row of furniture, and what it says of the figures all the same: their unit, or that they are none."""
        number, units = self.table.first + at, self.words.units
        remarks = [each for text in filled for each in remark(text, number, row.index(text), heading=False)]
        self.table.remarks += remarks[:1]
        if not remarks:
            self.table.passed_over.append(PassedOver(filled[0].strip(), row=number))
        by_column = self._of_units(filled)
        for column, text in enumerate(row):
            if by_column:
                columns = frozenset({column})
                self.table.mentions += (Mention(each, text, number, column, columns) for each in units.declared(text))
                continue
            # Between filings it may be meant of those below it, or of all.
            between = bool((self._filings < at).any() and (self._filings > at).any())
            said_of = beside(units, text, number, column)
            self.table.mentions += (replace(each, clear=False, here=True) if between else each for each in said_of)

    def _is_header(self, row: Sequence[str], column: int | None) -> bool:
        text = row[column] if column is not None and column < len(row) else ""
        return self.words.known.get(spelling.folded(text)) == "space_id"

    def _header_again(self, at: int, row: Sequence[str], space: str) -> None:
        """The same header once more is passed over, as on every page of a print; another one begins another table."""
        texts = [spelling.folded(text) for text in self.table.grid.rows[self.table.header]]
        same = [spelling.folded(text) for text in row]
        if _trimmed(texts) == _trimmed(same):
            self.findings.add("warning", "header-again", at=at, value=space)
        else:
            self.findings.add("error", "second-table", at=at, value=space)

    def _of_nobody(self, rows: list[int], numbers: np.ndarray, column: int) -> None:
        """Errors for rows that name no space; one where they follow one that does, in a table of a row per figure."""
        known = np.flatnonzero((self._places >= 0)[numbers])
        if self.table.index("metric") is not None and len(known) and known[0] < rows[0]:
            above = int(known[known < rows[0]][-1])
            self.findings.add(
                "error",
                "space-in-first-row",
                at=rows[0],
                column=column,
                value=list(self.register.names)[self._places[numbers[above]]],
                rows=len(rows),
                first=self.table.number(above, column),
            )
            return
        # Where no row of a table with a row per figure names a space, that is one slip.
        for at in rows[:1] if self.table.index("metric") is not None and not len(known) else rows:
            row = self.table.grid.rows[self.table.first + at]
            first_text = next(text.strip() for text in row if spelling.tidy(text))
            self.findings.add("error", "missing-space", at=at, column=column, value=first_text)


def _trimmed(texts: Sequence[str]) -> list[str]:
    """The texts without blank ones at the end."""
    filled = [number for number, text in enumerate(texts, start=1) if text]
    return list(texts[: filled[-1]]) if filled else []
