"""What a person's own tool shows instead of a session: it reads as they may at the time, and does nothing else."""

import secrets
from datetime import date, timedelta

import sqlalchemy as sa
from sqlalchemy import Connection

from tracking import database
from tracking.access import people, sessions, trail
from tracking.access.people import Person

LONGEST_DAYS = 365
# So that a token that was published by mistake can be known for one.
PREFIX = "tracking_"

_LIVE = sa.text("""
SELECT account
FROM token
WHERE
    sha256 = :sha256
    AND ended_at IS NULL
    AND until_day >= CURRENT_DATE
""")
_OWN = sa.text("""
SELECT
    token,
    name,
    made_at,
    until_day
FROM token
WHERE
    account = :account
    AND ended_at IS NULL
    AND until_day >= CURRENT_DATE
ORDER BY token
""")


def make(connection: Connection, account: int, name: str, days: int = LONGEST_DAYS) -> str:
    """Make a token; what is told once and kept nowhere."""
    secret = PREFIX + secrets.token_urlsafe(32)
    number = 1 + connection.execute(sa.text("SELECT COALESCE(MAX(token), 0) FROM token")).scalar_one()
    until = date.today() + timedelta(days=min(max(days, 1), LONGEST_DAYS))
    values = {"token": number, "sha256": sessions.kept(secret), "account": account, "name": name.strip()[:60]}
    insert = """
    INSERT INTO token (token, sha256, account, name, made_at, until_day)
    VALUES (:token, :sha256, :account, :name, :made_at, :until_day)
    """
    connection.execute(sa.text(insert), {**values, "made_at": trail.now(), "until_day": until})
    trail.note(connection, account, "token", str(number))
    return secret


def own(connection: Connection, account: int) -> list[dict[str, object]]:
    """A person's tokens that are still good: token, name, made_at, until_day."""
    return [dict(row._mapping) for row in connection.execute(_OWN, {"account": account}).all()]


def end(connection: Connection, account: int, token: int) -> None:
    """Revoke one of a person's own tokens."""
    statement = sa.text("""
    UPDATE token SET ended_at = :now WHERE token = :token AND account = :account AND ended_at IS NULL
    """)
    ended = connection.execute(statement, {"now": trail.now(), "token": token, "account": account})
    if ended.rowcount:
        trail.note(connection, account, "token-ended", str(token))


def person(connection: Connection, secret: str) -> Person | None:
    """Whose token it is, with the grants of this moment; None where it is nobody's or over."""
    account = database.value(connection, _LIVE, {"sha256": sessions.kept(secret)})
    return None if account is None else people.as_of_now(connection, int(account))
