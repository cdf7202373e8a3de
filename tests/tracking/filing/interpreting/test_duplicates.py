"""One space and year in several rows or sheets: the same is joined and told once, else both cells are named."""

from tests.tracking.filing.interpreting.forty import problems, workbook_of
from tracking.policy.vocabulary import Vocabulary


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
