"""Figures held against each other: twice the same, and leaps from the year before or from the highest of the track."""

import pytest
from sqlalchemy import Engine

from tests import databases
from tests.tracking.filing.interpreting.forty import (
    problems,
    workbook_of,
)
from tracking.filing import loading, register
from tracking.policy.vocabulary import Vocabulary

REGISTER = "space_id,space_name,track,start_year,end_year\n" + "".join(
    f"{space},{name},{track},2022,2024\n"
    for space, name, track in (
        ("S1", "甲空间", "branding"),
        ("S2", "乙空间", "branding"),
        ("S3", "丙空间", "specialization"),
    )
)


def _enrol(engine: Engine) -> None:
    assert register.load(engine, REGISTER.encode(), "register.csv", by="tests").loaded


@pytest.fixture
def registered(shanghai: Engine) -> Engine:
    return databases.filled(shanghai, _enrol)


def _told(engine: Engine, table: str) -> list[tuple[str, int | None]]:
    report = loading.check(engine, f"空间编号,年度,{table}".encode(), "file.csv")
    return [(problem.code, problem.row) for problem in report.problems]


def test_money_is_asked_about_from_five_times_on_and_counts_from_ten(registered: Engine) -> None:
    table = "获得资本金额,获投企业\nS1,2021,100,10\nS1,2022,500,99\nS2,2021,100,99\nS2,2022,20,9\nS3,2021,100,10\n"
    rows = "S3,2022,499,100\n"
    assert _told(registered, table + rows) == [("fivefold", 3), ("fivefold", 5), ("tenfold", 5), ("tenfold", 7)]


@pytest.mark.parametrize(("figure", "told"), [("50", [("far-above-others", 2)]), ("49", [])])
def test_without_a_year_before_the_highest_of_the_track_is_the_measure(
    registered: Engine, figure: str, told: list[tuple[str, int]]
) -> None:
    stored = "空间编号,年度,获投企业\nS2,2022,5\nS3,2022,500\n"
    assert loading.load(registered, stored.encode(), "stored.csv", by="tests").loaded
    assert _told(registered, f"获投企业\nS1,2022,{figure}\n") == told


def test_the_other_spaces_of_the_file_count_too_and_its_own_figure_does_not(registered: Engine) -> None:
    assert _told(registered, "获投企业\nS1,2022,50\nS2,2022,5\nS3,2022,7\n") == [("far-above-others", 2)]


def test_the_first_of_two_rows_is_named_by_its_sheet_where_that_is_another(words: Vocabulary) -> None:
    rows = [["空间编号", "年度", "创业导师"], ["S01", 2022, 25]]
    (problem,) = problems(words, workbook_of(甲=rows, 乙=rows))
    assert "工作表“甲”第 2 行" in problem.message("zh")
    assert "row 2 of the sheet “甲”" in problem.message("en")


def test_a_row_that_is_there_twice_is_joined_and_told_once(words: Vocabulary) -> None:
    wide = [["空间编号", "年度", "创业导师", "在孵企业"], ["S01", 2022, 25, 40], ["S01", 2022, 25, 40]]
    long = [["空间编号", "年度", "指标", "数值"], ["S02", 2022, "创业导师", 3]]
    assert [each.code for each in problems(words, workbook_of(宽=wide, 长=long))] == ["rows-joined"]


def test_a_figure_told_in_a_wide_and_in_a_long_sheet_is_there_twice(words: Vocabulary) -> None:
    wide = [["空间编号", "年度", "创业导师"], ["S01", 2022, 25]]
    long = [["空间编号", "年度", "指标", "数值"], ["S01", 2022, "创业导师", 26]]
    (problem,) = problems(words, workbook_of(宽=wide, 长=long))
    assert (problem.code, problem.sheet, problem.row, problem.letter) == ("figure-twice", "长", 2, "D")


def test_two_words_about_one_blank_are_a_figure_twice(words: Vocabulary) -> None:
    long = "空间编号,年度,指标,数值,说明\nS01,2022,mentors,,核实中\nS01,2022,mentors,,待补\n"
    assert [each.code for each in problems(words, long)] == ["figure-twice"]
