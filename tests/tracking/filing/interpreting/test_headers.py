"""Headers and names in every spelling that people use."""

import pytest

from tests.tracking.filing.interpreting.forty import (
    figures,
)
from tracking.policy.vocabulary import Vocabulary


@pytest.mark.parametrize(
    "header",
    [
        *("mentors", "MENTORS", "创业导师", "创业 导师", "Start-up mentors", "start-upMENTORS", "ｍｅｎｔｏｒｓ"),
        *("创业导师（人）", "创业导师(人)", "创业导师 （ 人 ）", "创业导师[人]", "创业导师【人】", "创业导师〔人〕"),
        *("Start-up mentors (people)", "mentors（人/people）", "\ufeff创业导师\u200b"),
    ],
)
def test_a_metric_is_known_by_every_spelling_of_its_name(words: Vocabulary, header: str) -> None:
    assert figures(words, f"空间编号,年度,{header}\nS01,2022,25\n") == {("S01", 2022, "mentors"): 25}


@pytest.mark.parametrize(
    ("space", "year"),
    [
        ("space_id", "year"),
        ("SPACE_ID", "Year"),
        ("ｓｐａｃｅ＿ｉｄ", "年 度"),
        ("空间编号", "数据年度"),
        ("空间编号 space_id", "年度 year"),
    ],
)
def test_the_keys_are_known_by_every_spelling_of_theirs(words: Vocabulary, space: str, year: str) -> None:
    assert figures(words, f"{space},{year},mentors\nS01,2022,25\n") == {("S01", 2022, "mentors"): 25}


def test_the_metric_of_a_row_is_known_by_every_spelling_too(words: Vocabulary) -> None:
    long = "空间编号,年度,指标,数值\nS01,2022,创业导师（人）,25\nS01,2022,capital_raised (10，000 CNY),3\n"
    assert figures(words, long) == {("S01", 2022, "mentors"): 25, ("S01", 2022, "capital_raised"): 3}
