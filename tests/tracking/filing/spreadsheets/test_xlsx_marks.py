"""What is told of the cells of an .xlsx beside their values, and which rows and columns nobody sees."""

import io

import pytest
import xlsxwriter

from tests.tracking.filing.spreadsheets.test_workbooks import workbook
from tracking.filing.spreadsheets import xlsx_marks


def test_what_is_struck_through_and_what_is_a_footnote_is_left_out_and_noted() -> None:
    out = io.BytesIO()
    with xlsxwriter.Workbook(out, {"in_memory": True}) as book:
        sheet = book.add_worksheet("填报")
        strike, bold = book.add_format({"font_strikeout": True}), book.add_format({"bold": True})
        up, down = book.add_format({"font_script": 1}), book.add_format({"font_script": 2})
        sheet.write_row(1, 0, ["S01", 2022])
        sheet.write_rich_string(1, 2, bold, "2", up, "1")
        sheet.write_rich_string(1, 3, strike, "5", bold, "6")
        sheet.write_row(2, 0, ["S02", 2022, 25, "5"], strike)
        sheet.write_rich_string(3, 2, bold, "2", down, "5")
        sheet.write(3, 3, 7, strike)

    marks = xlsx_marks.of(out.getvalue())["填报"]

    assert marks.texts == {1: {2: "2", 3: "6"}, 2: dict.fromkeys(range(4), ""), 3: {2: "2₅", 3: ""}}
    assert marks.struck == {(1, 3), *((2, column) for column in range(4)), (3, 3)}
    assert marks.raised == {(1, 2)}


@pytest.mark.parametrize("attribute", ['ht="0"', 'hidden="1"', 'ht="0.00" customHeight="1"'])
def test_a_row_that_is_hidden_or_without_height_is_seen_by_nobody(attribute: str) -> None:
    content = workbook(f'<row r="1"><c r="A1"><v>7</v></c></row><row r="2" {attribute}><c r="A2"><v>8</v></c></row>')

    assert xlsx_marks.of(content)["填报"].hidden_rows == {1}


def test_a_workbook_that_is_no_archive_is_damaged() -> None:
    with pytest.raises(ValueError, match="zip"):
        xlsx_marks.of(b"PK")
