"""What a cell may say: the contract's table, a case per row or more."""

from decimal import Decimal

import pytest

from tracking.filing.interpreting import cells
from tracking.filing.interpreting.cells import SCALE
from tracking.policy.vocabulary import Metric, Threshold

FIRMS = Metric("funded_firms", "获投企业", "Firms funded", "firms", "家", "firms", "whole", None, None)
MONEY = Metric("capital_raised", "获得资本金额", "Capital", "cny", "万元", "10,000 CNY", "decimal", None, None)
PLAN = Metric("plan", "规划", "Plan", "yes_no", "是/否", "yes/no", "yes_no", None, None)
CONVERSIONS = {"元": Decimal("0.0001"), "千元": Decimal("0.1"), "亿元": Decimal(10_000)}


def _told(text: str, metric: Metric) -> tuple[Decimal | None, str | None]:
    cell = cells.figure(text, metric, CONVERSIONS if metric is MONEY else {})
    return (None if cell.scaled is None else Decimal(cell.scaled) / SCALE, cell.code)


@pytest.mark.parametrize(
    "text", ["1200", "1,200", "１２００", "1200.0", "1.2E+03", " 1200 ", "1200家", "1200 家", "1200 firms"]
)
def test_every_way_to_write_a_number(text: str) -> None:
    assert _told(text, FIRMS) == (1200, None)


def test_a_figure_in_the_metric_s_own_unit_needs_no_warning() -> None:
    assert _told("1200万元", MONEY) == (1200, None)


@pytest.mark.parametrize(
    "text", ["12000000元", "12,000,000 元", "１２０００千元", "12000千元", "0.12亿元", "1.2E+07元"]
)
def test_another_unit_is_converted_and_said(text: str) -> None:
    assert _told(text, MONEY) == (1200, "unit-converted")


def test_a_conversion_is_a_warning_and_counts() -> None:
    assert cells.figure("12000千元", MONEY, CONVERSIONS).severity == "warning"


@pytest.mark.parametrize("text", ["12000", "12000千元"])
def test_a_unit_in_the_cell_agrees_with_the_one_in_the_header(text: str) -> None:
    assert cells.figure(text, MONEY, CONVERSIONS, "千元").scaled == 1200 * SCALE


@pytest.mark.parametrize(("text", "header"), [("1200万元", "千元"), ("0.12亿元", "千元"), ("12000千元", "万元")])
def test_a_unit_in_the_cell_against_the_one_in_the_header_is_an_error(text: str, header: str) -> None:
    cell = cells.figure(text, MONEY, CONVERSIONS, header)
    assert (cell.scaled, cell.code) == (None, "unit-against-column")


def test_a_tenth_of_a_cent_is_exact() -> None:
    assert _told("0.0001", MONEY) == (Decimal("0.0001"), None)


@pytest.mark.parametrize("text", ["是", "有", "√", "yes", "Y", "TRUE", "1"])
def test_yes(text: str) -> None:
    assert _told(text, PLAN) == (1, None)


@pytest.mark.parametrize("text", ["否", "无", "×", "no", "N", "false", "0"])
def test_no(text: str) -> None:
    assert _told(text, PLAN) == (0, None)


@pytest.mark.parametrize("text", ["", "  ", "-", "—", "/", "N/A", "n/a", "暂无", "未填", "\u200b"])
@pytest.mark.parametrize("metric", [FIRMS, PLAN], ids=["number", "yes or no"])
def test_nothing_is_unreported(text: str, metric: Metric) -> None:
    assert _told(text, metric) == (None, None)


def test_none_in_a_number_s_cell_is_unreported_with_a_warning() -> None:
    cell = cells.figure("无", FIRMS, {})
    assert (cell.scaled, cell.code, cell.severity) == (None, "none-is-unreported", "warning")


def test_zero_is_a_figure() -> None:
    assert _told("0", FIRMS) == (0, None)


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("约20", "not-exact"),
        ("≥10", "not-exact"),
        ("10+", "not-exact"),
        ("20-30", "not-exact"),
        ("20～30", "not-exact"),
        ("70%", "percentage-for-count"),
        ("７０％", "percentage-for-count"),
        ("很多", "not-a-number"),
        ("NaN", "not-a-number"),
        ("inf", "not-a-number"),
        ("1,2", "not-a-number"),
        ("12,00", "not-a-number"),
        ("2023-03-01", "date-for-number"),
        ("2023年3月1日", "date-for-number"),
        ("-5", "negative"),
        ("12.5", "not-whole"),
        ("1e15", "too-large"),
        ("1E+15家", "too-large"),
        ("2023/3/1", "date-for-number"),
        ("2023-03-01 00:00:00", "date-for-number"),
        ("－5", "negative"),
        ("−5", "negative"),
        ("大约20家", "not-exact"),
        ("20家左右", "not-exact"),
        ("20家以上", "not-exact"),
        ("20至30家", "not-exact"),
        ("+inf", "not-a-number"),
        ("二十", "not-a-number"),
        ("1 200", "not-a-number"),
        ("20家企业", "unit-unknown"),
        ("12000千元", "unit-unknown"),
        ("=SUM(A1:A9)", "formula-without-result"),
        ("#REF!", "error-value"),
        ("100000000000000", "too-large"),
        ("1e9999", "too-large"),
        ("20人", "unit-unknown"),
        ("110101199003070134", "personal-data"),
        ("13800138000", "personal-data"),
    ],
)
def test_what_is_no_figure_is_an_error(text: str, code: str) -> None:
    cell = cells.figure(text, FIRMS, {})
    assert (cell.scaled, cell.code, cell.severity) == (None, code, "error")


def test_more_than_four_decimals_are_refused_not_rounded() -> None:
    assert _told("0.12345", MONEY) == (None, "too-precise")


@pytest.mark.parametrize("text", ["基本具备", "①", "¹", "⓪", "\u202e1"])
def test_text_in_a_yes_no_cell_is_an_error(text: str) -> None:
    assert _told(text, PLAN) == (None, "not-yes-or-no")


@pytest.mark.parametrize("text", ["2023", "2023年", "2023年度", "２０２３", "2023.0"])
def test_a_year(text: str) -> None:
    assert cells.year(text) == 2023


@pytest.mark.parametrize(
    "text", ["", "23", "二〇二三", "2023-01-01", "20233", "2023.5", "2023财年", "年", "-2023", "202③"]
)
def test_no_year(text: str) -> None:
    assert cells.year(text) is None


THOUSAND = [Threshold("capital_raised", ">=", Decimal(1000))]
ABOVE_HALF = [Threshold("capital_raised", ">", Decimal("0.5"))]


@pytest.mark.parametrize(
    ("text", "rounds", "scaled", "code"),
    [
        ("12,345,678.90元", False, 12_345_679, "unit-converted"),
        ("1234.56785", True, 12_345_679, "rounded"),
        ("1234.56784", True, 12_345_678, "rounded"),
        ("0.00005", True, 1, "rounded"),
        ("1234.56789", False, None, "too-precise"),
        ("9999999.6元", False, None, "rounding-decides"),
        ("9999999.4元", False, 9_999_999, "unit-converted"),
        ("999." + "9" * 60, True, None, "rounding-decides"),
    ],
)
def test_more_than_four_decimals_are_rounded_but_decide_nothing(
    text: str, rounds: bool, scaled: int | None, code: str
) -> None:
    cell = cells.figure(text, MONEY, CONVERSIONS, limits=THOUSAND, rounds=rounds)
    assert (cell.scaled, cell.code) == (scaled, code)


@pytest.mark.parametrize(("text", "kept"), [("999.99995", "999.9999"), ("1000.00004", None)])
def test_the_mend_of_a_figure_at_its_threshold_keeps_its_side(text: str, kept: str | None) -> None:
    assert cells.figure(text, MONEY, {}, limits=THOUSAND, rounds=True).details.get("kept") == kept


def test_just_above_a_strict_threshold_stays_above() -> None:
    assert cells.figure("0.50001", MONEY, {}, limits=ABOVE_HALF, rounds=True).details["kept"] == "0.5001"


def test_a_figure_that_counts_with_others_is_not_rounded_here() -> None:
    share = [Threshold("capital_raised", ">=", Decimal("0.7"), by_others=True)]
    assert cells.figure("1.23456", MONEY, {}, limits=share, rounds=True).code == "rounding-decides"


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
