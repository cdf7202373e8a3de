"""The figures of a form, each with the cells that say whose it is; what is not certain is an error at its cell."""

import pytest

from tests.tracking.filing.interpreting.layouts.about import (
    CAPITAL,
    FIRMS,
    MENTORS,
    OURS,
    Merged,
    Rows,
    codes,
    figures,
    read,
)
from tracking.policy.vocabulary import Vocabulary

HEADING = ["空间编号：SL00001，年度：2024"]
HEADER = ["指标", "单位", "本年"]


def test_a_figure_has_the_unit_of_its_row_else_of_its_column_where_that_measures_it(words: Vocabulary) -> None:
    rows = [HEADING, ["指标", "单位", "本年（千元）"], ["获得资本金额", "", "12000"], ["获投企业", "家", "6"]]
    assert figures(read(words, rows)) == {(OURS, 2024, CAPITAL): 1200, (OURS, 2024, FIRMS): 6}


def test_a_row_of_totals_is_left_out_with_a_warning(words: Vocabulary) -> None:
    told = read(words, [HEADING, HEADER, ["获投企业", "家", "6"], ["合计", "", "6"]])
    assert (figures(told), codes(told, "warning")) == ({(OURS, 2024, FIRMS): 6}, ["totals-row"])


@pytest.mark.parametrize(
    ("rows", "merged", "code", "cell"),
    [
        ([HEADER, ["获投企业", "家", "6"], ["创业导师", "人", ""]], ((2, 2, 3, 2),), "merged-figure", "C3"),
        ([["指标", "2023年", "2024年", "佐证"], ["获投企业", "5", "6", "名单"]], (), "evidence-of-which", "D3"),
        # A figure among the units, and one in the column of codes that follow each other.
        ([HEADER, ["获投企业", "6", ""], ["创业导师", "人", "25"]], (), "cell-out-of-place", "B3"),
        ([["指标", "代码", "本年"], ["获投企业", "01", "6"], ["创业导师", "25", ""]], (), "cell-out-of-place", "B4"),
        ([HEADER, ["创业导师", "人", "25"], ["获投企业6", "家", ""]], (), "cell-out-of-place", "A4"),
        ([HEADER, ["获投企业", "家", "6"], ["指标", "单位", "上年"]], (), "second-table", "C4"),
    ],
)
def test_what_is_not_certain_is_an_error_at_its_cell(
    words: Vocabulary, rows: Rows, merged: Merged, code: str, cell: str
) -> None:
    # Of a form with years in its columns the heading names none.
    heading = ["空间编号：SL00001"] if "2023年" in rows[0] else HEADING
    told = read(words, [heading, *rows], merged=merged)
    errors = [(each.code, f"{each.letter}{each.row}") for each in told.problems if each.severity == "error"]
    assert (code, cell) in errors


def test_two_columns_of_metrics_abreast_have_their_own_figures(words: Vocabulary) -> None:
    rows = [HEADING, ["指标", "本年", "指标", "本年"], ["获投企业", "6", "创业导师", "25"]]
    assert figures(read(words, rows)) == {(OURS, 2024, FIRMS): 6, (OURS, 2024, MENTORS): 25}
