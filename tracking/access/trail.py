"""What happened, a line each, chained: who alters, takes out or puts in a line breaks every hash after it.

A chain that is cut at its end, or written anew as a whole, still holds by itself: so its head is printed, and the
trail can be held to it later.
"""

import hashlib
from collections.abc import Sequence
from datetime import UTC, date, datetime, time, timedelta
from typing import Literal, NamedTuple, get_args

import sqlalchemy as sa
from sqlalchemy import Connection

Event = Literal[
    "sign-in", "sign-in-failed", "sign-out", "password", "account", "account-ended", "grant", "grant-ended", "token",
    "token-ended", "second-factor", "second-factor-ended", "filing", "register", "policy", "closing", "download",
    "backup", "restore", "review", "window", "question", "waiver", "rectification", "scan", "evidence",
    "draft-ended",
]  # fmt: skip
EVENTS: tuple[Event, ...] = get_args(Event)
COLUMNS = ("number", "happened_at", "account", "event", "subject", "sha256")
_COLUMNS = ", ".join(COLUMNS)
# Of a hash that is printed short.
SHORTEST_HASH = 16


class Head(NamedTuple):
    """The end of the trail: the number of its last line, 0 where there is none, and that line's hash."""

    number: int
    sha256: str

    def __str__(self) -> str:
        return f"{self.number}:{self.sha256}"

    @property
    def short(self) -> str:
        """As it is printed where there is little room; the trail can be held to it all the same."""
        return f"{self.number}:{self.sha256[:SHORTEST_HASH]}"


def now() -> datetime:
    """This moment, as it is kept: UTC, to the second."""
    return datetime.now(UTC).replace(tzinfo=None, microsecond=0)


def note(connection: Connection, account: int | None, event: Event, subject: str = "") -> Head:
    """Write a line in the connection's transaction: who did what to what. No name and no address of a person in it."""
    before = head(connection)
    row = {"number": before.number + 1, "happened_at": now(), "account": account, "event": event, "subject": subject}
    digest = _chained(before.sha256, list(row.values()))
    insert = f"INSERT INTO audit_event ({_COLUMNS}) VALUES (:number, :happened_at, :account, :event, :subject, :sha256)"
    connection.execute(sa.text(insert), {**row, "sha256": digest})
    return Head(before.number + 1, digest)


def head(connection: Connection) -> Head:
    """The end of the trail as it stands."""
    row = connection.execute(
        sa.text("SELECT number, sha256 FROM audit_event ORDER BY number DESC LIMIT 1")
    ).one_or_none()
    return Head(0, "") if row is None else Head(*row)


def line(connection: Connection, event: Event, subject: str) -> Head:
    """The end of the trail as it stood when this was noted first; number 0 where it was not."""
    noted = "SELECT number, sha256 FROM audit_event WHERE event = :event AND subject = :subject ORDER BY number LIMIT 1"
    row = connection.execute(sa.text(noted), {"event": event, "subject": subject}).one_or_none()
    return Head(0, "") if row is None else Head(*row)


def broken(connection: Connection) -> list[int]:
    """The numbers of lines that do not follow from the one before, as they were written."""
    found, previous, expected = [], "", 1
    statement = sa.text(f"SELECT {_COLUMNS} FROM audit_event ORDER BY number")
    for number, *rest, digest in connection.execute(statement).all():
        if number != expected or _chained(previous, [number, *rest]) != digest:
            found.append(int(number))
        previous, expected = digest, number + 1
    return found


def stands(connection: Connection, earlier: Head) -> bool:
    """Whether the trail still goes through a head that was printed earlier; of the hash, its beginning is enough."""
    if earlier.number == 0:
        return True
    statement = sa.text("SELECT sha256 FROM audit_event WHERE number = :number")
    found = connection.execute(statement, {"number": earlier.number}).scalar_one_or_none()
    return found is not None and found.startswith(earlier.sha256)


def lines(
    connection: Connection,
    most: int = 1_000,
    *,
    events: Sequence[Event] = (),
    account: int | None = None,
    first: date | None = None,
    last: date | None = None,
) -> list[dict[str, object]]:
    """The latest lines, newest first: of some events, of an account, from a day through a day."""
    named = sa.table("audit_event", *map(sa.column, COLUMNS))
    found = sa.select(*named.columns).order_by(named.c.number.desc()).limit(most)
    if events:
        found = found.where(named.c.event.in_(events))
    if account is not None:
        found = found.where(named.c.account == account)
    if first is not None:
        found = found.where(named.c.happened_at >= datetime.combine(first, time.min))
    if last is not None:
        found = found.where(named.c.happened_at < datetime.combine(last + timedelta(days=1), time.min))
    return [dict(row._mapping) for row in connection.execute(found).all()]


def _chained(previous: str, cells: list[object]) -> str:
    """Each cell behind its length, so that no two rows have the same bytes."""
    digest = hashlib.sha256(previous.encode())
    for cell in cells:
        text = "" if cell is None else cell.isoformat() if isinstance(cell, datetime) else str(cell)
        content = text.encode()
        digest.update(f"{'-' if cell is None else len(content)}:".encode() + content)
    return digest.hexdigest()
