"""Colours and comments cells of the .xlsx on standard input, and writes it to standard output as it was otherwise.

Run by `corrections`, through `limited`. What comes in is pickled: the workbook's
bytes, and its marks.
"""

import io
import pickle
import sys
from collections.abc import Iterable
from typing import NamedTuple

import openpyxl
from openpyxl.cell import Cell
from openpyxl.cell.cell import MergedCell
from openpyxl.comments import Comment
from openpyxl.styles import PatternFill
from openpyxl.worksheet.worksheet import Worksheet

from tracking.filing.spreadsheets import limited
from tracking.filing.spreadsheets.sheets import Note

# Of a comment, in pixels.
_WIDTH, _HEIGHT = 360, 150


class Mark(NamedTuple):
    """A cell, rows and columns counted from 1; its colour as RRGGBB; its comment, empty for none."""

    sheet: str | None
    row: int
    column: int
    colour: str
    comment: str


def main() -> None:
    """Mark, within the limits; whatever goes wrong ends the process."""
    limited.limit(*map(int, sys.argv[1:]))
    content, marks = pickle.loads(sys.stdin.buffer.read())
    sys.stdout.buffer.write(marked(content, marks))


def marked(content: bytes, marks: Iterable[Mark]) -> bytes:
    """The workbook with its marks; without a sheet, a mark is on the first one."""
    book = openpyxl.load_workbook(io.BytesIO(content))
    for mark in marks:
        cell = _cell(book[mark.sheet] if mark.sheet else book.worksheets[0], mark)
        cell.fill = PatternFill("solid", fgColor=mark.colour)
        if mark.comment:
            own = Note(cell.comment.text, mark.row, mark.column).own.strip() if cell.comment else ""
            lines = [mark.comment, own] if own else [mark.comment]
            cell.comment = Comment("\n\n".join(lines), "", height=_HEIGHT, width=_WIDTH)
    out = io.BytesIO()
    book.save(out)
    return out.getvalue()


def _cell(sheet: Worksheet, mark: Mark) -> Cell:
    """The cell that a person sees there: of merged cells, the first."""
    cell = sheet.cell(mark.row, mark.column)
    if isinstance(cell, MergedCell):
        merged = next(each for each in sheet.merged_cells.ranges if cell.coordinate in each)
        cell = sheet.cell(merged.min_row, merged.min_col)
    return cell


if __name__ == "__main__":
    main()
