"""A sheet as the eye sees it: merged names stand in all their cells, and a part of it remembers where it was cut."""

from collections.abc import Sequence
from dataclasses import dataclass, replace

import numpy as np

from tracking.filing.interpreting.layouts.signs import Sign, Signs
from tracking.filing.spreadsheets.grids import Grid
from tracking.filing.spreadsheets.tables import Places

# Merges over more cells are a file made to cost time; a name is meant in no more of them.
_MOST_MERGED = 200_000
Place = tuple[int, int]


@dataclass(frozen=True)
class Part:
    """Some rows and columns of a person's sheet as a grid of their own.

    rows, columns: for every row and column of the grid, its place on the sheet, from 0.
    """

    grid: Grid
    rows: np.ndarray
    columns: np.ndarray

    @classmethod
    def whole(cls, grid: Grid) -> "Part":
        """All of a sheet."""
        width = max(map(len, grid.rows), default=0)
        return cls(grid, np.arange(len(grid.rows), dtype=np.int32), np.arange(width, dtype=np.int32))

    def cut(self, rows: Sequence[int]) -> "Part":
        """Some of the rows of this part, ascending."""
        row_of = {row: at for at, row in enumerate(rows)}
        grid, width = self.grid, len(self.columns)
        texts = [[_at(grid.rows[row], column) for column in range(width)] for row in rows]
        merged = tuple(
            (min(in_rows), left, max(in_rows), min(right, width - 1))
            for top, left, bottom, right in grid.merged
            if left < width and (in_rows := [row_of[row] for row in _between(rows, top, bottom)])
        )
        cut = replace(
            grid,
            rows=texts,
            merged=merged,
            hidden_rows=frozenset(row_of[row] for row in grid.hidden_rows if row in row_of),
            hidden_columns=frozenset(column for column in grid.hidden_columns if column < width),
        )
        return Part(cut, self.rows[list(rows)], self.columns)

    def places(self) -> Places:
        """Where every cell of the grid stands on the sheet."""
        shape = (len(self.rows), len(self.columns))
        return Places(
            np.broadcast_to(self.rows[:, np.newaxis], shape), np.broadcast_to(self.columns[np.newaxis, :], shape)
        )


class View:
    """A grid to look at, cell by cell: what each says, and what that can be."""

    def __init__(self, grid: Grid, signs: Signs) -> None:
        self.grid = grid
        self.height = len(grid.rows)
        self.width = max(map(len, grid.rows), default=0)
        self.signs = signs
        self._first: dict[Place, Place] = {}
        budget = _MOST_MERGED
        for top, left, bottom, right in grid.merged:
            bottom, right = min(bottom, self.height - 1), min(right, self.width - 1)
            budget -= max(bottom - top + 1, 0) * max(right - left + 1, 0)
            if budget < 0:
                break
            for row in range(top, bottom + 1):
                for column in range(left, right + 1):
                    self._first.setdefault((row, column), (top, left))

    def first(self, row: int, column: int) -> Place:
        """The cell that a cell is part of: itself, or the first of those merged with it."""
        return self._first.get((row, column), (row, column))

    def own(self, row: int, column: int) -> str:
        """The text in a cell itself, blank in all but the first of merged ones."""
        return _at(self.grid.rows[row], column) if 0 <= row < self.height else ""

    def text(self, row: int, column: int) -> str:
        """The text that the eye sees in a cell."""
        return self.own(*self.first(row, column))

    def sign(self, row: int, column: int) -> Sign:
        """What the text that the eye sees in a cell can be."""
        return self.signs.of(self.text(row, column))

    def filled(self, row: int, start: int = 0, end: int | None = None) -> list[int]:
        """The columns of a row in which a text begins, from left to right."""
        if not 0 <= row < self.height:
            return []
        texts = self.grid.rows[row]
        return [column for column in range(start, min(len(texts), end or len(texts))) if texts[column].strip()]

    def span(self, row: int, column: int) -> int:
        """The column behind a cell, or behind those merged with it."""
        first = self.first(row, column)
        while self.first(row, column + 1) == first:
            column += 1
        return column + 1


def _at(row: Sequence[str], column: int) -> str:
    return row[column] if 0 <= column < len(row) else ""


def _between(rows: Sequence[int], top: int, bottom: int) -> list[int]:
    """The rows, which ascend, from `top` to `bottom`."""
    from_, to = np.searchsorted(rows, [top, bottom + 1])
    return list(rows[from_:to])
