"""What a form writes around a metric's name, and what would make another name of it."""

import pytest

from tests.tracking.filing.interpreting.about import codes, figures, understood
from tracking.policy.vocabulary import Vocabulary


@pytest.mark.parametrize(
    "header",
    [
        *("1.获投企业", "12、获投企业（家）", "3.1.2. 获投企业", "（1）获投企业", "1）获投企业", "A. 获投企业"),
        *("一、获投企业", "（十二）获投企业", "①获投企业", "⑴ 获投企业", "★获投企业", "★2、获投企业"),
    ],
)
def test_a_number_or_a_mark_before_a_metric_is_no_part_of_its_name(words: Vocabulary, header: str) -> None:
    assert figures(understood(words, f"空间编号,年度,{header}\nS01,2022,6\n")) == {"funded_firms": 6}
    form = f"空间编号：S01,年度：2022\n指标名称,本年\n{header},6\n"
    assert figures(understood(words, form)) == {"funded_firms": 6}


@pytest.mark.parametrize(
    "header", ["6获投企业", "6 获投企业", "1.1获投企业", "100.获投企业", "第一获投企业", "1/获投企业"]
)
def test_what_may_be_a_figure_or_a_word_stays_one(words: Vocabulary, header: str) -> None:
    found = understood(words, f"空间编号,年度,{header}\nS01,2022,6\n")
    assert (codes(found), figures(found)) == (["unknown-column"], {})


def test_a_metric_that_is_numbered_twice_is_there_twice(words: Vocabulary) -> None:
    assert codes(understood(words, "空间编号,年度,1.获投企业,2.获投企业\nS01,2022,6,7\n")) == ["column-twice"]
