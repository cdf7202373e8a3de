"""A comma inside a figure moves no figure into another column, and no row vanishes into a cell, without a word."""

from collections.abc import Sequence
from dataclasses import replace
from decimal import Decimal

import pytest

from tests.tracking.filing.interpreting.layouts.about import (
    OURS,
    REGISTER,
    TODAY,
)
from tracking.filing.interpreting import cut_figures, shifted_rows
from tracking.filing.interpreting import filings as filings_read
from tracking.filing.spreadsheets import grids
from tracking.filing.spreadsheets.grids import Grid
from tracking.filing.spreadsheets.tables import Label, Table
from tracking.policy.vocabulary import Threshold, Vocabulary

HEADER = "space_id,year,capital_raised,problems_solved"


def _told(*lines: str, limits: cut_figures.Limits = cut_figures.NO_LIMITS) -> list[tuple[str, int | None, str | None]]:
    read = grids.read("\n".join(lines).encode(), "filing.csv")
    _, problems = shifted_rows.set_apart(read, _named if limits else _of_first_row, limits)
    return [(problem.code, problem.row, problem.letter) for problem in problems]


def _of_first_row(grid: Grid) -> Table:
    """The table whose header is the first row that has as many cells as the header here."""
    at = next(number for number, row in enumerate(grid.rows) if row and row[0] == "space_id")
    return Table(grid, at, at + 1, grid.rows[at])


def _named(grid: Grid) -> Table:
    """The same table, and which metric each of its columns is."""
    table = _of_first_row(grid)
    return replace(table, columns=dict(enumerate(map(Label, table.headers))))


@pytest.mark.parametrize(
    ("rows", "wrong"),
    [
        (["S1,2023,1,574,", "S2,2023,380,140"], [2]),
        (["S1,2023,1,574,"], [2]),
        (["S1,2023,1,574,12", "S2,2023,380,140"], [2]),
        # Every row a cell longer, and all of them cut at a comma: a delimiter at their end would look the same.
        (["S1,2023,1,574,", "S2,2023,2,380,"], [2, 3]),
        (["S1,2023,380,140", "S2,2023,380,140,", "S3,2023,12"], [3]),
        (["S1,2023,380,140,", "S2,2023,12,40,"], []),
        (["S1,2023,380,140", "S2,2023"], []),
        (["S1,2023,380,140", "", "填报人：张三,,,,,"], []),
    ],
)
def test_a_row_longer_than_the_header_is_an_error_unless_all_are(rows: Sequence[str], wrong: Sequence[int]) -> None:
    assert _told(HEADER, *rows) == [("row-shifted", row, None) for row in wrong]


@pytest.mark.parametrize(
    ("row", "cut"),
    [
        ("S1,2023,1,050", "C"),
        ("S1,2023,12,000", "C"),
        # Two counts, and zeros that fill every figure up.
        ("S1,2023,1,500", None),
        ("S1,2023,001,050", None),
        ("S1,2023,0,050", None),
    ],
)
def test_a_figure_cut_at_its_comma_is_an_error_in_a_row_of_the_right_length_too(row: str, cut: str | None) -> None:
    assert _told(HEADER, row) == [("figure-cut", 2, cut)] * bool(cut)
    assert _told(HEADER.replace(",", "\t"), row.replace(",", "\t")) == []


ASKED = {"capital_raised": [Threshold("capital_raised", ">=", Decimal(1000))]}


@pytest.mark.parametrize(
    ("rows", "cut"),
    [
        # Nobody raises 1 where 1000 are asked.
        (["S1,2023,1,200"], [2]),
        (["S1,2023,1.0,200", "S2,2023,80,140", "S3,2023,0,140", "S4,2023,1,20", "S5,2023,,200"], []),
        # Beside figures of five digits, 12 is none.
        (["S1,2023,12,345", "S2,2023,11380,140", "S3,2023,14380,140"], [2]),
        (["S1,2023,12,345", "S2,2023,80,140"], []),
    ],
)
def test_a_figure_cut_at_its_comma_is_told_by_what_is_usual_in_its_column(rows: list[str], cut: list[int]) -> None:
    assert _told(HEADER, *rows, limits=ASKED) == [("figure-cut", row, "C") for row in cut]


@pytest.mark.parametrize("column", ["problems_solved_note", "备注", "evidence"])
def test_half_a_figure_is_no_remark(column: str) -> None:
    assert _told(f"space_id,year,metric,value,{column}", "S1,2023,mentor_services,1,200") == [("figure-cut", 2, "D")]


def test_rows_below_a_title_are_held_against_the_header() -> None:
    assert _told("2023年度,甲,乙,丙,丁,戊", HEADER, "S1,2023,1,574,12", "S2,2023,3,4") == [("row-shifted", 3, None)]


@pytest.mark.parametrize(
    ("rows", "wrong"),
    [
        (['S1,2023,5,"按旧口径', "S2,2023,3,4", 'S3,2023,3,含线上"', "S4,2023,1,2"], (2, "D")),
        # A row that was opened in its midst, and so has fewer cells.
        (['S1,2023,"5,6', 'S2,2023,3",4', "S4,2023,1,2"], (2, "C")),
        # The first one whole, the second cut off where the mark closes.
        (['"S1,2023,5,6', 'S2,2023",3,4', "S4,2023,1,2"], (2, "A")),
    ],
)
def test_whole_rows_inside_a_cell_are_an_error(rows: Sequence[str], wrong: tuple[int, str]) -> None:
    assert _told(HEADER, *rows) == [("rows-in-cell", *wrong)]


@pytest.mark.parametrize(
    "note",
    ["一季度 2，\n二季度 4", "first 2, second 3\nthird 4", "1. 培训\n2. 讲座\n", "含线上\n\n共 3 次, 4 场"],
)
def test_a_note_of_several_lines_is_a_note(note: str) -> None:
    assert _told(HEADER, f'S1,2023,5,"{note}"', "S2,2023,3,4") == []


def test_what_is_wrong_is_not_read_any_further() -> None:
    read = grids.read(f"{HEADER}\nS1,2023,1,574,\nS2,2023,3,4\n".encode(), "filing.csv")

    (apart,), _ = shifted_rows.set_apart(read, _of_first_row)

    assert apart.rows == [HEADER.split(","), [], ["S2", "2023", "3", "4"]]


def test_a_workbook_has_no_rows_that_a_delimiter_shifts() -> None:
    grid = Grid("填报", [HEADER.split(","), ["S1", "2023", "1", "574", ""]])

    assert shifted_rows.set_apart([grid], _of_first_row) == ([grid], [])


def test_two_metrics_in_one_quoted_cell_are_two_rows(words: Vocabulary) -> None:
    rows = [["指标", "2024年"], ["空间编号", OURS], ["获投企业,6\n创业导师,25"], ["知识产权培训", "2"]]
    told = filings_read.interpret(
        [Grid(None, rows, delimiter=",", several_lines=frozenset({2}))], words, REGISTER, TODAY
    )
    assert [(p.code, p.row) for p in told.problems if p.severity == "error"] == [("rows-in-cell", 3)]
