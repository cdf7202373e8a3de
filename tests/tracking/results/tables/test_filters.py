"""A filter is declared once: it is offered everywhere, and keeps everywhere the rows that it says.

What it keeps is worked out row by row from the whole export and from the register as it stands here.
"""

import csv
import json
from collections.abc import Iterator, Mapping, Sequence
from datetime import date
from functools import cache, partial

import pytest
import sqlalchemy as sa
from click.testing import CliRunner
from sqlalchemy import Engine
from starlette.applications import Starlette
from starlette.testclient import TestClient

from tests import beside, databases
from tracking import api, database
from tracking.__main__ import group
from tracking.api import description
from tracking.commands.settings import Settings
from tracking.database import loads, refresh
from tracking.exports import covers, provenance
from tracking.filing import loading, register
from tracking.results.tables import dictionary, replay
from tracking.results.tables.columns import COLUMNS, STATUS
from tracking.results.tables.filters import FILTERS, Filter, of_table
from tracking.words.language import LANGUAGES, text

DAY = date(2025, 6, 1)
REGISTER = """space_id,space_name,district,brand,track,start_year,end_year
S1,一号,A区,甲,branding,2022,2024
S2,二号,B区,甲,specialization,2022,2024
S3,三号,A区,,internationalization,2023,2025
S4,四号,A区,乙,branding,2020,2022
"""
ENROLLED = {row["space_id"]: row for row in csv.DictReader(REGISTER.splitlines())}
FIRST = """space_id,year,mentors,media_reports,international_events
S1,2022,,1,
S1,2023,,1,
S2,2022,1,,
S3,2023,,,1
S4,2022,,5,
"""
SECOND = """space_id,year,mentors,media_reports,international_events
S1,2022,,9,
S1,2023,,2,
S2,2022,90,,
S3,2023,,,90
"""
APPROVED = "INSERT INTO review VALUES (:load, 'S4', 2022, 1, 'approve', NULL, NULL)"
# A value that the programme has rows of, in every table that knows the filter.
VALUES = {
    "space": "S1",
    "track": "branding",
    "edition": "shanghai-sanhua",
    "district": "A区",
    "brand": "甲",
    "year": 2022,
    "phase": "construction",
    "requirement": "branding.target.5.media_reports",
    "at_least": 2,
    "approved_only": "yes",
    "search": "一号",
    "status": {"attainment": "short", "shortfalls": "short", "evaluations": "unfiled", "verdicts": "failed"}
    | {"filings": "unfiled", "changes": "closed", "waivers": "expired", "rectifications": "overdue"},
}
COMMANDS = {"observations_wide": ["observations", "--wide"], "changes": ["changes", "--from", "3"]}
# One command writes the long and the wide observations, and has the filters that both know.
NO_OPTION = ("search", "observations")
OFFERED = [(each, table) for each in FILTERS for table in each.tables if table != "decisions"]
each_offer = pytest.mark.parametrize(
    ("declared", "table"), OFFERED, ids=[f"{each.name}-{table}" for each, table in OFFERED]
)


@pytest.fixture(scope="module")
def engine_of() -> Iterator[Engine]:
    """Four spaces of two brands and of none, and two loads of filings; what the command line opens as well.

    Each comparison of versions is made once: that takes longer than all else that is asked, and is the same whatever
    is chosen of it.
    """
    engine = databases.shanghai()
    assert register.load(engine, REGISTER.encode(), "register.csv", by="tests").loaded
    for name, content in (("first.csv", FIRST), ("second.csv", SECOND)):
        assert loading.load(engine, content.encode(), name, by="tests").loaded
    beside.lay(engine)
    # Of all that was filed, one filing is approved.
    with engine.begin() as connection:
        load = loads.record(connection, "review", "approve", b"approve S4", by="tests")
        connection.execute(sa.text(APPROVED), {"load": load})
        refresh.reviewed(connection, [])
    replayed = cache(partial(replay.replay, engine))

    def compared(
        _: Engine, earlier: int, later: int | None, as_of: date, *, spaces: Sequence[str], lang: str
    ) -> Engine:
        return replayed(earlier, later, as_of, spaces=tuple(spaces), lang=lang)

    with pytest.MonkeyPatch.context() as patched:
        patched.setattr(database, "connect", lambda *_, **__: engine)
        patched.setattr(Settings, "close", lambda _: None)
        patched.setattr(replay, "replay", compared)
        yield engine
    engine.dispose()


@pytest.fixture(scope="module")
def served(engine_of: Engine) -> TestClient:
    """The tables by address."""
    return TestClient(Starlette(routes=api.routes(lambda: engine_of)))


@cache
def exported(table: str, *options: str) -> Sequence[Mapping[str, object]]:
    """The rows that the command line writes, of what `engine_of` has opened."""
    command = COMMANDS.get(table, [table])
    day = [] if table.startswith("observations") else ["--as-of", str(DAY)]
    done = CliRunner().invoke(group, [*command, *day, *options, "--format", "json"])
    assert done.exit_code == 0, done.stderr
    return json.loads(done.stdout)


def value_of(declared: Filter, table: str) -> str:
    value = VALUES[declared.name]
    return str(value[table] if isinstance(value, dict) else value)


def is_kept(row: Mapping[str, object], declared: Filter, table: str) -> bool:
    """Whether a filter is to keep a row, from what the row says itself and from the register."""
    value = value_of(declared, table)
    space = ENROLLED[row["space_id"]]
    period = range(int(space["start_year"]), int(space["end_year"]) + 1)
    match declared.name:
        case "approved_only":
            return not row["provisional"]
        case "at_least":
            return row["consecutive_years"] >= int(value)
        case "search":
            return row["space_name"] == value
        case "year":
            return row["year"] == int(value) if "year" in row else int(value) in period
        case "edition":
            # There is one; the year before an enrolment's first is none that it covers.
            return "year" not in row or row["year"] in period
        case "track" | "brand":
            return space[declared.name] == value
    return row[declared.column_in(table)] == value


@each_offer
def test_the_command_line_and_the_address_keep_what_a_filter_says(
    served: TestClient, declared: Filter, table: str
) -> None:
    whole = exported(table)
    expected = [row for row in whole if is_kept(row, declared, table)]
    assert 0 < len(expected) < len(whole) + (declared.name == "edition")
    name, value = declared.name_in(table), value_of(declared, table)
    if (name, table) != NO_OPTION:
        given = [] if declared.kind is bool else [value]
        assert exported(table, f"--{name.replace('_', '-')}", *given) == expected
    query = {name: value, "paged": "no"} | ({} if table.startswith("observations") else {"as_of": str(DAY)})
    query |= {"from": "3"} if table == "changes" else {}
    assert served.get(f"{api.PREFIX}/{table}.json", params=query).json() == expected


@pytest.mark.parametrize("lang", LANGUAGES)
def test_every_description_and_every_cover_names_the_filters(engine_of: Engine, lang: str) -> None:
    paths = description.description(api.PREFIX, lang)["paths"]
    for table in (*COLUMNS, "observations_wide", "changes"):
        described = {each["name"]: each["description"] for each in paths[f"/{table}.json"]["get"]["parameters"]}
        values = [(each, value_of(each, table)) for each in of_table(table)]
        for each, _ in values:
            name = each.name_in(table)
            assert described[name] == text(f"api.parameter.{name}", lang)
        chosen = {each.keyword: (value,) if each.several else each.kind(value) for each, value in values}
        chosen["lang"] = lang
        with database.reading(engine_of, DAY) as connection:
            cover = covers.cover(connection, provenance.of(connection, table, chosen), chosen, [], 0)
        lines = [line for name, line in cover.facts if name == text("cover.filters", lang)]
        for (each, value), line in zip(values, lines, strict=True):
            assert (text("told.yes", lang) if each.kind is bool else value) in line
            assert not line.startswith(text("cover.whole", lang))


@pytest.mark.parametrize("declared", [each for each in FILTERS if each.known], ids=lambda each: each.name)
def test_a_code_that_is_not_there_is_told(served: TestClient, declared: Filter) -> None:
    table = declared.tables[0]
    done = CliRunner().invoke(group, [table, f"--{declared.name}", "nowhere", "--lang", "en"])
    assert (done.exit_code, f"--{declared.name}: “nowhere” does not exist" in done.stderr) == (2, True)
    answer = served.get(f"{api.PREFIX}/{table}.json", params={declared.name: "nowhere"})
    assert (answer.status_code, answer.json()["parameter"]) == (404, declared.name)


@pytest.mark.usefixtures("engine_of")
def test_a_space_without_a_brand_is_of_none() -> None:
    both = exported("verdicts", "--brand", "甲", "--brand", "乙")
    assert [row["space_id"] for row in both] == ["S1", "S2", "S4"]


def test_a_coded_filter_has_the_codes_of_its_column() -> None:
    for declared in FILTERS:
        for table in declared.tables if declared.coded else ():
            assert dictionary.codes(declared.column_in(table))
    assert {table for each in FILTERS if each.name == "status" for table in each.tables} == {*STATUS, "changes"}
