"""Cells are coloured and commented where the person sees them, and what the person wrote stays."""

import io

import openpyxl
from openpyxl.comments import Comment

from tracking.filing.marking_process import Mark, marked
from tracking.filing.spreadsheets.sheets import END_OF_OURS


def workbook() -> bytes:
    book = openpyxl.Workbook()
    book.active.title = "填报"
    book.active["A1"] = "空间编号"
    book.active.merge_cells("B2:C3")
    book.active["A2"].comment = Comment(f"请更正{END_OF_OURS}\n已核实", "")
    out = io.BytesIO()
    book.save(out)
    return out.getvalue()


def test_a_mark_is_at_the_first_of_merged_cells_and_without_a_sheet_on_the_first() -> None:
    marks = [Mark(None, 3, 3, "FFC7CE", "不是整数"), Mark("填报", 1, 1, "C6EFCE", "")]
    sheet = openpyxl.load_workbook(io.BytesIO(marked(workbook(), marks))).active
    assert (sheet["B2"].fill.fgColor.rgb, sheet["B2"].comment.text) == ("00FFC7CE", "不是整数")
    assert (sheet["A1"].fill.fgColor.rgb, sheet["A1"].comment, sheet["A1"].value) == ("00C6EFCE", None, "空间编号")


def test_a_comment_keeps_what_the_person_wrote_and_not_what_was_said_before() -> None:
    sheet = openpyxl.load_workbook(io.BytesIO(marked(workbook(), [Mark("填报", 2, 1, "FFC7CE", "缺年度")]))).active
    assert sheet["A2"].comment.text == "缺年度\n\n已核实"
