"""What stands on a sheet of an .xlsx and in none of its cells: comments, text boxes, the head and foot of a page."""

import posixpath
import re
import zipfile
from collections.abc import Iterator
from xml.etree import ElementTree
from xml.etree.ElementTree import Element

from tracking.filing.spreadsheets import page_heads
from tracking.filing.spreadsheets.sheets import OF_THE_PAGE, Note
from tracking.filing.spreadsheets.xlsx_looks import local

_PAGE = re.compile(rb"<(?:\w+:)?(?:odd|even|first)(?:Header|Footer)[^<>]*>([^<]+)<")
_ENTITIES = (("&lt;", "<"), ("&gt;", ">"), ("&quot;", '"'), ("&apos;", "'"), ("&amp;", "&"))
_PLACE = re.compile(r"([A-Z]{1,3})([0-9]{1,7})")
_COMMENTS, _DRAWING = "/comments", "/drawing"


def of(archive: zipfile.ZipFile, part: str, sheet: bytes) -> Iterator[Note]:
    """The notes of the worksheet that is a part of an archive. Raises what a damaged archive raises."""
    for content in _PAGE.findall(sheet):
        text = content.decode("utf-8", errors="replace")
        for entity, sign in _ENTITIES:
            text = text.replace(entity, sign)
        yield Note(page_heads.said(text), OF_THE_PAGE, OF_THE_PAGE)
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


def _comments(root: Element) -> Iterator[Note]:
    for each in root.iter():
        place = _PLACE.fullmatch(each.attrib.get("ref", "")) if local(each.tag) == "comment" else None
        if place:
            column = 0
            for sign in place[1]:
                column = column * 26 + ord(sign) - ord("A") + 1
            yield Note(_text(each), int(place[2]) - 1, column - 1)


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
