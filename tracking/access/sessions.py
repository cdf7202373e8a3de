"""Who is signed in, and for how long: what a browser holds is kept by its SHA-256 alone."""

import hashlib
import secrets
import time
from datetime import datetime, timedelta
from typing import NamedTuple

import sqlalchemy as sa
from sqlalchemy import Connection, Engine

from tracking import database
from tracking.access import codes, people, trail
from tracking.access.people import Person

IDLE = timedelta(minutes=30)
LONGEST = timedelta(hours=12)
# A session that is used is noted so often, not at every click.
_NOTED_EVERY = timedelta(minutes=1)
# Seconds after which the clock alone may have ended something: a grant, idleness. No day begins within.
_ASKED_EVERY = 15

_OPEN = sa.text("""
SELECT
    session.account,
    session.begun_at,
    session.seen_at,
    session.provider,
    account.first_until,
    account.totp
FROM session
INNER JOIN account
    ON session.account = account.account
WHERE
    session.sha256 = :sha256
    AND session.ended_at IS NULL
    AND session.seen_at > :idle
    AND session.begun_at > :longest
""")


class Session(NamedTuple):
    """A session that goes on: whose it is, the page that must be done with first, if any, whether to note its use, and
    when it ends unless it is used again (None: it is not ours to end)."""

    person: Person
    first: str
    unnoted: bool
    ends: datetime | None


def begin(connection: Connection, account: int, provider: str | None = None) -> str:
    """Begin a session, by a provider or by a password; the secret that the browser gets, which is kept nowhere."""
    secret, now = secrets.token_urlsafe(32), trail.now()
    values = {"sha256": kept(secret), "account": account, "now": now, "provider": provider}
    insert = """
    INSERT INTO session (sha256, account, begun_at, seen_at, provider)
    VALUES (:sha256, :account, :now, :now, :provider)
    """
    connection.execute(sa.text(insert), values)
    trail.note(connection, account, "sign-in")
    return secret


def of(connection: Connection, secret: str) -> Session | None:
    """The session of a secret with the person's grants of this moment; None where there is none or it is over."""
    now = trail.now()
    values = {"sha256": kept(secret), "idle": now - IDLE, "longest": now - LONGEST}
    row = connection.execute(_OPEN, values).one_or_none()
    person = None if row is None else people.as_of_now(connection, row.account)
    if row is None or person is None:
        return None
    first = ""
    if row.first_until is not None:
        first = "/password"
    elif row.provider is None and row.totp is None and codes.demanded(person):
        # A provider asks for what it thinks right.
        first = "/second-factor"
    return Session(person, first, now - row.seen_at >= _NOTED_EVERY, min(now + IDLE, row.begun_at + LONGEST))


def known(engine: Engine, secret: str) -> Session | None:
    """As `of`, for every request: asked anew once anything was stored, so that what ends elsewhere has ended here."""
    digest = kept(secret)
    key = "session", digest, int(time.time()) // _ASKED_EVERY
    found = database.remembered(engine, key, lambda connection: of(connection, secret))
    return None if found is None or (found.ends is not None and found.ends <= trail.now()) else found


def use(connection: Connection, secret: str) -> None:
    """Note that a session is used, so that it does not end of idleness."""
    statement = sa.text("UPDATE session SET seen_at = :now WHERE sha256 = :sha256 AND ended_at IS NULL")
    connection.execute(statement, {"now": trail.now(), "sha256": kept(secret)})


def end(connection: Connection, secret: str) -> str | None:
    """End a session; the provider that it was begun by, if any."""
    values = {"now": trail.now(), "sha256": kept(secret)}
    row = connection.execute(
        sa.text("SELECT account, provider FROM session WHERE sha256 = :sha256 AND ended_at IS NULL"), values
    ).one_or_none()
    if row is None:
        return None
    connection.execute(sa.text("UPDATE session SET ended_at = :now WHERE sha256 = :sha256"), values)
    trail.note(connection, int(row.account), "sign-out")
    return row.provider  # type: ignore[no-any-return]


def end_all(connection: Connection, account: int) -> None:
    """End every session of an account."""
    statement = sa.text("UPDATE session SET ended_at = :now WHERE account = :account AND ended_at IS NULL")
    connection.execute(statement, {"now": trail.now(), "account": account})


def kept(secret: str) -> str:
    """What is kept of a secret of 256 random bits: nobody can guess it, so no salt and no slowness is needed."""
    return hashlib.sha256(secret.encode()).hexdigest()
