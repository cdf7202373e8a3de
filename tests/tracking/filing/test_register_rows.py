"""A register's file to rows of spaces and enrolments: each cell checked, and no row of a file with a wrong column."""

import pandas as pd
import pytest

from tracking.filing import register_rows
from tracking.filing.spreadsheets.grids import Grid
from tracking.words.problems import Problem

TRACKS = {"city": {"branding": "branding", "品牌化": "branding"}}
HEADER = ["space_id", "space_name", "track", "start_year", "end_year"]
GOOD = ["S1", "甲空间", "品牌化", "2022", "2024"]


def interpreted(*rows: list[str], header: list[str] = HEADER) -> tuple[pd.DataFrame, list[Problem]]:
    return register_rows.interpret([Grid("名册", [header, *rows])], TRACKS, {"乙空间": "S2"})


def test_a_row_is_an_enrolment_on_the_one_edition_in_force() -> None:
    frame, problems = interpreted(GOOD, [], ["S2", "乙 空 间", "branding", "2022年", "2024"])
    assert problems == []
    assert frame[["space_id", "space_name", "track", "edition", "start_year", "end_year"]].to_numpy().tolist() == [
        ["S1", "甲空间", "branding", "city", 2022, 2024],
        ["S2", "乙 空 间", "branding", "city", 2022, 2024],
    ]
    # A register without these columns leaves what is known of whom to call.
    assert frame[["contact_name", "telephone", "exit_year"]].isna().all(axis=None)


@pytest.mark.parametrize(
    ("row", "code", "letter"),
    [
        (["", "甲", "branding", "2022", "2024"], "missing-value", "A"),
        (["S1", "甲", "green", "2022", "2024"], "unknown-track", "C"),
        (["S1", "甲", "branding", "22", "2024"], "not-a-year", "D"),
        (["S1", "甲", "branding", "1899", "1900"], "not-a-year", "D"),
        (["S1", "甲", "branding", "2024", "2022"], "period-wrong", "E"),
        # Ten years are the most.
        (["S1", "甲", "branding", "2022", "2032"], "period-wrong", "E"),
        (["S1", "甲\u202e乙", "branding", "2022", "2024"], "misleading-name", "B"),
        (["=?", "甲", "branding", "2022", "2024"], "formula-without-result", "A"),
    ],
)
def test_a_wrong_cell_is_named(row: list[str], code: str, letter: str) -> None:
    _, problems = interpreted(row)
    assert [(each.code, each.severity, each.row, each.letter) for each in problems] == [(code, "error", 2, letter)]


def test_a_name_may_begin_with_an_equals_sign() -> None:
    assert interpreted(["S1", "=1+1", "branding", "2022", "2024"])[1] == []


@pytest.mark.parametrize(("exit_year", "codes"), [("2023", []), ("2024", []), ("2021", ["exit-outside-period"])])
def test_an_exit_is_within_its_period(exit_year: str, codes: list[str]) -> None:
    _, problems = interpreted([*GOOD, exit_year], header=[*HEADER, "exit_year"])
    assert [each.code for each in problems] == codes


@pytest.mark.parametrize(
    ("header", "code"),
    [
        (["space_id", "space_name", "track", "start_year"], "missing-column"),
        ([*HEADER, "备用"], "unknown-column"),
        ([*HEADER, ""], "unnamed-column"),
        ([*HEADER, "空间编号"], "column-twice"),
    ],
)
def test_with_a_wrong_column_no_row_is_read(header: list[str], code: str) -> None:
    frame, problems = interpreted([*GOOD, "x"][: len(header)], header=header)
    assert ([each.code for each in problems], len(frame)) == ([code], 0)


def test_a_persons_own_number_is_refused_and_not_shown_again() -> None:
    frame, (problem,) = interpreted([*GOOD, "13800138000"], header=[*HEADER, "telephone"])
    assert (problem.code, problem.value, frame.empty) == ("contact-private", "***", True)
    assert interpreted([*GOOD, "021-55550000"], header=[*HEADER, "telephone"])[1] == []


def test_another_space_of_the_same_name_is_warned_of() -> None:
    _, problems = interpreted(["S3", "乙空间", "branding", "2022", "2024"], GOOD, ["S4", "甲 空间", *GOOD[2:]])
    assert [(each.code, each.severity, each.row) for each in problems] == [
        ("same-name", "warning", 2),
        ("same-name", "warning", 4),
    ]


def test_without_a_header_it_is_no_register() -> None:
    frame, (problem,) = register_rows.interpret([Grid(None, [["S1", "甲"]])], TRACKS, {})
    assert (problem.code, frame.empty) == ("no-register-header", True)
