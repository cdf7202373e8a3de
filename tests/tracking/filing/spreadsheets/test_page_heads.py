"""What the head of a page says, without how it is laid out."""

import pytest

from tracking.filing.spreadsheets.page_heads import words


@pytest.mark.parametrize(
    ("head", "text"),
    [('&C&"宋体,Bold"&12单位：千元', "单位：千元"), ("&L2024年&R第 &P 页", "2024年 第   页"), ("&D", "")],
)
def test_fonts_sizes_places_and_fields_are_no_words(head: str, text: str) -> None:
    assert words(head) == text
