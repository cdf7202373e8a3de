"""Sheets of an .ods: cells as a person sees them, what is hidden, merged, struck through or a superscript."""

import io
import zipfile
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import takewhile
from xml.etree import ElementTree
from xml.etree.ElementTree import Element

from tracking.filing.spreadsheets import number_formats, ods_notes
from tracking.filing.spreadsheets.sheets import (
    FORMULA_WITHOUT_RESULT,
    MOST_SHEETS,
    GridDraft,
    Limits,
    Note,
    Run,
    UnreadableError,
)
from tracking.filing.spreadsheets.xlsx_notes import said_of_itself

_SPACE = "urn:oasis:names:tc:opendocument:xmlns:"
_TABLE, _TEXT, _OFFICE, _STYLE = (f"{{{_SPACE}{name}:1.0}}" for name in ("table", "text", "office", "style"))
_NUMBERS = ("float", "percentage", "currency")
_CELLS = (f"{_TABLE}table-cell", f"{_TABLE}covered-table-cell")


@dataclass(frozen=True, slots=True)
class _Look:
    struck: bool = False
    raised: bool = False
    lowered: bool = False
    shown: bool = True


def sheets(content: bytes, limits: Limits) -> list[dict[str, object]]:
    """What the grid of each sheet is made of. Raises UnreadableError."""
    try:
        with zipfile.ZipFile(io.BytesIO(content)) as archive:
            names = archive.namelist()
            if "META-INF/manifest.xml" in names and b"encryption-data" in archive.read("META-INF/manifest.xml"):
                raise UnreadableError("file-protected")
            styles = ElementTree.fromstring(archive.read("styles.xml")) if "styles.xml" in names else None
            document = ElementTree.fromstring(archive.read("content.xml"))
            about = ElementTree.fromstring(archive.read("meta.xml")) if "meta.xml" in names else None
    except (zipfile.BadZipFile, KeyError, ElementTree.ParseError, EOFError) as error:
        raise UnreadableError("file-broken") from error
    looks: dict[str, _Look] = {}
    for part in (styles, document):
        looks |= _looks(part, looks) if part is not None else {}
    heads = ods_notes.heads(styles, document)
    of_itself = list(said_of_itself(about)) if about is not None else []
    tables = list(document.iter(f"{_TABLE}table"))
    if len(tables) > MOST_SHEETS:
        raise UnreadableError("file-too-many-sheets", sheets=len(tables), most=MOST_SHEETS)
    return [_sheet(table, looks, limits, [*ods_notes.of_page(table, heads), *of_itself]) for table in tables]


def _looks(document: Element, known: dict[str, _Look]) -> dict[str, _Look]:
    """What each style looks like; one that says nothing looks as its parent does."""
    found: dict[str, _Look] = {}
    for style in document.iter(f"{_STYLE}style"):
        parent = style.get(f"{_STYLE}parent-style-name", "")
        look = found.get(parent, known.get(parent, _Look()))
        struck, raised, lowered, shown = look.struck, look.raised, look.lowered, look.shown
        for each in style:
            line = each.get(f"{_STYLE}text-line-through-style", each.get(f"{_STYLE}text-line-through-type"))
            position = each.get(f"{_STYLE}text-position")
            struck = struck if line is None else line != "none"
            raised = raised if position is None else position.startswith(("super", *"123456789"))
            lowered = lowered if position is None else position.startswith(("sub", "-"))
            shown = shown and each.get(f"{_TABLE}display") != "false"
        found[style.get(f"{_STYLE}name", "")] = _Look(struck, raised, lowered, shown)
    return found


def _sheet(table: Element, looks: dict[str, _Look], limits: Limits, notes: list[Note]) -> dict[str, object]:
    look = looks.get(table.get(f"{_TABLE}style-name", ""), _Look())
    draft = GridDraft(table.get(f"{_TABLE}name"), limits, hidden=not look.shown)
    draft.marks.notes += notes
    columns = 0
    for column in table.iter(f"{_TABLE}table-column"):
        count = _repeated(column, "columns")
        if _hidden(column):
            draft.marks.hidden_columns.update(range(columns, min(columns + count, limits.columns)))
        columns += count
    number = 0
    for row in table.iter(f"{_TABLE}table-row"):
        count = _repeated(row, "rows")
        cells = [cell for cell in row if cell.tag in _CELLS]
        # A blank row may be told as repeated to the end of the sheet.
        if any(_says(cell) for cell in cells):
            limits.room(draft.name, count, sum(_repeated(cell, "columns") for cell in cells if _says(cell)))
            for each in range(count):
                draft.reach(number + each)
                _row(draft, number + each, cells, looks)
        if _hidden(row) and number < draft.height:
            draft.marks.hidden_rows.update(range(number, min(number + count, draft.height)))
        number += count
    return draft.fields()


def _row(draft: GridDraft, row: int, cells: list[Element], looks: dict[str, _Look]) -> None:
    column = 0
    for cell in cells:
        count = _repeated(cell, "columns")
        draft.marks.notes += ods_notes.of_cell(cell, row, column)
        if cell.tag == _CELLS[0] and _says(cell):
            look = looks.get(cell.get(f"{_TABLE}style-name", ""), _Look())
            across, down = (int(cell.get(f"{_TABLE}number-{name}-spanned", "1")) for name in ("columns", "rows"))
            draft.merge(row, column, row + down - 1, column + across - 1)
            for each in range(column, column + count):
                draft.put(row, each, _text(draft, row, each, cell, look, looks))
        column += count


def _text(draft: GridDraft, row: int, column: int, cell: Element, look: _Look, looks: dict[str, _Look]) -> str:
    """What is seen of a cell."""
    kind = cell.get(f"{_OFFICE}value-type")
    paragraphs = [part for part in cell if part.tag == f"{_TEXT}p"]
    runs = [run for part in paragraphs for run in (Run("\n", look.struck), *_runs(part, look, looks))][1:]
    if kind == "string" or look.struck or not kind and runs:
        return draft.marks.left(row, column, runs)
    text = "".join(run.text for run in runs)
    if kind in _NUMBERS:
        # One that is shown as nothing has a paragraph, and nothing in it.
        return number_formats.seen(float(cell.get(f"{_OFFICE}value", "nan")), text, blank=bool(paragraphs))
    if kind == "boolean":
        return "TRUE" if cell.get(f"{_OFFICE}boolean-value") == "true" else "FALSE"
    if kind == "date":
        return cell.get(f"{_OFFICE}date-value", text)[:10]
    return text or (FORMULA_WITHOUT_RESULT if cell.get(f"{_TABLE}formula") and not kind else "")


def _runs(part: Element, look: _Look, looks: dict[str, _Look]) -> Iterator[Run]:
    """The text of a paragraph, cut where it looks otherwise; notes beside it are none of it."""
    own = looks.get(part.get(f"{_TEXT}style-name", ""), look) if part.tag == f"{_TEXT}span" else look
    if part.text:
        yield Run(part.text, own.struck, own.raised, own.lowered)
    for each in part:
        if each.tag == f"{_TEXT}s":
            yield Run(" " * min(int(each.get(f"{_TEXT}c", "1")), 1_000), own.struck, own.raised, own.lowered)
        elif each.tag in (f"{_TEXT}tab", f"{_TEXT}line-break"):
            yield Run("\n" if each.tag.endswith("break") else "\t", own.struck, own.raised, own.lowered)
        elif each.tag.startswith(_TEXT):
            yield from _runs(each, own, looks)
        if each.tail:
            yield Run(each.tail, own.struck, own.raised, own.lowered)


def _says(cell: Element) -> bool:
    return cell.get(f"{_OFFICE}value-type") is not None or cell.get(f"{_TABLE}formula") is not None or len(cell) > 0


def _hidden(element: Element) -> bool:
    return element.get(f"{_TABLE}visibility") in ("collapse", "filter")


def _repeated(element: Element, what: str) -> int:
    digits = "".join(takewhile(str.isdigit, element.get(f"{_TABLE}number-{what}-repeated", "1")))
    return min(int(digits or "1"), 10_000_000)
