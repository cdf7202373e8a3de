"""What forms have besides figures is known: signatures, codes of columns, totals; no figure is lost with it."""

import pytest

from tests.tracking.filing.interpreting.about import codes, figures, understood
from tracking.filing.interpreting import furniture
from tracking.policy.vocabulary import Vocabulary

TABLE = "空间编号,年度,获投企业\nS01,2022,5\n"


@pytest.mark.parametrize(
    "row",
    [
        ["填报人：", "王某", "", "联系电话：", "021-55550000"],
        ["单位负责人：", "", "统计负责人：", "", "填表人："],
        ["负责人签字：", "", "盖章"],
        ["填报日期：", "2025年3月1日"],
        ["填表人：王某", "2025-03-01"],
        ["人", "王某", "时间", "2025年3月1日"],
        ["经办", "王某", "审核", "李某"],
        ["单位（盖章）", "", "2025年3月1日"],
    ],
)
def test_signatures_are_known(row: list[str]) -> None:
    assert furniture.signatures(row)


@pytest.mark.parametrize(
    "row",
    [["联系人", "2024", "25"], ["海棠", "2024", "25"], ["填报人：王某", "", "25"], ["", ""]]
    # 人 is what is left of 创业导师 | 人 | 20, and no name answers with a figure.
    + [["", "人", "20"], ["时间", "3"], ["填表人", "20人"], ["经办人", "约5"]],
)
def test_a_row_with_a_figure_of_its_own_is_no_signature(row: list[str]) -> None:
    assert not furniture.signatures(row)


@pytest.mark.parametrize("row", [["甲", "乙", "1", "2"], ["A", "B", "C"], ["(1)", "(2)", "(3)"], ["1", "2", "3"]])
def test_codes_of_columns_are_known(row: list[str]) -> None:
    assert furniture.codes(row)


@pytest.mark.parametrize("row", [["S01", "2022", "5"], ["1", "3", "2"], ["2", "3"], ["5"], ["甲", "乙", "7"]])
def test_figures_are_no_codes_of_columns(row: list[str]) -> None:
    assert not furniture.codes(row)


def test_a_line_of_signatures_has_as_many_cells_as_it_likes(words: Vocabulary) -> None:
    found = understood(words, f"{TABLE}填表人,王某,审核,李某,2025年3月1日\n人,王某\n")
    assert (codes(found), codes(found, "warning"), figures(found)) == ([], ["passed-over"], {"funded_firms": 5})


@pytest.mark.parametrize("total", ["汇总", "（合计）", "本页合计：", "平均", "合计（家）"])
def test_a_row_of_totals_is_left_out(words: Vocabulary, total: str) -> None:
    found = understood(words, f"{TABLE}{total},,5\n")
    assert (codes(found), codes(found, "warning")) == ([], ["totals-row"])
