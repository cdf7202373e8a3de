"""Years below metrics are put behind the names of the metrics, so that one row is the header."""

import pytest

from tests.tracking.filing.interpreting.layouts.about import REGISTER
from tracking.filing.interpreting.headers import Words
from tracking.filing.interpreting.layouts.grouped import years_into_names
from tracking.filing.interpreting.layouts.sheets import Part
from tracking.filing.interpreting.layouts.signs import Signs
from tracking.filing.spreadsheets.grids import Grid
from tracking.policy.vocabulary import Vocabulary

ABOVE = ["空间编号", "获投企业", "", "创业导师", ""]


@pytest.fixture
def signs(words: Vocabulary) -> Signs:
    return Signs(Words(words), REGISTER)


@pytest.mark.parametrize("merged", [(), ((0, 1, 0, 2), (0, 3, 0, 4), (0, 0, 1, 0))], ids=["not merged", "merged"])
def test_each_metric_is_named_with_each_of_its_years(
    signs: Signs, merged: tuple[tuple[int, int, int, int], ...]
) -> None:
    rows = [ABOVE, ["", "2023年", "2024年", "2023年", "2024年"], ["SL00001", "5", "6", "20", "25"]]
    made = years_into_names(Part.whole(Grid(None, rows, merged)), signs).grid
    names = ["空间编号", "获投企业（2023年）", "获投企业（2024年）", "创业导师（2023年）", "创业导师（2024年）"]
    assert made.rows == [names, [""] * 5, rows[2]]
    # A name that is merged down to the years stays so.
    assert made.merged == merged[2:]


@pytest.mark.parametrize(
    "below",
    [
        # Other years below one metric than below the other.
        ["", "2023年", "2024年", "2022年", "2023年"],
        ["", "2023年", "2023年", "2024年", "2024年"],
        # Figures, which could be years.
        ["SL00001", "2023", "2024", "2022", "2021"],
        ["", "家", "家", "人", "人"],
    ],
)
def test_what_is_no_row_of_years_changes_nothing(signs: Signs, below: list[str]) -> None:
    part = Part.whole(Grid(None, [ABOVE, below, ["SL00001", "5", "6", "20", "25"]]))
    assert years_into_names(part, signs) is part
