"""Years over metrics, and metrics over years."""

import pytest

from tests.tracking.filing.interpreting.layouts.about import (
    GROUPED,
    OURS,
    Rows,
    codes,
    figures,
    read,
)
from tracking.policy.vocabulary import Vocabulary


@pytest.mark.parametrize("merge", [True, False])
@pytest.mark.parametrize(
    ("rows", "layout"),
    [
        (
            [
                ["空间编号", "2023年", "", "2024年", ""],
                ["", "获投企业", "创业导师", "获投企业", "创业导师"],
                [OURS, "5", "20", "6", "25"],
            ],
            "years_over_metrics",
        ),
        (
            [
                ["空间编号", "获投企业", "", "创业导师", ""],
                ["", "2023", "2024", "2023", "2024"],
                [OURS, "5", "6", "20", "25"],
            ],
            "metrics_over_years",
        ),
    ],
)
def test_years_and_metrics_one_over_the_other_are_read(words: Vocabulary, rows: Rows, layout: str, merge: bool) -> None:
    told = read(words, rows, merged=((0, 0, 1, 0), (0, 1, 0, 2), (0, 3, 0, 4)) if merge else ())
    assert (codes(told), figures(told)) == ([], GROUPED)
    assert {each.layout for each in told.understood} == {layout}
