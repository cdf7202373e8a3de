"""The columns beside metrics that stand one under the other: plans, what nobody names, what is only listed."""

from collections.abc import Sequence

import pytest

from tests.tracking.filing.interpreting.layouts.about import (
    FIRMS,
    OURS,
    REGISTER,
    TODAY,
    codes,
    figures,
    read,
)
from tracking.filing.interpreting import filings as filings_read
from tracking.filing.spreadsheets.grids import Grid
from tracking.policy.vocabulary import Vocabulary


@pytest.mark.parametrize("header", ["计划", "2024年计划", "目标", "本年累计", "同比"])
def test_a_column_of_plans_is_never_filed(words: Vocabulary, header: str) -> None:
    rows = [["空间编号：SL00001，年度：2024"], ["指标", header, "本年实际"], ["获投企业", "20", "6"]]
    told = read(words, rows)
    assert (codes(told), figures(told)) == ([], {(OURS, 2024, FIRMS): 6})
    assert [(p.code, p.letter) for p in told.problems] == [("column-no-figures", "B")]


@pytest.mark.parametrize("header", ["同比", "计划", "上年", "本年"])
def test_a_form_without_a_figure_of_its_year_is_refused(words: Vocabulary, header: str) -> None:
    rows = [["空间编号：SL00001，年度：2024"], ["指标", header], ["获投企业", "" if header == "本年" else "20"]]
    told = read(words, rows)
    assert (codes(told), figures(told)) == (["form-without-figures"], {})


@pytest.mark.parametrize(
    "lines",
    [
        ["SL00001,SL00002", "获投企业,6,7", "创业导师,20,21", "年度,2024,2024"],
        ["2023,2024", "获投企业,6,7", "创业导师,20,21", "空间编号,SL00001"],
        ["空间编号：SL00001", "指标,2024", "获投企业,6,7", "创业导师,20,21"],
    ],
)
def test_a_first_row_that_is_a_cell_shorter_leaves_a_column_to_nobody(words: Vocabulary, lines: Sequence[str]) -> None:
    grid = Grid(None, [line.split(",") for line in lines], delimiter=",")
    told = filings_read.interpret([grid], words, REGISTER, TODAY)
    row = next(number for number, line in enumerate(lines, start=1) if line.startswith("获投企业"))
    assert [(each.code, each.row, each.letter) for each in told.problems] == [("unnamed-column", row, "C")]


def test_what_a_form_has_besides_its_figures_is_listed_in_one_warning(words: Vocabulary) -> None:
    rows = [
        ["空间编号：SL00001，年度：2024"],
        ["序号", "指标名称", "代码", "本年", "备注", "联系电话"],
        ["甲", "乙", "丙", "1"],
        ["1", "获投企业", "01", "6", "已核", ""],
        ["2", "创业导师", "02", "25", "", ""],
        ["", "合计", "", "31"],
        ["负责人签字：", "", "填报日期：2025年3月1日"],
    ]
    told = read(words, rows)
    # Of the columns those that say something; a total has its own warning.
    assert [(each.cell, each.text) for each in told.passed_over] == [
        ("A2", "序号"),
        ("C2", "代码"),
        ("E2", "备注"),
        ("A3", "甲 乙 丙 1"),
        ("A7", "负责人签字： 填报日期：2025年3月1日"),
    ]
    assert sorted(codes(told, "warning")) == ["passed-over", "totals-row"]
    message = next(problem for problem in told.problems if problem.code == "passed-over").message("zh")
    assert all(each.text in message for each in told.passed_over)


def test_numbers_before_the_metrics_without_a_header_are_listed_too(words: Vocabulary) -> None:
    rows = [["空间编号：SL00001"], ["", "指标", "2024年"], ["1", "获投企业", "6"], ["2", "创业导师", "25"]]
    told = read(words, rows)
    assert [(each.cell, each.text) for each in told.passed_over] == [("A3", "1")]
