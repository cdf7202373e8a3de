"""Sheets of an .ods as a person sees them."""

import io
import zipfile
from pathlib import Path

from tests.limits import refused
from tracking.filing.spreadsheets import grids
from tracking.filing.spreadsheets.sheets import OF_THE_PAGE, Note

ODD_FILES = Path(__file__).parents[3] / "odd_files"


def test_an_ods_tells_the_same_as_a_workbook_of_excel() -> None:
    shown, hidden = grids.read((ODD_FILES / "struck_and_raised.ods").read_bytes(), "filing.ods")

    assert [row[:4] for row in shown.rows[:4]] == [
        ["空间编号", "年度", "创业导师", "获投企业"],
        ["S01", "2022", "2", "6"],
        [],
        ["S09", "2022", "2₅"],
    ]
    assert [row[-1] for row in shown.rows[4:] if row] == ["70%", "x", "m", "1234.5", "12000千元", "12000000⟦12000!.0万"]
    assert shown.struck == {(1, 3), *((2, column) for column in range(4)), (3, 3)}
    assert (shown.raised, shown.hidden_rows, shown.hidden_columns) == ({(1, 2)}, {5}, {5})
    assert (shown.merged, hidden.hidden) == (((7, 0, 7, 1),), True)


def test_what_stands_in_no_cell_is_told_as_of_a_workbook_of_excel() -> None:
    (grid,) = grids.read((ODD_FILES / "heads_and_boxes.ods").read_bytes(), "filing.ods")

    assert {note.text for note in grid.notes} == {"单位：千元", "填报说明", "本表为计划数", "见合同", "filing"}
    assert {note.text for note in grid.notes if note.row == OF_THE_PAGE} >= {"单位：千元", "填报说明"}
    assert Note("见合同", 1, 2) in grid.notes
    # A number that is shown as nothing.
    assert grid.rows[2] == ["", "", "6⟦;;;"]


def _ods(rows: str) -> bytes:
    space = "urn:oasis:names:tc:opendocument:xmlns"
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as archive:
        archive.writestr(
            "content.xml",
            f'<o:document-content xmlns:o="{space}:office:1.0" xmlns:table="{space}:table:1.0"'
            f' xmlns:text="{space}:text:1.0"><table:table table:name="填报">{rows}</table:table></o:document-content>',
        )
    return out.getvalue()


def test_cells_that_an_ods_repeats_cost_no_more_than_the_limit() -> None:
    rows = (
        '<table:table-row table:number-rows-repeated="1048576"><table:table-cell table:number-columns-repeated="1000"'
        ' o:value-type="string"><text:p>x</text:p></table:table-cell></table:table-row>'
    )

    assert refused(_ods(rows), "filing.ods").code == "file-too-many-cells"


def test_blank_cells_that_an_ods_repeats_to_the_end_of_the_sheet_are_nothing() -> None:
    cell = (
        '<table:table-cell o:value-type="string"><text:p>x</text:p><o:annotation><text:p>批注</text:p></o:annotation>'
    )
    rows = (
        f'<table:table-row>{cell}</table:table-cell><table:table-cell table:number-columns-repeated="16383"/>'
        '</table:table-row><table:table-row table:number-rows-repeated="1048575"><table:table-cell/></table:table-row>'
    )

    assert grids.read(_ods(rows), "filing.ods")[0].rows == [["x"]]
