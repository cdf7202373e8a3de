"""Signing in: how long a first password is good, and how long a wrong one keeps out."""

from datetime import timedelta

import pytest
import sqlalchemy as sa
from sqlalchemy import Connection, Engine

from tracking import database
from tracking.access import authentication, looking_after, trail

PASSWORD = "four lively herons dance"
pytestmark = pytest.mark.usefixtures("plain_passwords")


def change(engine: Engine, statement: str) -> None:
    database.write_beside(engine, lambda connection: connection.execute(sa.text(statement)))


@pytest.mark.parametrize(("minutes", "let_in"), [(1, True), (-1, False)])
def test_a_first_password_is_good_for_its_days(engine: Engine, minutes: int, let_in: bool) -> None:
    first = looking_after.add(engine, "wang")
    until = trail.now() + timedelta(minutes=minutes)
    change(engine, f"UPDATE account SET first_until = TIMESTAMP '{until:%Y-%m-%d %H:%M:%S}'")
    assert (authentication.sign_in(engine, "Wang", first) is not None) == let_in


def test_each_wrong_password_after_the_free_ones_doubles_the_wait_up_to_the_longest(
    engine: Engine, monkeypatch: pytest.MonkeyPatch
) -> None:
    waits, moment = [], trail.now()
    monkeypatch.setattr(trail, "now", lambda: moment)

    def fail(connection: Connection) -> None:
        authentication._failed(connection, "wang", None)
        waits.append((authentication._next_at(connection, "wang") - moment).total_seconds())

    for _ in range(16):
        database.write_beside(engine, fail)
    assert waits == [0, 0, 0, 0, 0, 2, 4, 8, 16, 32, 64, 128, 256, 512, 900, 900]


def test_who_waits_is_not_let_in_and_a_right_password_forgets_the_wrong_ones(engine: Engine) -> None:
    looking_after.add(engine, "wang", password=PASSWORD)
    for _ in range(6):
        assert authentication.sign_in(engine, "wang", "wrong") is None
    assert authentication.sign_in(engine, "wang", PASSWORD) is None
    change(engine, "UPDATE failed_sign_in SET next_at = TIMESTAMP '2020-01-01 00:00:00'")
    assert authentication.sign_in(engine, "wang", PASSWORD) == authentication.SignedIn(1)
    with database.reading(engine) as connection:
        assert connection.execute(sa.text("SELECT failures FROM failed_sign_in")).scalars().all() == [0]
