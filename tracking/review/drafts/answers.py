"""The text of an answer to a question, as somebody left it before it was sent: theirs alone, and in no thread."""

from datetime import date, timedelta

import sqlalchemy as sa
from sqlalchemy import Connection, Engine

from tracking import database
from tracking.access import acts
from tracking.access.people import Person
from tracking.review.drafts import rows, scope
from tracking.words import personal_data, spelling

LONGEST = 2_000

_BODY = sa.text("""
SELECT body
FROM answer_draft
WHERE
    account = :account
    AND space_id = :space_id
    AND year = :year
    AND metric = :metric
    AND saved_at > :oldest
""")
_END = sa.text("""
DELETE FROM answer_draft
WHERE
    account = :account
    AND (saved_at <= :oldest OR space_id = :space_id AND year = :year AND metric = :metric)
""")
_INSERT = sa.text("""
INSERT INTO answer_draft (account, space_id, year, metric, body, saved_at)
VALUES (:account, :space_id, :year, :metric, :body, :now)
""")


def keep(engine: Engine, space: str, year: int, metric: str, body: str) -> bool:
    """Keep what somebody has written so far, nothing where it is blank; whether it is kept.

    It is not where it is too long or has personal data. Raises Forbidden, DatabaseUnavailable.
    """
    usable = bool(spelling.tidy(body)) and len(body) <= LONGEST and not personal_data.kind(spelling.tidy(body))

    def work(connection: Connection) -> bool:
        somebody = scope.person(connection, engine)
        acts.check(connection, engine, "file", [space])
        end(connection, somebody, space, year, metric)
        if usable and somebody.account is not None:
            row = _of(somebody, space, year, metric)
            connection.execute(_INSERT, {**row, "body": body, "now": rows.now()})
        return usable

    return database.write_beside(engine, work)


def kept(engine: Engine, _: date, *, space: str, year: int, metric: str) -> str:
    """What somebody wrote and did not send; empty where there is none. The day is none of it."""
    with database.reading(engine) as connection:
        row = _of(scope.person(connection, engine), space, year, metric)
        return str(database.value(connection, _BODY, row) or "")


def end(connection: Connection, somebody: Person, space: str, year: int, metric: str) -> None:
    """End it, since it was sent or is written anew; and those of the same person that nobody saved for long."""
    connection.execute(_END, _of(somebody, space, year, metric))


def _of(somebody: Person, space: str, year: int, metric: str) -> dict[str, object]:
    oldest = rows.now() - timedelta(days=rows.DAYS)
    place: dict[str, object] = {"space_id": space, "year": year, "metric": metric}
    return {**place, "account": scope.account(somebody), "oldest": oldest}
