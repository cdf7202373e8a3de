"""A person's own file as a workbook again: with what is wrong coloured and commented, or with cells mended."""

import io
import pickle
import re
import zipfile
from collections.abc import Iterable, Sequence
from contextlib import suppress
from datetime import datetime
from typing import NamedTuple

import xlsxwriter
from xlsxwriter.exceptions import XlsxWriterException
from xlsxwriter.workbook import Workbook
from xlsxwriter.worksheet import Worksheet

from tracking.filing.marking_process import Mark
from tracking.filing.spreadsheets import limited
from tracking.filing.spreadsheets.grids import Grid, index_of
from tracking.filing.spreadsheets.sheets import END_OF_OURS
from tracking.words.language import Lang, text
from tracking.words.problems import Problem, Severity

# A workbook of more comments opens slowly, and nobody reads them; the cells are coloured all the same.
MOST_COMMENTS = 2_000
LONGEST_COMMENT = 2_000
_COLOURS = {"error": "#f4b9a3", "warning": "#fbe3b0"}
# Unpacked; more of it would keep a person waiting for longer than the formats are worth.
_LARGEST_IN_PLACE = 30_000_000
_SECONDS = 30
_MADE = datetime(2000, 1, 1)
# Numbers that a spreadsheet keeps as they are typed; a leading zero is part of a name.
_NUMBER = re.compile(r"(0|[1-9]\d{0,14})(\.\d+)?")


class CellRemark(NamedTuple):
    """What is to be said at a cell; without a row at the first of all, without a letter at the first of its row."""

    sheet: str | None
    row: int | None
    letter: str | None
    severity: Severity
    text: str


def annotated(content: bytes, grids: Sequence[Grid], problems: Sequence[Problem], lang: Lang) -> bytes:
    """XLSX with every cell where it was; each problem colours its cell, and a comment says what to do.

    An .xlsx keeps its formulas, formats and widths; of any other file, `grids` are what was read of it. A problem of a
    whole row is told at the row's first cell, one of the whole file at the first cell of all.
    """
    remarks = [
        CellRemark(
            problem.sheet,
            problem.row,
            problem.letter,
            problem.severity,
            f"{text(f'severity.{problem.severity}', lang)}: {problem.message(lang)}\n{problem.hint(lang)}",
        )
        for problem in problems
    ]
    return remarked(content, grids, remarks)


def remarked(content: bytes, grids: Sequence[Grid], remarks: Sequence[CellRemark]) -> bytes:
    """The same with what is to be said in words of one's own."""
    return _in_place(content, _marks(remarks)) or _rebuilt(grids, remarks)


def _marks(remarks: Iterable[CellRemark]) -> list[Mark]:
    at: dict[tuple[str | None, int, int], list[CellRemark]] = {}
    for remark in remarks:
        at.setdefault((remark.sheet, remark.row or 1, index_of(remark.letter or "A") + 1), []).append(remark)
    return [
        Mark(*place, _COLOURS[_worst(found)].lstrip("#").upper(), _comment(found) if number < MOST_COMMENTS else "")
        for number, (place, found) in enumerate(at.items())
    ]


def _in_place(content: bytes, marks: Sequence[Mark]) -> bytes | None:
    """The person's own .xlsx with its marks; None where it is none, or not to be had within the limits."""
    if not content.startswith(b"PK"):
        return None
    with zipfile.ZipFile(io.BytesIO(content)) as archive:
        if sum(entry.file_size for entry in archive.infolist()) > _LARGEST_IN_PLACE:
            return None
    try:
        with limited.turn:
            return limited.run(
                "tracking.filing.marking_process", given=pickle.dumps((content, marks)), seconds=_SECONDS
            )
    except limited.LimitExceeded:
        return None


def _rebuilt(grids: Sequence[Grid], remarks: Iterable[CellRemark]) -> bytes:
    by_sheet: dict[str | None, dict[tuple[int, int], list[CellRemark]]] = {}
    for remark in remarks:
        sheet = remark.sheet if remark.sheet is not None else grids[0].sheet
        at = ((remark.row or 1) - 1, index_of(remark.letter or "A"))
        by_sheet.setdefault(sheet, {}).setdefault(at, []).append(remark)
    out = io.BytesIO()
    comments = 0
    with _book(out) as book:
        looks = {severity: book.add_format({"bg_color": colour}) for severity, colour in _COLOURS.items()}
        for grid, sheet in _sheets(book, grids):
            for (row, column), found in by_sheet.get(grid.sheet, {}).items():
                cells = grid.rows[row] if row < len(grid.rows) else []
                _write(sheet, row, column, cells[column] if column < len(cells) else "", looks[_worst(found)])
                if comments < MOST_COMMENTS:
                    sheet.write_comment(row, column, _comment(found), {"width": 320, "height": 110})
                    comments += 1
    return out.getvalue()


def _book(out: io.BytesIO) -> Workbook:
    book = xlsxwriter.Workbook(out, {"in_memory": True, "strings_to_formulas": False, "strings_to_urls": False})
    book.set_properties({"created": _MADE})
    return book


def _sheets(book: Workbook, grids: Sequence[Grid]) -> Iterable[tuple[Grid, Worksheet]]:
    """Each grid written to a sheet of its own."""
    for grid in grids:
        try:
            sheet = book.add_worksheet(grid.sheet)
        except XlsxWriterException:
            # Other programs allow names that Excel does not.
            sheet = book.add_worksheet()
        for row, cells in enumerate(grid.rows):
            for column, cell in enumerate(cells):
                if cell:
                    _write(sheet, row, column, cell)
        for top, left, bottom, right in grid.merged:
            cells = grid.rows[top] if top < len(grid.rows) else []
            with suppress(XlsxWriterException):
                sheet.merge_range(top, left, bottom, right, cells[left] if left < len(cells) else "")
        for row in grid.hidden_rows:
            sheet.set_row(row, None, None, {"hidden": True})
        for column in grid.hidden_columns:
            sheet.set_column(column, column, None, None, {"hidden": True})
        if grid.hidden and len(grids) > 1:
            sheet.hide()
        yield grid, sheet


def _write(sheet: Worksheet, row: int, column: int, cell: str, look: object = None) -> None:
    if not cell:
        sheet.write_blank(row, column, None, look)
    elif _NUMBER.fullmatch(cell) and f"{float(cell):.15g}" == cell:
        sheet.write_number(row, column, float(cell), look)
    else:
        sheet.write_string(row, column, cell, look)


def _worst(remarks: Sequence[CellRemark]) -> str:
    return "error" if any(remark.severity == "error" for remark in remarks) else "warning"


def _comment(remarks: Sequence[CellRemark]) -> str:
    return "\n\n".join(remark.text for remark in remarks)[:LONGEST_COMMENT] + END_OF_OURS
