"""When filings are taken: a window per edition and data year, and exceptions of a space that end by themselves."""

import json
from datetime import UTC, date, datetime, time, timedelta
from functools import cache
from zoneinfo import ZoneInfo, available_timezones

import pandas as pd
import sqlalchemy as sa
from sqlalchemy import Connection, Engine

from tracking import database
from tracking.access import acts
from tracking.database import loads, refresh
from tracking.review import deadlines
from tracking.review import exceptions as window_exceptions
from tracking.review.acting import LONGEST_REASON, UnusableReason
from tracking.words import spelling

# Where an edition has had no window yet.
USUAL_ZONE = "Asia/Shanghai"
# Days before and after these are as good as none, and a moment of theirs cannot be told in every time zone.
_FIRST, _LAST = date(1900, 1, 1), date(9998, 12, 30)
WINDOWS = {
    "edition": "str",
    "year": "int64",
    "opens_at": "datetime64[us]",
    "closes_at": "datetime64[us]",
    "time_zone": "str",
    "standing": "str",
    "set_by": "str",
    "set_at": "datetime64[us]",
}
EXCEPTIONS = {
    "space_id": "str",
    "space_name": "str",
    "year": "int64",
    "until_at": "datetime64[us]",
    "reason": "str",
    "running": "bool",
    "set_by": "str",
    "time_zone": "str",
}

_WINDOWS = """
SELECT
    current_window.*,
    load.loaded_by AS set_by,
    load.loaded_at AS set_at
FROM current_window
INNER JOIN load
    ON current_window.load_id = load.load_id
ORDER BY
    current_window.edition,
    current_window.year DESC
"""
_EXCEPTIONS = """
SELECT
    current_exception.*,
    known_space.space_name,
    load.loaded_by AS set_by
FROM current_exception
INNER JOIN load
    ON current_exception.load_id = load.load_id
INNER JOIN {spaces} AS known_space
    ON current_exception.space_id = known_space.space_id
ORDER BY
    current_exception.running DESC,
    current_exception.until_at,
    current_exception.space_id
"""
_ZONE = sa.text("SELECT time_zone FROM filing_window WHERE edition = :edition ORDER BY load_id DESC LIMIT 1")
_ZONES_OF_EXCEPTIONS = sa.text("""
SELECT
    window_exception.space_id,
    filing_window.time_zone
FROM window_exception
INNER JOIN current_enrolment
    ON window_exception.space_id = current_enrolment.space_id
INNER JOIN filing_window
    ON current_enrolment.edition = filing_window.edition
ORDER BY filing_window.load_id
""")
_ZONE_OF_SPACE = sa.text("""
SELECT filing_window.time_zone
FROM filing_window
INNER JOIN current_enrolment
    ON filing_window.edition = current_enrolment.edition
WHERE current_enrolment.space_id = :space
ORDER BY filing_window.load_id DESC
LIMIT 1
""")
_INSERT = sa.text("""
INSERT INTO filing_window (load_id, edition, year, opens_at, closes_at, time_zone)
VALUES (:load_id, :edition, :year, :opens_at, :closes_at, :time_zone)
""")


class UnusableWindow(Exception):
    """There is no such edition, space or time zone, or the window closes before it opens; `what` names which."""

    def __init__(self, what: str) -> None:
        super().__init__(what)
        self.what = what


@cache
def zones() -> list[str]:
    """The time zones that a window can be in."""
    return sorted(available_timezones())


def beginning(day: date, zone: str) -> datetime:
    """The moment, UTC, in which a day begins in a time zone."""
    within = min(max(day, _FIRST), _LAST)
    return datetime.combine(within, time.min, ZoneInfo(zone)).astimezone(UTC).replace(tzinfo=None)


def end(day: date, zone: str) -> datetime:
    """The moment, UTC, in which a day is over in a time zone."""
    return beginning(min(day, _LAST) + timedelta(days=1), zone)


def local(moment: object, zone: str) -> str:
    """A moment that is kept in UTC as the clocks of a time zone show it; empty where there is none."""
    if not isinstance(moment, datetime) or pd.isna(moment):
        return ""
    return f"{moment.replace(tzinfo=UTC).astimezone(ZoneInfo(zone)):%Y-%m-%d %H:%M}"


def last_day_for(engine: Engine, _: date, *, space: str, ends: datetime) -> date:
    """The last whole day before an end (UTC) where the editions of a space are. The day is none of it."""
    with database.reading(engine) as connection:
        return deadlines.last_day(ends, _zone_of(connection, space)).date()


def end_for(engine: Engine, space: str, day: date) -> datetime:
    """The moment, UTC, in which a day is over where the editions of a space are."""
    with database.reading(engine) as connection:
        return end(day, _zone_of(connection, space))


def set_window(
    engine: Engine, edition: str, year: int, opens: date | None, closes: date | None, zone: str | None, *, by: str
) -> None:
    """Take filings of a data year under an edition from a day through a day, each None where that side is free.

    `zone` None is the one of the edition's last window. Raises Forbidden, UnusableWindow, DatabaseUnavailable.
    """

    def work(connection: Connection) -> int:
        acts.check(connection, engine, "window", edition=edition)
        known = connection.execute(sa.text("SELECT edition FROM current_edition")).scalars().all()
        if edition not in known:
            raise UnusableWindow("edition")
        where = zone or database.value(connection, _ZONE, {"edition": edition}) or USUAL_ZONE
        if where not in zones():
            raise UnusableWindow("zone")
        if opens and closes and closes < opens:
            raise UnusableWindow("order")
        moments = {"opens_at": opens and beginning(opens, where), "closes_at": closes and end(closes, where)}
        row = {"edition": edition, "year": year, **moments, "time_zone": where}
        load_id = _record(connection, engine, f"window {edition} {year}", row, by)
        connection.execute(_INSERT, {**row, "load_id": load_id})
        refresh.reviewed(connection, [])
        return load_id

    acts.noted(engine, "window", str(database.write(engine, work)))


def extend(engine: Engine, space: str, year: int, until: date, reason: str, *, by: str) -> None:
    """Let a space file for a data year outside the window, through a day in the edition's time zone.

    A day that is over ends an exception. Raises Forbidden, UnusableReason, UnusableWindow, DatabaseUnavailable.
    """
    reason = reason.strip()

    def work(connection: Connection) -> int:
        acts.check(connection, engine, "except", [space])
        if not spelling.tidy(reason) or len(reason) > LONGEST_REASON or spelling.misleading(reason):
            raise UnusableReason
        there = sa.text("SELECT 1 FROM current_space WHERE space_id = :space")
        if database.value(connection, there, {"space": space}) is None:
            raise UnusableWindow("space")
        moment = end(until, _zone_of(connection, space))
        row = {"space_id": space, "year": year, "until_at": moment, "reason": reason}
        load_id = _record(connection, engine, f"exception {space} {year}", row, by)
        window_exceptions.keep(connection, load_id, space, year, moment, reason)
        return load_id

    acts.noted(engine, "window", str(database.write(engine, work)))


def listed(engine: Engine, _: date) -> pd.DataFrame:
    """Every window that is set: columns WINDOWS. The day is none of it."""
    with database.reading(engine) as connection:
        return database.typed(database.frame(connection, sa.text(_WINDOWS)), WINDOWS)


def exceptions(engine: Engine, _: date) -> pd.DataFrame:
    """Every exception, those that run first: columns EXCEPTIONS. The day is none of it.

    Who gives them in the whole city is told of all, an administrator too; others of those of the spaces that they see.
    """
    with database.reading(engine) as connection:
        try:
            acts.check(connection, engine, "window")
            spaces = "current_space"
        except acts.Forbidden:
            spaces = "visible_space"
        rows = database.frame(connection, sa.text(_EXCEPTIONS.format(spaces=spaces)))
        # That of the latest window of a space's editions.
        zones = {row.space_id: row.time_zone for row in connection.execute(_ZONES_OF_EXCEPTIONS)}
    rows["time_zone"] = [zones.get(space, USUAL_ZONE) for space in rows["space_id"]]
    return database.typed(rows, EXCEPTIONS)


def _zone_of(connection: Connection, space: str) -> str:
    return str(database.value(connection, _ZONE_OF_SPACE, {"space": space}) or USUAL_ZONE)


def _record(connection: Connection, engine: Engine, source: str, row: dict[str, object], by: str) -> int:
    content = json.dumps(row, ensure_ascii=False, indent=1, default=str).encode()
    load_id = loads.record(connection, "review", source, content, by=acts.signature(engine, by))
    acts.sign(connection, engine, load_id)
    return load_id
