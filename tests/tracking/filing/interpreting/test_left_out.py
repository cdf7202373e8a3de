"""What the eye does not count is named in a warning: text struck through, footnotes, what comes along with a file."""

from tracking.filing.interpreting import left_out
from tracking.filing.spreadsheets.grids import Grid


def test_the_warning_names_the_cells() -> None:
    struck_row = {(2, column) for column in range(4)}
    grid = Grid("填报", [], struck=frozenset({(1, 3), *struck_row, (3, 3)}), raised=frozenset({(1, 2)}))

    struck, raised = left_out.warnings(grid)

    assert "(D2, A3:D3, D4)" in struck.message("en")
    assert "（C2）" in raised.message("zh")
    assert [(each.row, each.letter) for each in (struck, raised)] == [(2, "D"), (2, "C")]


def test_no_more_than_ten_places_are_named() -> None:
    grid = Grid("填报", [], struck=frozenset((row, 0) for row in range(0, 1_000, 2)))

    (struck,) = left_out.warnings(grid)

    assert "(A1, A3, A5, A7, A9, A11, A13, A15, A17, A19, …)" in struck.message("en")


def test_what_comes_along_with_a_file_is_told_of_no_cell() -> None:
    found = left_out.of_the_file([Grid("填报", [], remarks=("macros-ignored",)), Grid("说明", [])])

    assert [(each.severity, each.code, each.row) for each in found] == [("warning", "macros-ignored", None)]
