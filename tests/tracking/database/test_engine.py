"""What the rest relies on of the two engines and their drivers."""

from datetime import datetime
from pathlib import Path

import duckdb
import pandas as pd
import pytest
import sqlalchemy as sa
from sqlalchemy import Connection, Engine

from tracking import database

LOAD = "INSERT INTO load VALUES (:load_id, 'filing', 'f', 'x', 'me', :at)"


def _loads(engine: Engine, count: int) -> None:
    def work(connection: Connection) -> None:
        rows = [{"load_id": number, "at": datetime(2024, 1, 1)} for number in range(1, count + 1)]
        connection.execute(sa.text(LOAD), rows)

    database.write(engine, work)


@pytest.mark.timeout(20)
def test_a_statement_inside_a_loop_over_another_spoils_neither(any_engine: Engine) -> None:
    _loads(any_engine, 10)
    with any_engine.connect() as connection:
        seen = []
        for row in connection.execute(sa.text("SELECT load_id FROM load ORDER BY load_id")):
            inner = connection.execute(sa.text("SELECT COUNT(*) FROM load")).scalar_one()
            seen.append((row.load_id, inner))
    assert seen == [(number, 10) for number in range(1, 11)]


@pytest.mark.timeout(20)
def test_two_results_are_read_in_turn(any_engine: Engine) -> None:
    _loads(any_engine, 3)
    with any_engine.connect() as connection:
        one = connection.execute(sa.text("SELECT load_id FROM load ORDER BY load_id"))
        other = connection.execute(sa.text("SELECT load_id FROM load ORDER BY load_id DESC"))
        assert [(a.load_id, b.load_id) for a, b in zip(one, other, strict=True)] == [(1, 3), (2, 2), (3, 1)]


@pytest.mark.timeout(20)
def test_reflection_finds_tables_and_keys(any_engine: Engine) -> None:
    found = sa.inspect(any_engine)
    assert found.get_pk_constraint("filing")["constrained_columns"] == ["space_id", "year", "revision"]
    assert [column["name"] for column in found.get_columns("chosen_day")] == ["as_of"]


def test_an_appended_frame_keeps_blanks_apart_from_missing(any_engine: Engine) -> None:
    rows = pd.DataFrame({"load_id": 1, "space_id": ["a", "b"], "year": 2024, "metric": "m", "note": ["", None]})
    database.write(any_engine, lambda connection: database.append(connection, "observation", rows))
    with database.reading(any_engine) as connection:
        notes = connection.execute(sa.text("SELECT note FROM observation ORDER BY space_id")).scalars().all()
    assert notes == ["", None]


@pytest.mark.parametrize(
    ("url", "reason"),
    [
        ("mysql://nobody@nowhere/x", "url"),
        ("no address", "url"),
        ("postgresql+psycopg://nobody@127.0.0.1:port/x", "url"),
        ("postgresql+asyncpg://nobody@127.0.0.1/x", "url"),
        ("postgresql+psycopg://nobody@127.0.0.1:1/x?no_such_option=1", "url"),
        ("duckdb:////dev/null/x.duckdb", "place"),
        ("duckdb:////dev", "place"),
        ("postgresql+psycopg://nobody@127.0.0.1:1/x", "unreachable"),
    ],
)
def test_an_address_that_cannot_be_used_says_why(url: str, reason: str) -> None:
    with pytest.raises(database.DatabaseUnavailable) as caught:
        database.connect(url, create=True)
    assert caught.value.reason == reason


def test_an_address_is_told_without_its_password() -> None:
    with pytest.raises(database.DatabaseUnavailable) as caught:
        database.connect("postgresql+psycopg://somebody:secret@nowhere:port/x")
    assert caught.value.url == "postgresql+psycopg://somebody:***@nowhere:port/x"


def test_a_database_of_somebody_else_says_so(tmp_path: Path) -> None:
    with duckdb.connect(f"{tmp_path}/x.duckdb") as other:
        other.execute("CREATE TABLE load (weight INTEGER)")
    theirs = database.connect(f"duckdb:///{tmp_path}/x.duckdb", create=True)
    with pytest.raises(database.DatabaseUnavailable) as caught:
        database.initialise(theirs)
    assert caught.value.reason == "broken"


def test_views_of_an_older_schema_make_way(postgres: Engine) -> None:
    def columns() -> list[str]:
        return [column["name"] for column in sa.inspect(postgres).get_columns("verdicts")]

    now = columns()
    with postgres.begin() as connection:
        connection.execute(sa.text("DROP VIEW verdicts"))
        connection.execute(sa.text("CREATE VIEW verdicts AS SELECT space_id, 1 AS gone FROM outcomes"))
    database.initialise(postgres)
    assert columns() == now


def test_somebody_else_s_view_on_an_older_schema_is_left_and_named(postgres: Engine) -> None:
    with postgres.begin() as connection:
        connection.execute(sa.text("DROP VIEW verdicts"))
        connection.execute(sa.text("CREATE VIEW verdicts AS SELECT space_id, 1 AS gone FROM outcomes"))
        connection.execute(sa.text("CREATE VIEW theirs AS SELECT gone FROM verdicts"))
    with pytest.raises(database.DatabaseUnavailable, match="theirs"):
        database.initialise(postgres)
    assert sa.inspect(postgres).has_table("theirs")


def test_an_account_without_rights_says_so(postgres: Engine) -> None:
    with postgres.begin() as connection:
        connection.execute(sa.text("CREATE ROLE guest LOGIN"))
    address = postgres.url.set(username="guest").render_as_string(hide_password=False)
    with pytest.raises(database.DatabaseUnavailable) as stranger:
        database.connect(address)
    assert stranger.value.reason == "forbidden"
    with postgres.begin() as connection:
        connection.execute(sa.text("GRANT SELECT ON ALL TABLES IN SCHEMA public TO guest"))
        connection.execute(sa.text("GRANT INSERT ON chosen_day, chosen_viewer TO guest"))
    guest = database.connect(address)
    for use in (database.initialise, lambda engine: database.write(engine, database.data_version)):
        with pytest.raises(database.DatabaseUnavailable) as caught:
            use(guest)
        assert caught.value.reason == "forbidden"
    guest.dispose()
    with postgres.begin() as connection:
        connection.execute(sa.text("DROP OWNED BY guest"))
        connection.execute(sa.text("DROP ROLE guest"))


def test_a_server_that_goes_away_while_reading_says_so(postgres: Engine) -> None:
    with pytest.raises(database.DatabaseUnavailable) as caught, database.reading(postgres) as connection:
        connection.execute(sa.text("SELECT pg_terminate_backend(pg_backend_pid())"))
    assert caught.value.reason == "unreachable"


def test_a_file_that_is_no_database_says_so(tmp_path: Path) -> None:
    (tmp_path / "x.duckdb").write_bytes(b"no database" * 1000)
    with pytest.raises(database.DatabaseUnavailable) as caught:
        database.connect(f"duckdb:///{tmp_path}/x.duckdb")
    assert caught.value.reason == "broken"
