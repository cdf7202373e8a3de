"""What the cells of an .xlsx look like: number formats, text struck through, superscripts. Its sheets share styles and
texts."""

import re
import zipfile
from collections.abc import Mapping
from dataclasses import dataclass, field
from xml.etree import ElementTree

from tracking.filing.spreadsheets import number_formats, xlsx_inks
from tracking.filing.spreadsheets.sheets import Run

_ELEMENT = re.compile(rb"<(/?)\w+:")
_ESCAPED = re.compile("_x([0-9A-Fa-f]{4})_")


@dataclass(slots=True)
class Book:
    """What the cells of all sheets have in common: styles and shared texts, by their number as a cell writes it.

    formats: the number formats that may show a number as anything but itself. struck: the styles that strike through.
    unseen: those in which letters have the colour that is behind them.
    texts: shared texts of several looks.
    """

    formats: Mapping[bytes, str] = field(default_factory=dict)
    struck: frozenset[bytes] = frozenset()
    unseen: frozenset[bytes] = frozenset()
    texts: Mapping[bytes, list[tuple[bool, Run]]] = field(default_factory=dict)


def book(archive: zipfile.ZipFile) -> Book:
    """Read it from the parts of a workbook. Raises ElementTree.ParseError, or what a damaged archive raises."""
    there = archive.namelist()
    book = _styles(archive.read("xl/styles.xml")) if "xl/styles.xml" in there else Book()
    shared = archive.read("xl/sharedStrings.xml") if "xl/sharedStrings.xml" in there else b""
    if rich(shared) or book.struck and b"rPr" in shared:
        # So much is not looked at in texts that all look alike.
        each = (_runs(item) for item in ElementTree.fromstring(shared) if local(item.tag) == "si")
        book.texts = {b"%d" % number: runs for number, runs in enumerate(each) if any(own for own, _ in runs)}
    return book


def _styles(content: bytes) -> Book:
    codes, fonts, styles = dict(number_formats.PERCENTS), list[bool](), list[ElementTree.Element]()
    inks, grounds = list[str](), list[str]()
    for each in ElementTree.fromstring(content):
        match local(each.tag):
            case "numFmts":
                codes |= {_number(one.attrib.get("numFmtId")): one.attrib.get("formatCode", "") for one in each}
            case "fonts":
                fonts, inks = [_looks_of(font)[0] for font in each], list(map(xlsx_inks.ink, each))
            case "fills":
                grounds = list(map(xlsx_inks.ground, each))
            case "cellXfs":
                styles = list(each)
    formats, struck, unseen = {}, set(), set()
    for number, style in enumerate(styles):
        format_id, font = _number(style.attrib.get("numFmtId")), _number(style.attrib.get("fontId"))
        if format_id in codes and not number_formats.shows_itself(codes[format_id]):
            formats[b"%d" % number] = codes[format_id]
        if 0 <= font < len(fonts) and fonts[font]:
            struck.add(b"%d" % number)
        fill = _number(style.attrib.get("fillId"))
        behind = grounds[fill] if 0 <= fill < len(grounds) else xlsx_inks.WHITE
        if 0 <= font < len(inks) and inks[font] == behind:
            unseen.add(b"%d" % number)
    return Book(formats, frozenset(struck), frozenset(unseen))


def rich(content: bytes) -> bool:
    """Whether texts may be struck through, superscripts or subscripts."""
    return b"strike" in content or b"superscript" in content or b"subscript" in content


def _looks_of(font: ElementTree.Element | None) -> tuple[bool, bool, bool]:
    """Whether a font strikes through, and whether it makes superscripts or subscripts."""
    struck, script = False, ""
    for each in font if font is not None else ():
        if local(each.tag) == "strike":
            struck = each.attrib.get(_attribute(each, "val"), "1") not in ("0", "false")
        elif local(each.tag) == "vertAlign":
            script = each.attrib.get(_attribute(each, "val"), "")
    return struck, script == "superscript", script == "subscript"


def _attribute(element: ElementTree.Element, name: str) -> str:
    return next((key for key in element.attrib if local(key) == name), name)


def _runs(item: ElementTree.Element) -> list[tuple[bool, Run]]:
    """The runs of a text, and whether each has a look of its own; one that has none looks as its cell does."""
    runs = []
    for each in item:
        if local(each.tag) == "t":
            runs.append((False, Run(_unescaped(each.text))))
        elif local(each.tag) == "r":
            font = next((part for part in each if local(part.tag) == "rPr"), None)
            text = "".join(_unescaped(part.text) for part in each if local(part.tag) == "t")
            runs.append((font is not None, Run(text, *_looks_of(font))))
    return runs


def _unescaped(text: str | None) -> str:
    return _ESCAPED.sub(lambda escaped: chr(int(escaped[1], 16)), text or "")


def runs(kind: bytes, inside: bytes, number: bytes | None, struck: bool, shared: Book) -> list[Run] | None:
    """The runs of a cell whose text has several looks, None for any other.

    kind, inside: what the cell is and holds; number: of a shared text; struck: whether its style strikes through.
    """
    if kind == b"s" and number is not None and number in shared.texts:
        own = shared.texts[number]
    elif kind == b"inlineStr" and (rich(inside) or struck and b"rPr" in inside):
        own = _runs(ElementTree.fromstring(_ELEMENT.sub(rb"<\1", inside)))
    else:
        return None
    return [run if has_look else Run(run.text, struck) for has_look, run in own]


def local(tag: str) -> str:
    """The name of an element or attribute without its namespace."""
    return tag.rpartition("}")[2]


def _number(text: str | None) -> int:
    return int(text) if text and text.isdecimal() else -1
