"""Sheets of the XML that Excel 2002 and 2003 wrote, and that many programs still call .xls."""

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace
from xml.etree import ElementTree
from xml.etree.ElementTree import Element

from tracking.filing.spreadsheets import number_formats, page_heads
from tracking.filing.spreadsheets.sheets import (
    FORMULA_WITHOUT_RESULT,
    MOST_SHEETS,
    OF_THE_PAGE,
    GridDraft,
    Limits,
    Note,
    Run,
    UnreadableError,
)
from tracking.filing.spreadsheets.xlsx_looks import local
from tracking.filing.spreadsheets.xlsx_notes import said_of_itself

_NAMESPACE = "urn:schemas-microsoft-com:office:spreadsheet"
_SS = f"{{{_NAMESPACE}}}"
# Entities make a few letters into gigabytes, or read other files; no spreadsheet program writes any.
_FORBIDDEN = re.compile(r"<!(?:DOCTYPE|ENTITY)", re.IGNORECASE)
_FORMATS = {"Percent": "0.00%"}
_FARTHEST = 1_048_576


@dataclass(frozen=True, slots=True)
class _Look:
    code: str = ""
    struck: bool = False


def is_workbook(text: str) -> bool:
    """Whether a text is such a workbook."""
    return _NAMESPACE in text and re.search(r"<(?:\w{1,20}:)?Workbook\b", text) is not None


def sheets(text: str, limits: Limits) -> list[dict[str, object]]:
    """What the grid of each sheet is made of. Raises UnreadableError, or ElementTree.ParseError for a damaged one."""
    if _FORBIDDEN.search(text):
        raise UnreadableError("file-broken")
    book = ElementTree.fromstring(text.lstrip("\ufeff \t\r\n"))
    looks = _looks(book)
    pages = list(book.iter(f"{_SS}Worksheet"))
    if len(pages) > MOST_SHEETS:
        raise UnreadableError("file-too-many-sheets", sheets=len(pages), most=MOST_SHEETS)
    properties = (each for each in book if local(each.tag) == "DocumentProperties")
    of_itself = [note for each in properties for note in said_of_itself(each)]
    return [_sheet(page, looks, limits, of_itself) for page in pages]


def _looks(book: Element) -> dict[str, _Look]:
    found: dict[str, _Look] = {}
    for style in book.iter(f"{_SS}Style"):
        look = found.get(style.get(f"{_SS}Parent", "Default"), _Look())
        code, struck = look.code, look.struck
        for each in style:
            if each.tag == f"{_SS}NumberFormat":
                code = each.get(f"{_SS}Format", "")
            elif each.tag == f"{_SS}Font":
                struck = each.get(f"{_SS}StrikeThrough", "0") == "1"
        found[style.get(f"{_SS}ID", "")] = _Look(_FORMATS.get(code, code), struck)
    return found


def _sheet(page: Element, looks: dict[str, _Look], limits: Limits, notes: list[Note]) -> dict[str, object]:
    visible = next((each.text for each in page.iter() if each.tag.endswith("}Visible")), "")
    draft = GridDraft(page.get(f"{_SS}Name"), limits, hidden=bool(visible) and visible != "SheetVisible")
    draft.marks.notes += [*notes, *_heads(page)]
    table = page.find(f"{_SS}Table")
    for column, each in _placed(table, "Column", "Span"):
        if each.get(f"{_SS}Hidden") == "1" or each.get(f"{_SS}Width") == "0":
            last = column + _number(each, "Span")
            draft.marks.hidden_columns.update(range(column, min(last + 1, limits.columns)))
    for row, cells in _placed(table, "Row", "Span"):
        for column, cell in _placed(cells, "Cell", "MergeAcross"):
            look = looks.get(cell.get(f"{_SS}StyleID", cells.get(f"{_SS}StyleID", "Default")), _Look())
            draft.put(row, column, _text(draft, row, column, cell, look))
            if (comment := cell.find(f"{_SS}Comment")) is not None:
                draft.marks.notes.append(Note("".join(comment.itertext()), row, column))
            across, down = _number(cell, "MergeAcross"), _number(cell, "MergeDown")
            draft.merge(row, column, row + down, column + across)
        if row < draft.height and (cells.get(f"{_SS}Hidden") == "1" or cells.get(f"{_SS}Height") == "0"):
            draft.marks.hidden_rows.add(row)
    return draft.fields()


def _heads(page: Element) -> Iterator[Note]:
    """What the head and foot of the pages of a sheet say."""
    for each in page.iter():
        if local(each.tag) in ("Header", "Footer"):
            head = next((text for name, text in each.attrib.items() if local(name) == "Data"), "")
            yield Note(page_heads.words(head), OF_THE_PAGE, OF_THE_PAGE)


def _placed(parent: Element | None, tag: str, spans: str) -> Iterator[tuple[int, Element]]:
    """The elements of a kind, and the place of each: the next one, unless it names another."""
    at = 0
    for each in parent if parent is not None else ():
        if each.tag == f"{_SS}{tag}":
            at = _number(each, "Index", 1 + at) - 1
            yield at, each
            at += 1 + _number(each, spans)


def _text(draft: GridDraft, row: int, column: int, cell: Element, look: _Look) -> str:
    data = cell.find(f"{_SS}Data")
    if data is None:
        return FORMULA_WITHOUT_RESULT if cell.get(f"{_SS}Formula") else ""
    runs = list(_runs(data, Run("", look.struck)))
    text = draft.marks.left(row, column, runs)
    kind = data.get(f"{_SS}Type")
    if not text or kind in ("String", "Error"):
        return text
    if kind == "Number":
        number = float(text)
        return number_formats.shown(number, look.code) or number_formats.number(number)
    if kind == "Boolean":
        return "TRUE" if text == "1" else "FALSE"
    return text[:10]


def _runs(part: Element, around: Run) -> Iterator[Run]:
    name = part.tag.rpartition("}")[2]
    own = Run("", around.struck or name == "S", around.raised or name == "Sup", around.lowered or name == "Sub")
    if part.text:
        yield replace(own, text=part.text)
    for each in part:
        yield from _runs(each, own)
        if each.tail:
            yield replace(own, text=each.tail)


def _number(element: Element, name: str, otherwise: int = 0) -> int:
    written = element.get(f"{_SS}{name}", "")
    return min(int(written), _FARTHEST) if written.isascii() and written.isdigit() else otherwise
