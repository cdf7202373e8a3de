"""Where a problem is told, and deeds that take away or move: rows, columns, cells, sheets, quotation marks."""

from collections.abc import Callable
from dataclasses import dataclass

from tests.files.sheets import Cell, Figures, File, Sheet
from tracking.filing.spreadsheets.grids import letter
from tracking.words.problems import Problem


@dataclass(frozen=True)
class Place:
    """Where a problem is told, in a file that is to be mended: the sheet, the row and the column, from 0."""

    file: File
    problem: Problem
    truth: Figures

    @property
    def sheet(self) -> Sheet:
        """The sheet; a page or a text has one."""
        return next((each for each in self.file.sheets if each.name == self.problem.sheet), self.file.sheets[0])

    @property
    def row(self) -> list[Cell]:
        """The cells of the row; none where the problem names no row, or one that is gone."""
        at = (self.problem.row or 0) - 1
        return self.sheet.rows[at] if 0 <= at < len(self.sheet.rows) else []

    @property
    def column(self) -> int:
        """The column, −1 where none is named."""
        return next((at for at in range(100) if letter(at) == self.problem.letter), -1)

    @property
    def cell(self) -> Cell:
        """The cell; a new one of the row where there is none."""
        if self.column < 0:
            return Cell()
        self.row.extend(Cell() for _ in range(self.column + 1 - len(self.row)))
        return self.row[self.column]


Deed = Callable[[Place], None]


def clear_row(at: Place) -> None:
    """Nothing is left in the row."""
    at.row[:] = []


def delete_row(at: Place) -> None:
    """The row is gone, what is below moves up."""
    number = (at.problem.row or 0) - 1
    if not 0 <= number < len(at.sheet.rows):
        return
    del at.sheet.rows[number]
    at.sheet.merged = [
        (top - (top > number), left, bottom - (bottom > number), right)
        for top, left, bottom, right in at.sheet.merged
        if not top <= number <= bottom
    ]
    at.sheet.header -= at.sheet.header > number
    at.sheet.first -= at.sheet.first > number


def delete_column(at: Place) -> None:
    """The column is gone, titles above the table stay."""
    column = at.column
    if column < 0:
        return
    for row in at.sheet.rows[min(at.sheet.header, (at.problem.row or 1) - 1) :]:
        del row[column : column + 1]
    at.sheet.merged = [
        (top, left - (left > column), bottom, right - (right > column))
        for top, left, bottom, right in at.sheet.merged
        if not left <= column <= right
    ]


def clear_column(at: Place) -> None:
    """Nothing is left in the column below the header."""
    for row in at.sheet.rows[at.sheet.header + 1 :]:
        if 0 <= at.column < len(row):
            row[at.column] = Cell()


def clear_cell(at: Place) -> None:
    """The cell is left blank."""
    at.cell.text, at.cell.raised, at.cell.before, at.cell.form = "", "", "", ""


def delete_sheet(at: Place) -> None:
    """The sheet is gone."""
    if len(at.file.sheets) > 1:
        at.file.sheets.remove(at.sheet)


def another_sheet(at: Place) -> None:
    """What begins in the row is moved to a sheet of its own."""
    number = (at.problem.row or 1) - 1
    moved = at.sheet.rows[number:]
    del at.sheet.rows[number:]
    at.file.sheets.append(Sheet("另表", moved))
    at.file.container = "xlsx"


def quote(at: Place) -> None:
    """Quotation marks around what holds a comma or a quotation mark: every cell of the row says what it said."""
    for cell in at.row:
        cell.raw = False
    while at.row and not at.row[-1].text:
        at.row.pop()


def save_as_workbook(at: Place) -> None:
    """The file opened in a spreadsheet, row by row as it stands, and saved as .xlsx."""
    at.file.container = "xlsx"


def quotation_marks_out(at: Place) -> None:
    """The quotation mark that swallows rows is gone, and the one that ends it."""
    for row in at.sheet.rows:
        for cell in row:
            if cell.raw:
                cell.text, cell.raw = cell.text.strip('"'), False
