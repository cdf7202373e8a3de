"""Who is told where: an account's own address for mail and language, which say nothing of who somebody is."""

from collections.abc import Iterator
from dataclasses import dataclass

import sqlalchemy as sa
from sqlalchemy import Connection, Engine

from tracking import database
from tracking.access import accounts, acts, people, trail
from tracking.reminders.channels import Channel, Channels, Robot
from tracking.words import spelling
from tracking.words.language import LANGUAGES, Lang

LONGEST_ADDRESS = 254
# Signs that would make an address two, a name, or a line of its own in a mail's head.
_NO_ADDRESS = set(' ,;:<>()[]\\"')

_ALL = sa.text("SELECT account, name, mail, lang FROM account WHERE ended_at IS NULL ORDER BY account")
_OWN = sa.text("SELECT mail, lang FROM account WHERE account = :account")
_KEEP = sa.text("UPDATE account SET mail = :mail, lang = :lang WHERE account = :account")


class UnusableAddress(Exception):
    """No address that mail could go to."""


@dataclass(frozen=True)
class Receiver:
    """An account at one end of one channel: an address for mail, or a group's robot."""

    account: int
    channel: Channel
    lang: Lang
    mail: str = ""
    robot: Robot | None = None


@dataclass(frozen=True)
class Wishes:
    """Where an account is told, and in which language; empty where it is not told by mail."""

    mail: str
    lang: Lang


def all_of(connection: Connection, channels: Channels) -> Iterator[Receiver]:
    """Everybody who can be told by some channel."""
    for number, name, mail, lang in connection.execute(_ALL).all():
        language = _lang(lang)
        if channels.mail is not None and mail:
            yield Receiver(int(number), "mail", language, mail=str(mail))
        for robot in channels.robots:
            if accounts.kept_name(robot.account) == name:
                yield Receiver(int(number), robot.channel, language, robot=robot)


def own(engine: Engine) -> Wishes:
    """What whoever looks has chosen."""
    with database.reading(engine) as connection:
        row = connection.execute(_OWN, {"account": people.person_of(engine).account}).one_or_none()
    return Wishes("", LANGUAGES[0]) if row is None else Wishes(row.mail or "", _lang(row.lang))


def choose(engine: Engine, mail: str, lang: Lang) -> None:
    """Keep where whoever looks is told, an empty address for not by mail. Raises UnusableAddress, Forbidden."""
    account = people.person_of(engine).account
    if account is None:
        raise acts.Forbidden("people")
    mail = _usable(mail)
    database.write_beside(engine, lambda connection: _keep(connection, account, account, mail, lang))


def set_for(engine: Engine, name: str, mail: str, lang: Lang) -> None:
    """Keep it for an account, by who looks after accounts. Raises UnusableAddress, UnknownAccount, Forbidden."""
    mail = _usable(mail)

    def work(connection: Connection) -> None:
        by = acts.check(connection, engine, "people")
        if "administrator" not in by.roles:
            raise acts.Forbidden("people")
        _keep(connection, by.account, accounts.number_of(connection, name), mail, lang)

    database.write_beside(engine, work)


def _usable(mail: str) -> str:
    mail = mail.strip()
    if mail and not is_address(mail):
        raise UnusableAddress
    return mail


def _keep(connection: Connection, by: int | None, account: int, mail: str, lang: Lang) -> None:
    connection.execute(_KEEP, {"mail": mail or None, "lang": lang, "account": account})
    trail.note(connection, by, "account", str(account))


def is_address(mail: str) -> bool:
    """Whether a text is one address for mail and nothing besides."""
    box, _at, host = mail.rpartition("@")
    ordinary = mail.isascii() and mail.isprintable() and not spelling.misleading(mail) and not _NO_ADDRESS & set(mail)
    return ordinary and len(mail) <= LONGEST_ADDRESS and bool(box) and "@" not in box and bool(host.strip("."))


def _lang(kept: str | None) -> Lang:
    return next((each for each in LANGUAGES if each == kept), LANGUAGES[0])
