"""Everything that comes in has a number of its own, and its bytes are kept once."""

from datetime import datetime

import psycopg
import pytest
import sqlalchemy as sa
from sqlalchemy import Connection, Engine

from tracking import database
from tracking.database import loads
from tracking.database.loads import Document

AT = datetime(2024, 3, 1, 8, 30, 5, 999_999)


def record(connection: Connection, content: bytes = b"x") -> int:
    return loads.record(connection, "register", "r.csv", content, by="tests", at=AT)


def test_a_number_that_was_voided_is_never_a_load_s(any_engine: Engine) -> None:
    assert database.write(any_engine, record) == 1
    database.write(any_engine, lambda connection: loads.void(connection, [2, 3]))
    assert database.write(any_engine, record) == 4
    with database.reading(any_engine) as connection:
        assert loads.voided(connection) == [2, 3]


@pytest.mark.parametrize("stored", [True, False])
def test_a_load_is_stored_once_where_the_server_was_gone_while_it_committed(postgres: Engine, stored: bool) -> None:
    calls: list[int] = []

    def work(connection: Connection) -> int:
        driver = connection.connection.driver_connection
        assert isinstance(driver, psycopg.Connection)
        commit = driver.commit

        def gone() -> None:
            if stored:
                commit()
            driver.close()
            raise psycopg.OperationalError("server closed the connection unexpectedly")

        if not calls:
            driver.commit = gone  # type: ignore[method-assign]
        calls.append(record(connection))
        return calls[-1]

    assert database.write(postgres, work) == 1
    assert len(calls) == (1 if stored else 2)
    with database.reading(postgres) as connection:
        assert connection.execute(sa.text("SELECT COUNT(*) FROM load")).scalar_one() == 1


def test_the_same_bytes_are_kept_once_and_come_back_as_they_were(any_engine: Engine) -> None:
    for content in (b"a\x00\xff", b"b", b"a\x00\xff"):
        database.write(any_engine, lambda connection, content=content: record(connection, content))
    with database.reading(any_engine) as connection:
        kept = [each for few in loads.documents(connection) for each in few]
        moments = connection.execute(sa.text("SELECT DISTINCT loaded_at FROM load")).scalars().all()
    assert sorted(each.content for each in kept) == [b"a\x00\xff", b"b"]
    assert not any(each.altered for each in kept)
    assert moments == [AT.replace(microsecond=0)]


def test_bytes_under_another_s_sum_are_altered() -> None:
    assert Document(loads.sha256(b"one"), b"another").altered


@pytest.mark.parametrize(
    ("size", "parts"),
    [(2, [("S1", "S2"), ("S3", "S4"), ("S5", "S5")]), (5, [("S1", "S5")]), (9, [("S1", "S5")])],
)
def test_batches_of_spaces_leave_none_out(engine: Engine, size: int, parts: list[tuple[str, str]]) -> None:
    with engine.begin() as connection:
        for number in (3, 1, 5, 2, 4, 1):
            rows = connection.execute(sa.text("SELECT COUNT(*) + 1 FROM space")).scalar_one()
            insert = sa.text("INSERT INTO space VALUES (:load, :space, 'A', '', '', '', NULL, NULL)")
            connection.execute(insert, {"load": rows, "space": f"S{number}"})
        assert loads.batches(connection, size) == parts
