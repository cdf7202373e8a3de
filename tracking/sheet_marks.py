"""What the library that reads .xlsx does not tell of a cell: formulas without a result, errors, percentages."""

import io
import posixpath
import re
import zipfile
import zlib
from collections.abc import Iterator, Mapping
from xml.etree import ElementTree

# By row, then column, both from 0: the text that a person sees, where the library gives another or none.
Marks = Mapping[int, Mapping[int, str]]

# A formula that was never computed looks like a blank to the library.
FORMULA_WITHOUT_RESULT = "=?"

_CELL = re.compile(rb"<(?:\w+:)?c\b([^>]*?)(?:/>|>(.*?)</(?:\w+:)?c>)", re.DOTALL)
_PLACE = re.compile(rb'\br="([A-Z]{1,3})([0-9]{1,7})"')
_STYLE = re.compile(rb'\bs="([0-9]{1,6})"')
_KIND = re.compile(rb'\bt="(\w+)"')
_FORMULA = re.compile(rb"<(?:\w+:)?f\b")
_RESULT = re.compile(rb"<(?:\w+:)?v\b[^>]*>([^<]+)<")
# The built-in number formats 0% and 0.00%.
_PERCENT_FORMATS = frozenset({9, 10})
_QUOTED = re.compile(r'"[^"]*"|\\.')


def of(content: bytes) -> dict[str, Marks]:
    """The marks of each sheet of an .xlsx by its name; none for an .xls. Raises ValueError where it is damaged."""
    if not content.startswith(b"PK"):
        return {}
    try:
        with zipfile.ZipFile(io.BytesIO(content)) as archive:
            percent = _percent_styles(archive)
            return {name: _marks(archive.read(part), percent) for name, part in _parts(archive)}
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


def _percent_styles(archive: zipfile.ZipFile) -> frozenset[bytes]:
    """The numbers of the cell styles that show a figure as a percentage."""
    if "xl/styles.xml" not in archive.namelist():
        return frozenset()
    percent, found = set(_PERCENT_FORMATS), list[int]()
    for each in ElementTree.fromstring(archive.read("xl/styles.xml")).iter():
        if _local(each.tag) == "numFmt" and "%" in _QUOTED.sub("", each.attrib.get("formatCode", "")):
            percent.add(_number(each.attrib.get("numFmtId")))
        if _local(each.tag) == "cellXfs":
            found = [_number(style.attrib.get("numFmtId")) for style in each]
    return frozenset(b"%d" % style for style, number in enumerate(found) if number in percent)


def _marks(sheet: bytes, percent: frozenset[bytes]) -> Marks:
    marks: dict[int, dict[int, str]] = {}
    if not (_FORMULA.search(sheet) or b't="e"' in sheet or any(b's="%b"' % style in sheet for style in percent)):
        return marks
    for attributes, inside in _CELL.findall(sheet):
        text = _mark(attributes, inside, percent)
        place = _PLACE.search(attributes)
        if text and place:
            marks.setdefault(int(place[2]) - 1, {})[_index(place[1])] = text
    return marks


def _mark(attributes: bytes, inside: bytes, percent: frozenset[bytes]) -> str:
    """What is to be told of a cell in place of the library's word, empty where that is right."""
    kind = _KIND.search(attributes)
    result = _RESULT.search(inside)
    if kind and kind[1] == b"e":
        return result[1].decode("utf-8", errors="replace") if result else "#VALUE!"
    if not result:
        # A formula whose result is an empty text is a blank; one without any result was never computed.
        return FORMULA_WITHOUT_RESULT if _FORMULA.search(inside) and not (kind and kind[1] == b"str") else ""
    style = _STYLE.search(attributes)
    if style and style[1] in percent and (not kind or kind[1] == b"n"):
        return f"{100 * float(result[1]):.13g}%"
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
