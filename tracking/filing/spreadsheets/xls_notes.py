"""What stands on a sheet of an .xls and in none of its cells: comments, text boxes, the head and foot of a page."""

import struct
from collections.abc import Iterator

import xlrd

from tracking.filing.spreadsheets import page_heads
from tracking.filing.spreadsheets.sheets import OF_THE_PAGE, Note

_HEADS, _TEXT_BOX, _CONTINUED, _BEGIN, _END = (0x14, 0x15), 0x1B6, 0x3C, 0x809, 0x0A
_UNICODE = 80


def of(book: xlrd.Book, number: int, sheet: xlrd.sheet.Sheet) -> Iterator[Note]:
    """The notes of the sheet of that number. Raises what a damaged workbook raises."""
    comments = [Note(note.text, row, column) for (row, column), note in sheet.cell_note_map.items()]
    yield from comments
    if book.biff_version < _UNICODE:
        return
    # The text of a comment is kept as a box as well.
    known = {note.text for note in comments}
    for kind, text in _texts(book, number):
        words = page_heads.words(text) if kind in _HEADS else text
        if words.strip() and text not in known:
            yield Note(words, OF_THE_PAGE, OF_THE_PAGE)


def _texts(book: xlrd.Book, number: int) -> Iterator[tuple[int, str]]:
    """The heads and boxes of a sheet, each with its kind of record."""
    # Of the text of a box, the signs that are still to come.
    text, left = "", 0
    for kind, data in _records(book, book._sh_abs_posn[number]):
        if kind in _HEADS and len(data) > 3:
            yield kind, _decoded(data[2:])
        elif kind == _TEXT_BOX and len(data) >= 12:
            text, left = "", struct.unpack_from("<H", data, 10)[0]
        elif kind == _CONTINUED and left and data:
            part = _decoded(data)
            text, left = text + part, max(left - len(part), 0)
            if not left:
                yield _TEXT_BOX, text


def _records(book: xlrd.Book, start: int) -> Iterator[tuple[int, bytes]]:
    """The records of a sheet, with those of what stands within it."""
    depth = 0
    while start + 4 <= len(book.mem):
        kind, length = struct.unpack_from("<HH", book.mem, start)
        yield kind, bytes(book.mem[start + 4 : start + 4 + length])
        start += 4 + length
        depth += (kind == _BEGIN) - (kind == _END)
        if depth <= 0:
            return


def _decoded(data: bytes) -> str:
    return data[1:].decode("utf-16-le" if data[0] & 1 else "latin-1", errors="replace")
