"""Every layout in which offices file: the figures read by hand, or the reason why none is read."""

from collections.abc import Sequence
from datetime import date

import pytest

from tracking.filing.choices import NONE, Choices
from tracking.filing.enrolled import Register
from tracking.filing.interpreting import filings as filings_read
from tracking.filing.interpreting.interpretation import Interpretation
from tracking.filing.spreadsheets.grids import Grid
from tracking.policy.vocabulary import Vocabulary
from tracking.words.language import LANGUAGES

TODAY = date(2025, 6, 30)
SPACES = {"SL00001": "银杏众创", "SL00002": "海棠创客空间（集团）"}
REGISTER = Register(
    names=SPACES,
    years=dict.fromkeys(SPACES, frozenset(range(2021, 2025))),
    enrolments=dict.fromkeys(SPACES, [(2022, 2024)]),
)
Rows = Sequence[Sequence[str]]
Merged = tuple[tuple[int, int, int, int], ...]
FIRMS, MENTORS, CAPITAL, LEGAL = "funded_firms", "mentors", "capital_raised", "registered_in_city"
OURS = "SL00001"


def _read(
    words: Vocabulary, rows: Rows, sheet: str | None = None, merged: Merged = (), choices: Choices = NONE
) -> Interpretation:
    grid = Grid(sheet, [list(row) for row in rows], merged)
    told = filings_read.interpret([grid], words, REGISTER, TODAY, choices=choices)
    assert all(problem.message(lang) and problem.hint(lang) for problem in told.problems for lang in LANGUAGES)
    return told


def _figures(told: Interpretation) -> dict[tuple[str, int, str], float]:
    rows = told.observations[told.observations["value"].notna()].itertuples()
    return {(str(row.space_id), int(row.year), str(row.metric)): row.value / 10_000 for row in rows}


def _codes(told: Interpretation, severity: str = "error") -> list[str]:
    return [problem.code for problem in told.problems if problem.severity == severity]


FORM = [
    ["指标名称", "计量单位", "代码", "本年", "上年"],
    ["甲", "乙", "丙", "1", "2"],
    ["获投企业", "家", "01", "6", "5"],
    ["创业导师", "人", "02", "25", "20"],
    ["获得资本金额", "万元", "03", "1200", "900"],
    ["本市注册独立法人", "—", "04", "是", "是"],
]
FILED = {
    (OURS, 2024, FIRMS): 6,
    (OURS, 2024, MENTORS): 25,
    (OURS, 2024, CAPITAL): 1200,
    (OURS, 2024, LEGAL): 1,
}


@pytest.mark.parametrize(
    ("heading", "sheet", "chosen"),
    [
        ([["空间编号：SL00001", "", "年度：2024"]], None, NONE),
        ([["空间编号：SL00001，年度：2024"]], None, NONE),
        ([["空间编号：SL00001    年度：2024    填报人：张三"]], None, NONE),
        ([["（年度： 2024　众创空间名称： 银杏众创）"]], None, NONE),
        ([["空间编号：SL00001（年度：2024）"]], None, NONE),
        ([["空间编号：SL00001/年度：2024"]], None, NONE),
        ([["空间编号：SL00001　年度：2024年　单位负责人：张三"]], None, NONE),
        ([["空间编号", "SL00001", "", "年度", "2024年度"]], None, NONE),
        ([["2024年度众创空间填报表"], ["空间编号：SL00001"]], None, NONE),
        ([["二〇二四年度众创空间填报表"], ["众创空间名称：银杏众创"]], None, NONE),
        ([["银杏众创2024年度填报表"]], None, NONE),
        ([["众创空间年度填报表"], [], ["填报单位：银杏众创", "", "", "", "2024年度"], []], None, NONE),
        ([["众创空间年度填报表"]], "SL00001_2024", NONE),
        ([["众创空间年度填报表（2024年度）"]], "SL00001", NONE),
        ([["空间编号：SL00001"]], "2024年", NONE),
        ([["空间编号：SL00001"]], None, Choices(year=2024)),
        ([["年度：2024"], ["填报日期：2025年3月1日", "", "表号：三化1表"]], None, Choices(space="SL00001")),
        ([["沪科发〔2023〕12号"], ["填报日期：2025年3月1日"]], None, Choices(space="SL00001", year=2024)),
    ],
)
def test_one_space_s_form_is_read_wherever_its_space_and_year_stand(
    words: Vocabulary, heading: Rows, sheet: str | None, chosen: Choices
) -> None:
    told = _read(words, [*heading, *FORM], sheet, choices=chosen)
    assert (_codes(told), _figures(told)) == ([], FILED)
    assert [each.layout for each in told.understood] == ["form"]
    assert "column-of-another-year" in _codes(told, "warning")


@pytest.mark.parametrize(
    ("rows", "layout"),
    [
        ([["指标", "2023年", "2024年"], ["空间编号", OURS, OURS], ["获投企业", "5", "6"]], "transposed"),
        ([["空间编号", OURS, OURS], ["年度", "2023", "2024"], ["获投企业", "5", "6"]], "transposed"),
        ([["年度", "2023", "2024"], ["空间编号", OURS, OURS], ["获投企业（家）", "5", "6"]], "transposed"),
        ([["空间编号：SL00001"], ["指标", "单位", "2023年度", "2024年度"], ["获投企业", "家", "5", "6"]], "transposed"),
        ([["空间编号", OURS], ["序号", "项目", "2023", "2024"], ["1", "获投企业", "5", "6"]], "transposed"),
        ([["空间编号", "指标", "2023年", "2024年"], [OURS, "获投企业", "5", "6"]], "transposed"),
        ([["空间编号", OURS], ["年度", "获投企业"], ["2023", "5"], ["2024", "6"]], "wide"),
    ],
)
def test_years_across_are_years_of_one_space(words: Vocabulary, rows: Rows, layout: str) -> None:
    told = _read(words, rows)
    assert (_codes(told), _figures(told)) == ([], {(OURS, 2023, FIRMS): 5, (OURS, 2024, FIRMS): 6})
    assert [each.layout for each in told.understood] == [layout]


@pytest.mark.parametrize(
    ("rows", "sheet"),
    [
        ([["年度：2024"], ["指标", "SL00001", "SL00002"], ["获投企业", "5", "6"]], None),
        ([["2024年度汇总表"], ["指标", "银杏众创", "海棠创客空间（集团）"], ["获投企业", "5", "6"]], None),
        ([["空间编号", "SL00001", "SL00002"], ["获投企业", "5", "6"]], "2024年度"),
        ([["空间编号", "SL00001", "SL00002"], ["年度", "2024", ""], ["获投企业", "5", "6"]], None),
        ([["空间编号", "获投企业"], ["SL00001", "5"], ["SL00002", "6"]], "2024"),
        ([["2024年度填报汇总"], ["空间编号", "获投企业"], ["SL00001", "5"], ["SL00002", "6"], ["合计", "11"]], None),
        (
            [["年度：2024"], ["空间编号", "指标", "数值"], ["SL00001", "获投企业", "5"], ["SL00002", "获投企业", "6"]],
            None,
        ),
    ],
)
def test_spaces_across_or_down_are_of_one_year(words: Vocabulary, rows: Rows, sheet: str | None) -> None:
    merged = tuple((row, 1, row, 2) for row, texts in enumerate(rows) if texts[0] == "年度" and len(texts) == 3)
    told = _read(words, rows, sheet, merged)
    assert (_codes(told), _figures(told)) == ([], {("SL00001", 2024, FIRMS): 5, ("SL00002", 2024, FIRMS): 6})


@pytest.mark.parametrize(
    "rows",
    [
        [["空间编号", OURS], ["年度", "2024"], ["获投企业", "6"], ["创业导师", "25"]],
        [["空间编号", OURS, "年度", "2024"], ["获投企业", "6", "创业导师", "25"]],
        [["空间编号", OURS, "年度", "2024", "获投企业", "6", "创业导师", "25"]],
        [["2024年度填报表"], ["空间编号：SL00001"], [], ["获投企业", "", "6", "家"], ["创业导师：", "", "25", "人"]],
        [["空间编号", OURS], ["年度", "2024"], ["一、企业情况"], ["获投企业", "6"], ["二、导师"], ["创业导师", "25"]],
        [["空间编号", OURS], ["年度", "2024"], ["1", "获投企业", "6"], ["2", "创业导师", "25"]],
        [
            ["空间编号", OURS],
            ["年度", "2024"],
            ["获投企业", "6"],
            ["创业导师", "25"],
            ["填报人：李四", "日期：2025-03-01"],
        ],
    ],
)
def test_a_label_beside_its_value_is_read(words: Vocabulary, rows: Rows) -> None:
    told = _read(words, rows)
    assert (_codes(told), _figures(told)) == ([], {(OURS, 2024, FIRMS): 6, (OURS, 2024, MENTORS): 25})
    assert [each.layout for each in told.understood] == ["label_value"]


GROUPED = {
    (OURS, 2023, FIRMS): 5,
    (OURS, 2023, MENTORS): 20,
    (OURS, 2024, FIRMS): 6,
    (OURS, 2024, MENTORS): 25,
}


@pytest.mark.parametrize("merge", [True, False])
@pytest.mark.parametrize(
    ("rows", "layout"),
    [
        (
            [
                ["空间编号", "2023年", "", "2024年", ""],
                ["", "获投企业", "创业导师", "获投企业", "创业导师"],
                [OURS, "5", "20", "6", "25"],
            ],
            "years_over_metrics",
        ),
        (
            [
                ["空间编号", "获投企业", "", "创业导师", ""],
                ["", "2023", "2024", "2023", "2024"],
                [OURS, "5", "6", "20", "25"],
            ],
            "metrics_over_years",
        ),
    ],
)
def test_years_and_metrics_one_over_the_other_are_read(words: Vocabulary, rows: Rows, layout: str, merge: bool) -> None:
    told = _read(words, rows, merged=((0, 0, 1, 0), (0, 1, 0, 2), (0, 3, 0, 4)) if merge else ())
    assert (_codes(told), _figures(told)) == ([], GROUPED)
    assert {each.layout for each in told.understood} == {layout}


@pytest.mark.parametrize(
    "rows",
    [
        [
            *[["空间编号：SL00001"], ["一、2023年度"], ["指标", "本年"], ["获投企业", "5"], ["创业导师", "20"], []],
            *[["二、2024年度"], ["指标", "本年"], ["获投企业", "6"], ["创业导师", "25"]],
        ],
        [
            *[["空间编号", "年度", "获投企业"], [OURS, "2023", "5"], [OURS, "2024", "6"], []],
            *[["空间编号", "年度", "创业导师"], [OURS, "2023", "20"], [OURS, "2024", "25"]],
        ],
        [
            *[["空间编号", OURS], ["年度", "2023"], ["获投企业", "5"], ["创业导师", "20"], []],
            *[["空间编号", OURS], ["年度", "2024"], ["获投企业", "6"], ["创业导师", "25"]],
        ],
        [
            *[["空间编号", "年度", "获投企业", "创业导师"], [OURS, "2023", "5", "20"], []],
            *[["空间编号：SL00001"], ["年度：2024"], ["指标", "本年"], ["获投企业", "6"], ["创业导师", "25"]],
        ],
    ],
)
def test_several_tables_on_a_sheet_are_all_read(words: Vocabulary, rows: Rows) -> None:
    told = _read(words, rows)
    assert (_codes(told), _figures(told)) == ([], GROUPED)
    assert len(told.understood) == 2


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
    assert code in _codes(_read(words, rows, sheet, choices=chosen))


@pytest.mark.parametrize("header", ["计划", "2024年计划", "目标", "本年累计", "同比"])
def test_a_column_of_plans_is_never_filed(words: Vocabulary, header: str) -> None:
    rows = [["空间编号：SL00001，年度：2024"], ["指标", header, "本年实际"], ["获投企业", "20", "6"]]
    told = _read(words, rows)
    assert (_codes(told), _figures(told)) == ([], {(OURS, 2024, FIRMS): 6})
    assert [(p.code, p.letter) for p in told.problems] == [("column-no-figures", "B")]


@pytest.mark.parametrize("plan", ["计划数", "计划值", "2024年目标", "本年累计"])
def test_a_plan_beside_the_figures_of_a_row_each_is_named(words: Vocabulary, plan: str) -> None:
    for names in (["指标", plan, "实际数"], ["指标", "数值", plan]):
        told = _read(words, [["空间编号", "年度", *names], [OURS, "2024", "获投企业", "5", "6"]])
        column = "ABCDE"[2 + names.index(plan)]
        assert [(p.code, p.letter) for p in told.problems] == [("two-columns-of-metric", column)]


@pytest.mark.parametrize("header", ["同比", "计划", "上年", "本年"])
def test_a_form_without_a_figure_of_its_year_is_refused(words: Vocabulary, header: str) -> None:
    rows = [["空间编号：SL00001，年度：2024"], ["指标", header], ["获投企业", "" if header == "本年" else "20"]]
    told = _read(words, rows)
    assert (_codes(told), _figures(told)) == (["form-without-figures"], {})


@pytest.mark.parametrize("group", ["增长情况", "目标", "平均"])
def test_a_word_between_the_figures_says_nothing_of_all(words: Vocabulary, group: str) -> None:
    rows = [["空间编号：SL00001，年度：2024"], ["指标", "本年"], [group, ""], ["获投企业", "6"], [group, ""]]
    told = _read(words, rows)
    assert (_codes(told), _figures(told)) == ([], {(OURS, 2024, FIRMS): 6})


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


def test_two_metrics_in_one_quoted_cell_are_two_rows(words: Vocabulary) -> None:
    rows = [["指标", "2024年"], ["空间编号", OURS], ["获投企业,6\n创业导师,25"], ["知识产权培训", "2"]]
    told = filings_read.interpret(
        [Grid(None, rows, delimiter=",", several_lines=frozenset({2}))], words, REGISTER, TODAY
    )
    assert [(p.code, p.row) for p in told.problems if p.severity == "error"] == [("rows-in-cell", 3)]


def test_a_figure_in_merged_cells_of_two_metrics_is_nobody_s(words: Vocabulary) -> None:
    rows = [["空间编号：SL00001，年度：2024"], ["获投企业", "6"], ["创业导师", ""]]
    assert "merged-figure" in _codes(_read(words, rows, merged=((1, 1, 2, 1),)))


def test_a_title_page_says_whose_figures_the_other_sheets_have(words: Vocabulary) -> None:
    cover = Grid("封面", [["众创空间年度填报表"], ["空间编号", OURS], ["年度", "2024"]])
    told = filings_read.interpret([cover, Grid("表一", [list(row) for row in FORM])], words, REGISTER, TODAY)
    assert (_codes(told), _figures(told)) == ([], FILED)
    assert (told.understood[0].space_from, told.understood[0].year_from) == ("cover", "cover")


def test_a_form_s_evidence_stays_with_its_figure(words: Vocabulary) -> None:
    rows = [
        ["空间编号：SL00001，年度：2024"],
        ["指标", "本年", "佐证", "说明"],
        ["本市注册独立法人", "是", "执照", "新证"],
    ]
    told = _read(words, rows)
    assert (_codes(told), _figures(told)) == ([], {(OURS, 2024, LEGAL): 1})
    assert list(told.observations[["evidence", "note"]].iloc[0]) == ["执照", "新证"]


def test_what_a_form_was_taken_for_is_told_cell_by_cell(words: Vocabulary) -> None:
    (told,) = _read(words, [["空间编号：SL00001", "", "年度：2024"], *FORM[:1], *FORM[2:4]], "表一").understood
    assert told.as_dict() == {
        "sheet": "表一",
        "layout": "form",
        "space_from": "heading",
        "year_from": "heading",
        "space": "SL00001",
        "year": 2024,
        "cells": {
            "space": ["A1"],
            "year": ["C1", "D2"],
            "metric": ["A3:A4"],
            "unit": ["B3:B4"],
            "passed_over": ["C2:C4"],
            "figure": ["D3:D4"],
            "left_out": ["E2:E4"],
        },
    }


def test_every_figure_and_every_problem_is_told_at_the_person_s_own_cell(words: Vocabulary) -> None:
    rows = [["空间编号：SL00001，年度：2024"], [], ["", "指标", "本年"], ["", "获投企业", "6"], ["", "创业导师", "约5"]]
    told = _read(words, rows)
    assert [(row.row, row.letter) for row in told.observations.itertuples()] == [(4, "C")]
    assert [(problem.code, problem.row, problem.letter) for problem in told.problems] == [("not-exact", 5, "C")]


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
    told = _read(words, rows)
    # Of the columns those that say something; a total has its own warning.
    assert [(each.cell, each.text) for each in told.passed_over] == [
        ("A2", "序号"),
        ("C2", "代码"),
        ("E2", "备注"),
        ("A3", "甲 乙 丙 1"),
        ("A7", "负责人签字： 填报日期：2025年3月1日"),
    ]
    assert sorted(_codes(told, "warning")) == ["passed-over", "totals-row"]
    message = next(problem for problem in told.problems if problem.code == "passed-over").message("zh")
    assert all(each.text in message for each in told.passed_over)


def test_numbers_before_the_metrics_without_a_header_are_listed_too(words: Vocabulary) -> None:
    rows = [["空间编号：SL00001"], ["", "指标", "2024年"], ["1", "获投企业", "6"], ["2", "创业导师", "25"]]
    told = _read(words, rows)
    assert [(each.cell, each.text) for each in told.passed_over] == [("A3", "1")]


@pytest.mark.parametrize(
    ("sheet", "rows", "warnings"),
    [
        ("2023", [[OURS, "2024", "6"]], ["sheet-named-otherwise"]),
        ("2023年度", [["SL00002", "2024", "6"], [OURS, "2022", "5"]], ["sheet-named-otherwise"]),
        ("sl00002", [[OURS, "2024", "6"]], ["sheet-named-otherwise"]),
        ("SL00002_2023", [[OURS, "2024", "6"]], ["sheet-named-otherwise"] * 2),
        # One row is enough to be named for; what else a name says may be of another year, as 2025年申报 is.
        ("2023", [[OURS, "2024", "6"], [OURS, "2023年", "5"]], []),
        ("2025年申报", [[OURS, "2024", "6"]], []),
        ("Sheet1", [[OURS, "2024", "6"]], []),
    ],
)
def test_a_sheet_named_for_a_year_or_a_space_that_no_row_is_of_is_told(
    words: Vocabulary, sheet: str, rows: Rows, warnings: list[str]
) -> None:
    told = _read(words, [["空间编号", "年度", "获投企业"], *rows], sheet)
    assert (_codes(told), _codes(told, "warning"), len(_figures(told))) == ([], warnings, len(rows))
