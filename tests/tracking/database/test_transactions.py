"""One state to read, one transaction to write: whole or not at all, and again where somebody was in the way."""

import threading
from datetime import date, datetime

import duckdb
import pytest
import sqlalchemy as sa
from sqlalchemy import Connection, Engine

from tracking import database
from tracking.database import transactions
from tracking.database.unavailable import failures_told

LOAD = "INSERT INTO load VALUES (:load_id, 'filing', 'f', 'x', 'me', :at)"


def record(connection: Connection, number: int) -> int:
    connection.execute(sa.text(LOAD), {"load_id": number, "at": datetime(2024, 1, 1)})
    return number


def newest(engine: Engine) -> int:
    with database.reading(engine) as connection:
        return database.data_version(connection)


def test_the_chosen_day_is_seen_by_the_views_and_not_kept(any_engine: Engine) -> None:
    day = sa.text("SELECT as_of FROM reporting_day")
    with database.reading(any_engine, date(2020, 2, 29)) as connection:
        assert connection.execute(day).scalar_one() == date(2020, 2, 29)
    with database.reading(any_engine) as connection:
        assert connection.execute(day).scalar_one() == date.today()


def test_writers_of_many_threads_lose_nothing(any_engine: Engine) -> None:
    def one() -> None:
        def work(connection: Connection) -> None:
            record(connection, database.data_version(connection) + 1)

        database.write(any_engine, work)

    threads = [threading.Thread(target=one) for _ in range(12)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert newest(any_engine) == 12


def test_what_fails_halfway_leaves_nothing(any_engine: Engine) -> None:
    def work(connection: Connection) -> None:
        record(connection, 1)
        raise RuntimeError

    with pytest.raises(RuntimeError):
        database.write(any_engine, work)
    assert newest(any_engine) == 0


@pytest.mark.parametrize(("reason", "tries"), [("unreachable", 3), ("forbidden", 1), ("read-only", 1), ("full", 1)])
def test_work_is_done_again_where_that_can_help(
    engine: Engine, monkeypatch: pytest.MonkeyPatch, reason: str, tries: int
) -> None:
    monkeypatch.setattr(transactions.time, "sleep", lambda _: None)
    begun: list[int] = []

    def work(connection: Connection) -> None:
        begun.append(record(connection, 1))
        if len(begun) < 3:
            raise database.DatabaseUnavailable(reason, "")

    if tries == 3:
        database.write(engine, work)
    else:
        with pytest.raises(database.DatabaseUnavailable):
            database.write(engine, work)
    # What a try had stored before it failed is gone: its number is free.
    assert (len(begun), newest(engine)) == (tries, 1 if tries == 3 else 0)


def test_a_disk_that_is_full_at_the_very_end_is_told_as_that(engine: Engine) -> None:
    # As SQLAlchemy hands on what DuckDB raises where it cannot write its file anew while it commits.
    full = duckdb.FatalException("FATAL Error: Failed to create checkpoint because of error: No space left on device")
    with pytest.raises(database.DatabaseUnavailable, match="full"), failures_told(engine):
        raise sa.exc.DatabaseError("COMMIT", {}, full)


def test_what_never_ends_is_told_after_a_few_tries(engine: Engine, monkeypatch: pytest.MonkeyPatch) -> None:
    waits: list[float] = []
    monkeypatch.setattr(transactions.time, "sleep", waits.append)

    def work(_: Connection) -> None:
        raise database.DatabaseUnavailable("held", "")

    with pytest.raises(database.DatabaseUnavailable, match="held"):
        database.write(engine, work)
    assert len(waits) == transactions.WRITE_ATTEMPTS - 1
    assert waits == sorted(waits)


def test_a_rehearsal_leads_to_the_same_and_keeps_nothing(any_engine: Engine) -> None:
    def work(connection: Connection) -> int:
        record(connection, 1)
        return database.data_version(connection)

    assert database.rehearse(any_engine, work) == 1
    assert newest(any_engine) == 0


def test_a_process_that_may_store_nothing_does_not_begin(engine: Engine, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv(database.READ_ONLY, "1")
    with pytest.raises(database.DatabaseUnavailable, match="read-only"):
        database.write(engine, lambda _: pytest.fail("begun"))
