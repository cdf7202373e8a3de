"""Files to bytes: delimited text in every encoding, and workbooks of every kind that an office sends."""

import html
import io
import re
import zipfile
from xml.sax.saxutils import escape

import xlsxwriter
from xlsxwriter.format import Format
from xlsxwriter.workbook import Workbook
from xlsxwriter.worksheet import Worksheet

from tests.files.sheets import Cell, File, Sheet

_NUMBER = re.compile(r"(0|[1-9]\d{0,14})(\.\d+)?")
_ENDINGS = {"semicolon": "csv", "html": "xls"}


def name(file: File) -> str:
    """What the file is called."""
    return f"filing.{_ENDINGS.get(file.container, file.container)}"


def content(file: File) -> bytes:
    """The file as it is sent."""
    if file.is_text:
        return _text(file).encode(file.encoding)
    return {"xlsx": _xlsx, "ods": _ods, "html": _html}[file.container](file)


def _text(file: File) -> str:
    (sheet,) = file.sheets
    # As wide as the table is, whatever a damage did to a row.
    width = max((len(row) for row in sheet.rows if not any(cell.raw for cell in row)), default=0) if file.padded else 0
    lines = []
    for row in sheet.rows:
        texts = [cell.text if cell.raw else _quoted(cell.text, file.delimiter) for cell in row]
        # A row that a damage made longer or shorter is not made whole again.
        padding = 0 if any(cell.raw for cell in row) else width - len(texts)
        lines.append(file.delimiter.join([*texts, *[""] * padding]))
    return "\r\n".join(lines) + "\r\n"


def _quoted(text: str, delimiter: str) -> str:
    if any(sign in text for sign in (delimiter, '"', "\n", "\r")):
        return '"' + text.replace('"', '""') + '"'
    return text


def _xlsx(file: File) -> bytes:
    out = io.BytesIO()
    with xlsxwriter.Workbook(out, {"in_memory": True}) as book:
        pages = [book.add_worksheet(sheet.name) for sheet in file.sheets]
        shown = [page for page, sheet in zip(pages, file.sheets, strict=True) if not sheet.hidden]
        for page, sheet in zip(pages, file.sheets, strict=True):
            _page(book, page, sheet)
            if sheet.hidden:
                page.hide()
        shown[0].activate()
        shown[0].set_first_sheet()
    return out.getvalue()


def _page(book: Workbook, page: Worksheet, sheet: Sheet) -> None:
    for top, left, bottom, right in sheet.merged:
        page.merge_range(top, left, bottom, right, "")
    for number, row in enumerate(sheet.rows):
        for column, cell in enumerate(row):
            _write(book, page, number, column, cell)
    for number in sheet.hidden_rows:
        page.set_row(number, None, None, {"hidden": True})
    for column in sheet.hidden_columns:
        page.set_column(column, column, None, None, {"hidden": True})


def _write(book: Workbook, page: Worksheet, row: int, column: int, cell: Cell) -> None:
    style = _style(book, cell)
    if cell.raised or cell.before:
        parts: list[object] = []
        if cell.before:
            parts += [book.add_format({"font_strikeout": True}), cell.before]
        parts += [book.add_format(), cell.text]
        if cell.raised:
            parts += [book.add_format({"font_script": 1}), cell.raised]
        page.write_rich_string(row, column, *parts)
    elif cell.text.startswith("="):
        # As a program writes it that does not compute.
        page.write_formula(row, column, cell.text, style, "")
    elif _NUMBER.fullmatch(cell.text):
        page.write_number(row, column, float(cell.text), style)
    elif cell.text or style:
        page.write_string(row, column, cell.text, style)


def _style(book: Workbook, cell: Cell) -> Format | None:
    asked: dict[str, object] = {}
    if cell.struck:
        asked["font_strikeout"] = True
    if cell.form:
        asked["num_format"] = cell.form
    return book.add_format(asked) if asked else None


_ODS = (
    '<?xml version="1.0" encoding="UTF-8"?><office:document-content '
    'xmlns:office="urn:oasis:names:tc:opendocument:xmlns:office:1.0" '
    'xmlns:table="urn:oasis:names:tc:opendocument:xmlns:table:1.0" '
    'xmlns:text="urn:oasis:names:tc:opendocument:xmlns:text:1.0" office:version="1.2"><office:body>'
    "<office:spreadsheet>{}</office:spreadsheet></office:body></office:document-content>"
)
_MANIFEST = (
    '<?xml version="1.0" encoding="UTF-8"?><manifest:manifest '
    'xmlns:manifest="urn:oasis:names:tc:opendocument:xmlns:manifest:1.0" manifest:version="1.2">'
    '<manifest:file-entry manifest:full-path="/" manifest:media-type="{0}"/>'
    '<manifest:file-entry manifest:full-path="content.xml" manifest:media-type="text/xml"/></manifest:manifest>'
)
_ODS_TYPE = "application/vnd.oasis.opendocument.spreadsheet"


def _ods(file: File) -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as archive:
        archive.writestr("mimetype", _ODS_TYPE)
        archive.writestr("META-INF/manifest.xml", _MANIFEST.format(_ODS_TYPE))
        archive.writestr("content.xml", _ODS.format("".join(map(_ods_table, file.sheets))))
    return out.getvalue()


def _ods_table(sheet: Sheet) -> str:
    spans, covered = _spans(sheet)
    rows = []
    for number, row in enumerate(sheet.rows):
        cells = []
        for column, cell in enumerate(row):
            if (number, column) in covered:
                cells.append("<table:covered-table-cell/>")
                continue
            down, across = spans.get((number, column), (1, 1))
            span = f' table:number-columns-spanned="{across}" table:number-rows-spanned="{down}"'
            cells.append(_ods_cell(cell, span if (down, across) != (1, 1) else ""))
        rows.append(f"<table:table-row>{''.join(cells) or '<table:table-cell/>'}</table:table-row>")
    return f'<table:table table:name="{escape(sheet.name)}">{"".join(rows)}</table:table>'


def _ods_cell(cell: Cell, span: str) -> str:
    if not cell.text:
        return f"<table:table-cell{span}/>"
    kind = 'office:value-type="string"'
    if _NUMBER.fullmatch(cell.text):
        kind = f'office:value-type="float" office:value="{cell.text}"'
    lines = "".join(f"<text:p>{escape(line)}</text:p>" for line in cell.text.split("\n"))
    return f"<table:table-cell{span} {kind}>{lines}</table:table-cell>"


def _html(file: File) -> bytes:
    tables = "".join(map(_html_table, file.sheets))
    return f'<html><head><meta charset="utf-8"></head><body>{tables}</body></html>'.encode()


def _html_table(sheet: Sheet) -> str:
    spans, covered = _spans(sheet)
    rows = []
    for number, row in enumerate(sheet.rows):
        cells = []
        for column, cell in enumerate(row):
            if (number, column) in covered:
                continue
            down, across = spans.get((number, column), (1, 1))
            span = (f' rowspan="{down}"' if down > 1 else "") + (f' colspan="{across}"' if across > 1 else "")
            cells.append(f"<td{span}>{html.escape(cell.text)}</td>")
        rows.append(f"<tr>{''.join(cells)}</tr>")
    return f"<table border=1>{''.join(rows)}</table>"


def _spans(sheet: Sheet) -> tuple[dict[tuple[int, int], tuple[int, int]], set[tuple[int, int]]]:
    """How far a merged cell goes down and across, by its place, and the places that it covers."""
    spans, covered = {}, set()
    for top, left, bottom, right in sheet.merged:
        spans[top, left] = (bottom - top + 1, right - left + 1)
        covered |= {(row, column) for row in range(top, bottom + 1) for column in range(left, right + 1)}
        covered.discard((top, left))
    return spans, covered
