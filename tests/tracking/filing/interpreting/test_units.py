"""Units in every spelling: what they measure, and which of them a piece of text says the figures are in."""

from collections.abc import Mapping
from decimal import Decimal

import pytest

from tests.tracking.filing.interpreting.about import codes, figures, understood, workbook
from tracking.filing.interpreting.units import Units
from tracking.policy.vocabulary import Metric, Vocabulary


@pytest.fixture
def units(words: Vocabulary) -> Units:
    return Units(words)


@pytest.fixture
def metrics(words: Vocabulary) -> Mapping[str, Metric]:
    return {metric.code: metric for metric in words.metrics}


@pytest.mark.parametrize(
    ("metric", "unit", "factor"),
    [
        *(("capital_raised", unit, "1") for unit in ("万元", "单位：万元", "万元人民币", "万元/年", "10,000 CNY")),
        *(("capital_raised", unit, "0.1") for unit in ("千元", "计量单位:千元", "1,000 CNY", "thousand CNY")),
        *(("capital_raised", unit, "0.0001") for unit in ("元", "人民币元", "RMB", "yuan")),
        *(("capital_raised", unit, "1000") for unit in ("千万元", "人民币千万元")),
        *(("funded_firms", unit, "1") for unit in ("家", "家/年", "家 / 年", "firms")),
        ("event_participants", "万人次", "10000"),
    ],
)
def test_a_unit_is_known_by_every_spelling(
    units: Units, metrics: Mapping[str, Metric], metric: str, unit: str, factor: str
) -> None:
    assert units.factor(unit, metrics[metric]) == Decimal(factor)


@pytest.mark.parametrize(
    ("metric", "unit"), [("capital_raised", "美元"), ("capital_raised", "家"), ("mentors", "千元")]
)
def test_a_unit_measures_its_own_kind_alone(
    units: Units, metrics: Mapping[str, Metric], metric: str, unit: str
) -> None:
    assert units.factor(unit, metrics[metric]) is None


@pytest.mark.parametrize(
    ("text", "declared"),
    [
        ("单位：千元", ["千元"]),
        ("计量单位：元", ["元"]),
        ("（单位：万元）", ["万元"]),
        ("单位 千元", ["千元"]),
        ("unit: 1,000 CNY", ["1,000cny"]),
        ("资金情况（千元）", ["千元"]),
        ("注：金额单位为千元", ["千元"]),
        ("单位：千元 币种：人民币", ["千元"]),
        ("单位：人民币（元）", ["元"]),
        ("单位：家、千元", ["家", "千元"]),
        ("以千元为单位", ["千元"]),
        ("金额以元计", ["元"]),
        ("本表以元为计量单位", ["元"]),
        ("Unit: thousand", ["thousand"]),
        ("单位：美元", ["美元"]),
        ("单位：上海某某公司", []),
        ("单位负责人：", []),
        ("获投金额1200万元", []),
        ("众创空间（2024年）", []),
        ("多元化经营", []),
        ("注：资金按百万元以上统计", []),
    ],
)
def test_a_text_declares_the_unit_of_the_figures_or_does_not(units: Units, text: str, declared: list[str]) -> None:
    assert units.declared(text) == declared


def test_the_unit_of_a_figure_in_a_text_is_not_mentioned_for_others(units: Units) -> None:
    assert units.mentioned("注：资金按百万元以上统计，已到账1200万元，另有数千元") == ["百万元"]


@pytest.mark.parametrize(
    ("text", "unit"),
    [
        ("金额以千计", "千"),
        ("¥'000", "'000"),
        ("All amounts in thousands of Renminbi", "thousands"),
        ("数以千计的人次", None),
    ],
)
def test_a_mere_multiple_is_a_unit_of_money_too(
    units: Units, metrics: Mapping[str, Metric], text: str, unit: str | None
) -> None:
    assert units.mentioned(text) == ([unit] if unit else [])
    assert unit is None or units.factor(unit, metrics["capital_raised"]) == Decimal("0.1")


MONEY = ["空间编号", "年度", "获得资本金额", "获投企业"]


@pytest.mark.parametrize(
    ("rows", "merges"),
    [
        ([["单位：￥千"], MONEY, ["S01", 2022, 12000, 6]], ()),
        ([["单位：千元", *MONEY], [None, "S01", 2022, 12000, 6]], ("A1:A2",)),
        ([MONEY, ["单位：千元"], ["S01", 2022, 12000, 6]], ()),
    ],
)
def test_a_unit_that_stands_alone_is_of_the_whole_table(
    words: Vocabulary, rows: list[list[object]], merges: tuple[str, ...]
) -> None:
    found = understood(words, workbook(rows, *merges))
    assert (codes(found), figures(found)) == ([], {"capital_raised": 1200, "funded_firms": 6})


@pytest.mark.parametrize(
    "rows",
    [
        [["币种：美元"], MONEY, ["S01", 2022, 1200, 6]],
        # Of the rows below it, or of all?
        [MONEY, ["S01", 2022, 1200, 6], ["单位：千元"], ["S01", 2023, 12000, 6]],
        [MONEY, ["万元"], ["S01", 2022, 1200, 6], ["以下单位：千元"], ["S01", 2023, 12000, 6]],
        [[*MONEY[:3], "获投企业（家）（万元）"], ["S01", 2022, 1200, 6]],
    ],
)
def test_a_unit_of_which_it_is_not_certain_what_it_holds_for_is_an_error(
    words: Vocabulary, rows: list[list[object]]
) -> None:
    assert codes(understood(words, workbook(rows)))
