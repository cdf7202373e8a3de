"""A figure that delimited text cut at its comma is told: by its zeros, by its column, by what is asked, by a remark."""

from decimal import Decimal

import pytest

from tracking.filing.interpreting import cut_figures
from tracking.filing.spreadsheets.grids import Grid
from tracking.filing.spreadsheets.tables import Label, Table
from tracking.policy.vocabulary import Threshold

HEADER = "space_id,year,capital_raised,problems_solved"
ASKED = {"capital_raised": [Threshold("capital_raised", ">=", Decimal(1000))]}


def cut(*lines: str, limits: cut_figures.Limits = cut_figures.NO_LIMITS) -> list[tuple[int | None, str | None]]:
    rows = [line.split(",") for line in lines]
    table = Table(Grid(None, rows), 0, 1, rows[0], columns=dict(enumerate(map(Label, rows[0]))))
    return [(problem.row, problem.letter) for problem in cut_figures.problems(dict(enumerate(rows)), table, limits)]


@pytest.mark.parametrize(
    ("row", "letter"),
    [
        ("S1,2023,1,050", "C"),
        ("S1,2023,12,000", "C"),
        # Two counts, and zeros that fill every figure up.
        ("S1,2023,1,500", None),
        ("S1,2023,001,050", None),
        ("S1,2023,0,050", None),
    ],
)
def test_what_begins_with_a_zero_is_half_a_figure(row: str, letter: str | None) -> None:
    assert cut(HEADER, row) == [(2, letter)] * bool(letter)


@pytest.mark.parametrize(
    ("rows", "wrong"),
    [
        # Nobody raises 1 where 1000 are asked.
        (["S1,2023,1,200"], [2]),
        (["S1,2023,1.0,200", "S2,2023,80,140", "S3,2023,0,140", "S4,2023,1,20", "S5,2023,,200"], []),
        # Beside figures of five digits, 12 is none.
        (["S1,2023,12,345", "S2,2023,11380,140", "S3,2023,14380,140"], [2]),
        (["S1,2023,12,345", "S2,2023,80,140"], []),
    ],
)
def test_a_figure_cut_at_its_comma_is_told_by_what_is_usual_in_its_column(rows: list[str], wrong: list[int]) -> None:
    assert cut(HEADER, *rows, limits=ASKED) == [(row, "C") for row in wrong]


COUNTED = {
    "mentor_services": [Threshold("mentor_services", ">=", Decimal(50))],
    "projects": [Threshold("projects", ">=", Decimal("0.3"), by_others=True)],
}


@pytest.mark.parametrize(
    ("header", "rows", "wrong"),
    [
        # Nothing but what is asked, or what anybody counts, tells that the comma groups digits.
        ("mentor_services,cases", ["1,200"], [2]),
        ("mentor_services,cases", ["12,120"], []),
        ("mentor_services,cases", ["5,120"], []),
        ("projects,cases", ["1,200"], [2]),
        ("projects,cases", ["30,120"], []),
        # By the other rows.
        ("mentor_services,cases", ["1,200", "60,12"], [2]),
        ("mentor_services,cases", ["1,200", "4,12"], []),
        ("mentor_services,cases", ["1,200", "2,380"], [2, 3]),
        # What is no count: yes and no, a number of the row.
        ("complete_service_chain,cases", ["1,200"], []),
    ],
)
def test_a_figure_is_told_where_nothing_in_the_file_tells_of_commas(
    header: str, rows: list[str], wrong: list[int]
) -> None:
    lines = [f"S1,2023,{row}" for row in rows]
    assert cut(f"space_id,year,{header}", *lines, limits=COUNTED) == [(row, "C") for row in wrong]


@pytest.mark.parametrize("column", ["problems_solved_note", "备注", "evidence"])
def test_half_a_figure_is_no_remark(column: str) -> None:
    assert cut(f"space_id,year,metric,value,{column}", "S1,2023,mentor_services,1,200") == [(2, "D")]
