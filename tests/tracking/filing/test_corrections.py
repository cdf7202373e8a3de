"""A person's own file comes back with what is wrong in its place."""

import io
from dataclasses import replace

import openpyxl
import pytest
import xlsxwriter

from tracking.filing import corrections
from tracking.filing.spreadsheets.grids import Grid, read
from tracking.filing.spreadsheets.sheets import END_OF_OURS
from tracking.words.problems import Problem

WIDE = "空间编号,年度,创业导师\nS1,2023,约20\nS2,2023,\n007,2023,12\n"
ABOUT = Problem("error", "not-exact", None, 2, "mentors", "约20", "C", {"metric": {"zh": "创业导师", "en": "Mentors"}})
ROW = Problem("warning", "totals-row", None, 3, None, "合计")


def _opened(content: bytes) -> openpyxl.Workbook:
    return openpyxl.load_workbook(io.BytesIO(content))


def test_the_cell_that_is_wrong_is_coloured_and_told_about() -> None:
    sheet = _opened(corrections.annotated(WIDE.encode(), read(WIDE.encode(), "a.csv"), [ABOUT], "zh")).active
    assert sheet["C2"].value == "约20"
    assert sheet["C2"].fill.fgColor.rgb == "FFF4B9A3"
    assert ABOUT.message("zh") in sheet["C2"].comment.text
    assert ABOUT.hint("zh") in sheet["C2"].comment.text
    assert [cell.coordinate for row in sheet for cell in row if cell.comment] == ["C2"]


def test_a_problem_of_a_row_stands_at_its_first_cell() -> None:
    sheet = _opened(corrections.annotated(WIDE.encode(), read(WIDE.encode(), "a.csv"), [ROW], "en")).active
    assert sheet["A3"].comment.text.startswith("Warning: ")
    assert sheet["A3"].fill.fgColor.rgb == "FFFBE3B0"


def test_a_problem_of_the_whole_file_stands_at_its_first_cell() -> None:
    grids = read(b"something\nelse\n", "a.csv")
    sheet = _opened(corrections.annotated(b"", grids, [Problem("error", "no-header")], "en")).active
    assert sheet["A1"].comment is not None


def test_all_other_cells_are_as_they_were() -> None:
    grids = read(WIDE.encode(), "a.csv")
    again = read(corrections.annotated(b"", grids, [ABOUT], "zh"), "a.xlsx")
    assert [row[:3] for row in again[0].rows] == [row[:3] for row in grids[0].rows]


@pytest.fixture
def workbook() -> bytes:
    out = io.BytesIO()
    with xlsxwriter.Workbook(out, {"in_memory": True}) as book:
        first, second = book.add_worksheet("说明"), book.add_worksheet("填报")
        first.write(0, 0, "=1+1 是文字")
        second.write_row(0, 0, ["空间编号", "年度", "创业导师"])
        second.merge_range(1, 0, 2, 0, "S1")
        second.write_row(1, 1, [2022, 12.5])
        second.write_row(2, 1, [2023, "=HYPERLINK(1)"])
    return out.getvalue()


def test_sheets_keep_their_names_and_merges(workbook: bytes) -> None:
    grids = read(workbook, "a.xlsx")
    again = read(corrections.annotated(b"", grids, [], "zh"), "a.xlsx")
    assert [(grid.sheet, grid.merged) for grid in again] == [(grid.sheet, grid.merged) for grid in grids]


def test_a_workbook_keeps_its_formulas_formats_and_remarks() -> None:
    book = openpyxl.Workbook()
    sheet = book.active
    sheet.append(["空间编号", "年度", "创业导师", "合计"])
    sheet.append(["S1", 2023, "约20", "=1+1"])
    sheet["C2"].number_format, sheet["C2"].comment = "0.00", openpyxl.comments.Comment("上年 18", "")
    sheet.column_dimensions["A"].width = 31
    sheet.merge_cells("A2:A3")
    out = io.BytesIO()
    book.save(out)
    about = replace(ABOUT, sheet=sheet.title)
    problems = [about, replace(ROW, sheet=sheet.title)]
    again = _opened(corrections.annotated(out.getvalue(), [], problems, "zh")).active
    assert (again["D2"].value, again["C2"].number_format, again.column_dimensions["A"].width) == ("=1+1", "0.00", 31)
    assert again["C2"].fill.fgColor.rgb == "00F4B9A3"
    assert (
        again["C2"].comment.text.replace(END_OF_OURS, "")
        == f"错误: {about.message('zh')}\n{about.hint('zh')}\n\n上年 18"
    )
    # Row 3 begins in the merged cell.
    assert again["A2"].comment is not None


def test_what_was_said_to_a_person_is_nothing_that_they_say() -> None:
    book = openpyxl.Workbook()
    sheet = book.active
    sheet.append(["空间编号", "年度", "创业导师"])
    sheet.append(["S1", 2023, "约20"])
    sheet["C2"].comment = openpyxl.comments.Comment("上年 18", "")
    out = io.BytesIO()
    book.save(out)
    once = corrections.annotated(out.getvalue(), [], [replace(ABOUT, sheet=sheet.title)], "zh")
    twice = corrections.annotated(once, [], [replace(ABOUT, sheet=sheet.title)], "zh")
    for content in (once, twice):
        (grid,) = read(content, "a.xlsx")
        assert [note.own.strip() for note in grid.notes if note.row >= 0] == ["上年 18"]
    assert _opened(twice).active["C2"].comment.text == _opened(once).active["C2"].comment.text


def test_text_that_looks_like_a_formula_stays_text() -> None:
    grids = read(b"space_id,year,mentors\n=1+1,2023,@SUM(1)\n", "a.csv")
    sheet = _opened(corrections.annotated(b"", grids, [ABOUT], "zh")).active
    assert (sheet["A2"].value, sheet["A2"].data_type) == ("=1+1", "s")


def test_a_sheet_name_that_excel_refuses_does_not_matter() -> None:
    grid = Grid("[2023]:报表", [["a"]])
    assert _opened(corrections.annotated(b"", [grid], [], "zh")).active["A1"].value == "a"
