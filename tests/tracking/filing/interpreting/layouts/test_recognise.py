"""Every layout in which offices file: the reason why no figure is read, and what is told in each of them."""

from collections.abc import Sequence

import pytest

from tests.tracking.filing.interpreting.layouts.about import (
    FIRMS,
    FORM,
    OURS,
    REGISTER,
    TODAY,
    Rows,
    codes,
    figures,
    read,
)
from tracking.filing.choices import NONE, Choices
from tracking.filing.interpreting import filings as filings_read
from tracking.filing.spreadsheets.grids import Grid
from tracking.policy.vocabulary import Vocabulary


@pytest.mark.parametrize(
    ("rows", "sheet", "chosen", "code"),
    [
        ([["空间编号：SL00001"], *FORM], None, NONE, "key-missing"),
        ([["年度：2024"], *FORM], None, NONE, "key-missing"),
        ([["空间编号：SL00001"], ["年度：2024"], *FORM], "2023年", NONE, "keys-disagree"),
        ([["空间编号：SL00001"], ["年度：2024"], *FORM], None, Choices(year=2023), "keys-disagree"),
        ([["空间编号：SL00001"], ["年度：2024"], *FORM], "SL00002", NONE, "keys-disagree"),
        ([["2023年度填报表"], ["空间编号：SL00001"], ["年度：2024"], *FORM], None, NONE, "keys-disagree"),
        (
            [["空间编号：SL00001，年度：2024"], ["指标", "2022年", "2023年"], ["获投企业", "5", "6"]],
            None,
            NONE,
            "keys-disagree",
        ),
        ([["空间编号：SL00001"], ["年度：2024"], ["获投企业", "01", "6"]], None, NONE, "figures-unclear"),
        ([["空间编号：SL00001"], ["年度：2024"], ["指标", "结转"], ["获投企业", "6"]], None, NONE, "unknown-column"),
        ([["空间编号：SL00001"], ["年度：2024"], ["指标", "本年"], ["获投企页", "6"]], None, NONE, "unknown-metric"),
        ([["空间编号：SL00001"], ["年度：2024"], ["获投企页", "6"], ["创业导师", "25"]], None, NONE, "unknown-metric"),
        ([["空间编号：SL00001"], ["年度：2024"], ["指标", "本年"], ["获投企业", "约6"]], None, NONE, "not-exact"),
        ([["空间编号：SL99999"], ["年度：2024"], ["指标", "本年"], ["获投企业", "6"]], None, NONE, "unknown-space"),
        ([["空间编号：SL00001"], ["年度：2019"], ["指标", "本年"], ["获投企业", "6"]], None, NONE, "year-not-covered"),
        ([["指标", "2024年"], ["空间编号", OURS], ["获投企业", "6"], ["获投企业", "7"]], None, NONE, "figure-twice"),
        ([["年度：2023"], ["空间编号", "年度", "获投企业"], [OURS, "2024", "6"]], None, NONE, "keys-disagree"),
        ([["空间编号：SL00001，年度：2024"], FORM[0], ["获投企业", "01", "6", ""]], None, NONE, "cell-out-of-place"),
        (
            [["空间编号：SL00001，年度：2024"], FORM[0], *FORM[2:4], ["获得资本金额", "万元", "1200"]],
            None,
            NONE,
            "cell-out-of-place",
        ),
        ([["空间编号：SL00001，年度：2024"], *FORM, ["注：以上均为累计数"]], None, NONE, "remark-qualifies"),
        (
            [["空间编号：SL00001，年度：2024"], ["指标", "本年"], ["获投企业6"], ["创业导师", "25"]],
            None,
            NONE,
            "cell-out-of-place",
        ),
        ([["空间编号：SL00001，年度：2024"], ["获投企业6"], ["创业导师", "25"]], None, NONE, "cell-out-of-place"),
        ([["2024年度计划表"], ["空间编号：SL00001"], *FORM], None, NONE, "remark-qualifies"),
        ([["空间编号：SL00001"], ["评价年度：2025"], *FORM], None, NONE, "key-missing"),
        ([["空间编号：SL00001"], ["2023—2024年填报表"], *FORM], None, NONE, "key-missing"),
    ],
)
def test_what_cannot_be_told_for_certain_is_refused_with_its_reason(
    words: Vocabulary, rows: Rows, sheet: str | None, chosen: Choices, code: str
) -> None:
    assert code in codes(read(words, rows, sheet, choices=chosen))


@pytest.mark.parametrize("plan", ["计划数", "计划值", "2024年目标", "本年累计"])
def test_a_plan_beside_the_figures_of_a_row_each_is_named(words: Vocabulary, plan: str) -> None:
    for names in (["指标", plan, "实际数"], ["指标", "数值", plan]):
        told = read(words, [["空间编号", "年度", *names], [OURS, "2024", "获投企业", "5", "6"]])
        column = "ABCDE"[2 + names.index(plan)]
        assert [(p.code, p.letter) for p in told.problems] == [("two-columns-of-metric", column)]


@pytest.mark.parametrize("group", ["增长情况", "目标", "平均"])
def test_a_word_between_the_figures_says_nothing_of_all(words: Vocabulary, group: str) -> None:
    rows = [["空间编号：SL00001，年度：2024"], ["指标", "本年"], [group, ""], ["获投企业", "6"], [group, ""]]
    told = read(words, rows)
    assert (codes(told), figures(told)) == ([], {(OURS, 2024, FIRMS): 6})


@pytest.mark.parametrize(
    "lines",
    [
        # Lines of a text whose delimiter between two figures is gone.
        ["空间编号,SL00001,SL00002", "年度,2024,2024", "获投企业,5,6", "创业导师,2025"],
        ["空间编号：SL00001", "年度：2024", "指标,本年,上年", "创业导师,20,18", "获投企业,65"],
        ["空间编号,2023年,,2024年,", ",获投企业,创业导师,获投企业,创业导师", "SL00001,5,20,6,25", "SL00002,520,6,25"],
        ["2024年度填报", "空间编号,获投企业,创业导师", "SL00002,5,20", "SL00001,625"],
        ["空间编号,获投企业,,创业导师,", ",2023,2024,2023,2024", "SL00001,5,6,20,25", "SL00002,56,20,25"],
    ],
)
def test_a_line_that_ends_early_is_told_in_every_layout(words: Vocabulary, lines: Sequence[str]) -> None:
    grid = Grid(None, [line.split(",") for line in lines], delimiter=",")
    told = filings_read.interpret([grid], words, REGISTER, TODAY)
    early = [problem.row for problem in told.problems if problem.code == "row-shorter"]
    assert early == [len(lines)]
