"""Workbooks that are hostile, odd or broken: a sentence, or what a person sees; never a process that ends."""

import io
import zipfile
from pathlib import Path

import pytest
import xlsxwriter

from tests.limits import refused
from tracking.filing.spreadsheets.grids import UNPACKED_LIMIT, read

ODD_FILES = Path(__file__).parents[3] / "odd_files"
BODY = (
    '<worksheet xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"><sheetData>{}</sheetData></worksheet>'
)


def workbook(cells: str = "", **parts: bytes) -> bytes:
    """A workbook of one sheet with these cells; `parts` are more files of its archive."""
    plain = io.BytesIO()
    with xlsxwriter.Workbook(plain, {"in_memory": True}) as book:
        book.add_worksheet("填报")
    out = io.BytesIO()
    with zipfile.ZipFile(plain) as source, zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as target:
        for name in source.namelist():
            sheet = name == "xl/worksheets/sheet1.xml"
            target.writestr(name, BODY.format(cells) if sheet else source.read(name))
        for name, content in parts.items():
            target.writestr(name, content)
    return out.getvalue()


def rows(content: bytes) -> list[list[str]]:
    return read(content, "filing.xlsx")[0].rows


@pytest.mark.parametrize(
    ("cells", "code"),
    [
        ('<row r="1048576"><c r="A1"><v>1</v></c><c r="XFD1048576"><v>1</v></c></row>', "file-too-demanding"),
        ('<row r="1"><c r="A1"><v>1</v></c><c r="ZZZZZZ99999999"><v>1</v></c></row>', "file-too-demanding"),
        ('<row r="1"><c r="A1"><v>1</v></c><c r="XFD1"><v>1</v></c></row>', "file-too-wide"),
        ('<row r="1"><c r="A1" t="s"><v>99</v></c></row>', "file-broken"),
    ],
    ids=["a cell at the far corner", "a cell beyond any sheet", "a column at the far side", "a text that is not there"],
)
def test_a_workbook_that_asks_for_too_much_is_refused(cells, code):
    assert refused(workbook(cells), "filing.xlsx").code == code


def test_a_bomb_is_refused_by_its_directory():
    bomb = workbook(**{"xl/worksheets/sheet2.xml": b"0" * (UNPACKED_LIMIT + 1)})

    assert refused(bomb, "bomb.xlsx").code == "file-unpacks-too-large"


def test_an_archive_that_is_no_workbook_is_refused():
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as archive:
        archive.writestr("photo.png", b"0")

    assert refused(out.getvalue(), "filing.xlsx").code == "file-not-a-spreadsheet"


@pytest.mark.parametrize("kept", [0.02, 0.5, 0.99])
def test_a_workbook_cut_off_is_broken(kept):
    whole = workbook('<row r="1"><c r="A1"><v>1</v></c></row>')

    assert refused(whole[: int(len(whole) * kept)], "filing.xlsx").code == "file-broken"


@pytest.mark.parametrize(
    ("cell", "text"),
    [
        ('<c r="A1"><f>1+1</f><v>2</v></c>', "2"),
        ('<c r="A1"><f>1+1</f></c>', "=?"),
        ('<c r="A1"><f>1+1</f><v></v></c>', "=?"),
        ('<c r="A1" t="str"><f>""</f><v></v></c>', ""),
        ('<c r="A1" t="e"><v>#DIV/0!</v></c>', "#DIV/0!"),
        ('<c r="A1" t="b"><v>1</v></c>', "TRUE"),
        ('<c r="A1"><v>20.0</v></c>', "20"),
        ('<c r="A1"><v>0.30000000000000004</v></c>', "0.3"),
    ],
)
def test_a_typed_cell_is_told_as_a_person_sees_it(cell, text):
    assert rows(workbook(f'<row r="1">{cell}<c r="B1"><v>7</v></c></row>')) == [[text, "7"]]


def test_a_percentage_is_told_as_one():
    out = io.BytesIO()
    with xlsxwriter.Workbook(out, {"in_memory": True}) as book:
        sheet = book.add_worksheet("填报")
        sheet.write_number(0, 0, 0.7, book.add_format({"num_format": "0%"}))
        sheet.write_number(0, 1, 0.125, book.add_format({"num_format": "0.0%"}))
        sheet.write_number(0, 2, 0.7)

    assert rows(out.getvalue()) == [["70%", "12.5%", "0.7"]]


def test_blank_rows_and_columns_keep_the_places_of_the_others():
    out = io.BytesIO()
    with xlsxwriter.Workbook(out, {"in_memory": True}) as book:
        book.add_worksheet("填报").write_string(3, 2, "空间编号")
        book.add_worksheet("旧表").hide()

    shown, hidden = read(out.getvalue(), "filing.xlsx")

    assert shown.rows[3] == ["", "", "空间编号"]
    assert (shown.hidden, hidden.hidden) == (False, True)


def test_an_old_workbook_tells_the_same_as_a_new_one():
    content = (ODD_FILES / "percentage_error_hidden.xls").read_bytes()

    (grid,) = read(content, "filing.xls")

    assert grid.rows[1:] == [["S01", "2022", "100%", "12000千元"], ["", "2023", "#REF!", "0.7"]]
    assert (grid.merged, grid.hidden_rows, grid.hidden_columns) == (((1, 0, 2, 0),), {2}, {3})


def test_a_cell_that_does_not_say_where_it_is_follows_the_one_before():
    cells = '<row><c><v>7</v></c><c><f>1+1</f></c></row><row><c t="e"><v>#N/A</v></c></row>'

    assert rows(workbook(cells)) == [["7", "=?"], ["#N/A"]]


def test_merges_as_large_as_a_sheet_can_be_cost_no_more_than_what_it_says():
    merges = '</sheetData><mergeCells><mergeCell ref="A1:XFD1048576"/></mergeCells><sheetData>'
    content = workbook(f'<row r="1"><c r="A1"><v>7</v></c><c r="B1"><v>8</v></c></row>{merges}')

    assert read(content, "filing.xlsx")[0].merged == ((0, 0, 0, 1),)
