"""A header that takes two rows."""

import pytest

from tests.tracking.filing.interpreting.about import workbook
from tests.tracking.filing.interpreting.forty import (
    understood,
)
from tracking.policy.vocabulary import Vocabulary


@pytest.mark.parametrize(
    ("below", "merges", "capital"),
    [
        (["", "", "（人）", "（万元）"], (), 1200),
        (["", "", "人", "千元"], ("A1:A2", "B1:B2"), 120),
        (["space_id", "year", "mentors", "capital_raised"], (), 1200),
        (["", "", "", ""], ("A1:A2", "B1:B2", "C1:C2", "D1:D2"), 1200),
    ],
    ids=["units in brackets", "units alone", "codes", "merged"],
)
def test_a_header_may_take_two_rows(
    words: Vocabulary, below: list[str], merges: tuple[str, ...], capital: float
) -> None:
    rows = [["空间编号", "年度", "创业导师", "获得资本金额"], [text or None for text in below], ["S01", 2022, 25, 1200]]
    told = understood(words, workbook(rows, *merges))
    assert {problem.code for problem in told.problems} <= {"units-converted"}
    figures = {row.metric: (row.value / 10_000, row.row) for row in told.observations.itertuples()}
    assert figures == {"mentors": (25, 3), "capital_raised": (capital, 3)}
