"""Accounts: which names there can be, how long a first password is good, and how long a wrong one keeps out."""

from datetime import timedelta

import pytest
import sqlalchemy as sa
from sqlalchemy import Connection, Engine

from tracking import database
from tracking.access import accounts, looking_after, passwords, trail
from tracking.access.accounts import LONGEST_NAME, UnknownAccount, UnusableName

PASSWORD = "four lively herons dance"


@pytest.fixture(autouse=True)
def quick(monkeypatch: pytest.MonkeyPatch) -> None:
    """Passwords as they are: what is made of them is tested where people sign in."""
    monkeypatch.setattr(passwords, "hashed", lambda password: password)
    monkeypatch.setattr(passwords, "fits", lambda kept, password: kept == password)


def change(engine: Engine, statement: str) -> None:
    database.write_beside(engine, lambda connection: connection.execute(sa.text(statement)))


@pytest.mark.parametrize(
    ("name", "reason"),
    [("", "name"), (" ", "name"), ("x" * (LONGEST_NAME + 1), "name"), ("wa\u202eng", "name"), ("ＷＡＮＧ", "taken")],
    ids=["empty", "blank", "too long", "turned round", "in another width"],
)
def test_a_name_is_somebodys_and_never_anybody_elses(engine: Engine, name: str, reason: str) -> None:
    looking_after.add(engine, "wang", password=PASSWORD)
    # Also once whoever had it has gone.
    looking_after.end(engine, "wang")
    with pytest.raises(UnusableName) as refused:
        looking_after.add(engine, name)
    assert refused.value.reason == reason
    with database.reading(engine) as connection, pytest.raises(UnknownAccount):
        accounts.number_of(connection, "wang")


@pytest.mark.parametrize(("minutes", "let_in"), [(1, True), (-1, False)])
def test_a_first_password_is_good_for_its_days(engine: Engine, minutes: int, let_in: bool) -> None:
    first = looking_after.add(engine, "wang")
    until = trail.now() + timedelta(minutes=minutes)
    change(engine, f"UPDATE account SET first_until = TIMESTAMP '{until:%Y-%m-%d %H:%M:%S}'")
    assert (accounts.sign_in(engine, "Wang", first) is not None) == let_in


def test_each_wrong_password_after_the_free_ones_doubles_the_wait_up_to_the_longest(
    engine: Engine, monkeypatch: pytest.MonkeyPatch
) -> None:
    waits, moment = [], trail.now()
    monkeypatch.setattr(trail, "now", lambda: moment)

    def fail(connection: Connection) -> None:
        accounts._failed(connection, "wang", None)
        waits.append((accounts._next_at(connection, "wang") - moment).total_seconds())

    for _ in range(16):
        database.write_beside(engine, fail)
    assert waits == [0, 0, 0, 0, 0, 2, 4, 8, 16, 32, 64, 128, 256, 512, 900, 900]


def test_who_waits_is_not_let_in_and_a_right_password_forgets_the_wrong_ones(engine: Engine) -> None:
    looking_after.add(engine, "wang", password=PASSWORD)
    for _ in range(6):
        assert accounts.sign_in(engine, "wang", "wrong") is None
    assert accounts.sign_in(engine, "wang", PASSWORD) is None
    change(engine, "UPDATE failed_sign_in SET next_at = TIMESTAMP '2020-01-01 00:00:00'")
    assert accounts.sign_in(engine, "wang", PASSWORD) == accounts.SignedIn(1)
    with database.reading(engine) as connection:
        assert connection.execute(sa.text("SELECT failures FROM failed_sign_in")).scalars().all() == [0]
