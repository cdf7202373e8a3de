"""What goes out reads back to the same values, types and Chinese text, in the tools that people open it with."""

import math
import os
import shutil
import subprocess
from collections.abc import Callable
from datetime import date
from functools import cache
from pathlib import Path

import duckdb
import openpyxl
import pandas as pd
import pytest
import python_calamine
from openpyxl.utils.escape import unescape

from tests.served import programme
from tracking import database
from tracking.exports import covers, formats, provenance
from tracking.results.tables import attainment, observations
from tracking.results.tables.filters import Chosen

PAYLOADS = [
    "=1+1",
    "=cmd|' /C calc'!A0",
    "+1+1",
    "-1+1",
    "-2",
    "@SUM(A1:A9)",
    "\t=1+1",
    "\r=1+1",
    "\n=1+1",
    "＝1+1",
    "＋1",
    "－1",
    "＠SUM(A1)",
    '=HYPERLINK("http://example.com/?"&A1,"甲空间")',
]
HARMLESS = [
    "甲空间，乙",
    "甲;=1+1",
    "甲\t=1+1",
    '“引号” and "quotes"',
    "a,b;c\td",
    "第一行\n第二行",
    "𠮷野家 Ⅲ",
    " 1+1=2 ",
]
# What has types keeps these texts; in CSV only a reader that is told so does.
LIKE_OTHERS = ["007", "1e5", "2024-03-31", "true"]
NUMBERS = [-3.0, 0.7, 1 / 3, 0.0, -0.0001, 99999999999999.99, 1200.0]
# A spreadsheet holds figures to fifteen digits.
DIGITS = 1e-14
PATIENCE = 120

Rows = list[list[object]]


def made(texts: list[str]) -> pd.DataFrame:
    """A row per text, with figures, yes and no, days, moments and blanks beside it."""
    rows = [
        {
            "name": text,
            "value": NUMBERS[at % len(NUMBERS)],
            "short_by": at if at % 3 else None,
            "mandatory": at % 2 == 0,
            "due": pd.Timestamp(2024, 2, 29) if at % 4 else None,
            "filed_at": pd.Timestamp(2025, 12, 31, 23, 59, at) if at % 5 else None,
            "note": None if at % 2 else text,
        }
        for at, text in enumerate(texts)
    ]
    kinds = {"name": "str", "short_by": "Int64", "due": "datetime64[s]", "filed_at": "datetime64[us]", "note": "str"}
    return pd.DataFrame(rows).astype(kinds)


MADE = {"payloads": made(PAYLOADS), "harmless": made(HARMLESS), "like_others": made(LIKE_OTHERS)}
TABLES = (*MADE, "attainment", "evaluations", "verdicts", "filings", "observations", "observations_wide")


@cache
def exported() -> dict[str, tuple[pd.DataFrame, covers.Cover]]:
    found = {}
    with database.reading(programme(), date(2026, 5, 1)) as connection:
        for name in TABLES:
            if name in MADE:
                frame = MADE[name]
            elif name == "observations_wide":
                frame = observations.wide(connection, {"lang": "zh"})
            else:
                frame = attainment.read(connection, name, {"lang": "zh"}, limit=400)
            table = "shortfalls" if name in MADE else name
            chosen: Chosen = {"search": "=1+1"}
            rests_on = provenance.of(connection, table, chosen)
            found[name] = (frame, covers.cover(connection, rests_on, chosen, frame.columns, len(frame)))
    return found


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Every table in every format."""
    made = tmp_path_factory.mktemp("exports")
    for name, (frame, cover) in exported().items():
        for form in formats.FORMATS:
            (made / f"{name}.{form}").write_bytes(formats.written([frame], form, cover))
    return made


@pytest.fixture(scope="module")
def opened(folder: Path) -> Path:
    """Every CSV and XLSX as LibreOffice saves it once it has opened it; files are <table>_<form>.xlsx."""
    office = shutil.which("soffice") or shutil.which("libreoffice")
    if office is None:
        if os.environ.get("CI"):
            pytest.fail("No LibreOffice: .ci/programs.py fetches it")
        pytest.skip("NO LIBREOFFICE, WHAT IT MAKES OF EXPORTS WAS NOT TESTED")
    files = [
        shutil.copy(folder / f"{name}.{form}", folder / f"{name}_{form}.{form}")
        for name in TABLES
        for form in ("csv", "xlsx")
    ]
    command = [office, "--headless", f"-env:UserInstallation={(folder / 'profile').as_uri()}"]
    # Of a CSV: comma, semicolon and tab as its dialogue offers them, double quote, UTF-8, from the first line on.
    # Formulas would be run.
    command += ["--infilter=CSV:44/59/9,34,76,1", "--convert-to", "xlsx", "--outdir", str(folder / "opened")]
    command += map(str, files)
    subprocess.run(command, check=True, capture_output=True, timeout=PATIENCE)
    return folder / "opened"


def rows(frame: pd.DataFrame, text: Callable[[str], str] = str) -> Rows:
    """The rows of a frame in plain values: texts, figures, yes and no, days and moments by the column's type."""

    def plain(value: object, kind: str) -> object:
        if pd.isna(value):
            return None
        if kind == "datetime64[s]":
            return pd.Timestamp(value).date()
        if kind == "datetime64[us]":
            return pd.Timestamp(value).to_pydatetime()
        if kind == "bool":
            return bool(value)
        return text(value) if kind == "str" else float(value)

    told = [[plain(value, str(column.dtype)) for value in column] for _, column in frame.items()]
    return [list(row) for row in zip(*told, strict=True)]


def differing(read: Rows, expected: Rows) -> list[object]:
    """The cells that differ, or the whole where the rows are not as many; figures to as many digits as a workbook."""
    if list(map(len, read)) != list(map(len, expected)):
        return [read]
    cells = [pair for rows in zip(read, expected, strict=True) for pair in zip(*rows, strict=True)]
    return [(told, meant) for told, meant in cells if told != meant and not _near(told, meant)]


def _near(told: object, meant: object) -> bool:
    return isinstance(told, float) and isinstance(meant, float) and math.isclose(told, meant, rel_tol=DIGITS)


def defused(text: str) -> str:
    return f"'{text}" if text in PAYLOADS else text


def texts_of(frame: pd.DataFrame) -> dict[str, str]:
    return {name: "str" for name, kind in frame.dtypes.items() if kind == "str"}


@pytest.mark.parametrize("name", TABLES)
def test_pandas_reads_the_csv_back(name: str, folder: Path) -> None:
    frame = exported()[name][0]
    read = pd.read_csv(folder / f"{name}.csv", dtype=texts_of(frame))
    assert rows(read.astype(frame.dtypes)) == rows(frame, defused)


@pytest.mark.parametrize("name", TABLES)
def test_pandas_reads_the_workbook_back(name: str, folder: Path) -> None:
    frame, cover = exported()[name]
    read = pd.read_excel(folder / f"{name}.xlsx", sheet_name=cover.table, dtype=texts_of(frame), engine="calamine")
    assert differing(rows(read.astype(frame.dtypes)), rows(frame)) == []


@pytest.mark.parametrize("name", TABLES)
def test_pandas_reads_the_json_back(name: str, folder: Path) -> None:
    frame = exported()[name][0]
    read = pd.read_json(folder / f"{name}.json", dtype=False, precise_float=True)
    assert rows(read.astype(frame.dtypes)) == rows(frame)


@pytest.mark.parametrize("name", TABLES)
def test_pandas_reads_the_parquet_back(name: str, folder: Path) -> None:
    frame = exported()[name][0]
    read = pd.read_parquet(folder / f"{name}.parquet")
    days = {name: "object" for name, kind in frame.dtypes.items() if kind == "datetime64[s]"}
    assert dict(read.dtypes) == dict(frame.astype(days).dtypes)
    assert rows(read.astype(frame.dtypes)) == rows(frame)


@pytest.mark.parametrize("name", TABLES)
@pytest.mark.parametrize("form", ["csv", "json", "parquet"])
def test_duckdb_reads_every_format_back(name: str, form: str, folder: Path) -> None:
    frame = exported()[name][0]
    kinds = {"str": "VARCHAR", "float64": "DOUBLE", "int64": "BIGINT", "Int64": "BIGINT", "bool": "BOOLEAN"}
    kinds |= {"datetime64[s]": "DATE", "datetime64[us]": "TIMESTAMP"}
    columns = {column: kinds[str(kind)] for column, kind in frame.dtypes.items()}
    read = {
        "csv": f"read_csv('{folder}/{name}.csv', header = true, types = {columns})",
        "json": f"read_json('{folder}/{name}.json', columns = {columns})",
        "parquet": f"read_parquet('{folder}/{name}.parquet')",
    }[form]
    with duckdb.connect() as connection:
        told = [list(row) for row in connection.execute(f"SELECT * FROM {read}").fetchall()]
    assert told == rows(frame, defused if form == "csv" else str)


@pytest.mark.parametrize("name", TABLES)
def test_openpyxl_reads_the_workbook_back_typed(name: str, folder: Path) -> None:
    book = openpyxl.load_workbook(folder / f"{name}.xlsx")
    header, *cells = book[exported()[name][1].table].iter_rows()
    frame = exported()[name][0]
    assert [cell.value for cell in header] == list(frame.columns)
    days = [str(kind) == "datetime64[s]" for kind in frame.dtypes]
    told = [[_told(cell, day) for cell, day in zip(row, days, strict=True)] for row in cells]
    assert differing(told, rows(frame)) == []
    assert not [cell for sheet in book for row in sheet.iter_rows() for cell in row if cell.data_type == "f"]


def _told(cell: openpyxl.cell.Cell, day: bool) -> object:
    if isinstance(cell.value, str):
        return unescape(cell.value)
    return cell.value.date() if day and cell.value else cell.value


@pytest.mark.parametrize("name", TABLES)
def test_libreoffice_opens_the_workbook_to_the_same_values(name: str, opened: Path) -> None:
    frame, cover = exported()[name]
    assert differing(_sheet(opened / f"{name}_xlsx.xlsx", cover.table, frame), rows(frame)) == []


@pytest.mark.parametrize("name", [name for name in TABLES if name != "like_others"])
def test_libreoffice_opens_the_csv_to_the_same_values(name: str, opened: Path) -> None:
    frame = exported()[name][0]
    read = _sheet(opened / f"{name}_csv.xlsx", f"{name}_csv", frame)
    # A text column may say years and numbers of clauses; a CSV has no types to tell them from figures.
    texts = [kind == "str" for kind in frame.dtypes]
    told = [
        [f"{each:.0f}" if text and isinstance(each, float) else each for each, text in zip(row, texts, strict=True)]
        for row in read
    ]
    # A line break within a cell is one, however it is written.
    assert differing(told, rows(frame, lambda text: defused(text).replace("\r", "\n"))) == []


def _sheet(path: Path, sheet: str, frame: pd.DataFrame) -> Rows:
    header, *cells = python_calamine.CalamineWorkbook.from_path(path).get_sheet_by_name(sheet).to_python()
    assert header == list(frame.columns)
    return [[None if cell == "" else cell for cell in row] for row in cells]


@pytest.mark.parametrize("form", ["csv", "xlsx"])
@pytest.mark.parametrize("name", TABLES)
def test_libreoffice_runs_no_formula(name: str, form: str, opened: Path) -> None:
    book = openpyxl.load_workbook(opened / f"{name}_{form}.xlsx")
    formulas = {cell.value for sheet in book for row in sheet.iter_rows() for cell in row if cell.data_type == "f"}
    # It has no other way to hold a yes or a no of a workbook.
    assert formulas <= {"=TRUE()", "=FALSE()"}
