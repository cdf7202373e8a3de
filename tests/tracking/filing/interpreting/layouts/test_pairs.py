"""Labels with their values right beside them."""

import pytest

from tests.tracking.filing.interpreting.layouts.about import (
    FIRMS,
    MENTORS,
    OURS,
    Rows,
    codes,
    figures,
    read,
)
from tracking.policy.vocabulary import Vocabulary


@pytest.mark.parametrize(
    "rows",
    [
        [["空间编号", OURS], ["年度", "2024"], ["获投企业", "6"], ["创业导师", "25"]],
        [["空间编号", OURS, "年度", "2024"], ["获投企业", "6", "创业导师", "25"]],
        [["空间编号", OURS, "年度", "2024", "获投企业", "6", "创业导师", "25"]],
        [["2024年度填报表"], ["空间编号：SL00001"], [], ["获投企业", "", "6", "家"], ["创业导师：", "", "25", "人"]],
        [["空间编号", OURS], ["年度", "2024"], ["一、企业情况"], ["获投企业", "6"], ["二、导师"], ["创业导师", "25"]],
        [["空间编号", OURS], ["年度", "2024"], ["1", "获投企业", "6"], ["2", "创业导师", "25"]],
        [
            ["空间编号", OURS],
            ["年度", "2024"],
            ["获投企业", "6"],
            ["创业导师", "25"],
            ["填报人：李四", "日期：2025-03-01"],
        ],
    ],
)
def test_a_label_beside_its_value_is_read(words: Vocabulary, rows: Rows) -> None:
    told = read(words, rows)
    assert (codes(told), figures(told)) == ([], {(OURS, 2024, FIRMS): 6, (OURS, 2024, MENTORS): 25})
    assert [each.layout for each in told.understood] == ["label_value"]


def test_a_figure_in_merged_cells_of_two_metrics_is_nobody_s(words: Vocabulary) -> None:
    rows = [["空间编号：SL00001，年度：2024"], ["获投企业", "6"], ["创业导师", ""]]
    assert "merged-figure" in codes(read(words, rows, merged=((1, 1, 2, 1),)))
