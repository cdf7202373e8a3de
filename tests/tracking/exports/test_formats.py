"""Files that go out: exact, defused, and the same bytes every time."""

import csv
import gc
import io
import json
import tempfile
import zipfile
from collections.abc import Iterator
from pathlib import Path
from typing import IO

import openpyxl
import pandas as pd
import pyarrow.parquet
import pytest

from tests import databases
from tracking import database
from tracking.exports import formats, workbook
from tracking.results.tables import attainment
from tracking.words import looks

FRAME = pd.DataFrame(
    {
        "space_name": pd.Series(["甲空间", "=1+1", "@SUM(A1)"], dtype="str"),
        "actual": [20.0, 0.7, None],
        "short_by": pd.array([1, None, 0], dtype="Int64"),
        "mandatory": [True, False, True],
        "due": pd.to_datetime(["2024-03-31", None, "2025-03-31"]).astype("datetime64[s]"),
        "filed_at": pd.to_datetime(["2024-03-01 10:00:05", None, "2025-03-31 00:00:00"]).astype("datetime64[us]"),
    }
)


def test_csv_is_what_a_spreadsheet_opens_as_it_is() -> None:
    assert formats.to_csv(FRAME).decode("utf-8") == (
        "\ufeffspace_name,actual,short_by,mandatory,due,filed_at\r\n"
        "甲空间,20,1,true,2024-03-31,2024-03-01T10:00:05\r\n"
        "'=1+1,0.7,,false,,\r\n"
        "'@SUM(A1),,0,true,2025-03-31,2025-03-31T00:00:00\r\n"
    )


def test_csv_reads_back_to_what_its_texts_say() -> None:
    said = ["x,y", 'a "b"', "two\nlines", "car\rriage", " both ", "\u2028é𠀀"]
    frame = pd.DataFrame({"text": pd.Series(said, dtype="str"), "any": ["=x", "a,b", 1, None, 0.5, "-"]})
    text = formats.to_csv(frame).decode("utf-8-sig")
    assert list(csv.reader(io.StringIO(text, newline="")))[1:] == list(
        map(list, zip(said, ["'=x", "a,b", "1", "", "0.5", "'-"], strict=True))
    )


@pytest.mark.parametrize("form", formats.FORMATS)
def test_a_table_in_pieces_is_the_file_of_the_whole(form: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(formats, "CHUNK", 2)
    pieces = [FRAME.iloc[:1], FRAME.iloc[1:1], FRAME.iloc[1:]]
    assert formats.written(pieces, form) == formats.written([FRAME], form)


def test_pieces_are_written_as_they_come(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(formats, "CHUNK", 2)
    out, behind = io.BytesIO(), []

    def pieces() -> Iterator[pd.DataFrame]:
        for _ in range(3):
            behind.append(out.getvalue().count(b"\r\n"))
            yield FRAME.head(2)

    formats.write(pieces(), "csv", out)
    assert behind == [0, 3, 5]


@pytest.mark.parametrize("form", formats.FORMATS)
def test_who_waits_is_told_how_many_rows_are_done(form: str, monkeypatch: pytest.MonkeyPatch) -> None:
    programme = databases.programme()
    monkeypatch.setattr(formats, "_STEP", 10)
    told: list[int] = []
    watched, alone = io.BytesIO(), io.BytesIO()
    with database.reading(programme) as connection:
        rows = attainment.count(connection, "filings", {})
        formats.export(connection, "filings", {}, form, watched, told.append)
        formats.export(connection, "filings", {}, form, alone)
    programme.dispose()
    assert told == [*range(10, rows, 10), rows]
    assert watched.getvalue() == alone.getvalue()


def test_what_a_sheet_cannot_hold_is_told_before_a_row_is_written(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(workbook, "MOST_ROWS", 4)
    formats.written([FRAME], "xlsx")
    with pytest.raises(workbook.TooManyRows, match="4 rows"):
        formats.check_fits("xlsx", 4)
    with pytest.raises(workbook.TooManyRows):
        formats.written([FRAME, FRAME.head(1)], "xlsx")


def test_a_workbook_may_be_larger_than_a_plain_zip_takes(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(zipfile, "ZIP64_LIMIT", 100)
    sheet = openpyxl.load_workbook(io.BytesIO(formats.written([FRAME], "xlsx"))).active
    assert sheet.max_row == len(FRAME) + 1


@pytest.mark.skipif(not Path("/dev/full").exists(), reason="No /dev/full")
@pytest.mark.parametrize("form", ["csv", "xlsx"])
# What the libraries leave open they close too late, in vain.
@pytest.mark.filterwarnings("ignore::pytest.PytestUnraisableExceptionWarning")
def test_a_disk_without_room_is_told_by_its_folder_and_nothing_is_left_on_it(
    form: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(tempfile, "tempdir", str(tmp_path))

    def full(_: IO[bytes]) -> None:
        with open("/dev/full", "wb", buffering=0) as out:
            formats.write([FRAME], form, out)

    with pytest.raises(OSError, match="No space left") as told:
        formats.spooled(full)
    assert told.value.filename == str(tmp_path)
    assert list(tmp_path.iterdir()) == []
    del told
    gc.collect()


def test_json_keeps_numbers_and_says_null() -> None:
    assert json.loads(formats.written([FRAME], "json"))[1] == {
        "space_name": "=1+1",
        "actual": 0.7,
        "short_by": None,
        "mandatory": False,
        "due": None,
        "filed_at": None,
    }


@pytest.mark.parametrize("sign", "=+-@\t\r\n＝＋－＠")
def test_what_a_spreadsheet_would_run_is_defused_and_a_figure_is_not(sign: str) -> None:
    frame = pd.DataFrame({"space_name": [f"{sign}1"], "actual": [-1.0]})
    (row,) = list(csv.reader(io.StringIO(formats.to_csv(frame).decode("utf-8"), newline="")))[1:]
    assert row == [f"'{sign}1", "-1"]


def test_a_formula_stays_a_text_in_a_workbook_even_when_its_cell_is_edited() -> None:
    cells = openpyxl.load_workbook(io.BytesIO(formats.written([FRAME], "xlsx"))).active["A"]
    assert [(cell.value, cell.data_type) for cell in cells[2:]] == [("=1+1", "s"), ("@SUM(A1)", "s")]
    assert [bool(cell.quotePrefix) for cell in cells] == [False, False, True, True]


def test_a_workbook_has_typed_cells_a_frozen_header_and_filters() -> None:
    sheet = openpyxl.load_workbook(io.BytesIO(formats.written([FRAME], "xlsx"))).active
    assert (sheet.freeze_panes, sheet.auto_filter.ref) == ("A2", "A1:F4")
    assert [cell.data_type for cell in sheet[2]] == ["s", "n", "n", "b", "d", "d"]


def test_a_status_in_a_workbook_has_its_colour_and_sign_and_stays_a_code() -> None:
    frame = pd.DataFrame({"status": ["short", "met"], "exit_warning": ["exit", "none"], "stage": ["target"] * 2})
    cells = openpyxl.load_workbook(io.BytesIO(formats.written([frame], "xlsx"))).active[2]
    assert [cell.value for cell in cells] == ["short", "exit", "target"]
    assert [cell.fill.fgColor.rgb[2:].lower() for cell in cells[:2]] == [
        looks.STATUSES["short"].colour[1:],
        looks.WARNINGS["exit"].colour[1:],
    ]
    assert [cell.number_format[-5:] for cell in cells] == ['"✕ "@', '"‼ "@', "neral"]


def test_a_day_is_a_date_in_parquet_and_a_moment_is_not() -> None:
    schema = pyarrow.parquet.read_schema(io.BytesIO(formats.written([FRAME], "parquet")))
    assert [str(schema.field(name).type) for name in ("due", "filed_at")] == ["date32[day]", "timestamp[us]"]


def test_parquet_reads_back_to_the_same_values() -> None:
    read = pd.read_parquet(io.BytesIO(formats.written([FRAME], "parquet")))
    pd.testing.assert_frame_equal(read.astype(FRAME.dtypes), FRAME)


@pytest.mark.parametrize("form", formats.FORMATS)
def test_the_same_frame_gives_the_same_bytes(form: str) -> None:
    assert formats.written([FRAME], form) == formats.written([FRAME], form)


@pytest.mark.parametrize("form", formats.FORMATS)
def test_an_empty_table_still_has_its_header(form: str) -> None:
    assert formats.written([FRAME.head(0)], form)
