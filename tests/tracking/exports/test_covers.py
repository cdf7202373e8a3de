"""A workbook says on its first sheet what it is, whichever way it was got."""

import io
import json
from collections.abc import Iterator
from datetime import date, datetime

import openpyxl
import pytest
from click.testing import CliRunner
from sqlalchemy import Engine
from starlette.applications import Starlette
from starlette.testclient import TestClient

import tracking
from pages.shared import downloads
from tests import databases
from tracking import api, database
from tracking.__main__ import group
from tracking.exports import covers, formats, provenance
from tracking.filing import loading, register
from tracking.results.tables.filters import Chosen

DAY = date(2024, 5, 1)
FILED = "space_id,year,funded_firms,mentors,tenants,tenants_with_ip\nS1,2023,3,,,\nS2,2023,5,25,10,3\n"
REGISTER = (
    "space_id,space_name,track,start_year,end_year\nS1,甲空间,branding,2023,2025\nS2,乙空间,specialization,2022,2024\n"
)


@pytest.fixture(scope="module")
def address(tmp_path_factory: pytest.TempPathFactory) -> str:
    """A database in a file, with Shanghai's policy (load 1), two spaces (load 2) and a filing of each (load 3)."""
    url = databases.shanghai_at(tmp_path_factory.mktemp("covers") / "test.duckdb")
    engine = database.connect(url)
    assert register.load(engine, REGISTER.encode(), "register.csv", by="tests").loaded
    assert loading.load(engine, FILED.encode(), "2023.csv", by="tests").loaded
    engine.dispose()
    return url


@pytest.fixture(scope="module")
def running(address: str) -> Iterator[Engine]:
    """The same database, asked directly."""
    engine = database.connect(address)
    yield engine
    engine.dispose()


def from_command_line(address: str, *words: str, form: str = "xlsx") -> bytes:
    done = CliRunner().invoke(group, [*words, "--format", form, "--database", address])
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
        ("Data version", 3),
        ("Rows", rows.max_row - 1),
        ("Edition", facts[5][1]),
        ("Reading in force", "Firms and teams cultivated: Construction years count"),
        (None, "Pass mark of a year: Every mandatory requirement"),
        ("Rules", database.rules()),
        ("Release", tracking.RELEASE),
        ("Audit trail", facts[-1][1]),
    ]
    (number, head) = str(facts[-1][1]).split(":")
    # The policy, the register and the filing were noted.
    assert (number, len(head)) == ("3", 64)
    assert "(shanghai-sanhua)" in str(facts[5][1])
    codes = [row[0] for row in told]
    header = [cell.value for cell in rows[1]]
    first = codes.index("space_id")
    assert codes[first : first + len(header)] == header
    assert all(all(told[at][column] for column in (0, 1, 2, 4)) for at in range(first, first + len(header)))
    assert "branding.target.1.firms_and_teams_cultivated" in codes
    assert "specialization.target.2.mentors" not in codes


@pytest.mark.parametrize("form", formats.FORMATS)
@pytest.mark.parametrize("table", downloads.TABLES)
def test_page_address_and_command_line_give_the_same_file(address: str, running: Engine, table: str, form: str) -> None:
    figures = table.startswith("observations")
    command = ("observations", "--wide") if table == "observations_wide" else (table,)
    day = () if figures else ("--as-of", str(DAY))
    said = from_command_line(address, *command, "--year", "2023", *day, "--data-version", "3", form=form)
    served = TestClient(Starlette(routes=api.routes(lambda: running)))
    # What the page links to; of today, since it has no other day to choose.
    linked = downloads.address(table, {"years": (2023,), "lang": "zh"}, form)
    today = "" if figures else f"&as_of={DAY}"
    answer = served.get(f"{linked}{today}")
    assert answer.content == said
    if form == "json":
        page = served.get(f"{api.PREFIX}/{table}.json?year=2023{today}").json()
        # Nobody was let off anything, and nobody is to put anything right.
        assert page["rows"] == json.loads(said)
        assert bool(page["rows"]) == (table not in ("waivers", "rectifications"))


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
        chosen: Chosen = {"phases": ("cultivation",), "at_least": 3, "lang": "en"}
        cover = covers.cover(connection, provenance.of(connection, "verdicts", chosen), chosen, [], 0)
    assert cover.facts[0] == ("Filters", "The whole, without filters")


def test_a_search_for_a_formula_is_told_as_a_text(running: Engine) -> None:
    with database.reading(running, DAY) as connection:
        chosen: Chosen = {"search": "=1+1", "lang": "en"}
        cover = covers.cover(connection, provenance.of(connection, "filings", chosen), chosen, [], 0)
    assert cover.facts[0] == ("Filters", "Text: =1+1")
