"""A table in a grid: its header row, which column is which, and what is said about it."""

from bisect import bisect_left
from collections.abc import Container, Iterable
from dataclasses import dataclass, field

import numpy as np

from tracking.filing.spreadsheets.grids import Grid, letter

# Titles, notes and blank rows above a header; nobody writes more.
HEADER_WITHIN = 50
# The code of a header that a person said to leave out.
LEFT_OUT = "left_out"
# A column that a template adds for the eye alone.
FOR_REFERENCE = ("参考", "forreference")


@dataclass(frozen=True, slots=True)
class Label:
    """What a header names: a code, and what stood in brackets behind it where that is not part of the name."""

    code: str
    bracket: str = ""


@dataclass(frozen=True, slots=True)
class Mention:
    """A unit that stands somewhere about a table.

    unit: as `folded` has it; text: the whole cell, as typed; row and column: where it stands in the grid, from 0, the
    row None for the sheet's name. columns: those that it holds for, None for all. clear: whether the text says that
    the figures are in it, and does not just have the word in it. here: whether it is said of its own row alone, as by
    a remark beside figures. sheet: the other sheet on which it stands, as a guide to the form.
    """

    unit: str
    text: str
    row: int | None
    column: int = 0
    columns: frozenset[int] | None = None
    clear: bool = True
    here: bool = False
    sheet: str | None = None


@dataclass(frozen=True, slots=True)
class Qualified:
    """A column of a metric that is not the year's figure: the word that says so (计划, 上年), or the year it is of."""

    code: str
    word: str
    year: int | None = None


@dataclass(frozen=True, slots=True)
class PassedOver:
    """A row or a column of a form that is no figure and was not expected to be one; its place counts from 0."""

    text: str
    row: int | None = None
    column: int | None = None


@dataclass(frozen=True, slots=True)
class Remark:
    """What a title, a remark or the sheet's name says of all figures: the word that does (计划), and where, from 0; the
    row is None for the sheet's name. It holds for those of `year` alone, where it names one.
    sheet: where row and column are the person's own, and not those of a table put together. fear: where it does not say
    so, but lets one fear it, the code of a warning."""

    word: str
    text: str
    row: int | None
    column: int = 0
    year: int | None = None
    sheet: str | None = None
    fear: str = ""


@dataclass(frozen=True, slots=True)
class Places:
    """Where every cell of a grid stands that was put together from the cells of a person's sheet.

    An element per row and column of the grid: the row and the column on the sheet, both from 0; -1 for what stands
    nowhere on it, as a choice, or the sheet's own name.
    """

    rows: np.ndarray
    columns: np.ndarray


@dataclass(slots=True)
class Table:
    """A table found in a grid. Indexes count from 0; row `first` is the first below the header.

    places: where its cells stand on the person's sheet, where that is not where they stand in the grid.
    named_in: the row of a column's name, where that is not the header. mentions: the units that stand about it.
    qualified: columns of metrics that are not the year's figures. passed_over: the furniture of a form. remarks: what
    is said of all its figures, so that they are not the year's own.
    """

    grid: Grid
    header: int
    first: int
    headers: list[str]
    columns: dict[int, Label] = field(default_factory=dict)
    unknown: list[int] = field(default_factory=list)
    left_out: list[int] = field(default_factory=list)
    places: Places | None = None
    named_in: dict[int, int] = field(default_factory=dict)
    mentions: list[Mention] = field(default_factory=list)
    qualified: dict[int, Qualified] = field(default_factory=dict)
    passed_over: list[PassedOver] = field(default_factory=list)
    remarks: list[Remark] = field(default_factory=list)

    def number(self, at: int | None, column: int) -> int:
        """The number that the person's spreadsheet gives to the row of a cell; `at` counts below the header from 0,
        None is the header."""
        return int(self._numbers(np.array([self._row(at, column)]), column)[0])

    def letter(self, column: int, at: int | None = None) -> str:
        """The letter that the person's spreadsheet shows over a cell."""
        if self.places is None:
            return letter(column)
        written = self.places.columns[self._row(at, column)]
        return letter(max(int(written[column]), 0))

    def _row(self, at: int | None, column: int) -> int:
        return self.named_in.get(column, self.header) if at is None else self.first + at

    def place(self, row: int, column: int) -> tuple[int, str]:
        """The row's number and the letter that the person's spreadsheet shows of a cell of the grid."""
        if self.places is None:
            return row + 1, letter(column)
        return int(self._numbers(np.array([row]), column)[0]), letter(
            max(int(self.places.columns[row, column]), 0) if column < self.places.columns.shape[1] else 0
        )

    def beside(self, column: int) -> tuple[int, int] | None:
        """Where the one cell stands, from 0, that all cells of a column are; None for a column of the sheet."""
        if self.places is None or column >= len(self.headers) or self.first >= len(self.places.rows):
            return None
        rows, columns = self.places.rows[self.first :, column], self.places.columns[self.first :, column]
        if columns[0] == column and (len(rows) < 2 or rows[0] != rows[-1]):
            return None
        return int(rows[0]), int(columns[0])

    def numbers(self, ats: np.ndarray, column: int) -> np.ndarray:
        """What `number` says of many rows below the header."""
        return self._numbers(ats + self.first, column)

    def _numbers(self, rows: np.ndarray, column: int) -> np.ndarray:
        if self.places is None:
            return rows + 1
        numbers = self.places.rows[rows]
        own = numbers[:, column] if column < numbers.shape[1] else np.full(len(rows), -1)
        # What stands nowhere on the sheet is told at the first cell of its row that does.
        others = np.where(numbers < 0, np.iinfo(np.int64).max, numbers).min(axis=1)
        return np.where(own < 0, np.where(numbers.max(axis=1) < 0, 0, others), own) + 1

    def letters(self, ats: np.ndarray, column: int) -> np.ndarray | None:
        """The index of the column on the person's sheet of each of many rows; None where it is the table's own."""
        return None if self.places is None else self.places.columns[self.first + ats, column]

    def index(self, code: str) -> int | None:
        """The first column of a code, None where there is none."""
        return next((index for index, label in self.columns.items() if label.code == code), None)

    def fill(self, codes: Container[str]) -> None:
        """Let a name merged over several rows be meant in each of them, in the columns of these codes."""
        columns = {index for index, label in self.columns.items() if label.code in codes}
        fill(self.grid.rows, [merge for merge in self.grid.merged if merge[1] in columns and merge[0] >= self.first])

    def cells(self, index: int) -> list[str]:
        """The texts of a column below the header, one per row, blank where a row is shorter."""
        rows = self.grid.rows[self.first :]
        try:
            return [row[index] for row in rows]
        except IndexError:
            return [row[index] if index < len(row) else "" for row in rows]

    def first_filled(self, columns: Iterable[int], among: np.ndarray | None = None) -> dict[int, int]:
        """The columns that say something, from left to right, and the first row below the header in which they do.

        Only of the rows `among`, where it is given. No cell is looked at that is not there: of many short rows one may
        have 2,000 cells.
        """
        silent = sorted(columns)
        found: dict[int, int] = {}
        for at, row in enumerate(self.grid.rows[self.first :]):
            if not silent:
                break
            if among is not None and not among[at]:
                continue
            filled = [index for index in silent[: bisect_left(silent, len(row))] if row[index].strip()]
            if filled:
                found |= dict.fromkeys(filled, at)
                silent = [index for index in silent if index not in found]
        return dict(sorted(found.items()))


def fill(rows: list[list[str]], merged: Iterable[tuple[int, int, int, int]]) -> None:
    """Let what is merged over several rows stand in the first column of each."""
    filled: dict[int, int] = {}
    for top, left, bottom, _ in sorted(merged):
        # Merges do not overlap but in a file made to cost time.
        if top > filled.get(left, -1) and top < len(rows):
            name = rows[top][left].strip() if left < len(rows[top]) else ""
            for row in rows[top + 1 : bottom + 1]:
                row += [""] * (left + 1 - len(row))
                row[left] = name
            filled[left] = bottom
