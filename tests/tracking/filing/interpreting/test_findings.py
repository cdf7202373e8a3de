"""What is wrong is told once where it is one slip, and counted where it is told too often."""

import pytest

from tests.tracking.filing.interpreting.forty import (
    FORTY,
    HEADER,
    problems,
    workbook_of,
)
from tracking.filing.interpreting import findings
from tracking.policy.vocabulary import Vocabulary


@pytest.mark.parametrize(
    ("code", "header", "figure"),
    [
        ("unnamed-column", "空间编号,年度,", "25"),
        ("unknown-column", "空间编号,年度,导师人数", "25"),
        ("header-unit-unknown", "空间编号,年度,获得资本金额（美元）", "25"),
        ("share-column", "空间编号,年度,专业化集聚度", "7{at}%"),
        ("percentages-for-counts", "空间编号,年度,本专业在孵企业", "7{at}%"),
        ("units-converted", "空间编号,年度,获得资本金额（千元）", "{at}0"),
        ("units-converted", "空间编号,年度,获得资本金额", "{at}0千元"),
    ],
)
def test_one_slip_in_a_column_of_forty_figures_is_told_once(
    words: Vocabulary, code: str, header: str, figure: str
) -> None:
    rows = [f"{space_id},2022,{figure.format(at=at)}" for at, space_id in enumerate(FORTY)]
    assert [each.code for each in problems(words, "\n".join([header, *rows]))] == [code]


@pytest.mark.parametrize("metric", ["创业导帅", "创业导师（美元）", "专业化集聚度", ""])
def test_one_slip_in_the_name_of_a_metric_of_forty_rows_is_told_once(words: Vocabulary, metric: str) -> None:
    rows = [f"{space_id},2022,{metric},{at}%" for at, space_id in enumerate(FORTY)]
    assert len(problems(words, "\n".join(["空间编号,年度,指标,数值", *rows]))) == 1


def test_one_space_that_is_unknown_in_forty_rows_is_told_once(words: Vocabulary) -> None:
    rows = [f"X99,{year},mentors,25" for year in range(2021, 2025) for _ in range(10)]
    assert len(problems(words, "\n".join(["空间编号,年度,指标,数值", *rows]))) == 1


def test_single_percentages_among_counts_are_told_one_by_one(words: Vocabulary) -> None:
    table = f"{HEADER}在孵企业\nS01,2022,40\nS02,2022,70%\nS03,2022,80%\n"
    assert [(each.code, each.row) for each in problems(words, table)] == [
        ("percentage-for-count", 3),
        ("percentage-for-count", 4),
    ]


def test_a_sheet_is_named_even_where_its_name_stands_in_the_sentence(words: Vocabulary) -> None:
    rows = [["空间编号", "年度", "创业导师"], ["S01", 2019, 25]]
    (problem,) = problems(words, workbook_of(**{"2019": rows}))
    assert problem.message("zh").startswith("工作表“2019”第 2 行 B 列")


def test_of_very_many_problems_the_first_are_told_and_the_rest_counted(
    words: Vocabulary, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(findings, "MOST_OF_A_KIND", 5)
    rows = "".join(f"{space_id},2022,多,-1\n" for space_id in FORTY[:3])
    told = problems(words, f"空间编号,年度,创业导师,专业化导师\n{rows}")
    assert [each.code for each in told] == ["not-a-number", "negative"] * 3
    rows = "".join(f"{space_id},2022,多,少\n" for space_id in FORTY[:7])
    told = problems(words, f"空间编号,年度,创业导师,专业化导师\n{rows}")
    assert [(each.code, each.row, each.letter) for each in told] == [
        *(("not-a-number", row, "C") for row in range(2, 7)),
        ("more-of-a-kind", 7, "C"),
    ]
    assert told[-1].severity == "error"
    assert "共 14 处" in told[-1].message("zh")
    assert "“多”" in told[-1].message("zh")
