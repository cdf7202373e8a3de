"""Everything that is due to be said, once: safe to run again, at any time and from several machines."""

import hashlib
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from datetime import datetime

from sqlalchemy import Engine

from tracking import database
from tracking.access import acts, people
from tracking.reminders import digest, mail, outbox, receivers, robots
from tracking.reminders.channels import Channels
from tracking.reminders.digest import Message
from tracking.reminders.receivers import Receiver
from tracking.reminders.undelivered import Undelivered
from tracking.review import inbox
from tracking.review.inbox import Event

# Sends a message, known by a name, to somebody. Raises Undelivered.
Send = Callable[[Channels, Receiver, Message, str], None]


@dataclass
class Report:
    """How many messages were sent, and of those that were not the account, the channel and why."""

    sent: int = 0
    failed: list[tuple[int, str, str]] = field(default_factory=list)


def deliver(channels: Channels, receiver: Receiver, message: Message, name: str) -> None:
    """Send a message by its channel. Raises Undelivered."""
    if receiver.robot is not None:
        robots.send(receiver.robot, message)
    elif channels.mail is not None:
        mail.send(channels.mail, receiver.mail, message, name)


def remind(
    engine: Engine,
    channels: Channels,
    now: datetime,
    send: Send = deliver,
    going: Callable[[], bool] = lambda: True,
) -> Report:
    """Tell everybody what concerns them by the grants of now and was not told or read yet: one message each.

    Once it is not `going` on, nobody else is told: those left are the next run's.
    Raises Forbidden for anybody but the machine's keeper, and DatabaseUnavailable.
    """
    acts.keepers(engine)
    with database.reading(engine) as connection:
        everybody = list(receivers.all_of(connection, channels))
    report, down = Report(), set()
    possible = inbox.everywhere(engine, now) if everybody else []
    for each in everybody:
        if not going():
            break
        end = each.robot.url if each.robot else each.channel
        due = [] if end in down else _due(engine, each, possible, now)
        if due and _tell(engine, channels, each, due, now, send, report):
            down.add(end)
    return report


def _due(engine: Engine, to: Receiver, possible: Sequence[Event], now: datetime) -> list[Event]:
    """What concerns somebody by the grants of now and was not read."""
    with database.reading(engine) as connection:
        person = people.as_of_now(connection, to.account)
        # Most have nothing at most times: only of who may have something all is asked.
        held = people.among(connection, person.visible, {each.space_id for each in possible}) if person else set()
        near = [each for each in possible if each.space_id in held]
        if person is None or not outbox.open_ones(connection, to.account, to.channel, near, now):
            return []
    seen = people.seen_by(engine, person)
    read = inbox.marked(seen)
    return [each for each in inbox.events(seen, now) if each.event not in read]


def _tell(
    engine: Engine,
    channels: Channels,
    to: Receiver,
    due: Sequence[Event],
    now: datetime,
    send: Send,
    report: Report,
) -> bool:
    """Tell one receiver; whether it turned out that their channel is down."""
    claimed = database.write_beside(engine, lambda made: outbox.claim(made, to.account, to.channel, due, now))
    if not claimed:
        return False
    names = [each.event for each in claimed]
    most = mail.MOST if to.robot is None else robots.MOST[to.channel]
    message = digest.write(claimed, to.lang, channels.address, now, most)
    try:
        send(channels, to, message, _name(to, names))
    except Undelivered as undelivered:
        error = undelivered.error
        failed = lambda made: outbox.note_failed(made, to.account, to.channel, names, error, now)  # noqa: E731
        database.write_beside(engine, failed)
        report.failed.append((to.account, to.channel, error))
        return undelivered.down
    database.write_beside(engine, lambda made: outbox.note_sent(made, to.account, to.channel, names, now))
    report.sent += 1
    return False


def _name(to: Receiver, names: list[str]) -> str:
    return hashlib.sha256("\n".join([str(to.account), to.channel, *sorted(names)]).encode()).hexdigest()[:40]
