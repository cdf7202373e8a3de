"""Columns that are missing, or that say nothing."""

import pytest

from tests.tracking.filing.interpreting.forty import (
    FORTY,
    HEADER,
    figures,
    problems,
)
from tracking.policy.vocabulary import Vocabulary


@pytest.mark.parametrize("header", ["备注栏", "获得资本金额（美元）", ""])
def test_a_column_that_says_nothing_is_no_problem_whatever_its_name(words: Vocabulary, header: str) -> None:
    assert figures(words, f"{HEADER}创业导师,{header}\nS01,2022,25, \n") == {("S01", 2022, "mentors"): 25}


@pytest.mark.parametrize(
    ("header", "missing", "unknown"),
    [
        ("空间代号,年度,创业导师", ["space_id"], ["空间代号"]),
        ("空间编号,时间,创业导师", ["year"], ["时间"]),
        ("空间代号,时间,创业导师", ["space_id", "year"], ["空间代号", "时间"]),
    ],
)
def test_a_wrong_key_header_hides_no_other_problem(
    words: Vocabulary, header: str, missing: list[str], unknown: list[str]
) -> None:
    rows = [f"{space_id},2022,约{at}" for at, space_id in enumerate(FORTY)]
    found = problems(words, "\n".join([header, *rows]))
    by_code = {code: [each.value for each in found if each.code == code] for code in {each.code for each in found}}
    assert by_code.pop("missing-column") == missing
    assert by_code.pop("unknown-column") == unknown
    assert {code: len(values) for code, values in by_code.items()} == {"not-exact": len(FORTY)}
