"""A binary workbook is read as a person sees it, as an .xlsx of the same cells is; a damaged one is refused at once."""

import io
import struct
import time

import pytest
import python_calamine
import xlsxwriter

from tests.limits import refused
from tests.tracking.filing.spreadsheets.test_workbooks import workbook
from tests.xlsb import Book, Formula, Rich, Sheet, Styled, record, wide
from tracking.filing.spreadsheets import grids
from tracking.filing.spreadsheets.grids import Grid

HEADER = ["空间编号", "年度", "创业导师", "获得资本金额"]
PLAIN, STRUCK, RAISED = (False, False), (True, False), (False, True)
FONTS = (PLAIN, STRUCK, RAISED)


def _read(book: Book) -> Grid:
    (grid,) = grids.read(book.content(), "filing.xlsb")
    return grid


def test_what_the_tests_build_is_a_binary_workbook_to_another_reader():
    book = Book([Sheet([HEADER, ["S01", 2024, 25, 1200.5], ["S02", Formula(2024.0), True, Rich("12①", ((2, 0),))]])])

    read = python_calamine.CalamineWorkbook.from_filelike(io.BytesIO(book.content())).get_sheet_by_name("填报")

    assert read.to_python() == [HEADER, ["S01", 2024, 25, 1200.5], ["S02", 2024, True, "12①"]]


def test_it_says_the_same_as_a_workbook_of_the_other_form():
    out = io.BytesIO()
    with xlsxwriter.Workbook(out, {"in_memory": True}) as other:
        sheet = other.add_worksheet("填报")
        for number, row in enumerate([HEADER, ["S01", 2024, 25, 1200.5], ["S02"], ["", 2023, 30, 0.1 + 0.2]]):
            sheet.write_row(number, 0, row)
        sheet.write(1, 2, 1, other.add_format({"num_format": "0%"}))
        sheet.write(3, 2, 12, other.add_format({"num_format": '0"千元"'}))
        sheet.write(2, 1, 45292, other.add_format({"num_format": "yyyy-mm-dd"}))
        sheet.write(2, 2, 0.5, other.add_format({"num_format": "h:mm"}))
        sheet.write(2, 3, 12000000, other.add_format({"num_format": '0!.0,"万"'}))
        sheet.merge_range(2, 0, 3, 0, "S02")
        sheet.set_row(2, None, None, {"hidden": True})
        sheet.set_column(3, 3, None, None, {"hidden": True})
    rows = [
        HEADER,
        ["S01", 2024, Styled(1, 1), 1200.5],
        ["S02", Styled(45292, 3), Styled(0.5, 4), Styled(12_000_000, 5)],
        [None, 2023, Styled(12, 2), 0.1 + 0.2],
    ]
    formats = {170: '0"千元"', 171: "yyyy-mm-dd", 172: '0!.0,"万"'}
    styles = [(0, 0), (9, 0), (170, 0), (171, 0), (20, 0), (172, 0)]
    binary = Book(
        [Sheet(rows, hidden_rows=[2], hidden_columns=[3], merged=[(2, 0, 3, 0)])], styles=styles, formats=formats
    )

    grid = _read(binary)

    assert grid == grids.read(out.getvalue(), "filing.xlsx")[0]
    assert grid.rows[1][2] == "100%"


@pytest.mark.parametrize(
    ("says", "text"),
    [
        (20, "20"),
        (-3, "-3"),
        (0.1 + 0.2, "0.3"),
        (True, "TRUE"),
        ("#REF!", "#REF!"),
        (Formula(2.5), "2.5"),
        (Formula("是"), "是"),
        (Formula(""), ""),
        (Formula(False), "FALSE"),
        (Formula("#DIV/0!"), "#DIV/0!"),
        (Styled(Formula(1.0), 1), "100%"),
        # Nothing but the style of the styles above it is a percentage.
        (Styled(1, 2), "1"),
        (Styled(45292, 3), "2024-01-01"),
        (Styled(-1, 3), "-1⟦yyyy-m-d"),
        (Styled(1.25, 4), "1 day, 6:00:00"),
    ],
)
def test_a_typed_cell_is_told_as_a_person_sees_it(says, text):
    styles = ((0, 0), (9, 0), (1, 0), (14, 0), (46, 0))

    assert _read(Book([Sheet([[says, 7]])], styles=styles)).rows == [[text, "7"]]


@pytest.mark.parametrize(
    ("raw", "text"),
    [
        (123456 << 2 | 3, "1234.56"),
        (0x40590000, "100"),
        (0x40590001, "1"),
    ],
    ids=["a hundredth of a whole number", "half of a double", "a hundredth of that"],
)
def test_numbers_in_four_bytes_are_read(raw, text):
    cells = record(0, struct.pack("<IIHBBBI", 0, 0, 288, 0, 0, 0, 0)) + record(2, struct.pack("<IIi", 0, 0, raw))

    assert _read(Book([Sheet([], ends=cells + record(146))])).rows == [[text]]


def test_days_are_counted_from_1904_where_the_workbook_says_so():
    book = Book([Sheet([[Styled(45292 - 1462, 1)]])], styles=((0, 0), (14, 0)), flags=1)

    assert _read(book).rows == [["2024-01-01"]]


def test_cells_in_the_short_form_are_read():
    rows = [["S01", 2024, None, "#REF!", True, 0.7, "备注"]]

    assert _read(Book([Sheet(rows, short=True)])).rows == [["S01", "2024", "", "#REF!", "TRUE", "0.7", "备注"]]


def test_rows_hidden_or_without_height_and_hidden_sheets_are_told():
    first = Sheet([["S01"], ["S02"], ["S03"]], hidden_rows=[1], flat_rows=[2])
    second = Sheet([["S04"]], name="旧表", state=1)

    shown, hidden = grids.read(Book([first, second]).content(), "filing.xlsb")

    assert (shown.hidden_rows, shown.hidden, hidden.hidden) == ({1, 2}, False, True)


@pytest.mark.parametrize(
    ("says", "text", "struck", "raised"),
    [
        (Styled(25, 1), "", True, False),
        (Styled("S01", 1), "", True, False),
        (Rich("256", ((1, 1), (2, 0))), "26", True, False),
        (Rich("251", ((2, 2),)), "25", False, True),
        (Styled(Rich("256", ((1, 0), (2, 0))), 1), "56", True, False),
        # A sign outside the first plane counts as two.
        (Rich("𠮷5①", ((3, 2),)), "𠮷5", False, True),
        # A text that is raised as a whole is no footnote.
        (Rich("25", ((0, 2),)), "25", False, False),
    ],
)
def test_what_is_struck_and_footnotes_are_left_out(says, text, struck, raised):
    grid = _read(Book([Sheet([[says, 7]])], fonts=FONTS, styles=((0, 0), (0, 1))))

    assert (grid.rows, bool(grid.struck), bool(grid.raised)) == ([[text, "7"]], struck, raised)


def test_macros_are_ignored_and_what_is_embedded_refuses_the_file():
    sheets = [Sheet([HEADER])]

    assert _read(Book(sheets, parts={"xl/vbaProject.bin": b""})).remarks == ("macros-ignored",)
    assert refused(Book(sheets, parts={"xl/embeddings/a.bin": b""}).content(), "a.xlsb").code == "file-embeds"


def test_two_workbooks_in_one_file_are_refused():
    both = workbook(**{"xl/workbook.bin": b""})

    assert refused(both, "filing.xlsb").code == "file-broken"


_ROW = record(0, struct.pack("<IIHBBBI", 0, 0, 288, 0, 0, 0, 0))
_END = record(146)


def _number(column: int, style: int = 0) -> bytes:
    return record(5, struct.pack("<IId", column, style, 20))


@pytest.mark.parametrize(
    "cells",
    [
        _ROW + b"\x05\xff\xff\xff\x7f" + bytes(16),
        _ROW + b"\x05\xff\xff",
        _ROW + _number(0)[:-4],
        _ROW + record(5, bytes(10)) + _END,
        _ROW + _number(0),
        _number(0) + _END,
        _ROW + _number(0) + _number(0) + _END,
        _ROW + _number(16_384) + _END,
        _ROW + _number(0, style=9) + _END,
        _ROW + _ROW + _END,
        record(0, struct.pack("<IIHBBBI", 1_048_576, 0, 288, 0, 0, 0, 0)) + _END,
        _ROW + record(7, struct.pack("<III", 0, 0, 3)) + _END,
        _ROW + record(7, struct.pack("<II", 0, 0)) + _END,
        _ROW + record(6, struct.pack("<III", 0, 0, 0x7FFFFFFF)) + _END,
        _ROW + record(62, struct.pack("<IIB", 0, 0, 1) + wide("25") + struct.pack("<I", 0xFFFFFFFF)) + _END,
        _ROW + record(62, struct.pack("<IIB", 0, 0, 1) + wide("25") + struct.pack("<IHH", 1, 0, 99)) + _END,
        _ROW + record(62, struct.pack("<IIB", 0, 0, 1) + wide("25") + struct.pack("<IHHHH", 2, 1, 0, 0, 0)) + _END,
    ],
    ids=[
        "a length of 256 MB",
        "a length without an end",
        "a record cut off",
        "a number cut off",
        "cells without an end",
        "a cell before any row",
        "a cell twice",
        "a cell beyond any sheet",
        "a style that is not there",
        "a row twice",
        "a row beyond any sheet",
        "a text that is not there",
        "a text without its number",
        "a text longer than the file",
        "more looks than the file has",
        "a font that is not there",
        "looks that overlap",
    ],
)
def test_a_damaged_workbook_is_refused_at_once(cells):
    content = Book([Sheet([], ends=cells)]).content()
    start = time.monotonic()

    assert refused(content, "filing.xlsb").code == "file-broken"
    assert time.monotonic() - start < 5


@pytest.mark.parametrize("part", ["xl/workbook.bin", "xl/styles.bin", "xl/sharedStrings.bin"])
def test_a_damaged_part_of_all_sheets_refuses_the_file(part):
    book = Book([Sheet([HEADER])], parts={part: b"\x9c\x01\x7f\x00"})

    assert refused(book.content(), "filing.xlsb").code == "file-broken"


def test_a_sheet_wider_than_the_limit_is_refused_by_name():
    problem = refused(Book([Sheet([], ends=_ROW + _number(9_999) + _END)]).content(), "filing.xlsb")

    assert (problem.code, problem.sheet) == ("file-too-wide", "填报")
