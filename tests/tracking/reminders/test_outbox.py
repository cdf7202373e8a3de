"""Each event goes once by a channel: who claims it has it, what failed waits, what a run left behind is taken again."""

from datetime import datetime, timedelta

import pytest
from sqlalchemy import Connection, Engine

from tracking import database
from tracking.reminders import outbox
from tracking.review.inbox import Event

NOW = datetime(2024, 3, 1, 9)


def event(name: str, stage: int | None = None) -> Event:
    return Event(name, "returned", "S1", "甲", 2023, NOW, True, stage=stage)


@pytest.fixture
def one(engine: Engine) -> Event:
    """An event that was claimed at NOW."""
    found = event("returned:1")
    assert claimed(engine, [found], NOW) == ["returned:1"]
    return found


def claimed(engine: Engine, events: list[Event], now: datetime, account: int = 1) -> list[str]:
    return database.write_beside(
        engine, lambda connection: [each.event for each in outbox.claim(connection, account, "mail", events, now)]
    )


def test_what_is_claimed_is_another_runs_until_that_has_long_been_over(engine: Engine, one: Event) -> None:
    assert claimed(engine, [one], NOW + outbox.CLAIMED) == []
    # Of another account it is another message.
    assert claimed(engine, [one], NOW, account=2) == ["returned:1"]
    assert claimed(engine, [one], NOW + outbox.CLAIMED + timedelta(seconds=1)) == ["returned:1"]


def test_a_claim_of_the_future_is_of_a_clock_that_went_back(engine: Engine, one: Event) -> None:
    assert claimed(engine, [one], NOW - timedelta(days=1)) == ["returned:1"]


def test_what_was_sent_is_never_sent_again(engine: Engine, one: Event) -> None:
    database.write_beside(engine, lambda connection: outbox.note_sent(connection, 1, "mail", ["returned:1"], NOW))
    assert claimed(engine, [one], NOW + timedelta(days=900)) == []


def test_what_fails_waits_twice_as_long_each_time_and_a_day_at_the_most(engine: Engine, one: Event) -> None:
    waits, now = [], NOW
    for _ in range(12):

        def fail(connection: Connection, at: datetime = now) -> None:
            outbox.note_failed(connection, 1, "mail", ["returned:1"], "HTTP 503", at)

        database.write_beside(engine, fail)
        with database.reading(engine) as connection:
            due = connection.exec_driver_sql("SELECT next_at FROM outbox").scalar_one()
        waits.append((due - now) // timedelta(minutes=1))
        assert claimed(engine, [one], due - timedelta(seconds=1)) == []
        assert claimed(engine, [one], due) == ["returned:1"]
        now = due
    # One attempt had been made when it first failed.
    assert waits == [4, 8, 16, 32, 64, 128, 256, 512, 1024, 1440, 1440, 1440]


def test_a_stage_of_a_deadline_is_not_told_after_a_later_one(engine: Engine) -> None:
    assert claimed(engine, [event("due:S1:2023:7", 7)], NOW) == ["due:S1:2023:7"]
    database.write_beside(engine, lambda connection: outbox.note_sent(connection, 1, "mail", ["due:S1:2023:7"], NOW))
    assert claimed(engine, [event("due:S1:2023:14", 14)], NOW) == []
    assert claimed(engine, [event("due:S1:2023:1", 1)], NOW) == ["due:S1:2023:1"]
