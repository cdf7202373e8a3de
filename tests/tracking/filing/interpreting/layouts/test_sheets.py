"""A sheet as the eye sees it: merged names in all their cells, a part that remembers where it was cut."""

import pytest

from tests.tracking.filing.interpreting.layouts.about import REGISTER
from tracking.filing.interpreting.headers import Words
from tracking.filing.interpreting.layouts.sheets import Part, View
from tracking.filing.interpreting.layouts.signs import Signs
from tracking.filing.spreadsheets.grids import Grid
from tracking.policy.vocabulary import Vocabulary

ROWS = [["获投企业", "", "创业导师"], ["2023", "2024", ""], [], ["5", "6", "7"]]
MERGED = ((0, 0, 0, 1), (0, 2, 3, 2))


@pytest.fixture
def view(words: Vocabulary) -> View:
    return View(Grid("填报", ROWS, MERGED), Signs(Words(words), REGISTER))


def test_a_merged_name_is_seen_in_all_its_cells_and_is_written_in_one(view: View) -> None:
    assert [view.text(0, column) for column in range(3)] == ["获投企业", "获投企业", "创业导师"]
    assert (view.own(0, 1), view.text(2, 2), view.own(9, 0)) == ("", "创业导师", "")
    assert (view.first(3, 2), view.span(0, 0), view.span(1, 0)) == ((0, 2), 2, 1)
    assert view.sign(0, 1).code == "funded_firms"


def test_texts_of_a_row_are_found_from_left_to_right(view: View) -> None:
    assert (view.filled(1), view.filled(3, 1), view.filled(3, 0, 2), view.filled(2), view.filled(9)) == (
        [0, 1],
        [1, 2],
        [0, 1],
        [],
        [],
    )


def test_a_part_keeps_its_merges_and_where_it_came_from() -> None:
    grid = Grid("填报", ROWS, MERGED, hidden_rows=frozenset({0, 3}))
    part = Part.whole(grid).cut([1, 3])
    assert part.grid.rows == [["2023", "2024", ""], ["5", "6", "7"]]
    # Of a merge what is within; hidden is what was hidden.
    assert (part.grid.merged, part.grid.hidden_rows) == (((0, 2, 1, 2),), {1})
    again = part.cut([1])
    assert again.places().rows.tolist() == [[3, 3, 3]]
    assert again.places().columns.tolist() == [[0, 1, 2]]
