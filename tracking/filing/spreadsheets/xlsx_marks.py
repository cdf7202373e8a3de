"""What the library that reads workbooks does not tell: formulas without a result, errors, what a number is shown as,
and which rows and columns are hidden."""

import io
import posixpath
import re
import zipfile
import zlib
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from xml.etree import ElementTree

from tracking.filing.spreadsheets import number_formats

# A formula that was never computed looks like a blank to the library.
FORMULA_WITHOUT_RESULT = "=?"

# A row, or a cell of it, as they follow each other; a cell's attributes and what is inside it.
_PART = re.compile(
    rb"<(?:\w+:)?row\b([^<>]*)>"
    rb"|<(?:\w+:)?c\b([^<>]*)(?:(?<=/)>|>([^<]*(?:<(?!(?:\w+:)?c\b|/(?:\w+:)?c>)[^<]*)*)</(?:\w+:)?c>)"
)
_ROW = re.compile(rb'\br="([0-9]{1,7})"')
_PLACE = re.compile(rb'\br="([A-Z]{1,3})([0-9]{1,7})"')
_STYLE = re.compile(rb'\bs="([0-9]{1,6})"')
_KIND = re.compile(rb'\bt="(\w+)"')
_FORMULA = re.compile(rb"<(?:\w+:)?f\b")
_RESULT = re.compile(rb"<(?:\w+:)?v\b[^<>]*>([^<]+)<")
_HIDDEN = re.compile(rb'\bhidden="(?:1|true)"')
_COLUMN = re.compile(rb"<(?:\w+:)?col\b([^<>]*)>")
_FIRST, _LAST = re.compile(rb'\bmin="([0-9]{1,5})"'), re.compile(rb'\bmax="([0-9]{1,5})"')
# The built-in number formats that show a number as another; the others are plain, or dates.
_PERCENT_FORMATS = {9: "0%", 10: "0.00%"}
# What a sheet can show at the most.
_COLUMNS = 16_384

# The formats of a workbook's cell styles that may show a number as anything but itself.
Formats = Mapping[bytes, str]


@dataclass(slots=True)
class Marks:
    """What is to be told of one sheet beside its values; rows and columns count from 0.

    texts: by row, then column, what a person sees where the library gives another text or none.
    """

    texts: dict[int, dict[int, str]] = field(default_factory=dict)
    hidden_rows: set[int] = field(default_factory=set)
    hidden_columns: set[int] = field(default_factory=set)

    def tell(self, row: int, column: int, text: str) -> None:
        """Note what a person sees in a cell."""
        self.texts.setdefault(row, {})[column] = text


def of(content: bytes) -> dict[str, Marks]:
    """The marks of each sheet of an .xlsx by its name. Raises ValueError where it is damaged."""
    try:
        with zipfile.ZipFile(io.BytesIO(content)) as archive:
            formats = _formats(archive)
            return {name: _marks(archive.read(part), formats) for name, part in _parts(archive)}
    except (zipfile.BadZipFile, zlib.error, KeyError, ElementTree.ParseError, EOFError) as error:
        raise ValueError(str(error)) from error


def _parts(archive: zipfile.ZipFile) -> Iterator[tuple[str, str]]:
    """The worksheets: name, and the part of the archive that it is."""
    targets = {
        each.attrib.get("Id"): each.attrib.get("Target", "")
        for each in ElementTree.fromstring(archive.read("xl/_rels/workbook.xml.rels"))
    }
    there = set(archive.namelist())
    for each in ElementTree.fromstring(archive.read("xl/workbook.xml")).iter():
        if _local(each.tag) != "sheet":
            continue
        related = next((value for key, value in each.attrib.items() if _local(key) == "id"), None)
        part = posixpath.normpath(posixpath.join("/xl", targets.get(related, ""))).lstrip("/")
        if part in there:
            yield each.attrib.get("name", ""), part


def _formats(archive: zipfile.ZipFile) -> Formats:
    if "xl/styles.xml" not in archive.namelist():
        return {}
    codes, styles = dict(_PERCENT_FORMATS), list[int]()
    for each in ElementTree.fromstring(archive.read("xl/styles.xml")).iter():
        if _local(each.tag) == "numFmt":
            codes[_number(each.attrib.get("numFmtId"))] = each.attrib.get("formatCode", "")
        if _local(each.tag) == "cellXfs":
            styles = [_number(style.attrib.get("numFmtId")) for style in each]
    return {b"%d" % style: codes[number] for style, number in enumerate(styles) if number in codes}


def _marks(sheet: bytes, formats: Formats) -> Marks:
    marks = Marks()
    for attributes in _COLUMN.findall(sheet.partition(b"sheetData")[0]):
        first, last = _FIRST.search(attributes), _LAST.search(attributes)
        if first and last and _HIDDEN.search(attributes):
            marks.hidden_columns.update(range(int(first[1]) - 1, min(int(last[1]), _COLUMNS)))
    if not (
        _FORMULA.search(sheet)
        or b't="e"' in sheet
        or _HIDDEN.search(sheet)
        or any(b's="%b"' % style in sheet for style in formats)
    ):
        return marks
    row, column = -1, -1
    for part in _PART.finditer(sheet):
        if part[1] is not None:
            number = _ROW.search(part[1])
            row, column = int(number[1]) - 1 if number else row + 1, -1
            if _HIDDEN.search(part[1]):
                marks.hidden_rows.add(row)
            continue
        # Where a cell does not say where it is, it follows the one before.
        place = _PLACE.search(part[2])
        row, column = (int(place[2]) - 1, _index(place[1])) if place else (row, column + 1)
        if text := _mark(part[2], part[3] or b"", formats):
            marks.tell(row, column, text)
    return marks


def _mark(attributes: bytes, inside: bytes, formats: Formats) -> str:
    """What is to be told of a cell in place of the library's word, empty where that is right."""
    kind = _KIND.search(attributes)
    result = _RESULT.search(inside)
    if kind and kind[1] == b"e":
        return result[1].decode("utf-8", errors="replace") if result else "#VALUE!"
    if not result:
        # A formula whose result is an empty text is a blank; one without any result was never computed.
        return FORMULA_WITHOUT_RESULT if _FORMULA.search(inside) and not (kind and kind[1] == b"str") else ""
    style = _STYLE.search(attributes)
    if style and style[1] in formats and (not kind or kind[1] == b"n"):
        return number_formats.shown(float(result[1]), formats[style[1]]) or ""
    return ""


def _index(letters: bytes) -> int:
    index = 0
    for sign in letters:
        index = index * 26 + sign - ord("A") + 1
    return index - 1


def _local(tag: str) -> str:
    return tag.rpartition("}")[2]


def _number(text: str | None) -> int:
    return int(text) if text and text.isdecimal() else -1
