"""A plan, last year's figure, a sum so far or a rate is never taken for the year's own."""

import pytest

from tests.tracking.filing.interpreting.about import codes, figures, understood, workbook
from tracking.filing.interpreting import qualifiers
from tracking.policy.vocabulary import Vocabulary


@pytest.mark.parametrize(
    "text", ["计划", "2024年目标值", "本年累计", "上年同期数", "同比增长率", "%", "planned", "Last year"]
)
def test_a_text_that_is_such_a_word_is_known(text: str) -> None:
    assert qualifiers.alone(text)


@pytest.mark.parametrize("text", ["实际数", "本年", "众创空间培育目标填报表", "国际化业务目标与规划", "2024年", ""])
def test_a_text_that_is_none_is_not(text: str) -> None:
    assert not qualifiers.alone(text)


@pytest.mark.parametrize(
    "header",
    [
        *("获投企业（计划）", "获投企业计划数", "计划获投企业", "上年获投企业", "获投企业（累计）", "本年累计获投企业"),
        *("获投企业（%）", "获投企业同比", "获投企业增长率（%）", "planned funded_firms", "2021年获投企业"),
        *("Firms that obtained investment (target)", "获投企业（2020-2022）", "2020—2022年获投企业"),
    ],
)
def test_a_column_of_another_figure_is_an_error_that_names_the_word(words: Vocabulary, header: str) -> None:
    found = understood(words, f"空间编号,年度,{header}\nS01,2022,20\n")
    assert (codes(found), figures(found)) == (["qualified-column"], {})


@pytest.mark.parametrize(
    "header", ["获投企业（实际）", "本年获投企业", "获投企业数", "获投企业总数", "2022年获投企业", "其中：获投企业"]
)
def test_a_column_of_the_year_s_own_figure_is_read(words: Vocabulary, header: str) -> None:
    found = understood(words, f"空间编号,年度,{header}\nS01,2022,6\n")
    assert (found.problems, figures(found)) == ([], {"funded_firms": 6})


@pytest.mark.parametrize(
    ("rows", "merges"),
    [
        ([["空间编号", "年度", "获投企业", None], [None, None, "计划", "实际"]], ("A1:A2", "B1:B2", "C1:D1")),
        ([["空间编号", "年度", "获投企业", None], [None, None, "上年", "本年"]], ("C1:D1",)),
        ([[None, None, "计划", "实际"], ["空间编号", "年度", "获投企业", "获投企业"]], ()),
    ],
)
def test_a_plan_beside_the_fact_names_both_columns(
    words: Vocabulary, rows: list[list[object]], merges: tuple[str, ...]
) -> None:
    found = understood(words, workbook([*rows, ["S01", 2022, 20, 6]], *merges))
    (problem,) = found.problems
    assert (problem.code, problem.letter, problem.details["first"]) == ("two-columns-of-metric", "C", "D")


@pytest.mark.parametrize(
    "table",
    [
        "空间编号,年度,指标,数值（计划）\nS01,2022,获投企业,20\n",
        "空间编号,年度,指标,目标值\nS01,2022,获投企业,20\n",
        "空间编号,年度,指标,数值\nS01,2022,计划获投企业,20\n",
        "2022年计划表,,\n空间编号,年度,获投企业\nS01,2022,20\n",
        *(
            f"空间编号,年度,获投企业\nS01,2022,20\n{remark},,\n"
            for remark in (
                "注：以上均为计划数",
                "注：本表填计划数",
                "注：含预计",
                "注：数据截至2022年6月",
                "注：数据为1-9月",
            )
        ),
    ],
)
def test_a_plan_in_a_row_a_title_or_a_remark_is_an_error(words: Vocabulary, table: str) -> None:
    assert codes(understood(words, table)) in (["qualified-column"], ["qualified-row"], ["remark-qualifies"])


@pytest.mark.parametrize(
    ("remark", "code"),
    [
        *((each, ["remark-qualifies"]) for each in ("此为计划数", "系预算", "为累计数", "为预计完成数", "暂估")),
        *(
            (each, ["remark-qualifies"])
            for each in ("数据为2021年", "截至6月底", "1-9月", "前三季度", "数据截止2022.9.30")
        ),
        *((each, []) for each in ("按计划完成", "完成目标", "为上年的120%", "系2021年引进", "为2022年数据")),
        *((each, []) for each in ("1-9月举办3场", "截至2022年12月")),
    ],
)
def test_a_remark_beside_a_figure_says_that_it_is_none_of_the_year(
    words: Vocabulary, remark: str, code: list[str]
) -> None:
    assert codes(understood(words, f"空间编号,年度,获投企业,备注\nS01,2022,6,{remark}\n")) == code


@pytest.mark.parametrize("words_below", ["计划数,", "计划数,计划数", "计划数,实际数"])
def test_a_plan_alone_below_a_metric_is_no_figure_of_the_year(words: Vocabulary, words_below: str) -> None:
    table = f"空间编号,年度,获投企业,创业导师\n,,{words_below}\nS01,2022,6,20\n"
    assert set(codes(understood(words, table))) == {"qualified-column"}


def test_a_sheet_named_plan_holds_no_facts(words: Vocabulary) -> None:
    content = workbook([["空间编号", "年度", "获投企业"], ["S01", 2022, 20]], title="2022年计划")
    assert codes(understood(words, content)) == ["remark-qualifies"]


def test_the_policy_s_own_name_in_a_title_is_no_plan(words: Vocabulary) -> None:
    table = "众创空间培育目标年度填报表,,\n空间编号,年度,获投企业\nS01,2022,6\n"
    assert understood(words, table).problems == []


@pytest.mark.parametrize("bracket", ["月均", "某口径", "其中"])
@pytest.mark.parametrize(
    "table",
    [
        "空间编号,年度,指标,数值（{}）\nS01,2022,获投企业,20\n",
        "空间编号：S01,年度：2022\n指标名称,数值（{}）\n获投企业,20\n",
        "空间编号,年度,获投企业（{}）\nS01,2022,20\n",
    ],
)
def test_no_word_behind_a_name_is_passed_over(words: Vocabulary, bracket: str, table: str) -> None:
    found = understood(words, table.format(bracket))
    assert codes(found)


@pytest.mark.parametrize("header", ["12月", "1-6月", "其中"])
def test_a_part_of_the_year_is_no_figure_of_a_form(words: Vocabulary, header: str) -> None:
    found = understood(words, f"空间编号：S01,年度：2022\n指标名称,{header}\n获投企业,20\n")
    assert (figures(found), bool(codes(found))) == ({}, True)


def test_a_header_that_begins_a_cell_late_moves_no_year(words: Vocabulary) -> None:
    found = understood(words, ",指标,2021年,2022年\n空间编号,S01,S01,\n获投企业,5,6,\n创业导师,7,8,\n")
    assert codes(found) == ["cell-out-of-place"]


@pytest.mark.parametrize(
    "title",
    [
        *("2022年上半年众创空间填报表", "众创空间2022年1-6月情况", "2022年第三季度", "2022年众创空间计划表"),
        *(
            "截至2022年6月底众创空间情况",
            "2022年1月至9月填报表",
            "一至九月填报表",
            "2022年6月填报表",
            "2022年半年度报表",
        ),
        *("统计期间：2022年1月1日至2022年6月30日", "数据截止日期：2022-06-30", "First half of 2022", "Jan–Jun 2022"),
        *(
            "2022年度目标任务分解表",
            "2022年考核目标表",
            "2022年度工作计划",
            "众创空间2020-2022年累计数据",
            "二、2022年计划",
        ),
    ],
)
def test_a_title_of_a_part_of_the_year_or_of_a_plan_is_of_no_figures_of_the_year(words: Vocabulary, title: str) -> None:
    assert codes(understood(words, f"{title},,\n空间编号,年度,获投企业\nS01,2022,5\n")) == ["remark-qualifies"]


@pytest.mark.parametrize(
    "title",
    [
        *("2022年1-12月众创空间填报表", "众创空间培育计划填报表", "2022年度培育目标完成情况表", "每季度报送"),
        *("截至2022年12月31日", "统计期间：2022年1月1日至12月31日", "2023年3月填报", "填报时间：2023年1月1日至3月31日"),
        *("填报截止日期：2023年3月31日", "2020-2022年众创空间填报表", "2022年度目标责任制完成情况", "本表按年填报"),
        "请填当年实际数，不要填计划数",
    ],
)
def test_a_title_of_the_whole_year_and_the_programmes_own_name_are_none(words: Vocabulary, title: str) -> None:
    assert codes(understood(words, f"{title},,\n空间编号,年度,获投企业\nS01,2022,5\n")) == []


@pytest.mark.parametrize("header", ["备注", "获投企业说明"])
@pytest.mark.parametrize(
    ("remark", "found"),
    [
        *((each, ["remark-qualifies"]) for each in ("计划数", "上年", "含预计", "2021年数")),
        *((each, []) for each in ("2022年数", "2021年成立")),
        ("同比增长", []),
    ],
)
def test_a_remark_beside_a_figure_may_say_that_it_is_none_of_the_year(
    words: Vocabulary, header: str, remark: str, found: list[str]
) -> None:
    assert codes(understood(words, f"空间编号,年度,获投企业,{header}\nS01,2022,5,{remark}\n")) == found
