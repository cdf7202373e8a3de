"""What the library that reads workbooks does not tell of an .xlsx: formulas without a result, errors, what a number is
shown as, what is struck through or a superscript, and which rows and columns are hidden."""

import io
import posixpath
import re
import zipfile
import zlib
from collections.abc import Iterator
from xml.etree import ElementTree

from tracking.filing.spreadsheets import number_formats, xlsx_looks, xlsx_notes
from tracking.filing.spreadsheets.sheets import FORMULA_WITHOUT_RESULT, Marks, Run, UnreadableError
from tracking.filing.spreadsheets.xlsx_looks import Book, local

_ROW = re.compile(rb"<(?:\w+:)?row\b([^<>]*)>")
# A cell's attributes, and what is inside it.
_CELL = re.compile(rb"<(?:\w+:)?c\b([^<>]*)(?:(?<=/)>|>([^<]*(?:<(?!(?:\w+:)?c\b|/(?:\w+:)?c>)[^<]*)*)</(?:\w+:)?c>)")
_NUMBER = re.compile(rb'\br="([0-9]{1,7})"')
_PLACE = re.compile(rb'\br="([A-Z]{1,3})([0-9]{1,7})"')
_STYLE = re.compile(rb'\bs="([0-9]{1,6})"')
_KIND = re.compile(rb'\bt="(\w+)"')
_FORMULA = re.compile(rb"<(?:\w+:)?f\b")
_RESULT = re.compile(rb"<(?:\w+:)?v\b[^<>]*>([^<]+)<")
_TEXT = re.compile(rb"<(?:\w+:)?t\b[^<>]*>[^<]")
# A formula that a cell ends with, or a result that says nothing.
_UNCOMPUTED = re.compile(rb"f>\s*</(?:\w+:)?c|/>\s*</(?:\w+:)?c|<(?:\w+:)?v\b[^<>]*></")
# Nobody sees a row without height, nor a column without width.
_HIDDEN = re.compile(rb'\b(?:hidden="(?:1|true)"|(?:ht|width)="0(?:\.0*)?")')
_COLUMN = re.compile(rb"<(?:\w+:)?col\b([^<>]*)>")
_FIRST, _LAST = re.compile(rb'\bmin="([0-9]{1,5})"'), re.compile(rb'\bmax="([0-9]{1,5})"')
# What a sheet can show at the most.
_COLUMNS = 16_384
# So many texts and styles are looked for in a row by themselves.
_FEW = 50


def of(content: bytes) -> dict[str, Marks]:
    """The marks of each sheet of a workbook by its name. Raises ValueError where it is damaged."""
    try:
        with zipfile.ZipFile(io.BytesIO(content)) as archive:
            book = xlsx_looks.book(archive)
            parts = list(_parts(archive))
            if len({part for _, part in parts}) < len(parts):
                # Many sheets made of one part cost as much as they say they are; no program writes that.
                raise UnreadableError("file-broken")
            of_itself = list(xlsx_notes.of_the_file(archive))
            marks = {name: _marked(archive, part, book) for name, part in parts}
    except (zipfile.BadZipFile, zlib.error, KeyError, ElementTree.ParseError, EOFError) as error:
        raise ValueError(str(error)) from error
    for each in marks.values():
        each.notes += of_itself
    return marks


def _parts(archive: zipfile.ZipFile) -> Iterator[tuple[str, str]]:
    """The worksheets: name, and the part of the archive that it is."""
    targets = {
        each.attrib.get("Id"): each.attrib.get("Target", "")
        for each in ElementTree.fromstring(archive.read("xl/_rels/workbook.xml.rels"))
    }
    there = set(archive.namelist())
    for each in ElementTree.fromstring(archive.read("xl/workbook.xml")).iter():
        if local(each.tag) != "sheet":
            continue
        related = next((value for key, value in each.attrib.items() if local(key) == "id"), None)
        part = posixpath.normpath(posixpath.join("/xl", targets.get(related, ""))).lstrip("/")
        if part in there:
            yield each.attrib.get("name", ""), part


def _marked(archive: zipfile.ZipFile, part: str, book: Book) -> Marks:
    sheet = archive.read(part)
    marks = _marks(sheet, book)
    marks.notes += xlsx_notes.of(archive, part, sheet)
    return marks


def _marks(sheet: bytes, book: Book) -> Marks:
    marks = Marks()
    for attributes in _COLUMN.findall(sheet.partition(b"sheetData")[0]):
        first, last = _FIRST.search(attributes), _LAST.search(attributes)
        if first and last and _HIDDEN.search(attributes):
            marks.hidden_columns.update(range(int(first[1]) - 1, min(int(last[1]), _COLUMNS)))
    signs = [sign for sign in _signs(sheet, book) if sign in sheet]
    hidden = b"hidden=" in sheet or b'ht="0' in sheet
    if not signs and not hidden:
        return marks
    number = -1
    for attributes, cells in _rows(sheet):
        match = _NUMBER.search(attributes)
        number = int(match[1]) - 1 if match else number + 1
        if hidden and _HIDDEN.search(attributes):
            marks.hidden_rows.add(number)
        if any(sign in cells for sign in signs):
            for row, column, cell in _cells(number, cells):
                _mark(marks, row, column, cell, book)
    return marks


def _signs(sheet: bytes, book: Book) -> Iterator[bytes]:
    """What is found in every row of which there is something to tell; most rows of most sheets have none of it."""
    yield from (b't="e"', b"strike", b"superscript", b"subscript")
    if _UNCOMPUTED.search(sheet):
        yield from (b"<f", b":f")
    styles = {*book.formats, *book.struck, *book.unseen}
    yield from (b's="%b"' % style for style in styles) if len(styles) <= _FEW else (b's="',)
    yield from (b">%b<" % number for number in book.texts) if len(book.texts) <= _FEW else (b't="s"',)


def _rows(sheet: bytes) -> Iterator[tuple[bytes, bytes]]:
    """Each row's attributes, and its cells."""
    attributes, start = b"", None
    for row in _ROW.finditer(sheet):
        if start is not None:
            yield attributes, sheet[start : row.start()]
        attributes, start = row[1], row.end()
    if start is not None:
        yield attributes, sheet[start:]


def _cells(number: int, row: bytes) -> Iterator[tuple[int, int, re.Match[bytes]]]:
    column = -1
    for cell in _CELL.finditer(row):
        # Where a cell does not say where it is, it follows the one before.
        place = _PLACE.search(cell[1])
        number, column = (int(place[2]) - 1, _index(place[1])) if place else (number, column + 1)
        yield number, column, cell


def _mark(marks: Marks, row: int, column: int, cell: re.Match[bytes], book: Book) -> None:
    """Note what is to be told of a cell in place of the library's word, if anything is."""
    attributes, inside = cell[1], cell[2] or b""
    kind, style, result = _KIND.search(attributes), _STYLE.search(attributes), _RESULT.search(inside)
    struck = style is not None and style[1] in book.struck
    if style is not None and style[1] in book.unseen and (result or _TEXT.search(inside)):
        marks.unseen.add((row, column))
    of_kind = kind[1] if kind else b"n"
    runs = xlsx_looks.runs(of_kind, inside, result[1] if result else None, struck, book)
    if runs is None and struck and inside:
        runs = [Run("whatever it says", struck=True)]
    if runs is not None:
        marks.tell(row, column, marks.left(row, column, runs))
    elif of_kind == b"e":
        marks.tell(row, column, result[1].decode("utf-8", errors="replace") if result else "#VALUE!")
    elif not result:
        # A formula whose result is an empty text is a blank; one without any result was never computed.
        if _FORMULA.search(inside) and of_kind != b"str":
            marks.tell(row, column, FORMULA_WITHOUT_RESULT)
    elif style and style[1] in book.formats and of_kind == b"n":
        text = number_formats.shown(float(result[1]), book.formats[style[1]])
        if text:
            marks.tell(row, column, text)


def _index(letters: bytes) -> int:
    index = 0
    for sign in letters:
        index = index * 26 + sign - ord("A") + 1
    return index - 1
