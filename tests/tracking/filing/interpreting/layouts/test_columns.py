"""The header over a column of metrics and those beside it: what each column's figures are of."""

from collections.abc import Sequence

import pytest

from tests.tracking.filing.interpreting.layouts.about import OURS, REGISTER
from tracking.filing.interpreting.headers import Words
from tracking.filing.interpreting.layouts import columns
from tracking.filing.interpreting.layouts.columns import Column, Header
from tracking.filing.interpreting.layouts.sheets import View
from tracking.filing.interpreting.layouts.signs import Signs
from tracking.filing.spreadsheets.grids import Grid
from tracking.policy.vocabulary import Vocabulary


@pytest.fixture
def signs(words: Vocabulary) -> Signs:
    return Signs(Words(words), REGISTER)


def found(signs: Signs, rows: Sequence[list[str]], first: int) -> tuple[Header, list[Column]]:
    """The header over the first metric, which is in row `first` and column 0, and the columns beside it."""
    view = View(Grid(None, list(rows)), signs)
    head = columns.header(view, range(len(rows)), first, 0)
    declared = signs.words.units.declared
    return head, [columns.column(view, index, 0, head, declared) for index in range(1, view.width)]


def test_a_row_of_names_says_the_role_of_each_column(signs: Signs) -> None:
    rows = [["指标", "计量单位", "计划", "本年", "上年", "备注", "代码"], ["获投企业", "家", "9", "6", "5", "", "01"]]
    head, beside = found(signs, rows, 1)
    assert (head.band, head.keys) == ((0,), {})
    assert [column.role for column in beside] == ["unit", "left_out", "figure", "figure", "passed_over", "passed_over"]
    assert [column.ago for column in beside[2:4]] == [0, -1]


def test_years_over_groups_go_on_to_where_the_next_begins(signs: Signs) -> None:
    rows = [
        ["指标", "2023年", "", "2024年", ""],
        ["", "计划", "实际", "计划", "实际"],
        ["获投企业", "9", "5", "9", "6"],
    ]
    head, beside = found(signs, rows, 2)
    assert head.band == (0, 1)
    assert [(column.role, column.year.text) for column in beside] == [
        ("left_out", "2023"),
        ("figure", "2023"),
        ("left_out", "2024"),
        ("figure", "2024"),
    ]


def test_a_row_of_spaces_gives_one_to_every_column_and_a_second_one_is_told(signs: Signs) -> None:
    rows = [["空间编号", OURS, "SL00002"], ["年度", "2023", "2024"], ["获投企业", "5", "6"]]
    head, beside = found(signs, rows, 2)
    assert (head.band, head.keys) == ((), {0: "space_id", 1: "year"})
    assert [(column.space.text, column.year.text) for column in beside] == [(OURS, "2023"), ("SL00002", "2024")]
    _, (column, _) = found(signs, [["指标", "2023年", "2024年"], *rows[1:2], ["年度", "2022", "2024"], *rows[2:]], 3)
    assert column.otherwise.text == "2022"


@pytest.mark.parametrize(
    "above", [["众创空间填报表", "", ""], ["成立年份", "2015", ""], ["填报单位：海棠", "2024", ""], ["甲", "1", "2"]]
)
def test_a_title_the_heading_and_codes_of_columns_are_no_header(signs: Signs, above: list[str]) -> None:
    head, _ = found(signs, [above, ["获投企业", "5", "6"]], 1)
    assert (head.band, head.keys) == ((), {})
