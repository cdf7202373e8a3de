"""What stands on a sheet of an .ods and in none of its cells: comments, text boxes, the head and foot of a page."""

from collections.abc import Iterator
from xml.etree.ElementTree import Element

from tracking.filing.spreadsheets.sheets import OF_THE_PAGE, Note

_SPACE = "urn:oasis:names:tc:opendocument:xmlns:"
_TABLE, _TEXT, _OFFICE, _STYLE, _DRAW = (
    f"{{{_SPACE}{name}:1.0}}" for name in ("table", "text", "office", "style", "drawing")
)
_HEADS = tuple(f"{_STYLE}{part}{of}" for part in ("header", "footer") for of in ("", "-left", "-first"))
# What a page's head says of itself: its number, how many there are, the name of the sheet.
_FIELDS = tuple(f"{_TEXT}{name}" for name in ("page-number", "page-count", "sheet-name", "date", "time", "file-name"))


def heads(styles: Element | None, content: Element) -> dict[str, list[str]]:
    """What the head and foot of the pages of a sheet say, by the name of the sheet's style."""
    if styles is None:
        return {}
    pages = {page.get(f"{_STYLE}name"): list(_heads(page)) for page in styles.iter(f"{_STYLE}master-page")}
    of_styles = ((style.get(f"{_STYLE}name", ""), style) for style in content.iter(f"{_STYLE}style"))
    return {name: pages.get(style.get(f"{_STYLE}master-page-name"), []) for name, style in of_styles}


def _heads(page: Element) -> Iterator[str]:
    for head in page:
        if head.tag in _HEADS and head.get(f"{_STYLE}display") != "false":
            yield from filter(str.strip, _paragraphs(head))


def of_page(table: Element, heads: dict[str, list[str]]) -> Iterator[Note]:
    """The head and foot of a sheet's pages, and the text boxes that are fastened to no cell."""
    for text in heads.get(table.get(f"{_TABLE}style-name", ""), []):
        yield Note(text, OF_THE_PAGE, OF_THE_PAGE)
    for shapes in table.findall(f"{_TABLE}shapes"):
        yield from (Note(text, OF_THE_PAGE, OF_THE_PAGE) for text in map(_text, shapes) if text.strip())


def of_cell(cell: Element, row: int, column: int) -> Iterator[Note]:
    """The comment of a cell, and the text boxes that are fastened to it."""
    for each in cell:
        if each.tag == f"{_OFFICE}annotation" or each.tag.startswith(_DRAW) and _text(each).strip():
            yield Note(_text(each), row, column)


def _text(element: Element) -> str:
    return "\n".join(_paragraphs(element))


def _paragraphs(element: Element) -> Iterator[str]:
    return ("".join(_said(part)) for part in element.iter(f"{_TEXT}p"))


def _said(part: Element) -> Iterator[str]:
    """The text of an element without that of fields."""
    if part.tag not in _FIELDS:
        yield part.text or ""
        for each in part:
            yield from _said(each)
            yield each.tail or ""
