"""What the library that reads workbooks does not tell of an .xls: errors, what a number is shown as, what is struck
through or a superscript, and what is hidden."""

import io
import struct
from collections.abc import Sequence

import xlrd

from tracking.filing.spreadsheets import number_formats, xls_notes
from tracking.filing.spreadsheets.sheets import Marks, Run

_SUPERSCRIPT, _SUBSCRIPT = 1, 2
_BLACK, _WHITE = (0, 0, 0), (255, 255, 255)
_SAYS_NOTHING = (xlrd.XL_CELL_EMPTY, xlrd.XL_CELL_BLANK)
# What the library raises where a file is damaged, beside errors of its own.
_DAMAGED = (xlrd.XLRDError, xlrd.compdoc.CompDocError, struct.error, LookupError, AssertionError, TypeError)


def of(content: bytes) -> dict[str, Marks]:
    """The marks of each sheet by its name. Raises ValueError where the workbook is damaged."""
    try:
        with xlrd.open_workbook(
            file_contents=content,
            # It prints what it finds odd, by itself to the standard output.
            logfile=io.StringIO(),
            formatting_info=True,
            on_demand=True,
            ragged_rows=True,
            ignore_workbook_corruption=True,
        ) as book:
            return {name: _marks(book, number, name) for number, name in enumerate(book.sheet_names())}
    except _DAMAGED as error:
        raise ValueError(str(error)) from error


def _marks(book: xlrd.Book, number: int, name: str) -> Marks:
    # A formula that was never computed is not to be told from one that gives an empty text: both are stored with the
    # same result, and Excel, WPS and LibreOffice, which compute what they save, store the second. Both are blanks.
    sheet, marks = book.sheet_by_name(name), Marks()
    formats = [book.format_map[style.format_key].format_str for style in book.xf_list]
    fonts = [book.font_list[style.font_index] for style in book.xf_list]
    unseen = [_unseen(book, style) for style in book.xf_list]
    for row in range(sheet.nrows):
        for column, (kind, value, style) in enumerate(
            zip(sheet.row_types(row), sheet.row_values(row), sheet._cell_xf_indexes[row], strict=True)
        ):
            if kind in _SAYS_NOTHING:
                continue
            if unseen[style] and str(value).strip():
                marks.unseen.add((row, column))
            runs = sheet.rich_text_runlist_map.get((row, column))
            if fonts[style].struck_out or runs:
                text = str(value)
                marks.tell(row, column, marks.left(row, column, _runs(book, text, fonts[style], runs or ())))
            elif kind == xlrd.XL_CELL_ERROR:
                marks.tell(row, column, xlrd.error_text_from_code.get(value, "#VALUE!"))
            elif kind == xlrd.XL_CELL_NUMBER and (seen := number_formats.shown(value, formats[style])):
                marks.tell(row, column, seen)
    marks.hidden_rows = {row for row, info in sheet.rowinfo_map.items() if info.hidden}
    marks.hidden_columns = {column for column, info in sheet.colinfo_map.items() if info.hidden}
    marks.notes = list(xls_notes.of(book, number, sheet))
    book.unload_sheet(name)
    return marks


def _runs(book: xlrd.Book, text: str, font: xlrd.formatting.Font, changes: Sequence[tuple[int, int]]) -> list[Run]:
    """A text cut where its font changes; `changes` are where, and to which font."""
    places = [(0, font), *((at, book.font_list[number]) for at, number in changes)]
    ends = [*(at for at, _ in places[1:]), len(text)]
    return [
        Run(text[at:end], bool(look.struck_out), look.escapement == _SUPERSCRIPT, look.escapement == _SUBSCRIPT)
        for (at, look), end in zip(places, ends, strict=True)
    ]


def _unseen(book: xlrd.Book, look: xlrd.formatting.XF) -> bool:
    """Whether letters of a style have the colour that is behind them."""
    ink = book.colour_map.get(book.font_list[look.font_index].colour_index) or _BLACK
    if look.background.fill_pattern > 1:
        return False
    solid = look.background.fill_pattern == 1
    behind = book.colour_map.get(look.background.pattern_colour_index) or _BLACK if solid else _WHITE
    return tuple(ink) == tuple(behind)
