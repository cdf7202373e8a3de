"""A unit counts wherever it stands; two that disagree, or one that fits nothing, are told and nothing is guessed."""

import pytest

from tests.tracking.filing.interpreting.about import codes, figures, understood, workbook
from tracking.policy.vocabulary import Vocabulary

HEADER = "空间编号,年度,获投企业,获得资本金额\n"
ROW = "S01,2022,5,1200\n"


@pytest.mark.parametrize(
    "table",
    [
        f"单位：千元,,,\n{HEADER}{ROW}",
        f",,,单位：千元\n{HEADER}{ROW}",
        f"单位：,千元,,\n{HEADER}{ROW}",
        f"填报单位：海棠公司,,,单位：千元\n{HEADER}{ROW}",
        f"单位：家、千元,,,\n{HEADER}{ROW}",
        f",,家,千元\n{HEADER}{ROW}",
        f"{HEADER},,家,千元\n{ROW}",
        f"{HEADER}单位,,家,千元\n{ROW}",
        f"{HEADER}甲,乙,1,2\n,,家,千元\n{ROW}",
        f",,,资金情况（千元）\n{HEADER}{ROW}",
        f"空间编号,年度,获投企业（家/年）,获得资本金额（单位：千元）\n{ROW}",
        "空间编号,年度,获投企业,获得资本金额,单位\nS01,2022,5,1200,千元\n",
        f"{HEADER}{ROW}单位：千元,,,\n",
        f"{HEADER}{ROW}注：1.均为年末数,,,\n2.金额单位为千元,,,\n",
        f"unit: 1,000 CNY\n{HEADER}{ROW}".replace("unit: 1,000 CNY", '"unit: 1,000 CNY",,,'),
    ],
)
def test_money_is_converted_and_counts_are_not(words: Vocabulary, table: str) -> None:
    found = understood(words, table)
    assert figures(found) == {"funded_firms": 5, "capital_raised": 120}
    assert codes(found) == []
    assert codes(found, "warning").count("units-converted") == 1


@pytest.mark.parametrize("title", ["资金（千元）", "单位千元"])
def test_the_sheet_s_name_says_a_unit(words: Vocabulary, title: str) -> None:
    found = understood(words, workbook([HEADER.strip().split(","), ["S01", 2022, 5, 1200]], title=title))
    assert figures(found) == {"funded_firms": 5, "capital_raised": 120}


@pytest.mark.parametrize(
    "table",
    [
        "空间编号,年度,指标,数值（千元）\nS01,2022,获得资本金额,1200\nS01,2022,获投企业,5\n",
        "空间编号,年度,指标,数值,计量单位\nS01,2022,获得资本金额,1200,千元\nS01,2022,获投企业,5,家\n",
        "空间编号,年度,指标,数值\nS01,2022,获得资本金额（千元）,1200\nS01,2022,获投企业,5\n",
    ],
)
def test_a_row_per_figure_says_its_unit_in_a_column_or_a_name(words: Vocabulary, table: str) -> None:
    assert figures(understood(words, table)) == {"funded_firms": 5, "capital_raised": 120}


@pytest.mark.parametrize(
    ("code", "table"),
    [
        ("units-disagree", f"单位：元,,,\n空间编号,年度,获投企业,获得资本金额（千元）\n{ROW}"),
        ("units-disagree", f"单位：千元,,,\n空间编号,年度,获投企业,获得资本金额（万元）\n{ROW}"),
        ("units-disagree", f"单位：万元,,,\n{HEADER}{ROW}注：金额单位为千元,,,\n"),
        ("units-disagree", "空间编号,年度,指标,数值（千元）,单位\nS01,2022,获得资本金额,1200,万元\n"),
        ("unit-fits-nothing", f"单位：美元,,,\n{HEADER}{ROW}"),
        ("unit-fits-nothing", f"单位：万美元,,,\n{HEADER}{ROW}"),
        ("unit-fits-nothing", "单位：千元,,\n空间编号,年度,获投企业\nS01,2022,5\n"),
        ("header-unit-unknown", "空间编号,年度,指标,数值,单位\nS01,2022,获投企业,5,千元\n"),
        ("unit-unsure", "空间编号,年度,获得资本金额,备注\nS01,2022,1200,单位：千元\n"),
        ("unit-unsure", "空间编号,年度,获得资本金额（万元）,备注\nS01,2022,1200,单位：千元\n"),
        ("unit-unsure", f"注：百万元以上的才计,,,\n{HEADER}{ROW}"),
        ("unit-against-column", "空间编号,年度,获得资本金额（千元）\nS01,2022,1200万元\n"),
        ("unit-against-column", "单位：千元,,\n空间编号,年度,获得资本金额\nS01,2022,120万元\n"),
    ],
)
def test_what_is_not_certain_is_an_error_and_no_figure(words: Vocabulary, code: str, table: str) -> None:
    found = understood(words, table)
    assert codes(found) == [code]


@pytest.mark.parametrize(
    "table",
    [
        f"单位：万元,,,\n空间编号,年度,获投企业,获得资本金额（万元）\n{ROW}",
        f"单位：上海海棠公司,,,\n{HEADER}{ROW}",
        f"{HEADER}S01,2022,5,1200万元\n",
        f"空间编号,年度,获投企业,获得资本金额（万元人民币）\n{ROW}",
    ],
)
def test_what_agrees_or_is_no_unit_changes_nothing(words: Vocabulary, table: str) -> None:
    found = understood(words, table)
    assert (figures(found), found.problems) == ({"funded_firms": 5, "capital_raised": 1200}, [])


def test_the_interpretation_tells_what_was_read_where(words: Vocabulary) -> None:
    (unit,) = understood(words, f"单位：千元,,,\n{HEADER}{ROW}").units
    assert (unit.unit, unit.cell, unit.text, unit.metrics) == ("千元", "A1", "单位：千元", ("capital_raised",))


@pytest.mark.parametrize(
    "unit",
    [
        "单位：仟元",
        "币种：人民币 单位：千元",
        "（人民币千元）",
        "單位：千圓",
        "单位：K元",
        "单位：千",
        "单位∶RMB'000",
        "千元、家",
    ],
)
@pytest.mark.parametrize("place", ["left", "right"])
def test_a_unit_above_the_table_is_the_money_s_in_every_spelling(words: Vocabulary, unit: str, place: str) -> None:
    title = f"{unit},,,\n" if place == "left" else f",,{unit},\n"
    found = understood(words, f"年度填报表,,,\n{title}{HEADER}{ROW}")
    assert (figures(found), codes(found)) == ({"funded_firms": 5, "capital_raised": 120}, [])


@pytest.mark.parametrize("unit", ["角", "千分", "10^3元", "K美刀"])
@pytest.mark.parametrize("table", [f",,,单位：{{}}\n{HEADER}{ROW}", f"{HEADER}{ROW}注：金额单位：{{}},,,\n"])
def test_a_unit_of_money_that_no_metric_is_in_is_an_error(words: Vocabulary, unit: str, table: str) -> None:
    assert codes(understood(words, table.format(unit))) == ["unit-fits-nothing"]


def test_a_firm_named_behind_the_same_word_is_no_unit(words: Vocabulary) -> None:
    found = understood(words, f"单位：千禧创新公司,,,\n{HEADER}{ROW}")
    assert (figures(found), codes(found)) == ({"funded_firms": 5, "capital_raised": 1200}, [])


@pytest.mark.parametrize("said", ["1200万", "0.12亿", "12000仟元"])
@pytest.mark.parametrize("name", ["获得资本金额", "获得资本金额（万）"])
def test_a_figure_and_a_name_may_say_their_unit_in_short(words: Vocabulary, said: str, name: str) -> None:
    found = understood(words, f"空间编号,年度,{name}\nS01,2022,{said}\n")
    if name == "获得资本金额" or said == "1200万":
        assert figures(found) == {"capital_raised": 1200}
    else:
        assert codes(found) == ["unit-against-column"]


@pytest.mark.parametrize(
    "table",
    [
        "空间编号,年度,获得资本金额,获得资本金额说明\nS01,2022,12000,单位：千元\n",
        "空间编号,年度,指标,数值,说明\nS01,2022,获得资本金额,12000,（千元）\n",
        "空间编号,年度,指标,数值,佐证\nS01,2022,获得资本金额,12000,单位为千元\n",
        "空间编号：S01,,年度：2022\n指标名称,本年,备注\n获得资本金额,12000,单位：千元\n",
    ],
)
def test_a_unit_in_words_of_explanation_is_never_passed_over(words: Vocabulary, table: str) -> None:
    assert codes(understood(words, table)) == ["unit-unsure"]
