"""A sheet in which metrics stand one under the other: which rows hold figures, and what is furniture."""

import pytest

from tests.tracking.filing.interpreting.layouts.about import REGISTER
from tracking.filing.interpreting.headers import Words
from tracking.filing.interpreting.layouts.downward import Downward
from tracking.filing.interpreting.layouts.headings import Headings
from tracking.filing.interpreting.layouts.sheets import View
from tracking.filing.interpreting.layouts.signs import Signs
from tracking.filing.spreadsheets.grids import Grid
from tracking.policy.vocabulary import Vocabulary

ROWS = [
    ["众创空间填报表"],
    ["序号", "指标名称", "本年"],
    ["甲", "乙", "1"],
    ["1", "获投企业", "6"],
    ["2", "其他企业", "3"],
    ["负责人签字：", "", ""],
]


@pytest.fixture
def sheet(words: Vocabulary) -> Downward:
    signs = Signs(Words(words), REGISTER)
    view = View(Grid("填报", ROWS), signs)
    return Downward(view, range(len(ROWS)), 3, signs, Headings(signs, None, (), None, None))


def test_rows_below_the_header_hold_figures_but_for_codes_and_signatures(sheet: Downward) -> None:
    assert (sheet.stubs, sheet.labelled, sheet.start) == ([1], {3}, 2)
    assert list(sheet.body()) == [3, 4]
    assert [column.role for column in sheet.columns] == ["passed_over", "figure"]


def test_what_is_passed_over_is_told_by_its_first_cell(sheet: Downward) -> None:
    sheet.pass_over(2)
    sheet.pass_over_column(0, [3, 4], sheet.columns[0].header)
    sheet.pass_over_column(0, [3, 4])
    assert [(each.text, each.cell, each.column) for each in sheet.passed_over] == [
        ("甲 乙 1", "A3", False),
        ("序号", "A2", True),
        ("1", "A4", True),
    ]
