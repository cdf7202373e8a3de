"""What stands around a table and on other sheets: passed over, or told."""

import pytest

from tests.tracking.filing.interpreting.forty import (
    HEADER,
    REGISTER,
    TODAY,
    figures,
    problems,
    workbook_of,
)
from tracking.filing.interpreting import filings as filings_read
from tracking.filing.spreadsheets.grids import Grid
from tracking.policy.vocabulary import Vocabulary


@pytest.mark.parametrize("above", ["", "填报表\n", "填报表,,\n,,\n单位：人,,\n", "\n" * 40])
def test_titles_and_blank_rows_around_a_table_are_passed_over(words: Vocabulary, above: str) -> None:
    table = f"{above}{HEADER}创业导师\n\n,,\nS01,2022,25\n,,\n\n"
    assert figures(words, table) == {("S01", 2022, "mentors"): 25}


def test_blank_columns_around_a_table_are_passed_over(words: Vocabulary) -> None:
    table = ",空间编号,,年度,创业导师,,\n,S01,,2022,25,,\n"
    assert figures(words, table) == {("S01", 2022, "mentors"): 25}


def test_a_cover_that_names_the_space_is_passed_over(words: Vocabulary) -> None:
    filing = [["空间编号", "年度", "创业导师"], ["S01", 2022, 25]]
    told = workbook_of(封面=[["空间编号", "S01"], ["年度", 2022]], 填报=filing)
    assert figures(words, told) == {("S01", 2022, "mentors"): 25}


def test_a_hidden_sheet_of_last_year_is_not_filed_again(words: Vocabulary) -> None:
    header = ["空间编号", "年度", "创业导师"]
    grids = [Grid("今年", [header, ["S01", "2022", "25"]])]
    grids.append(Grid("去年", [header, ["S01", "2021", "9"]], hidden=True))
    told = filings_read.interpret(grids, words, REGISTER, TODAY)
    assert list(told.filings["year"]) == [2022]


def test_a_signature_below_the_table_is_passed_over(words: Vocabulary) -> None:
    table = f"{HEADER}创业导师\nS01,2022,25\n审核人,李四,王五\n"
    assert [(each.code, each.severity, each.row) for each in problems(words, table)] == [("passed-over", "warning", 3)]


def test_a_remark_below_the_table_is_told_once(words: Vocabulary) -> None:
    assert len(problems(words, f"{HEADER}创业导师\nS01,2022,25\n注：以上均为年末数,,\n")) == 1


@pytest.mark.parametrize("keys", ["空间编号,年度", "space_id,year", "空间编号 space_id,年度 year"])
def test_a_header_in_the_middle_of_a_table_is_told_once(words: Vocabulary, keys: str) -> None:
    header = f"{keys},创业导师,在孵企业,获投企业"
    table = f"{header}\nS01,2022,25,40,5\n{header}\nS02,2022,25,40,5\n"
    assert [(each.code, each.row) for each in problems(words, table)] == [("header-again", 3)]


def test_a_sheet_of_figures_without_a_header_is_not_passed_over(words: Vocabulary) -> None:
    told = workbook_of(甲=[["空间编号", "年度", "创业导师"], ["S01", 2022, 25]], 乙=[["S01", 2023, 26]])
    assert [(each.code, each.sheet, each.letter) for each in problems(words, told)] == [
        ("sheet-without-header", "乙", "A")
    ]


def test_a_hidden_list_of_spaces_to_choose_from_is_passed_over(words: Vocabulary) -> None:
    shown, hidden = [["空间编号", "年度", "创业导师"], ["S01", "2022", "25"]], [["S01"], ["S02"]]
    grids = [Grid("填报", shown), Grid("名单", hidden, hidden=True)]
    assert filings_read.interpret(grids, words, REGISTER, TODAY).problems == []


def test_a_sheet_that_explains_is_passed_over(words: Vocabulary) -> None:
    told = workbook_of(填报=[["空间编号", "年度", "创业导师"], ["S01", 2022, 25]], 说明=[["S01 空间S01"], ["请填数字"]])
    assert figures(words, told) == {("S01", 2022, "mentors"): 25}
