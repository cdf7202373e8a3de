"""A sheet while it is read: what is left of a text, what is held to the limits, and where cells come to stand."""

import pytest

from tracking.filing.spreadsheets.sheets import END_OF_OURS, GridDraft, Limits, Marks, Note, Run, UnreadableError


def limits(columns: int = 100, cells: int = 1_000, longest: int = 10) -> Limits:
    return Limits(columns, cells, longest)


@pytest.mark.parametrize(
    ("runs", "text", "struck", "raised"),
    [
        ([Run("5", struck=True), Run("6")], "6", True, False),
        ([Run("6"), Run("1", raised=True)], "6", False, True),
        ([Run("CO"), Run("2", lowered=True)], "CO₂", False, False),
        # Nothing that it could be a footnote to.
        ([Run("1", raised=True), Run(" ")], "1 ", False, False),
        ([Run("5", struck=True, raised=True), Run("6")], "6", True, False),
    ],
)
def test_what_is_left_of_a_text(runs: list[Run], text: str, struck: bool, raised: bool) -> None:
    marks = Marks()
    assert marks.left(2, 1, runs) == text
    assert (marks.struck, marks.raised) == ({(2, 1)} if struck else set(), {(2, 1)} if raised else set())


def test_a_note_is_what_the_person_says_behind_ours() -> None:
    assert Note(f"请更正{END_OF_OURS}已核实", 0, 0).own == "已核实"
    assert Note("已核实", 0, 0).own == "已核实"


def test_cells_come_to_stand_where_they_are_put_and_merges_end_with_the_sheet() -> None:
    draft = GridDraft("填报", limits())
    draft.put(1, 2, "25")
    draft.put_row(0, ["空间编号"])
    draft.put(5, 0, "")
    draft.merge(0, 0, 9, 9)
    draft.merge(1, 1, 1, 1)
    draft.merge(7, 0, 8, 0)
    fields = draft.fields()
    assert (fields["rows"], fields["merged"]) == ([["空间编号"], ["", "", "25"]], ((0, 0, 1, 2),))


@pytest.mark.parametrize(
    ("row", "column", "text", "code"),
    [
        (0, 100, "x", "file-too-wide"),
        (1_048_576, 0, "x", "file-too-long"),
        (0, 0, "x" * 11, "file-cell-too-long"),
        (0, 0, "a\x00b", "file-binary"),
    ],
)
def test_what_no_sheet_may_hold_is_refused(row: int, column: int, text: str, code: str) -> None:
    draft = GridDraft("填报", limits())
    with pytest.raises(UnreadableError) as refused:  # noqa: PT012 - some limits show when the sheet is whole
        draft.put(row, column, text)
        draft.fields()
    assert refused.value.code == code


def test_the_cells_of_all_sheets_are_counted_and_those_of_a_row_that_grows_once() -> None:
    shared = limits(cells=10)
    first = GridDraft("甲", shared)
    for column in range(4):
        first.put(0, column, "x")
    assert shared.cells == 6
    with pytest.raises(UnreadableError) as refused:
        GridDraft("乙", shared).put(0, 6, "x")
    assert (refused.value.code, refused.value.details["cells"]) == ("file-too-many-cells", 11)
