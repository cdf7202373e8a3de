"""A comma inside a figure moves no figure into another column, and no row vanishes into a cell, without a word."""

from collections.abc import Sequence

import pytest

from tests.tracking.filing.interpreting.layouts.about import (
    OURS,
    REGISTER,
    TODAY,
)
from tracking.filing.interpreting import filings as filings_read
from tracking.filing.interpreting import shifted_rows
from tracking.filing.spreadsheets import grids
from tracking.filing.spreadsheets.grids import Grid
from tracking.filing.spreadsheets.tables import Table
from tracking.policy.vocabulary import Vocabulary

HEADER = "space_id,year,capital_raised,problems_solved"


def _told(*lines: str) -> list[tuple[str, int | None, str | None]]:
    read = grids.read("\n".join(lines).encode(), "filing.csv")
    _, problems = shifted_rows.set_apart(read, _of_first_row)
    return [(problem.code, problem.row, problem.letter) for problem in problems]


def _of_first_row(grid: Grid) -> Table:
    """The table whose header is the first row that has as many cells as the header here."""
    at = next(number for number, row in enumerate(grid.rows) if row and row[0] == "space_id")
    return Table(grid, at, at + 1, grid.rows[at])


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


def test_a_figure_is_cut_at_its_comma_by_a_comma_alone() -> None:
    assert _told(HEADER, "S1,2023,1,050") == [("figure-cut", 2, "C")]
    assert _told(HEADER.replace(",", "\t"), "S1\t2023\t1\t050") == []


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
