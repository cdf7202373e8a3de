"""Workbooks that are hostile, odd or broken: a sentence, or what a person sees; never a process that ends."""

import io
import re
import zipfile
from pathlib import Path

import pytest
import xlsxwriter

from tests.limits import refused
from tracking.filing.spreadsheets import grids

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
    return grids.read(content, "filing.xlsx")[0].rows


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
    bomb = workbook(**{"xl/worksheets/sheet2.xml": b"0" * (grids.UNPACKED_LIMIT + 1)})

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

    shown, hidden = grids.read(out.getvalue(), "filing.xlsx")

    assert shown.rows[3] == ["", "", "空间编号"]
    assert (shown.hidden, hidden.hidden) == (False, True)


def test_an_old_workbook_tells_the_same_as_a_new_one():
    content = (ODD_FILES / "percentage_error_hidden.xls").read_bytes()

    (grid,) = grids.read(content, "filing.xls")

    assert grid.rows[1:] == [["S01", "2022", "100%", "12000千元"], ["", "2023", "#REF!", "0.7"]]
    assert (grid.merged, grid.hidden_rows, grid.hidden_columns) == (((1, 0, 2, 0),), {2}, {3})


def test_a_cell_that_does_not_say_where_it_is_follows_the_one_before():
    cells = '<row><c><v>7</v></c><c><f>1+1</f></c></row><row><c t="e"><v>#N/A</v></c></row>'

    assert rows(workbook(cells)) == [["7", "=?"], ["#N/A"]]


def test_merges_as_large_as_a_sheet_can_be_cost_no_more_than_what_it_says():
    merges = '</sheetData><mergeCells><mergeCell ref="A1:XFD1048576"/></mergeCells><sheetData>'
    content = workbook(f'<row r="1"><c r="A1"><v>7</v></c><c r="B1"><v>8</v></c></row>{merges}')

    assert grids.read(content, "filing.xlsx")[0].merged == ((0, 0, 0, 1),)


def test_signs_that_no_text_has_are_refused_and_the_cell_named():
    problem = refused(workbook('<row r="2"><c r="C2" t="inlineStr"><is><t>S_x0000_1</t></is></c></row>'), "filing.xlsx")

    assert (problem.code, problem.sheet, problem.row, problem.letter) == ("file-binary", "填报", 2, "C")
    assert "第 2 行 C 列" in problem.message("zh")


def _three_sheets(*, of_one_part: bool = False) -> bytes:
    """A workbook of three sheets of ten cells, or one whose directory says so."""
    plain, out = io.BytesIO(), io.BytesIO()
    with xlsxwriter.Workbook(plain, {"in_memory": True}) as book:
        for _ in range(3):
            book.add_worksheet().write_row(0, 0, range(10))
    if not of_one_part:
        return plain.getvalue()
    with zipfile.ZipFile(plain) as source, zipfile.ZipFile(out, "w") as target:
        for name in source.namelist():
            content = source.read(name)
            links = name == "xl/_rels/workbook.xml.rels"
            target.writestr(name, re.sub(rb"sheet[23].xml", b"sheet1.xml", content) if links else content)
    return out.getvalue()


def test_the_cells_of_all_sheets_together_are_limited(monkeypatch):
    assert len(grids.read(_three_sheets(), "filing.xlsx")) == 3
    monkeypatch.setattr(grids, "MOST_CELLS", 29)

    assert refused(_three_sheets(), "filing.xlsx").code == "file-too-many-cells"


def test_many_sheets_made_of_one_part_are_refused():
    assert refused(_three_sheets(of_one_part=True), "filing.xlsx").code == "file-broken"


@pytest.mark.parametrize("part", ["xl/embeddings/oleObject1.bin", "xl/activeX/activeX1.bin", "xl/embeddings/a.docx"])
def test_a_workbook_with_something_embedded_is_refused(part):
    assert refused(workbook(**{part: b""}), "filing.xlsx").code == "file-embeds"


@pytest.mark.parametrize("part", ["xl/media/image1.png", "xl/charts/chart1.xml", "xl/drawings/drawing1.xml"])
def test_a_workbook_with_pictures_and_charts_is_read(part):
    assert grids.read(workbook(**{part: b""}), "filing.xlsx")[0].remarks == ()
