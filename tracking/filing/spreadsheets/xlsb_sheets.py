"""Sheets of an .xlsb: cells as a person sees them, what is hidden, merged, struck through or a superscript.

The library that reads other workbooks is not asked: of these it knows no merges and no errors of formulas, takes some
dates for numbers, and passes over cells in the short form, which Excel reads. A formula always has a result here.
"""

import io
import posixpath
import struct
import zipfile
import zlib
from collections.abc import Iterator
from datetime import date, timedelta
from typing import NamedTuple
from xml.etree import ElementTree

from tracking.filing.spreadsheets import number_formats, xlsb_looks
from tracking.filing.spreadsheets.number_formats import DISGUISED
from tracking.filing.spreadsheets.same_texts import SameTexts
from tracking.filing.spreadsheets.sheets import MOST_ROWS, MOST_SHEETS, GridDraft, Limits, UnreadableError
from tracking.filing.spreadsheets.xlsb_looks import Book, Style, Text
from tracking.filing.spreadsheets.xlsb_records import records, text, wide

_ROW, _BLANK, _SMALL, _ERROR, _BOOL, _NUMBER, _TEXT, _SHARED, _RICH = 0, 1, 2, 3, 4, 5, 6, 7, 62
_COLUMNS, _END_OF_CELLS, _MERGE, _PROPERTIES, _SHEET = 60, 146, 176, 153, 156
# The results of formulas, as what they are read; the formula behind them is left alone.
_RESULTS = {8: _TEXT, 9: _NUMBER, 10: _BOOL, 11: _ERROR}
# The same kinds in the short form, which leaves the column out: it is the one after the cell before.
_SHORT = {kind + 11: kind for kind in range(_BLANK, _SHARED + 1)} | {61: _RICH}
_CELLS = {kind: (kind, 8) for kind in (*range(_BLANK, _SHARED + 1), _RICH)}
_CELLS |= {kind: (as_what, 8) for kind, as_what in _RESULTS.items()}
_CELLS |= {kind: (as_what, 4) for kind, as_what in _SHORT.items()}
_ERRORS = {0: "#NULL!", 7: "#DIV/0!", 15: "#VALUE!", 23: "#REF!", 29: "#NAME?", 36: "#NUM!", 42: "#N/A"}
_ERRORS |= {43: "#GETTING_DATA"}
_MOST_COLUMNS = 16_384
_DAMAGED = (zipfile.BadZipFile, zlib.error, EOFError, NotImplementedError, LookupError, struct.error)

_U32, _I32, _DOUBLE = struct.Struct("<I"), struct.Struct("<i"), struct.Struct("<d")
_ROW_HEADER, _COLUMN_INFO, _RANGE = struct.Struct("<I4xHxB"), struct.Struct("<III4xH"), struct.Struct("<IIII")
_HIDDEN_ROW, _OWN_HEIGHT, _HIDDEN_COLUMN = 0x10, 0x20, 0x01
_DAY_ZERO, _DAY_ZERO_1904, _DAYS = date(1899, 12, 30), date(1904, 1, 1), 2_958_466


class _Sheet(NamedTuple):
    name: str
    hidden: bool
    part: str


def sheets(content: bytes, limits: Limits) -> list[dict[str, object]]:
    """What the grid of each sheet is made of. Raises ValueError where the workbook is damaged, UnreadableError."""
    try:
        with zipfile.ZipFile(io.BytesIO(content)) as archive:
            return list(_sheets(archive, limits))
    except (*_DAMAGED, ElementTree.ParseError) as error:
        raise ValueError(str(error)) from error


def _sheets(archive: zipfile.ZipFile, limits: Limits) -> Iterator[dict[str, object]]:
    related = list(_related(archive))
    shared = {kind: archive.read(part) for _, kind, part in related if kind in ("styles", "sharedStrings")}
    book = xlsb_looks.book(shared.get("styles", b""), shared.get("sharedStrings", b""))
    workbook = list(records(archive.read("xl/workbook.bin")))
    first_day = _DAY_ZERO
    if any(body[0] & 1 for kind, body in workbook if kind == _PROPERTIES):
        first_day = _DAY_ZERO_1904
    parts = {number: part for number, kind, part in related if kind == "worksheet"}
    others = {number for number, kind, _ in related if kind != "worksheet"}
    listed = [each for kind, body in workbook if kind == _SHEET and (each := _listed(body, parts, others))]
    if len(listed) > MOST_SHEETS:
        raise UnreadableError("file-too-many-sheets", sheets=len(listed), most=MOST_SHEETS)
    if len({sheet.part for sheet in listed}) < len(listed):
        # Many sheets made of one part cost as much as they say they are; no program writes that.
        raise ValueError("sheets are made of one part")
    for sheet in listed:
        reader = _Reader(GridDraft(sheet.name, limits, hidden=sheet.hidden), book, first_day)
        reader.read(archive.read(sheet.part))
        yield reader.draft.fields()


def _related(archive: zipfile.ZipFile) -> Iterator[tuple[str, str, str]]:
    """The parts that the workbook names: by which number, of which kind, and which part of the archive."""
    for each in ElementTree.fromstring(archive.read("xl/_rels/workbook.bin.rels")):
        part = posixpath.normpath(posixpath.join("/xl", each.attrib.get("Target", ""))).lstrip("/")
        yield each.attrib.get("Id", ""), each.attrib.get("Type", "").rpartition("/")[2], part


def _listed(body: bytes, parts: dict[str, str], others: set[str]) -> _Sheet | None:
    """A sheet of the workbook's list; None for one of charts or macros. Raises KeyError for one that is not there."""
    (state,) = _U32.unpack_from(body)
    number, at = wide(body, 8)
    name, _ = wide(body, at)
    if text(number) in others:
        return None
    return _Sheet(text(name), state != 0, parts[text(number)])


class _Reader:
    """Reads the records of one sheet into a draft."""

    def __init__(self, draft: GridDraft, book: Book, first_day: date) -> None:
        self.draft = draft
        self._book = book
        self._first_day = first_day
        self._row = self._column = -1
        self._texts: list[str] = []
        # In the pipe and behind it as well.
        self._same = SameTexts()

    def read(self, part: bytes) -> None:
        """Read the whole sheet. Raises ValueError, struct.error, IndexError where it is damaged."""
        ended = False
        for kind, body in records(part):
            if kind in _CELLS:
                self._cell(*_CELLS[kind], body)
            elif kind == _ROW:
                self._start_row(body)
            elif kind == _COLUMNS:
                self._columns(body)
            elif kind == _MERGE:
                top, bottom, left, right = _RANGE.unpack_from(body)
                self.draft.merge(top, left, bottom, right)
            elif kind == _END_OF_CELLS:
                self._end_row()
                ended = True
        if not ended:
            raise ValueError("the sheet is cut off")

    def _start_row(self, body: bytes) -> None:
        row, height, flags = _ROW_HEADER.unpack_from(body)
        if not self._row < row < MOST_ROWS:
            raise ValueError("a row is not where it can be")
        # Nobody sees a row without height.
        if flags & _HIDDEN_ROW or flags & _OWN_HEIGHT and height == 0:
            self.draft.marks.hidden_rows.add(row)
        self._end_row()
        self._row, self._column, self._texts = row, -1, []

    def _end_row(self) -> None:
        if self._texts:
            self.draft.put_row(self._row, self._same.of(self._texts))

    def _columns(self, body: bytes) -> None:
        first, last, width, flags = _COLUMN_INFO.unpack_from(body)
        if flags & _HIDDEN_COLUMN or width == 0:
            self.draft.marks.hidden_columns.update(range(first, min(last + 1, _MOST_COLUMNS)))

    def _cell(self, kind: int, at: int, body: bytes) -> None:
        column = _U32.unpack_from(body)[0] if at == 8 else self._column + 1
        if self._row < 0 or not self._column < column < _MOST_COLUMNS:
            raise ValueError("a cell is not where it can be")
        self._column = column
        if kind == _BLANK:
            return
        # The byte behind the style is none of it.
        style = self._book.style(_U32.unpack_from(body, at - 4)[0] & 0xFFFFFF)
        content = self._content(kind, body, at, style)
        if style.struck or not isinstance(content, str):
            content = self.draft.marks.left(self._row, column, xlsb_looks.runs(content, style))
        if content:
            if column > len(self._texts):
                self._texts += [""] * (column - len(self._texts))
            self._texts.append(content)

    def _content(self, kind: int, body: bytes, at: int, style: Style) -> Text:
        if kind == _SHARED:
            number: int = _U32.unpack_from(body, at)[0]
            return self._book.texts[number]
        if kind == _SMALL:
            return self._seen(_small(*_I32.unpack_from(body, at)), style)
        if kind == _NUMBER:
            return self._seen(_DOUBLE.unpack_from(body, at)[0], style)
        if kind == _TEXT:
            return text(wide(body, at)[0])
        if kind == _RICH:
            return xlsb_looks.rich(body, at, self._book.fonts)
        if kind == _BOOL:
            return "TRUE" if body[at] else "FALSE"
        return _ERRORS.get(body[at], "#VALUE!")

    def _seen(self, value: float, style: Style) -> str:
        """A number as it is seen under the format of its cell."""
        if not style.code:
            return number_formats.number(value)
        if not style.of_time:
            return number_formats.shown(value, style.code) or number_formats.number(value)
        if not 0 <= value < _DAYS:
            # No day that a spreadsheet knows: it shows a row of # in its place.
            return f"{number_formats.number(value)}{DISGUISED}{style.code}"
        if value < 1 or number_formats.elapsed(style.code):
            return str(timedelta(days=value))
        return (self._first_day + timedelta(days=int(value))).isoformat()


def _small(raw: int) -> float:
    """A number in four bytes: whole, or the first half of a longer one; of either a hundredth."""
    value: float = raw >> 2 if raw & 2 else _DOUBLE.unpack(bytes(4) + _I32.pack(raw & ~3))[0]
    return value / 100 if raw & 1 else float(value)
