"""An empty filing as a file: delimited text, or a workbook whose cells take only what fits."""

import csv
import io
from dataclasses import dataclass
from datetime import datetime
from typing import Any

import xlsxwriter

from tracking.filing.spreadsheets.sheets import END_OF_OURS
from tracking.words.language import Lang, text

# What `interpreting` reads; columns that begin with 参考 are for the eye alone and passed over.
COLUMNS = ("空间编号 space_id", "年度 year", "指标 metric", "数值 value", "佐证 evidence", "说明 note")
REFERENCE = ("参考：单位 unit", "参考：上一年 year before", "参考：目标 target")
MOST = 10**14 - 1


@dataclass(frozen=True)
class Line:
    """A metric to fill in: its names and unit, the clause it serves, last year's figure, and what is asked."""

    metric: str
    label: str
    kind: str
    unit: str
    clause: str
    before: str
    target: str


def csv_file(lines: list[Line], space: str, year: int) -> bytes:
    """The lines as delimited text that a spreadsheet opens as UTF-8."""
    out = io.StringIO()
    writer = csv.writer(out, lineterminator="\r\n")
    writer.writerow([*COLUMNS, *REFERENCE])
    for line in lines:
        writer.writerow([space, year, line.label, "", "", "", line.unit, line.before, line.target])
    return b"\xef\xbb\xbf" + out.getvalue().encode("utf-8")


def workbook(lines: list[Line], space: str, name: str, year: int) -> bytes:
    """The lines as a workbook: a sheet to fill in, and one that says how."""
    out = io.BytesIO()
    with xlsxwriter.Workbook(out, {"in_memory": True, "strings_to_formulas": False}) as book:
        book.set_properties({"created": datetime(2000, 1, 1)})
        bold = book.add_format({"bold": True, "bottom": 1, "text_wrap": True, "valign": "top"})
        grey = book.add_format({"font_color": "#666666"})
        fill = book.add_format({"bg_color": "#fff8e1", "border": 1, "border_color": "#d9cfae"})
        sheet = book.add_worksheet("填报 filing")
        sheet.write_row(0, 0, [*COLUMNS, *REFERENCE], bold)
        sheet.set_row(0, 32)
        for column, width in enumerate((14, 10, 62, 14, 26, 26, 18, 18, 24)):
            sheet.set_column(column, column, width)
        for row, line in enumerate(lines, start=1):
            sheet.write_string(row, 0, space)
            sheet.write_number(row, 1, year)
            sheet.write_string(row, 2, line.label)
            for column in (3, 4, 5):
                sheet.write_blank(row, column, None, fill)
            for column, content in enumerate((line.unit, line.before, line.target), start=6):
                sheet.write_string(row, column, content, grey)
            sheet.write_comment(row, 2, line.clause + END_OF_OURS, {"width": 480, "height": 260})
            sheet.data_validation(row, 3, row, 3, _validation(line.kind))
        sheet.freeze_panes(1, 3)
        sheet.set_landscape()
        sheet.fit_to_pages(1, 0)
        sheet.repeat_rows(0)
        guide = book.add_worksheet("说明 read me")
        guide.set_column(0, 0, 100)
        sentences = [f"{space} {name}".strip(), *_guide("zh"), "", *_guide("en")]
        for row, sentence in enumerate(sentences):
            guide.write_string(row, 0, sentence)
    return out.getvalue()


def _guide(lang: Lang) -> list[str]:
    return [text(f"template.guide_{number}", lang) for number in range(1, 6)]


def _validation(kind: str) -> dict[str, Any]:
    if kind == "yes_no":
        return {"validate": "list", "source": ["是", "否"]}
    whole = {"validate": "integer" if kind == "whole" else "decimal", "criteria": "between", "minimum": 0}
    return {**whole, "maximum": MOST, "error_title": "数值 value", "error_message": text("template.number", "zh")[:255]}
