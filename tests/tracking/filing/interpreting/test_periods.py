"""Figures of a part of a year, or summed over several, are told by the words that say so."""

import pytest

from tracking.filing.interpreting import periods


@pytest.mark.parametrize(
    ("text", "words", "year"),
    [
        ("众创空间情况（截至2024年6月底）", "截至2024年6月", 2024),
        ("1月至9月数据", "1月至9月", None),
        ("2023年上半年填报表", "2023年上半年", 2023),
        ("2022年6月填报表", "2022年6月", 2022),
        ("2023-2025年累计", "2023-2025年累计", None),
        ("First half of 2022", "firsthalfof2022", 2022),
        # The whole year, when it was filed, and when something took place.
        ("2024年1-12月", "", None),
        ("填报时间：2023年1月1日至3月31日", "", None),
        ("1-9月举办活动3场", "", None),
    ],
)
def test_a_heading_says_of_which_part_and_of_which_year(text: str, words: str, year: int | None) -> None:
    assert periods.part(text, heading=True) == (words, year)


def test_elsewhere_it_counts_where_it_is_said_of_figures() -> None:
    assert periods.part("1-9月", heading=False) == ("", None)
    assert periods.part("以上数据为1-9月", heading=False) == ("1-9月", None)


@pytest.mark.parametrize(
    ("remark", "words"), [("截至6月底", "截至6月"), ("1-9月数据", "1-9月"), ("6月引进3家", ""), ("全年", "")]
)
def test_a_remark_says_it_of_the_figure_beside_it_where_it_says_nothing_else(remark: str, words: str) -> None:
    assert periods.alone(remark) == words
