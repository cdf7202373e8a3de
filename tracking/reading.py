"""Bytes of any spreadsheet to grids of cells that remember their place. What the cells mean is not looked at."""

import csv
import io
import os
import re
import zipfile
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta

import python_calamine

from tracking.problems import Problem, Refusal

# One setting, in MB; the filing page says it too.
SIZE_LIMIT = int(os.environ.get("TRACKING_UPLOAD_LIMIT_MB", "50")) * 1_000_000
# A workbook is a ZIP: what it unpacks to is what it costs.
UNPACKED_LIMIT = 20 * SIZE_LIMIT
MOST_COLUMNS = 2_000
LONGEST_CELL = 32_767

_ZIP = b"PK\x03\x04"
# The container of .xls, and of an .xlsx with a password.
_OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_ENCRYPTED = "EncryptedPackage".encode("utf-16-le")
_OTHER_KINDS = (
    b"%PDF",
    b"\x89PNG",
    b"\xff\xd8\xff",
    b"GIF8",
    b"Rar!",
    b"7z\xbc\xaf",
    b"\x1f\x8b",
    b"{\\rtf",
    b"<html",
    b"<!DOC",
)
_BYTE_ORDER_MARKS = ((b"\xef\xbb\xbf", "utf-8-sig"), (b"\xff\xfe", "utf-16"), (b"\xfe\xff", "utf-16"))
_DELIMITERS = ",;\t"
_CELL = re.compile(rb"<c\b([^>]*?)(?:/>|>(.*?)</c>)", re.DOTALL)
_PLACE = re.compile(rb'\br="([A-Z]+)(\d+)"')


@dataclass(frozen=True, slots=True)
class Grid:
    """One sheet as rows of texts, ragged; rows[0] is the row that a spreadsheet numbers 1.

    A typed cell is told as the text a person would type for it: 20, 0.7, TRUE, 2023-03-01.
    """

    sheet: str | None
    rows: list[list[str]]


def read(content: bytes, name: str, limit: int = SIZE_LIMIT) -> list[Grid]:
    """The sheets of a file, whatever its name ends in. Raises Refusal where it cannot be read."""
    if not content.strip(b"\x00 \t\r\n\xef\xbb\xbf\xff\xfe"):
        raise _refusal("file-empty", name)
    if len(content) > limit:
        raise _refusal("file-too-large", name, megabytes=len(content) // 1_000_000, limit=limit // 1_000_000)
    if content.startswith(_ZIP):
        _guard_archive(content, name)
        return _workbook(content, name)
    if content.startswith(_OLE):
        if _ENCRYPTED in content:
            raise _refusal("file-protected", name)
        return _workbook(content, name)
    if content.lstrip()[:16].startswith(_OTHER_KINDS):
        raise _refusal("file-not-a-spreadsheet", name)
    return [Grid(None, list(_rows(_decoded(content, name), name)))]


def letter(index: int) -> str:
    """The letter over a spreadsheet's column; index 0 is A."""
    letters = ""
    while index >= 0:
        letters = chr(ord("A") + index % 26) + letters
        index = index // 26 - 1
    return letters


def _decoded(content: bytes, name: str) -> str:
    for mark, encoding in _BYTE_ORDER_MARKS:
        if content.startswith(mark):
            return _strictly(content, (encoding,), name)
    return _strictly(content, ("utf-8", "gb18030"), name)


def _strictly(content: bytes, encodings: tuple[str, ...], name: str) -> str:
    for encoding in encodings:
        try:
            text = content.decode(encoding)
        except UnicodeDecodeError:
            continue
        if "\x00" in text:
            raise _refusal("file-not-a-spreadsheet", name)
        return text
    raise _refusal("file-encoding", name)


def _rows(text: str, name: str) -> Iterator[list[str]]:
    """The records of delimited text; a line break inside quotes does not end one."""
    head = "".join(text[:100_000].splitlines(keepends=True)[:20])
    delimiter = max(_DELIMITERS, key=head.count)
    text = text.replace("\r\n", "\n").replace("\r", "\n")
    csv.field_size_limit(LONGEST_CELL)
    try:
        for row in csv.reader(io.StringIO(text, newline=""), delimiter=delimiter):
            if len(row) > MOST_COLUMNS:
                raise _refusal("file-too-wide", name, columns=len(row), most=MOST_COLUMNS)
            yield row
    except csv.Error as error:
        raise _refusal("file-cell-too-long", name, longest=LONGEST_CELL) from error


def _guard_archive(content: bytes, name: str) -> None:
    """Refuse what would unpack to more than a machine should bear, before anything is unpacked."""
    try:
        with zipfile.ZipFile(io.BytesIO(content)) as archive:
            entries = archive.infolist()
    except (zipfile.BadZipFile, ValueError, NotImplementedError) as error:
        raise _refusal("file-broken", name) from error
    if any(entry.flag_bits & 1 for entry in entries):
        raise _refusal("file-protected", name)
    if sum(entry.file_size for entry in entries) > UNPACKED_LIMIT:
        raise _refusal("file-unpacks-too-large", name)
    if not any(entry.filename.startswith("xl/") for entry in entries):
        raise _refusal("file-not-a-spreadsheet", name)


def _workbook(content: bytes, name: str) -> list[Grid]:
    try:
        with python_calamine.CalamineWorkbook.from_filelike(io.BytesIO(content)) as book:
            grids = [_sheet(book.get_sheet_by_name(sheet), name) for sheet in book.sheet_names]
    except python_calamine.PasswordError as error:
        raise _refusal("file-protected", name) from error
    except (python_calamine.CalamineError, OSError, ValueError) as error:
        raise _refusal("file-broken", name) from error
    if content.startswith(_ZIP):
        _mark_formulas_without_result(content, grids)
    return grids


def _sheet(sheet: python_calamine.CalamineSheet, name: str) -> Grid:
    if sheet.total_width > MOST_COLUMNS:
        raise _refusal("file-too-wide", name, columns=sheet.total_width, most=MOST_COLUMNS)
    rows = [[_typed(cell) for cell in row] for row in sheet.to_python(skip_empty_area=False)]
    for (top, left), (bottom, right) in sheet.merged_cell_ranges or ():
        # A name merged over several rows is meant in each of them. A figure is not: it was typed once.
        if left == right and not any(sign.isdigit() for sign in rows[top][left][:1]):
            for row in rows[top + 1 : bottom + 1]:
                row[left] = rows[top][left]
    return Grid(sheet.name, rows)


def _typed(cell: object) -> str:
    match cell:
        case str():
            return cell
        case bool():
            return "TRUE" if cell else "FALSE"
        case int():
            return str(cell)
        case float():
            # A spreadsheet keeps 15 digits; what lies behind them is noise of the binary number.
            return repr(int(cell)) if cell.is_integer() and abs(cell) < 1e15 else f"{cell:.15g}"
        case datetime() | date():
            return cell.isoformat()[:10]
        case time() | timedelta():
            return str(cell)
    return ""


FORMULA_WITHOUT_RESULT = "=?"


def _mark_formulas_without_result(content: bytes, grids: list[Grid]) -> None:
    """A formula that was never computed looks like a blank; FORMULA_WITHOUT_RESULT tells it apart."""
    with zipfile.ZipFile(io.BytesIO(content)) as archive:
        names = sorted(
            (each for each in archive.namelist() if re.fullmatch(r"xl/worksheets/sheet\d+\.xml", each)),
            key=lambda each: int(re.sub(r"\D", "", each)),
        )
        for name, grid in zip(names, grids, strict=False):
            sheet = archive.read(name)
            if b"<f" not in sheet:
                continue
            for attributes, inside in _CELL.findall(sheet):
                place = _PLACE.search(attributes)
                if place and b"<f" in inside and b"<v" not in inside and b"<is" not in inside:
                    _put(grid, int(place[2]) - 1, _index(place[1].decode()))


def _put(grid: Grid, row: int, column: int) -> None:
    if row < len(grid.rows) and column < len(grid.rows[row]) and not grid.rows[row][column]:
        grid.rows[row][column] = FORMULA_WITHOUT_RESULT


def _index(letters: str) -> int:
    index = 0
    for sign in letters:
        index = index * 26 + ord(sign) - ord("A") + 1
    return index - 1


def _refusal(code: str, name: str, **details: object) -> Refusal:
    return Refusal([Problem("error", code, value=name, details=details)])
