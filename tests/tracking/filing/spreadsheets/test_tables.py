"""A table in a grid: where its cells stand on the person's sheet, what is merged, what says something."""

import numpy as np

from tracking.filing.spreadsheets.grids import Grid
from tracking.filing.spreadsheets.tables import Label, Places, Table, fill

ROWS = [["填报表"], ["空间编号", "年度", "导师"], ["S1", "2022", "5"], ["S2"]]


def table(places: Places | None = None) -> Table:
    codes = {0: Label("space_id"), 1: Label("year"), 2: Label("mentors")}
    return Table(Grid("填报", [list(row) for row in ROWS]), 1, 2, ROWS[1], codes, places=places)


def test_rows_and_columns_are_told_as_a_spreadsheet_shows_them() -> None:
    own = table()
    assert (own.number(None, 0), own.number(0, 2), own.letter(2), own.place(3, 1)) == (2, 3, "C", (4, "B"))
    assert own.cells(2) == ["5", ""]
    assert (own.index("mentors"), own.index("firms")) == (2, None)


def test_a_table_put_together_says_where_each_cell_came_from() -> None:
    # The last row: its space is a choice and stands nowhere, its figure in the fifth row, column D.
    rows = np.array([[0, 0, 0], [1, 1, 1], [2, 2, 2], [-1, 4, 4]])
    columns = np.array([[0, 1, 2], [0, 1, 2], [0, 1, 2], [-1, 2, 3]])
    made = table(Places(rows, columns))
    assert (made.number(1, 2), made.letter(2, 1), made.place(3, 2)) == (5, "D", (5, "D"))
    # Told at the first cell of its row that stands somewhere.
    assert made.number(1, 0) == 5
    assert made.numbers(np.array([0, 1]), 1).tolist() == [3, 5]
    letters = made.letters(np.array([0, 1]), 2)
    assert letters is not None
    assert letters.tolist() == [2, 3]


def test_a_column_that_is_one_cell_knows_it() -> None:
    rows = np.array([[0, 0, 0], [1, 1, 1], [0, 2, 2], [0, 3, 3]])
    columns = np.array([[0, 1, 2], [0, 1, 2], [4, 1, 2], [4, 1, 2]])
    made = table(Places(rows, columns))
    assert (made.beside(0), made.beside(1)) == ((0, 4), None)


def test_a_name_merged_over_rows_is_meant_in_each() -> None:
    rows = [["S1", "2022"], ["", "2023"], [], ["S2", "2022"]]
    fill(rows, [(0, 0, 2, 0), (1, 0, 3, 0)])
    # The second merge overlaps the first, as no program writes it.
    assert rows == [["S1", "2022"], ["S1", "2023"], ["S1"], ["S2", "2022"]]


def test_columns_that_say_something_are_found_with_their_first_row() -> None:
    made = table()
    made.grid.rows.extend([["", "", "", "x"], ["S3", "2024", "6", "y"]])
    assert made.first_filled(range(5)) == {0: 0, 1: 0, 2: 0, 3: 2}
    assert made.first_filled(range(5), np.array([False, True, False, True])) == {0: 1, 1: 3, 2: 3, 3: 3}
