"""Totals do not count."""

import pytest

from tests.tracking.filing.interpreting.forty import (
    HEADER,
    problems,
    understood,
)
from tracking.policy.vocabulary import Vocabulary


def test_the_totals_do_not_count(words: Vocabulary) -> None:
    told = understood(words, f"{HEADER}创业导师\nS01,2022,25\nS02,2022,5\n总计,2022,30\n")
    assert told.observations["value"].sum() == 30 * 10_000


@pytest.mark.parametrize("said", ["合计", "总计：", "合计（家）", "共 计"])
@pytest.mark.parametrize("place", [0, 1])
def test_totals_are_known_wherever_their_name_stands(words: Vocabulary, said: str, place: int) -> None:
    row = ["", "", "25"]
    row[place] = said
    table = f"{HEADER}创业导师\nS01,2022,25\n{','.join(row)}\n"
    assert [(each.code, each.row, each.value) for each in problems(words, table)] == [("totals-row", 3, said)]
