"""Text struck through and footnotes are no part of what a cell says, and a warning names the cells."""

import io
from pathlib import Path

import pytest
import xlsxwriter

from tests.tracking.filing.spreadsheets.test_workbooks import workbook
from tracking.filing.interpreting import left_out
from tracking.filing.spreadsheets import grids
from tracking.filing.spreadsheets.grids import Grid

ODD_FILES = Path(__file__).parents[2] / "odd_files"
STRIKE = "<r><rPr><strike/></rPr><t>5</t></r>"
RAISED = '<r><rPr><vertAlign val="superscript"/></rPr><t>1</t></r>'


def inline(runs: str) -> Grid:
    content = workbook(f'<row r="1"><c r="A1" t="inlineStr"><is>{runs}</is></c><c r="B1"><v>7</v></c></row>')
    (grid,) = grids.read(content, "filing.xlsx")
    return grid


def shared() -> bytes:
    """Row by row: a struck 5 before 6 and a footnote; a struck row; a subscript; a struck figure."""
    out = io.BytesIO()
    with xlsxwriter.Workbook(out, {"in_memory": True}) as book:
        sheet = book.add_worksheet("填报")
        strike, bold = book.add_format({"font_strikeout": True}), book.add_format({"bold": True})
        up, down = book.add_format({"font_script": 1}), book.add_format({"font_script": 2})
        sheet.write_row(0, 0, ["空间编号", "年度", "创业导师", "获投企业"])
        sheet.write_row(1, 0, ["S01", 2022])
        sheet.write_rich_string(1, 2, bold, "2", up, "1")
        sheet.write_rich_string(1, 3, strike, "5", bold, "6")
        sheet.write_row(2, 0, ["S02", 2022, 25, "5"], strike)
        sheet.write_row(3, 0, ["S09", 2022])
        sheet.write_rich_string(3, 2, bold, "2", down, "5")
        sheet.write(3, 3, 7, strike)
    return out.getvalue()


@pytest.mark.parametrize("form", ["xlsx", "xls"])
def test_what_is_struck_through_and_what_is_a_footnote_is_left_out(form: str) -> None:
    content = shared() if form == "xlsx" else (ODD_FILES / "struck_and_raised.xls").read_bytes()

    grid = grids.read(content, f"filing.{form}")[0]

    assert [row[:4] for row in grid.rows[1:4]] == [["S01", "2022", "2", "6"], [""] * 4, ["S09", "2022", "2₅", ""]]
    assert grid.struck == {(1, 3), *((2, column) for column in range(4)), (3, 3)}
    assert grid.raised == {(1, 2)}


@pytest.mark.parametrize(
    ("runs", "text"),
    [
        (f"{STRIKE}<r><t>6</t></r>", "6"),
        (f"<r><t>6</t></r>{RAISED}", "6"),
        (f"<r><t>6</t></r>{RAISED}{STRIKE}", "6"),
        ('<r><rPr><strike val="0"/></rPr><t>5</t></r><r><t>6</t></r>', "56"),
        ('<r><rPr><strike val="false"/></rPr><t>5</t></r>', "5"),
        ('<r><t>CO</t></r><r><rPr><vertAlign val="subscript"/></rPr><t>2</t></r>', "CO₂"),
        # Seen as no figure, whatever it says.
        ('<r><t>6</t></r><r><rPr><vertAlign val="subscript"/></rPr><t>1</t></r>', "6₁"),
        # Nothing that it could be a footnote to.
        (RAISED, "1"),
        (STRIKE, ""),
    ],
)
def test_texts_that_stand_in_the_cell_itself(runs: str, text: str) -> None:
    assert inline(runs).rows == [[text, "7"]]


def test_text_that_looks_as_its_struck_cell_does_is_left_out_and_text_with_its_own_look_stays() -> None:
    out = io.BytesIO()
    with xlsxwriter.Workbook(out, {"in_memory": True}) as book:
        bold = book.add_format({"bold": True})
        strike = book.add_format({"font_strikeout": True})
        book.add_worksheet().write_rich_string(0, 0, "5", bold, "6", strike)

    assert grids.read(out.getvalue(), "filing.xlsx")[0].rows == [["6"]]


def test_a_row_without_height_is_hidden() -> None:
    content = workbook('<row r="1"><c r="A1"><v>7</v></c></row><row r="2" ht="0"><c r="A2"><v>8</v></c></row>')

    assert grids.read(content, "filing.xlsx")[0].hidden_rows == {1}


def test_the_warning_names_the_cells() -> None:
    (grid,) = grids.read(shared(), "filing.xlsx")

    struck, raised = left_out.warnings(grid)

    assert "(D2, A3:D3, D4)" in struck.message("en")
    assert "（C2）" in raised.message("zh")
    assert [(each.row, each.letter) for each in (struck, raised)] == [(2, "D"), (2, "C")]


def test_no_more_than_ten_places_are_named() -> None:
    grid = Grid("填报", [], struck=frozenset((row, 0) for row in range(0, 1_000, 2)))

    (struck,) = left_out.warnings(grid)

    assert "(A1, A3, A5, A7, A9, A11, A13, A15, A17, A19, …)" in struck.message("en")
