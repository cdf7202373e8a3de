"""Texts of several looks in an .xlsb: pieces with a look of their own, and what looks as its cell does."""

import struct

import pytest

from tests.xlsb import wide
from tracking.filing.spreadsheets import xlsb_looks
from tracking.filing.spreadsheets.sheets import Run
from tracking.filing.spreadsheets.xlsb_looks import Book, Look, Style

FONTS = (Look(), Look(struck=True), Look(raised=True))


def rich(text: str, *changes: tuple[int, int]) -> bytes:
    return (
        b"\x01" + wide(text) + struct.pack("<I", len(changes)) + b"".join(struct.pack("<HH", *each) for each in changes)
    )


def test_a_text_is_cut_where_its_font_changes() -> None:
    pieces = xlsb_looks.rich(rich("2561", (1, 1), (2, 0), (3, 2)), 0, FONTS)
    assert list(pieces) == [(None, "2"), (Look(struck=True), "5"), (Look(), "6"), (Look(raised=True), "1")]
    assert xlsb_looks.rich(b"\x00" + wide("25"), 0, FONTS) == "25"


@pytest.mark.parametrize("content", [rich("25", (2, 0), (1, 0)), rich("25", (1, 0))[:-2]], ids=["overlap", "cut off"])
def test_looks_that_overlap_or_are_cut_off_are_refused(content: bytes) -> None:
    with pytest.raises(ValueError, match="looks of a text"):
        xlsb_looks.rich(content, 0, FONTS)


def test_a_piece_without_a_look_of_its_own_looks_as_its_cell_does() -> None:
    struck = Style(struck=True)
    assert xlsb_looks.runs("25", struck) == [Run("25", True)]
    assert xlsb_looks.runs([(None, "2"), (Look(), "5")], struck) == [Run("2", True), Run("5", False)]


def test_a_workbook_without_styles_has_plain_ones() -> None:
    assert Book().style(7) == Style()
