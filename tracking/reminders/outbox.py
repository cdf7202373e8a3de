"""What is told to whom by which channel: a row is claimed before it is sent, so that nothing goes twice.

A run that ends between sending and noting leaves a claim of which nobody knows. Such a claim is sent again once it has
stood for CLAIMED: a reminder twice is better than a deadline of which nobody heard. It is the one case in which
something goes twice.
"""

from collections.abc import Collection, Iterable
from datetime import datetime, timedelta

import sqlalchemy as sa
from sqlalchemy import Connection, Row

from tracking.reminders.channels import Channel
from tracking.review.inbox import Event

# For so long a claim is another run's, at work.
CLAIMED = timedelta(minutes=15)
# What failed is tried again after a while that doubles, up to the longest.
FIRST_WAIT, LONGEST_WAIT = timedelta(minutes=2), timedelta(days=1)

_KNOWN = sa.text("SELECT * FROM outbox WHERE account = :account AND channel = :channel")
_NAMES = sa.text("SELECT event FROM outbox WHERE account = :account AND channel = :channel")
_INSERT = sa.text("""
INSERT INTO outbox (account, channel, event, claimed_at, attempts)
VALUES (:account, :channel, :event, :now, 1)
""")
_AGAIN = sa.text("""
UPDATE outbox
SET
    claimed_at = :now,
    attempts = attempts + 1,
    next_at = NULL,
    error = NULL
WHERE
    account = :account
    AND channel = :channel
    AND event = :event
""")
_SENT = sa.text("""
UPDATE outbox
SET sent_at = :now
WHERE
    account = :account
    AND channel = :channel
    AND event = :event
""")
_FAILED = sa.text("""
UPDATE outbox
SET
    error = :error,
    next_at = :next_at
WHERE
    account = :account
    AND channel = :channel
    AND event = :event
    AND sent_at IS NULL
""")


def open_ones(
    connection: Connection, account: int, channel: Channel, events: Iterable[Event], now: datetime
) -> list[Event]:
    """Of events those that can be claimed; `now` is UTC."""
    known = {row.event: row for row in connection.execute(_KNOWN, {"account": account, "channel": channel}).all()}
    found = []
    for each in events:
        rows = [known[name] for name in each.repeats if name in known]
        own = known.get(each.event)
        if not any(row.sent_at is not None or _at_work(row, now) for row in rows) and (own is None or _due(own, now)):
            found.append(each)
    return found


def claim(
    connection: Connection, account: int, channel: Channel, events: Iterable[Event], now: datetime
) -> list[Event]:
    """Of events those that are to be sent now, by nobody else; `now` is UTC."""
    which = {"account": account, "channel": channel}
    known = set(connection.execute(_NAMES, which).scalars().all())
    claimed = open_ones(connection, account, channel, events, now)
    for each in claimed:
        connection.execute(_AGAIN if each.event in known else _INSERT, {**which, "event": each.event, "now": now})
    return claimed


def note_sent(connection: Connection, account: int, channel: Channel, names: Collection[str], now: datetime) -> None:
    """Keep that events were sent: they never are again."""
    rows = [{"account": account, "channel": channel, "event": each, "now": now} for each in names]
    connection.execute(_SENT, rows)


def note_failed(
    connection: Connection, account: int, channel: Channel, names: Collection[str], error: str, now: datetime
) -> None:
    """Keep why events were not sent, and when they are tried again."""
    which = {"account": account, "channel": channel}
    known = {row.event: row for row in connection.execute(_KNOWN, which).all()}
    for each in names:
        wait = min(FIRST_WAIT * 2 ** min(known[each].attempts, 20), LONGEST_WAIT)
        connection.execute(_FAILED, {**which, "event": each, "error": error, "next_at": now + wait})


def _at_work(row: Row, now: datetime) -> bool:  # type: ignore[type-arg]
    """Whether another run has it in hand; a claim of the future is of a clock that has gone back since."""
    return row.sent_at is None and row.error is None and abs(now - row.claimed_at) <= CLAIMED


def _due(row: Row, now: datetime) -> bool:  # type: ignore[type-arg]
    return row.next_at is None or not now < row.next_at <= now + LONGEST_WAIT
