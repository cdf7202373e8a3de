"""A list that backs a figure is counted as a person would count it."""

import io

import pytest
import xlsxwriter

from tracking.filing.spreadsheets import grids
from tracking.filing.spreadsheets.grids import Grid
from tracking.review import evidence_lists

HEAD = ["序号", "企业名称", "备注"]


@pytest.mark.parametrize(
    ("rows", "listed", "again"),
    [
        ([HEAD, ["1", "甲", ""], ["2", "乙", ""]], 2, []),
        # Numbers and remarks tell no row from another; width and case do not either.
        ([HEAD, ["1", "A公司", ""], ["2", "ａ公司", "同上"], ["3", "B", ""]], 2, [("B3", "B2")]),
        ([["受投企业清单", "", ""], HEAD, ["1", "甲", ""], ["合计", "1", ""]], 1, []),
        ([HEAD, ["1", "", ""], ["", "", ""]], 0, []),
        ([["企业名称", "日期"], ["甲", "5月"], ["填报人：某"]], 1, []),
        ([], 0, []),
    ],
    ids=["two rows", "one twice", "title and total", "numbered blanks", "a signature", "nothing"],
)
def test_rows_are_counted_once_each(rows: list[list[str]], listed: int, again: list[tuple[str, str]]) -> None:
    counted = evidence_lists.count([Grid(None, rows)])
    assert (counted.listed, list(counted.again)) == (listed, again)


def test_the_first_sheet_that_shows_any_is_the_list() -> None:
    hidden = Grid("说明", [["企业名称"], ["丙"]], hidden=True)
    assert evidence_lists.count([hidden, Grid("清单", [["企业名称"], ["甲"], ["乙"]])]).listed == 2


def test_personal_data_is_named_by_its_cell() -> None:
    grids = [Grid(None, [["企业名称", "联系"], ["甲", "13800138000"]])]
    assert evidence_lists.private(grids) == ("B2", "mobile")
    assert evidence_lists.private([Grid(None, [["企业名称"], ["甲"]])]) is None


def test_rows_are_counted_once_by_what_they_say() -> None:
    content = workbook(("No.", "Event", "Day"), ("1", "Demo", "1 May"), ("2", "Demo", "2 May"), ("3", "demo ", "1 May"))
    counted = evidence_lists.count(grids.read(content, "list.xlsx"))
    # An event of the same name on another day is another one; width, case and spaces make none.
    assert (counted.listed, counted.again) == (2, [("B4", "B2")])


def workbook(*rows: tuple[str, ...]) -> bytes:
    out = io.BytesIO()
    with xlsxwriter.Workbook(out) as book:
        sheet = book.add_worksheet()
        for number, row in enumerate(rows):
            sheet.write_row(number, 0, row)
    return out.getvalue()
