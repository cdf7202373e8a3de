"""Tables on the command line: the contract's columns, the bytes that an address gives, earlier states."""

import json
from pathlib import Path

import pytest
from starlette.testclient import TestClient

from tests.tracking.commands.about import Run
from tracking import api, database
from tracking.results.tables.columns import COLUMNS


def test_a_code_that_names_nothing_is_told_with_those_that_do(filled: Run) -> None:
    assert "“S9” does not exist; there are S1." in filled("filings", "--space", "S9").stderr


@pytest.mark.parametrize("table", COLUMNS)
def test_a_table_s_header_is_its_columns(filled: Run, table: str) -> None:
    content = filled(table).stdout_bytes
    assert content.startswith(b"\xef\xbb\xbf")
    assert content.split(b"\r\n")[0].decode("utf-8-sig").split(",") == list(COLUMNS[table])


def test_a_choice_gives_the_bytes_that_its_address_gives(filled: Run, tmp_path: Path) -> None:
    missed = ["specialization.target.2.mentors", "specialization.target.2.professional_mentors"]
    asked = {"phase": "construction", "requirement": missed, "at_least": 1, "search": "s1", "as_of": "2025-06-01"}
    said = [f"--{name.replace('_', '-')}={value}" for name, value in asked.items() if name != "requirement"]
    printed = filled("shortfalls", *said, *(f"--requirement={code}" for code in missed)).stdout_bytes
    client = TestClient(api.application(lambda: database.connect(f"duckdb:///{tmp_path}/test.duckdb")))
    assert printed == client.get("/shortfalls.csv", params={**asked, "lang": "en"}).content
    assert printed.count(b"\r\n") == 2


def test_a_data_version_gives_back_an_earlier_table(filled: Run) -> None:
    before = filled("shortfalls", "--as-of", "2024-01-01").stdout_bytes
    assert filled("load", "more.csv", more="space_id,year,mentors\nS1,2022,15\n").exit_code == 0
    assert filled("shortfalls", "--as-of", "2024-01-01").stdout_bytes != before
    assert filled("shortfalls", "--as-of", "2024-01-01", "--data-version", "3").stdout_bytes == before


def test_changes_names_the_load_that_opened_a_shortfall(filled: Run) -> None:
    assert filled("load", "more.csv", more="space_id,year,mentors\nS1,2022,15\n").exit_code == 0
    rows = json.loads(filled("changes", "--from", "3", "--as-of", "2023-01-01", "--format", "json").stdout)
    told = [{key: row[key] for key in ("metric", "change", "gap_after", "source")} for row in rows]
    assert told == [{"metric": "mentors", "change": "opened", "gap_after": 5, "source": "more.csv"}]


def test_observations_come_long_and_wide(filled: Run) -> None:
    long = json.loads(filled("observations", "--format", "json").stdout)
    wide = json.loads(filled("observations", "--wide", "--format", "json").stdout)
    assert [(row["metric"], row["value"]) for row in long] == [("mentors", 25)]
    assert [row["mentors"] for row in wide] == [25]


def test_the_dictionary_explains_the_columns_of_every_table(filled: Run) -> None:
    rows = json.loads(filled("dictionary", "--format", "json").stdout)
    assert {(table, column) for table, columns in COLUMNS.items() for column in columns} <= {
        (row["table"], row["column"]) for row in rows
    }
