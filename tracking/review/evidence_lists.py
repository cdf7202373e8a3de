"""A list that backs a figure: how many rows it has, each counted once, and which stand there twice.

A row is told from another by all its cells, but for its number and remarks; what the eye does not see is not counted.
"""

from collections.abc import Iterator, Sequence
from typing import NamedTuple

from tracking.filing.spreadsheets.grids import Grid, letter
from tracking.words import personal_data, spelling

# Columns that say nothing of what is listed, and what opens a row of totals.
_NAMES = ("序号", "编号", "备注", "说明", "no", "no.", "number", "remark", "remarks", "note")
_BESIDE = frozenset(map(spelling.folded, _NAMES))
_TOTALS = frozenset(map(spelling.folded, ("合计", "总计", "小计", "total", "totals", "sum")))
# Rows among which the header is looked for: under a title, or two.
_HEAD = 10
# So many repeated rows are named.
_NAMED = 50


class Counted(NamedTuple):
    """How many rows a list has, each once; and the first cells of those that repeat an earlier one, with that one's."""

    listed: int
    again: Sequence[tuple[str, str]]


def private(grids: Sequence[Grid]) -> tuple[str, str] | None:
    """The first cell that holds personal data, and of which kind; None where none does."""
    for grid in grids:
        for number, row in enumerate(grid.rows, start=1):
            for column, text in enumerate(row):
                if kind := personal_data.kind(spelling.tidy(text)):
                    return f"{letter(column)}{number}", kind
    return None


def count(grids: Sequence[Grid]) -> Counted:
    """The rows of the first sheet that shows any."""
    for grid in grids:
        if not grid.hidden and (rows := list(_rows(grid))):
            return _counted(rows)
    return Counted(0, ())


def _rows(grid: Grid) -> Iterator[tuple[str, tuple[str, ...]]]:
    """Each row below the header: its first cell that counts, by name, and what it says."""
    shown = ((number, row) for number, row in enumerate(grid.rows) if number not in grid.hidden_rows)
    seen = [(number, row) for number, row in shown if any(map(str.strip, row))]
    if not seen:
        return
    widths = [sum(1 for cell in row if cell.strip()) for _, row in seen[:_HEAD]]
    at = widths.index(max(widths))
    header = [spelling.folded(cell) for cell in seen[at][1]]
    columns = [
        column for column, name in enumerate(header) if name not in _BESIDE and column not in grid.hidden_columns
    ]
    for number, row in seen[at + 1 :]:
        cells = tuple(spelling.folded(row[column]) if column < len(row) else "" for column in columns)
        first = next((place for place, cell in enumerate(cells) if cell), None)
        opening = next((spelling.folded(cell) for cell in row if cell.strip()), "")
        # Beneath a list of several columns a line of one cell is a signature or a remark.
        furniture = len(columns) > 1 and sum(map(bool, cells)) == 1 and first == 0 and len(row) == 1
        if first is not None and opening not in _TOTALS and not furniture:
            yield f"{letter(columns[first])}{number + 1}", cells


def _counted(rows: Sequence[tuple[str, tuple[str, ...]]]) -> Counted:
    known: dict[tuple[str, ...], str] = {}
    again = []
    for place, cells in rows:
        if cells in known:
            again.append((place, known[cells]))
        known.setdefault(cells, place)
    return Counted(len(known), again[:_NAMED])
