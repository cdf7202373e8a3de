"""What stands on a sheet of an .xlsx and in none of its cells: comments, text boxes, the head and foot of a page, and
what is said where a cell is typed into."""

import posixpath
import re
import zipfile
from collections.abc import Iterator
from contextlib import suppress
from xml.etree import ElementTree
from xml.etree.ElementTree import Element

from tracking.filing.spreadsheets import page_heads
from tracking.filing.spreadsheets.sheets import OF_THE_FILE, OF_THE_PAGE, Note
from tracking.filing.spreadsheets.xlsx_looks import local

_PAGE = re.compile(rb"<(?:\w+:)?(?:odd|even|first)(?:Header|Footer)[^<>]*>([^<]+)<")
_ENTITIES = (("&lt;", "<"), ("&gt;", ">"), ("&quot;", '"'), ("&apos;", "'"), ("&amp;", "&"))
# What is shown beside a cell that is chosen, and where something else is typed into it.
_VALIDATION = re.compile(rb"<(?:\w+:)?dataValidation\b([^<>]*)")
_SAID = re.compile(r'\b(?:prompt|promptTitle|error|errorTitle)="([^"]*)"')
_SQREF = re.compile(r'\bsqref="([A-Z]{1,3})([0-9]{1,7})')
_PLACE = re.compile(r"([A-Z]{1,3})([0-9]{1,7})")
# What a file says of itself, by any program.
_PROPERTIES = "docProps/core.xml"
_SAID_OF_ITSELF = frozenset({"title", "subject", "description", "keywords", "keyword"})
_COMMENTS, _DRAWING = "/comments", "/drawing"


def of(archive: zipfile.ZipFile, part: str, sheet: bytes) -> Iterator[Note]:
    """The notes of the worksheet that is a part of an archive. Raises what a damaged archive raises."""
    for content in _PAGE.findall(sheet):
        yield Note(page_heads.words(_plain(content.decode("utf-8", errors="replace"))), OF_THE_PAGE, OF_THE_PAGE)
    for content in _VALIDATION.findall(sheet):
        yield from _prompts(content.decode("utf-8", errors="replace"))
    folder, name = posixpath.split(part)
    relations = f"{folder}/_rels/{name}.rels"
    there = set(archive.namelist())
    if relations not in there:
        return
    for each in ElementTree.fromstring(archive.read(relations)):
        kind, target = each.attrib.get("Type", ""), each.attrib.get("Target", "")
        related = posixpath.normpath(posixpath.join("/" + folder, target)).lstrip("/")
        if related in there and kind.endswith((_COMMENTS, _DRAWING)):
            root = ElementTree.fromstring(archive.read(related))
            yield from _comments(root) if kind.endswith(_COMMENTS) else _boxes(root)


def of_the_file(archive: zipfile.ZipFile) -> Iterator[Note]:
    """What the properties of the file say; damaged ones spoil no sheet. Raises what a damaged archive raises."""
    if _PROPERTIES in archive.namelist():
        with suppress(ElementTree.ParseError):
            yield from said_of_itself(ElementTree.fromstring(archive.read(_PROPERTIES)))


def said_of_itself(properties: Element) -> Iterator[Note]:
    """The title and what else a person may have written into the properties of a file."""
    for each in properties.iter():
        if local(each.tag).casefold() in _SAID_OF_ITSELF and each.text and each.text.strip():
            yield Note(each.text, OF_THE_FILE, OF_THE_FILE)


def _plain(text: str) -> str:
    for entity, sign in _ENTITIES:
        text = text.replace(entity, sign)
    return text


def _prompts(validation: str) -> Iterator[Note]:
    place = _SQREF.search(validation)
    if place:
        for text in _SAID.findall(validation):
            yield Note(_plain(text.replace("_x000a_", "\n")), int(place[2]) - 1, _column(place[1]))


def _column(letters: str) -> int:
    column = 0
    for sign in letters:
        column = column * 26 + ord(sign) - ord("A") + 1
    return column - 1


def _comments(root: Element) -> Iterator[Note]:
    for each in root.iter():
        place = _PLACE.fullmatch(each.attrib.get("ref", "")) if local(each.tag) == "comment" else None
        if place:
            yield Note(_text(each), int(place[2]) - 1, _column(place[1]))


def _boxes(root: Element) -> Iterator[Note]:
    for anchor in root:
        start = next((each for each in anchor if local(each.tag) == "from"), None)
        numbers = {local(each.tag): each.text or "" for each in start} if start is not None else {}
        row, column = (numbers.get(name, "") for name in ("row", "col"))
        text = "\n".join(_text(each) for each in anchor.iter() if local(each.tag) == "p")
        if text.strip():
            yield Note(text, int(row) if row.isdecimal() else 0, int(column) if column.isdecimal() else 0)


def _text(element: Element) -> str:
    return "".join(each.text or "" for each in element.iter() if local(each.tag) == "t")
