"""Accounts: made, ended, and given another password or one-time codes, each by whoever may."""

from datetime import datetime, timedelta

import sqlalchemy as sa
from sqlalchemy import Connection, Engine

from tracking import database
from tracking.access import acts, codes, passwords, people, sessions, trail
from tracking.access.people import Person
from tracking.words import spelling

LONGEST_NAME = 60
FIRST_DAYS = 7
# Of an account that has not ended, by its name: what signing in is held against as well.
KNOWN = sa.text("""
SELECT
    account,
    password,
    first_until,
    totp,
    totp_step
FROM account
WHERE
    name = :name
    AND ended_at IS NULL
""")
# Also what is yet to begin: who takes over an account takes that over too.
_HELD = sa.text("""
SELECT
    role,
    code
FROM access_grant
WHERE
    account = :account
    AND ended_at IS NULL
    AND (until_day IS NULL OR until_day >= CURRENT_DATE)
""")
_INSERT = sa.text("""
INSERT INTO account (account, name, display, made_at, made_by, password, first_until)
VALUES (:account, :name, :display, :made_at, :made_by, :password, :first_until)
""")


class UnusableName(Exception):
    """The name of a new account is empty, too long, misleading or taken; `reason` says which."""

    def __init__(self, reason: str) -> None:
        super().__init__(reason)
        self.reason = reason


class UnknownAccount(Exception):
    """There is no such account, or it has ended."""


class RefusedPassword(Exception):
    """A new password is too weak, the one before or a one-time code is not right; `reason` says which."""

    def __init__(self, reason: str) -> None:
        super().__init__(reason)
        self.reason = reason


def kept_name(name: str) -> str:
    """A name as it is kept and looked up."""
    return spelling.folded(name)


def add(connection: Connection, engine: Engine, name: str, display: str = "", password: str | None = None) -> str:
    """Make an account; its first password, which is told once, unless it is given one of its own to keep.

    Raises Forbidden, UnusableName.
    """
    by = acts.check(connection, engine, "people")
    key = kept_name(name)
    if not key or len(name) > LONGEST_NAME or spelling.misleading(name) or spelling.misleading(display):
        raise UnusableName("name")
    if database.value(connection, sa.text("SELECT 1 FROM account WHERE name = :name"), {"name": key}):
        # A name that somebody had is never somebody else's.
        raise UnusableName("taken")
    now = trail.now()
    until = None if password else now + timedelta(days=FIRST_DAYS)
    password = password or passwords.first()
    number = _next(connection)
    row = {"account": number, "name": key, "display": display.strip() or name.strip(), "made_at": now}
    kept = {"made_by": by.account, "password": passwords.hashed(password), "first_until": until}
    connection.execute(_INSERT, {**row, **kept})
    trail.note(connection, by.account, "account", str(number))
    return password


def number_of(connection: Connection, name: str) -> int:
    """The number of an account that has not ended. Raises UnknownAccount."""
    row = connection.execute(KNOWN, {"name": kept_name(name)}).one_or_none()
    if row is None:
        raise UnknownAccount(name)
    return int(row.account)


def end(connection: Connection, engine: Engine, account: int) -> None:
    """End an account with all its sessions and tokens. Raises Forbidden."""
    by = _over(connection, engine, account)
    statement = sa.text("UPDATE account SET ended_at = :now WHERE account = :account AND ended_at IS NULL")
    connection.execute(statement, {"now": trail.now(), "account": account})
    sessions.end_all(connection, account)
    trail.note(connection, by.account, "account-ended", str(account))


def reset(connection: Connection, engine: Engine, account: int) -> str:
    """A new first password instead of the one that was; every session ends. Raises Forbidden."""
    by = _over(connection, engine, account)
    password = passwords.first()
    _keep(connection, account, password, trail.now() + timedelta(days=FIRST_DAYS))
    trail.note(connection, by.account, "password", str(account))
    return password


def change_password(connection: Connection, account: int, before: str, after: str) -> None:
    """A person's own new password; every session ends. Raises RefusedPassword."""
    row = connection.execute(
        sa.text("SELECT name, password FROM account WHERE account = :account AND ended_at IS NULL"),
        {"account": account},
    ).one_or_none()
    if row is None or not passwords.fits(row.password, before):
        raise RefusedPassword("wrong")
    if before == after:
        raise RefusedPassword("same")
    if reason := passwords.weakness(after, row.name):
        raise RefusedPassword(reason)
    _keep(connection, account, after, None)
    trail.note(connection, account, "password", str(account))


def has_codes(connection: Connection, account: int) -> bool:
    """Whether an account's sign-ins need a one-time code."""
    statement = sa.text("SELECT totp IS NOT NULL FROM account WHERE account = :account")
    return bool(database.value(connection, statement, {"account": account}))


def turn_on(connection: Connection, account: int, secret: str, code: str) -> None:
    """Have a person's sign-ins need a code of a new secret; every session ends. Raises RefusedPassword."""
    used = codes.step(secret, code, None)
    # Whoever has got hold of a session does not put a phone of their own in the place of its owner's.
    if used is None or has_codes(connection, account):
        raise RefusedPassword("code")
    _keep_codes(connection, account, secret, used)
    trail.note(connection, account, "second-factor", str(account))


def turn_off(connection: Connection, engine: Engine, account: int) -> None:
    """Let an account sign in without codes, whose phone is lost; every session ends. Raises Forbidden."""
    by = _over(connection, engine, account)
    _keep_codes(connection, account, None, None)
    trail.note(connection, by.account, "second-factor-ended", str(account))


def of_identity(connection: Connection, provider: str, issuer: str, subject: str, display: str) -> int | None:
    """The account of whom a provider knows; None where it has ended. Who is new gets one without a grant."""
    which = {"issuer": issuer, "subject": subject}
    known = sa.text("SELECT account FROM identity WHERE issuer = :issuer AND subject = :subject")
    found = database.value(connection, known, which)
    if found is not None:
        return None if people.as_of_now(connection, int(found)) is None else int(found)
    number = _next(connection)
    key = kept_name(f"{provider}:{subject}")
    taken = database.value(connection, sa.text("SELECT 1 FROM account WHERE name = :name"), {"name": key})
    if taken or len(key) > LONGEST_NAME or spelling.misleading(key):
        key = f"{provider}:{number}"
    shown = "" if spelling.misleading(display) else display.strip()[:LONGEST_NAME]
    row = {"account": number, "name": key, "display": shown or key, "made_at": trail.now(), "made_by": None}
    connection.execute(_INSERT, {**row, "password": "", "first_until": None})
    connection.execute(
        sa.text("INSERT INTO identity VALUES (:issuer, :subject, :account)"), {**which, "account": number}
    )
    trail.note(connection, number, "account", str(number))
    return number


def _over(connection: Connection, engine: Engine, account: int) -> Person:
    """Who acts on an account: an administrator on any, a district reviewer on one that is no more than an operator of
    the district's spaces. Raises Forbidden."""
    by = acts.check(connection, engine, "people")
    if "administrator" in by.roles:
        return by
    held = connection.execute(_HELD, {"account": account}).all()
    if not held or any(each.role != "operator" for each in held):
        raise acts.Forbidden("people")
    return acts.check(connection, engine, "people", [each.code for each in held])


def _keep(connection: Connection, account: int, password: str, first_until: datetime | None) -> None:
    statement = sa.text("UPDATE account SET password = :password, first_until = :until WHERE account = :account")
    kept = {"password": passwords.hashed(password), "until": first_until, "account": account}
    connection.execute(statement, kept)
    sessions.end_all(connection, account)


def _next(connection: Connection) -> int:
    return 1 + int(connection.execute(sa.text("SELECT COALESCE(MAX(account), 0) FROM account")).scalar_one())


def _keep_codes(connection: Connection, account: int, secret: str | None, used: int | None) -> None:
    statement = sa.text("UPDATE account SET totp = :secret, totp_step = :used WHERE account = :account")
    connection.execute(statement, {"secret": secret, "used": used, "account": account})
    sessions.end_all(connection, account)
