"""What a title, a sheet's name or the file's name lets one fear of the figures is told, no programme's own name."""

import pytest

from tests.tracking.filing.interpreting.about import codes, figures, understood, workbook
from tracking.filing.interpreting import hinted
from tracking.policy.vocabulary import Vocabulary

TABLE = "空间编号,年度,获投企业\nS01,2022,5\n"


@pytest.mark.parametrize(
    "name",
    [
        *("计划", "2025年计划", "2025年众创空间预计数据", "预测", "年度目标", "2025目标值", "(计划)", "空间_预算"),
        *("2025 plan", "forecast_2025", "filing-planned", "targets 2025", "Estimates"),
    ],
)
def test_a_name_that_may_mean_a_plan(name: str) -> None:
    assert hinted.plan(name)


@pytest.mark.parametrize(
    "name",
    [
        *("众创空间培育计划年度数据", "培育目标填报表", "2025年目标完成情况", "年度计划执行情况表", "三年行动计划数据"),
        *("计划单列市众创空间", "2025年度填报", "target tracking 2025", "planet", "SL00009-2025", "预算单位数据"),
    ],
)
def test_a_name_that_means_none(name: str) -> None:
    assert not hinted.plan(name)


@pytest.mark.parametrize(
    ("name", "several"),
    [
        *((each, True) for each in ("2022-2024年度", "2022年至2024年数据", "近三年数据", "三年来", "Last three years")),
        *((each, False) for each in ("2022-2024年培育期填报表", "2024年度", "2024-2022", "2024-03-31", "2022-12月")),
        *((each, False) for each in ("2022年1月1日至2022年12月31日", "有效期2022-2024", "前三季度", "20220001-2024")),
    ],
)
def test_a_name_of_several_years(name: str, several: bool) -> None:
    assert bool(hinted.several_years(name)) == several


@pytest.mark.parametrize(
    ("title", "name", "told"),
    [
        ("2022年众创空间预计数据", "file", "plan-feared"),
        ("2020-2022年度数据", "file", "years-feared"),
        ("2022年度", "近三年数据.csv", "years-feared"),
        ("2022年度", "2022年预计.csv", "plan-feared"),
        ("2022年度", "plan 2022.csv", "plan-feared"),
        ("2022年度", "2022年上半年.csv", "plan-feared"),
        # It is filed in that month.
        ("2022年度", "2022年3月填报.csv", ""),
    ],
)
def test_it_is_told_with_a_warning(words: Vocabulary, title: str, name: str, told: str) -> None:
    found = understood(words, f"{title},,\n{TABLE}", name)
    assert (codes(found), codes(found, "warning")) == ([], [told] if told else [])
    assert figures(found) == {"funded_firms": 5}


def test_a_sheet_s_name_is_held_against_all_years_of_the_file(words: Vocabulary) -> None:
    rows: list[list[object]] = [["空间编号", "年度", "获投企业"], ["S01", 2022, 5]]
    assert codes(understood(words, workbook(rows, title="2021-2022")), "warning") == ["years-feared"]
    assert codes(understood(words, workbook([*rows, ["S01", 2021, 4]], title="2021-2022")), "warning") == []
    assert codes(understood(words, workbook(rows, title="众创空间预计")), "warning") == ["plan-feared"]


@pytest.mark.parametrize("remark", ["近三年", "2020-2022年", "近三年合计"])
def test_a_remark_beside_a_figure_that_it_is_of_several_years_is_an_error(words: Vocabulary, remark: str) -> None:
    assert codes(understood(words, f"空间编号,年度,获投企业,备注\nS01,2022,6,{remark}\n")) == ["remark-qualifies"]
