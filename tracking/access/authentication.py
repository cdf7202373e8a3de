"""Who a name, a password and a one-time code are of.

A name that does not exist and a wrong password are answered alike, in the same time, and slow down alike.
"""

import hashlib
from datetime import datetime, timedelta
from typing import NamedTuple

import sqlalchemy as sa
from sqlalchemy import Connection, Engine

from tracking import database
from tracking.access import accounts, codes, passwords, trail

# So many wrong passwords cost nothing; each one after them doubles the wait, up to the longest.
FREE_FAILURES, LONGEST_WAIT = 5, 900


class SignedIn(NamedTuple):
    """Whose name, password and one-time code were right."""

    account: int


def sign_in(engine: Engine, name: str, password: str, code: str = "") -> SignedIn | None:
    """Who a name, a password and, where the account has them, a one-time code are of; None where they are nobody's, the
    code was used, or it is too early to try that name again.
    """
    key = accounts.kept_name(name[: accounts.LONGEST_NAME * 2])
    with database.reading(engine) as connection:
        row = connection.execute(accounts.KNOWN, {"name": key}).one_or_none()
        waiting = _next_at(connection, key) > trail.now()
    right = passwords.fits(row.password if row else None, password)
    fresh = row is not None and (row.first_until is None or row.first_until >= trail.now())
    used = None if row is None or row.totp is None else codes.step(row.totp, code, row.totp_step)
    answered = row is not None and (row.totp is None or used is not None)
    if right and fresh and answered and not waiting and row is not None:
        account = int(row.account)
        if database.write_beside(engine, lambda connection: _succeeded(connection, key, account, used)):
            return SignedIn(account)
    if not waiting:
        whose = int(row.account) if row else None
        database.write_beside(engine, lambda connection: _failed(connection, key, whose))
    return None


def _succeeded(connection: Connection, key: str, account: int, used: int | None) -> bool:
    """Forget the failures; False where the code was used in the meantime."""
    if used is not None:
        statement = sa.text(
            "UPDATE account SET totp_step = :used WHERE account = :account AND COALESCE(totp_step, 0) < :used"
        )
        if not connection.execute(statement, {"used": used, "account": account}).rowcount:
            return False
    # By update: DuckDB does not take a key again in the transaction that deleted it.
    statement = sa.text("UPDATE failed_sign_in SET failures = 0, next_at = :now WHERE sha256 = :sha256")
    connection.execute(statement, {"sha256": _hidden(key), "now": trail.now()})
    return True


def _hidden(key: str) -> str:
    return hashlib.sha256(key.encode()).hexdigest()


def _next_at(connection: Connection, key: str) -> datetime:
    statement = sa.text("SELECT next_at FROM failed_sign_in WHERE sha256 = :sha256")
    found: datetime | None = database.value(connection, statement, {"sha256": _hidden(key)})
    return found or datetime.min


def _failed(connection: Connection, key: str, account: int | None) -> None:
    which = {"sha256": _hidden(key)}
    statement = sa.text("SELECT failures FROM failed_sign_in WHERE sha256 = :sha256")
    before = database.value(connection, statement, which)
    failures = (before or 0) + 1
    wait = min(2 ** max(0, failures - FREE_FAILURES), LONGEST_WAIT) if failures > FREE_FAILURES else 0
    values = {**which, "failures": failures, "next_at": trail.now() + timedelta(seconds=wait)}
    change = "UPDATE failed_sign_in SET failures = :failures, next_at = :next_at WHERE sha256 = :sha256"
    first = "INSERT INTO failed_sign_in VALUES (:sha256, :failures, :next_at)"
    connection.execute(sa.text(first if before is None else change), values)
    trail.note(connection, account, "sign-in-failed")
