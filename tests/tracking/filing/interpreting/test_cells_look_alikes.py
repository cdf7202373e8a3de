"""Cells that look like one figure and would read as another: refused, never guessed at."""

from decimal import Decimal

import pytest

from tracking.filing.interpreting import cells
from tracking.policy.vocabulary import Metric

FIRMS = Metric("firms", "企业", "Firms", "firms", "家", "firms", "whole", None, None)
MONEY = Metric("capital", "资金", "Capital", "cny", "万元", "10,000 CNY", "decimal", None, None)
CONVERSIONS = {"元": Decimal("0.0001")}


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("10²", "not-a-number"),
        ("①", "not-a-number"),
        ("½", "not-a-number"),
        ("٣", "not-a-number"),
        ("\u202e12", "not-a-number"),
        ("10\x943", "not-a-number"),
        ("−5", "negative"),
        ("–5", "negative"),
        ("20余家", "not-exact"),
        ("#DIV/0!", "error-value"),
        ("#N/A", "error-value"),
        ("#VALUE!", "error-value"),
        ("#REF!", "error-value"),
        ("#NAME?", "error-value"),
        ("=1+1", "formula-without-result"),
    ],
)
def test_what_looks_like_a_figure_but_is_none(text: str, code: str) -> None:
    cell = cells.figure(text, FIRMS, {})
    assert (cell.scaled, cell.code) == (None, code)


@pytest.mark.parametrize(
    ("text", "scaled"), [("13812345678元", 13812345678), ("1,381,234元", 1381234), ("1200 10,000 CNY", 12_000_000)]
)
def test_a_figure_with_its_unit_is_no_number_to_be_called(text: str, scaled: int) -> None:
    assert cells.figure(text, MONEY, CONVERSIONS).scaled == scaled


def test_an_invisible_space_changes_nothing() -> None:
    assert cells.figure("1\u200b2", FIRMS, {}).scaled == 12 * cells.SCALE


def test_an_error_in_a_yes_no_cell_is_an_error_too() -> None:
    plan = Metric("plan", "规划", "Plan", "yes_no", "是/否", "yes/no", "yes_no", None, None)
    assert cells.figure("#N/A", plan, {}).code == "error-value"
