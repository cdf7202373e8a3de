"""Accounts: which names there can be."""

import pytest
from sqlalchemy import Engine

from tracking import database
from tracking.access import accounts, looking_after
from tracking.access.accounts import LONGEST_NAME, UnknownAccount, UnusableName

PASSWORD = "four lively herons dance"
pytestmark = pytest.mark.usefixtures("plain_passwords")


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
