"""What was filed goes out digit by digit, also where a double has not the digits for it, on every way and engine."""

import csv
import io
import json
from datetime import date
from decimal import Decimal
from pathlib import Path

import hypothesis.strategies as st
import openpyxl
import pyarrow.parquet
import pytest
from hypothesis import HealthCheck, given, settings
from sqlalchemy import Engine
from starlette.applications import Starlette
from starlette.routing import Mount
from starlette.testclient import TestClient

from tests import databases
from tests.policies import SHANGHAI
from tracking import api, database
from tracking.closings import closing, frozen
from tracking.exports import formats
from tracking.filing import loading, register, templates
from tracking.maintenance import backup
from tracking.policy import loading as policies
from tracking.words import personal_data

DAY = date(2026, 5, 1)
METRIC, REQUIREMENT = "capital_raised", "branding.target.3.capital_raised"
SPACES = ("S1", "S2", "S3")
# Beyond 2^39 four decimals need more than a double has; the last is the most that can be filed.
TOLD, EDGE, MOST = Decimal("549755813887.9999"), Decimal("549755813888.0001"), Decimal("99999999999999.9999")
LARGE = [EDGE, MOST, Decimal("12345678901234.5678")]
# What looks like a mobile number is refused, a figure or not.
figure = st.decimals(0, MOST, places=4).filter(lambda value: not personal_data.kind(f"{value:f}"))
figures = st.lists(figure, min_size=len(SPACES), max_size=len(SPACES))


def enrolled(engine: Engine) -> Engine:
    policies.load(engine, SHANGHAI, by="tests")
    rows = "".join(f"{space},{space},branding,2022,2024\n" for space in SPACES)
    assert register.load(
        engine, f"space_id,space_name,track,start_year,end_year\n{rows}".encode(), "r.csv", by="t"
    ).loaded
    return engine


def filed(engine: Engine, values: list[Decimal]) -> None:
    rows = "".join(f"{space},2022,{value:f}\n" for space, value in zip(SPACES, values, strict=True))
    content = f"space_id,year,{METRIC}\n{rows}".encode()
    report = loading.load(engine, content, "2022.csv", by="tests")
    assert [each for each in report.problems if each.severity == "error"] == []


def plain(value: Decimal) -> str:
    return f"{value:f}".rstrip("0").rstrip(".") if value else "0"


def exported(engine: Engine, table: str, form: str) -> bytes:
    out = io.BytesIO()
    with database.reading(engine, DAY) as connection:
        formats.export(connection, table, {"lang": "en"}, form, out)
    return out.getvalue()


def cells(content: bytes, column: str) -> list[str]:
    rows = csv.DictReader(io.StringIO(content.decode("utf-8-sig")))
    mine = [row for row in rows if row.get("requirement", REQUIREMENT) == REQUIREMENT and row["year"] == "2022"]
    return [row[column] for row in mine if row.get("metric", METRIC) == METRIC]


def texts(content: bytes, column: str) -> list[str]:
    """The figures of a JSON as they stand in it, not as a reader of numbers takes them."""
    read = json.loads(content, parse_float=str, parse_int=str)
    rows = read["rows"] if isinstance(read, dict) else read
    return [row[column] for row in rows if row.get("requirement", REQUIREMENT) == REQUIREMENT and row["year"] == "2022"]


@settings(max_examples=5, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(figures)
def test_csv_and_json_have_every_digit(fresh: Engine, values: list[Decimal]) -> None:
    filed(fresh, values)
    expected = [plain(value) for value in values]
    assert cells(exported(fresh, "observations", "csv"), "value") == expected
    assert cells(exported(fresh, "observations_wide", "csv"), METRIC) == expected
    assert cells(exported(fresh, "attainment", "csv"), "actual") == expected
    assert texts(exported(fresh, "observations", "json"), "value") == expected
    assert texts(exported(fresh, "observations_wide", "json"), METRIC) == expected


@pytest.fixture
def fresh(any_engine: Engine) -> Engine:
    return enrolled(any_engine)


@pytest.fixture
def large(fresh: Engine) -> Engine:
    filed(fresh, LARGE)
    return fresh


def test_pages_and_files_by_address_have_every_digit(large: Engine) -> None:
    client = TestClient(Starlette(routes=[Mount(api.PREFIX, api.application(lambda: large))]))
    expected = [plain(value) for value in LARGE]
    for address, column in (("observations", "value"), ("observations_wide", METRIC), ("attainment", "actual")):
        assert texts(client.get(f"{api.PREFIX}/{address}.json?limit=1000").content, column) == expected
        assert cells(client.get(f"{api.PREFIX}/{address}.csv").content, column) == expected
    only = client.get(f"{api.PREFIX}/observations.csv?column=value&sort=-value").text
    assert only.split() == ["\ufeffvalue", *map(plain, sorted(LARGE, reverse=True))]


def test_what_differs_has_every_digit_too(engine: Engine) -> None:
    enrolled(engine)
    few = [Decimal(1), Decimal(2), Decimal(3)]
    for values in (few, LARGE):
        filed(engine, values)
    client = TestClient(Starlette(routes=[Mount(api.PREFIX, api.application(lambda: engine))]))
    for before, after, versions in ((few, LARGE, "from=3&to=4"), ([None] * 3, LARGE, "from=2&to=4")):
        asked = f"{versions}&as_of={DAY}&year=2022"
        content = client.get(f"{api.PREFIX}/changes.csv?{asked}").content
        assert cells(content, "actual_before") == ["" if each is None else plain(each) for each in before]
        assert cells(content, "actual_after") == [plain(each) for each in after]
        assert texts(client.get(f"{api.PREFIX}/changes.json?{asked}").content, "actual_after") == [*map(plain, after)]


def test_a_backup_and_a_closed_year_keep_every_digit(large: Engine, tmp_path: Path) -> None:
    expected = [plain(value) for value in LARGE]
    closing.close(large, edition=SHANGHAI.name, year=2022, by="tests", as_of=DAY)
    filed(large, [Decimal(1), Decimal(2), Decimal(3)])
    backup.backup(large, tmp_path / "all.zip")
    restored = databases.empty()
    backup.restore(restored, tmp_path / "all.zip")
    for engine in (large, restored):
        with frozen.reading(engine, 1) as (connection, _):
            out = io.BytesIO()
            formats.export(connection, "attainment", {"lang": "en"}, "csv", out)
        assert cells(out.getvalue(), "actual") == expected
        assert cells(exported(engine, "observations", "csv"), "value") == ["1", "2", "3"]
    restored.dispose()


def test_what_a_cell_cannot_hold_stands_beside_it(large: Engine) -> None:
    """A workbook and Parquet have numbers as near as a double comes; a workbook has the digits in a note."""
    filed(large, [TOLD, *LARGE[1:]])
    sheet = openpyxl.load_workbook(io.BytesIO(exported(large, "observations_wide", "xlsx"))).worksheets[-1]
    (column,) = [cells for cells in sheet.iter_cols() if cells[0].value == METRIC]
    assert [cell.comment and cell.comment.text for cell in column[1:]] == [None, *map(plain, LARGE[1:])]
    nearest = [float(TOLD), *map(float, LARGE[1:])]
    assert [cell.value for cell in column[1:]] == pytest.approx(nearest, rel=1e-15)
    table = pyarrow.parquet.read_table(io.BytesIO(exported(large, "observations_wide", "parquet")))
    assert table[METRIC].to_pylist() == nearest


def test_last_year_s_figure_in_a_template_has_every_digit(large: Engine) -> None:
    content = templates.template(large, "branding", "csv", space="S3", year=2023)
    assert f",{plain(LARGE[2])}," in content.decode("utf-8-sig")
