"""A workbook says on its first sheet what it is, whichever way it was got."""

import io
from datetime import date, datetime
from pathlib import Path

import openpyxl
import pytest
from click.testing import CliRunner
from sqlalchemy import Engine
from starlette.applications import Starlette
from starlette.routing import Mount
from starlette.testclient import TestClient

from pages.shared import data, downloads
from tests.conftest import SHANGHAI
from tracking import api, covers, database, policy, register
from tracking.__main__ import group

DAY = date(2024, 5, 1)
REGISTER = (
    "space_id,space_name,track,start_year,end_year\nS1,甲空间,branding,2023,2025\nS2,乙空间,specialization,2022,2024\n"
)


@pytest.fixture
def address(tmp_path: Path) -> str:
    """A database in a file, with Shanghai's policy (load 1) and two spaces (load 2)."""
    url = f"duckdb:///{tmp_path}/test.duckdb"
    engine = database.connect(url, create=True)
    database.initialise(engine)
    policy.load(engine, SHANGHAI, by="tests")
    assert register.load(engine, REGISTER.encode(), "register.csv", by="tests").loaded
    engine.dispose()
    return url


@pytest.fixture
def running(address: str) -> Engine:
    return database.connect(address)


def from_command_line(address: str, *words: str) -> bytes:
    done = CliRunner().invoke(group, [*words, "--format", "xlsx", "--database", address])
    assert done.exit_code == 0, done.stderr
    return done.stdout_bytes


def test_the_first_sheet_says_what_the_rows_are_and_what_they_rest_on(address: str) -> None:
    chosen = ("--track", "branding", "--status", "unfiled", "--as-of", str(DAY), "--lang", "en")
    book = openpyxl.load_workbook(io.BytesIO(from_command_line(address, "shortfalls", *chosen)))
    about, rows = book.worksheets
    assert (book.active, rows.title) == (about, "shortfalls")
    told = list(about.iter_rows(values_only=True))
    assert told[0][0] == "Shortfalls (shortfalls)"
    facts = [row[:2] for row in told[3 : told.index((None,) * 6, 3)]]
    assert facts == [
        ("Filters", "Track: branding"),
        (None, "Status: unfiled Unfiled"),
        ("As of", datetime(2024, 5, 1)),
        ("Data version", 2),
        ("Rows", rows.max_row - 1),
        ("Edition", facts[5][1]),
        ("Reading in force", "Firms and teams cultivated: Construction years count"),
        (None, "Pass mark of a year: Every mandatory requirement"),
    ]
    assert "(shanghai-sanhua)" in str(facts[5][1])
    codes = [row[0] for row in told]
    header = [cell.value for cell in rows[1]]
    first = codes.index("space_id")
    assert codes[first : first + len(header)] == header
    assert all(all(told[at][column] for column in (0, 1, 2, 4)) for at in range(first, first + len(header)))
    assert "branding.target.1.firms_and_teams_cultivated" in codes
    assert "specialization.target.2.mentors" not in codes


def test_page_address_and_command_line_give_the_same_workbook(address: str, monkeypatch: pytest.MonkeyPatch) -> None:
    words = ("--year", "2023", "--as-of", str(DAY), "--data-version", "2", "--lang", "zh")
    said = from_command_line(address, "attainment", *words)
    running = database.connect(address)
    served = TestClient(Starlette(routes=[Mount(api.PREFIX, api.application(lambda: running))]))
    asked = {"year": 2023, "as_of": str(DAY), "lang": "zh"}
    monkeypatch.setattr(data, "engine", lambda: running)
    monkeypatch.setattr(data, "today", lambda: DAY)
    shown = downloads._file("attainment", "xlsx", {"years": (2023,), "lang": "zh"})
    assert said == served.get(f"{api.PREFIX}/attainment.xlsx", params=asked).content == shown
    running.dispose()


@pytest.mark.parametrize(
    "words", [("observations",), ("observations", "--wide"), ("dictionary",), ("changes", "--from", "1")]
)
@pytest.mark.parametrize("lang", ["zh", "en"])
def test_every_other_table_has_one_too(address: str, words: tuple[str, ...], lang: str) -> None:
    book = openpyxl.load_workbook(io.BytesIO(from_command_line(address, *words, "--lang", lang)))
    table = "observations_wide" if "--wide" in words else words[0]
    assert book.sheetnames == ["说明" if lang == "zh" else "About", table]


def test_a_filter_that_chooses_nothing_of_a_table_is_not_told(running: Engine) -> None:
    with database.reading(running, DAY) as connection:
        cover = covers.cover(connection, "verdicts", {"phases": ("cultivation",), "at_least": 3, "lang": "en"}, [], 0)
    assert cover.facts[0] == ("Filters", "The whole, without filters")


def test_a_search_for_a_formula_is_told_as_a_text(running: Engine) -> None:
    with database.reading(running, DAY) as connection:
        cover = covers.cover(connection, "filings", {"search": "=1+1", "lang": "en"}, [], 0)
    assert cover.facts[0] == ("Filters", "Text: =1+1")
