"""Answers that hold until something is stored."""

import sqlalchemy as sa
from sqlalchemy import Connection, Engine

from tracking import database

ASK = sa.text("SELECT COUNT(*) FROM account")
ADD = sa.text("""
INSERT INTO account (account, name, display, made_at, password) VALUES (1, 'wang', '', CURRENT_TIMESTAMP, '')
""")


def test_what_every_request_asks_is_asked_again_once_something_was_stored(any_engine: Engine) -> None:
    asked = []

    def accounts(connection: Connection) -> int:
        asked.append(connection)
        return int(connection.execute(ASK).scalar_one())

    def answers() -> list[int]:
        seen = database.seen_by(any_engine, [])
        return [database.remembered(each, "accounts", accounts) for each in (any_engine, any_engine, seen)]

    assert answers() == [0, 0, 0]
    # Others write to a server, and nothing here tells when.
    times = 3 if any_engine.dialect.name == "postgresql" else 1
    assert len(asked) == times
    database.write_beside(any_engine, lambda connection: connection.execute(ADD))
    assert answers() == [1, 1, 1]
    assert len(asked) == 2 * times


def test_one_question_is_not_answered_as_another(engine: Engine) -> None:
    both = [database.remembered(engine, key, lambda _, key=key: key) for key in ("one", "other", "one")]
    assert both == ["one", "other", "one"]
