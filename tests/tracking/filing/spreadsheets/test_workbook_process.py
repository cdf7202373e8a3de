"""What becomes of a file in the process that opens it: its sheets, or the code of why not; never an exception."""

import io

import pytest
import xlsxwriter

from tests.tracking.filing.spreadsheets.test_workbooks import workbook
from tests.xlsb import Book, Sheet
from tracking.filing.spreadsheets import workbook_process
from tracking.filing.spreadsheets.sheets import Limits


def answer(content: bytes) -> tuple[str, object]:
    return workbook_process.answer(content, Limits(100, 1_000, 1_000))


def sheets(content: bytes) -> list[dict[str, object]]:
    code, found = answer(content)
    assert code == "sheets"
    assert isinstance(found, list)
    return found


@pytest.mark.parametrize(
    ("content", "rows"),
    [
        (workbook('<row r="2"><c r="B2"><v>7</v></c></row>'), [["", ""], ["", "7"]]),
        (Book([Sheet([["S01", 2024]])]).content(), [["S01", "2024"]]),
        (b"<table><tr><td>S01</td></tr></table>", [["S01"]]),
    ],
    ids=["xlsx", "xlsb", "web page"],
)
def test_a_file_is_read_by_what_it_is(content: bytes, rows: list[list[str]]) -> None:
    assert sheets(content)[0]["rows"] == rows


@pytest.mark.parametrize(
    ("content", "code"),
    [
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", "file-broken"),
        (b"<p>no table</p>", "file-not-a-spreadsheet"),
        (b"", "file-broken"),
    ],
)
def test_what_cannot_be_read_is_a_code(content: bytes, code: str) -> None:
    assert answer(content)[0] == code


def test_more_cells_than_the_limit_are_a_code_with_its_sheet() -> None:
    code, details = workbook_process.answer(workbook('<row r="9"><c r="I9"><v>7</v></c></row>'), Limits(100, 80, 100))
    assert (code, details) == ("file-too-many-cells", {"sheet": "填报", "cells": 81, "most": 80})


def test_a_formula_without_a_result_below_the_last_value_is_told() -> None:
    out = io.BytesIO()
    with xlsxwriter.Workbook(out, {"in_memory": True}) as book:
        sheet = book.add_worksheet("填报")
        sheet.write(0, 0, "S01")
        sheet.merge_range(0, 1, 0, 2, "资金")
        sheet.write(1, 2, "x")
    (found,) = sheets(out.getvalue())
    assert (found["rows"], found["merged"], found["hidden"]) == (
        [["S01", "资金", ""], ["", "", "x"]],
        ((0, 1, 0, 2),),
        False,
    )
    (below,) = sheets(workbook('<row r="1"><c r="A1"><v>7</v></c></row><row r="2"><c r="A2"><f>1+1</f></c></row>'))
    assert below["rows"] == [["7"], ["=?"]]
