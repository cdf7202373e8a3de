"""Which known name one that nobody knows is likened to."""

import pytest

from tests.tracking.filing.interpreting.forty import (
    HEADER,
    problems,
)
from tracking.policy.vocabulary import Vocabulary


@pytest.mark.parametrize(
    ("table", "zh", "en"),
    [
        (f"{HEADER}创业导帅\nS01,2022,25\n", "创业导师", "Start-up mentors"),
        (f"{HEADER}mentrs\nS01,2022,25\n", "创业导师", "Start-up mentors"),
        (f"{HEADER}Start up mentor\nS01,2022,25\n", "创业导师", "Start-up mentors"),
        ("空间编号,年度,指标,数值\nS01,2022,创业导帅,25\n", "创业导师", "Start-up mentors"),
        (f"{HEADER}创业导师\nS001,2022,25\n", "S01 空间S01", "S01 空间S01"),
    ],
)
def test_the_remedy_offers_the_nearest_known_name(words: Vocabulary, table: str, zh: str, en: str) -> None:
    (problem,) = problems(words, table)
    assert f"“{zh}”" in problem.hint("zh")
    assert en in problem.hint("en")


@pytest.mark.parametrize(
    "header",
    [
        *(
            "未获投企业",
            "非科技型企业",
            "获投企业名称",
            "获投企业金额",
            "在孵企业总收入",
            "拟引进国际企业和团队",
            "导师",
        ),
        *("间接投资企业", "市外同品牌众创空间", "Firms that did not obtain investment", "Firms without investment"),
    ],
)
def test_a_name_that_means_another_thing_is_likened_to_none(words: Vocabulary, header: str) -> None:
    for table in (f"{HEADER}{header}\nS01,2022,5\n", f"空间编号,年度,指标,数值\nS01,2022,{header},5\n"):
        (problem,) = problems(words, table)
        assert problem.code in ("unknown-column", "unknown-metric")
        assert "nearest" not in problem.hint("en")


def test_near_names_are_looked_up_for_the_first_unknown_ones_alone(words: Vocabulary) -> None:
    rows = "".join(f"S01,2022,创业导帅{number},1\n" for number in range(30))
    told = problems(words, f"空间编号,年度,指标,数值\n{rows}")
    assert [bool(problem.details["nearest"]["zh"]) for problem in told] == [True] * 20 + [False] * 10
