"""What is told of the cells of an .xls beside their values: the same as of an .xlsx."""

from pathlib import Path
from types import SimpleNamespace

import pytest

from tracking.filing.spreadsheets import xls_marks

ODD_FILES = Path(__file__).parents[3] / "odd_files"


def test_what_is_struck_through_and_what_is_a_footnote_is_left_out_and_noted() -> None:
    marks = next(iter(xls_marks.of((ODD_FILES / "struck_and_raised.xls").read_bytes()).values()))

    texts = {row: {column: marks.texts[row][column] for column in marks.texts[row] if column < 4} for row in (1, 2, 3)}
    assert texts == {1: {2: "2", 3: "6"}, 2: dict.fromkeys(range(4), ""), 3: {2: "2₅", 3: ""}}
    assert marks.struck == {(1, 3), *((2, column) for column in range(4)), (3, 3)}
    assert marks.raised == {(1, 2)}


def test_percentages_errors_and_what_is_hidden_are_told() -> None:
    (marks,) = xls_marks.of((ODD_FILES / "percentage_error_hidden.xls").read_bytes()).values()

    assert marks.texts == {1: {2: "100%", 3: "12000千元"}, 2: {2: "#REF!"}}
    assert (marks.hidden_rows, marks.hidden_columns) == ({2}, {3})


@pytest.mark.parametrize(
    ("ink", "pattern", "behind", "unseen"),
    [(9, 0, 64, True), (9, 1, 8, False), (0x7FFF, 0, 64, False), (8, 1, 8, True), (9, 1, 9, True), (9, 2, 9, False)],
)
def test_letters_of_the_colour_behind_them_are_not_seen(ink: int, pattern: int, behind: int, unseen: bool) -> None:
    book = SimpleNamespace(
        colour_map={8: (0, 0, 0), 9: (255, 255, 255), 0x7FFF: None}, font_list=[SimpleNamespace(colour_index=ink)]
    )
    background = SimpleNamespace(fill_pattern=pattern, pattern_colour_index=behind)
    assert xls_marks._unseen(book, SimpleNamespace(font_index=0, background=background)) == unseen


def test_a_damaged_workbook_is_a_value_error() -> None:
    with pytest.raises(ValueError, match="."):
        xls_marks.of(b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(600))
