"""Any spreadsheet to rows that remember their place; what cannot be read is refused in one sentence."""

import io
import zipfile
from collections.abc import Sequence

import openpyxl
import pytest
import xlsxwriter

from tracking.filing.spreadsheets import grids
from tracking.filing.spreadsheets.grids import FORMULA_WITHOUT_RESULT, SIZE_LIMIT, read
from tracking.filing.spreadsheets.grids import letter as letter_
from tracking.words.problems import Refusal

ROWS = [["空间编号", "年度", "创业导师"], ["S1", "2022", "20"], ["S2", "2022", ""]]


def _csv(delimiter: str = ",", ending: str = "\n") -> str:
    return ending.join(delimiter.join(row) for row in ROWS) + ending


def _xlsx(rows: Sequence[Sequence[object]]) -> bytes:
    out = io.BytesIO()
    with xlsxwriter.Workbook(out, {"in_memory": True}) as book:
        sheet = book.add_worksheet("填报")
        for row, cells in enumerate(rows):
            sheet.write_row(row, 0, cells)
    return out.getvalue()


def _code(content: bytes, name: str = "file.csv", limit: int = SIZE_LIMIT) -> str:
    with pytest.raises(Refusal) as caught:
        read(content, name, limit)
    (problem,) = caught.value.problems
    assert problem.message("zh")
    assert problem.hint("en")
    return problem.code


@pytest.mark.parametrize("ending", ["\n", "\r\n", "\r"], ids=["LF", "CRLF", "CR"])
@pytest.mark.parametrize("delimiter", [",", ";", "\t"])
@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "gb18030"])
def test_text_in_every_encoding_delimiter_and_line_ending(encoding: str, delimiter: str, ending: str) -> None:
    (grid,) = read(_csv(delimiter, ending).encode(encoding), "file.csv")
    assert grid.rows == ROWS


def test_a_workbook_tells_typed_cells_as_one_would_type_them() -> None:
    (grid,) = read(_xlsx([["a", 20, 0.7, True, 1e14]]), "file.xlsx")
    assert (grid.sheet, grid.rows) == ("填报", [["a", "20", "0.7", "TRUE", "100000000000000"]])


def test_a_workbook_is_known_by_its_bytes_not_its_name() -> None:
    (grid,) = read(_xlsx([["a"]]), "file.csv")
    assert grid.rows == [["a"]]


def test_a_line_break_in_quotes_does_not_end_a_row() -> None:
    (grid,) = read(b'a,b\n"one\ntwo",2\n3,4\n', "file.csv")
    assert grid.rows == [["a", "b"], ["one\ntwo", "2"], ["3", "4"]]


def test_a_formula_that_was_never_computed_is_told_apart_from_a_blank() -> None:
    book = openpyxl.Workbook()
    book.active["A1"] = "x"
    book.active["B1"] = "=1+1"
    out = io.BytesIO()
    book.save(out)
    (grid,) = read(out.getvalue(), "file.xlsx")
    assert grid.rows == [["x", FORMULA_WITHOUT_RESULT]]


@pytest.mark.parametrize("content", [b"", b"\xef\xbb\xbf", b"\r\n \n", b"\x00\x00"])
def test_an_empty_file(content: bytes) -> None:
    assert _code(content) == "file-empty"


@pytest.mark.parametrize("content", [b"%PDF-1.7 ...", b"\x89PNG\r\n\x1a\n", b"<html><table></table>"])
def test_another_kind_of_file(content: bytes) -> None:
    assert _code(content) == "file-not-a-spreadsheet"


def test_random_bytes() -> None:
    assert _code(b"\xff\xfe\x00\xd8\x80\x81" * 9 + b"\xff") in ("file-encoding", "file-not-a-spreadsheet")


def test_a_truncated_workbook() -> None:
    assert _code(_xlsx(ROWS)[:-200]) == "file-broken"


def test_a_workbook_with_a_password() -> None:
    ole = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\x00" * 600 + "EncryptedPackage".encode("utf-16-le")
    assert _code(ole, "file.xlsx") == "file-protected"


def test_an_archive_that_is_no_workbook() -> None:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as archive:
        archive.writestr("readme.txt", "hello")
    assert _code(out.getvalue()) == "file-not-a-spreadsheet"


def test_an_archive_that_would_unpack_without_end(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(grids, "UNPACKED_LIMIT", 1_000_000)
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("xl/worksheets/sheet1.xml", b"0" * 2_000_000)
    assert _code(out.getvalue()) == "file-unpacks-too-large"


def test_more_bytes_than_the_limit() -> None:
    assert _code(b"a" * 2_000_001, limit=2_000_000) == "file-too-large"


def test_more_columns_than_anybody_has() -> None:
    assert _code(b"," * 1_000_000) == "file-too-wide"


def test_a_cell_of_a_book_s_length() -> None:
    assert _code(b'a,"' + b"x" * 100_000 + b'"\n') == "file-cell-too-long"


@pytest.mark.parametrize(("index", "letter"), [(0, "A"), (25, "Z"), (26, "AA"), (701, "ZZ"), (702, "AAA")])
def test_columns_have_the_letters_that_a_spreadsheet_shows(index: int, letter: str) -> None:
    assert letter_(index) == letter
    assert grids.index_of(letter) == index


def test_what_a_cell_says_is_told_as_it_was_typed() -> None:
    sheets = read("a,b,c\n1,2,约20\n".encode(), "a.csv")
    assert grids.cell(sheets, (None, 2, "C")) == "约20"
    assert grids.cell(sheets, (None, 99, "C")) == grids.cell(sheets, (None, 2, "ZZ")) == ""
