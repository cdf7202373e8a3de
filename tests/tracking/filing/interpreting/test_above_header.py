"""What stands above a header, or in the sheet's name, is said of all figures below it."""

from tracking.filing.interpreting import above_header
from tracking.filing.interpreting.units import Units
from tracking.filing.spreadsheets.grids import Grid
from tracking.policy.vocabulary import Vocabulary


def test_units_are_found_in_the_sheets_name_in_a_title_and_in_two_cells(words: Vocabulary) -> None:
    rows = [["年度填报表（单位：元）"], ["单位：", "", "千元"], ["空间编号", "年度"]]
    found = above_header.mentions(Grid("资金（万元）", rows), rows, 2, 1, Units(words))
    assert [(each.unit, each.row, each.column) for each in found] == [("万元", None, 0), ("元", 0, 0), ("千元", 1, 0)]


def test_a_plan_is_told_by_the_sheets_name_and_by_a_title() -> None:
    rows = [["", "截至2022年6月底众创空间情况"], ["空间编号", "年度"]]
    found = above_header.remarks(Grid("计划", rows), rows, 1)
    assert [(each.row, each.column, each.year) for each in found] == [(None, 0, None), (0, 1, 2022)]


def test_a_sentence_elsewhere_says_it_where_it_speaks_of_all() -> None:
    assert list(above_header.remark("获投企业2家，其中计划1家", 5, heading=False)) == []
    assert [each.row for each in above_header.remark("以上均为计划数", 5, heading=False)] == [5]
