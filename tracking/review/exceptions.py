"""Filing outside of a window: whether what is returned can be filed again in time, and the exception that lets it."""

from datetime import date, datetime, timedelta
from typing import NamedTuple

import sqlalchemy as sa
from sqlalchemy import Connection, Engine

from tracking import database
from tracking.access import acts
from tracking.review import deadlines
from tracking.words.language import Lang, text

# Within so many days something is mended, where no edition of the space names any.
USUAL_DAYS = 14

_LOCK = sa.text("""
SELECT
    window_at,
    time_zone
FROM filing_lock
WHERE
    space_id = :space
    AND year = :year
    AND window_at IS NOT NULL
""")
_CLOSES = sa.text("""
SELECT
    ends_at,
    time_zone
FROM filing_deadline
WHERE
    space_id = :space
    AND year = :year
    AND kind = 'window'
""")
_TERM = sa.text("""
SELECT
    MIN(current_term.mend_days) AS days,
    COALESCE(MIN(edition_zone.time_zone), 'Asia/Shanghai') AS time_zone
FROM current_enrolment
LEFT JOIN current_term
    ON current_enrolment.edition = current_term.edition
LEFT JOIN edition_zone
    ON current_enrolment.edition = edition_zone.edition
WHERE
    current_enrolment.space_id = :space
    AND :year BETWEEN current_enrolment.start_year - 1 AND current_enrolment.end_year
""")
_INSERT = sa.text("""
INSERT INTO window_exception (load_id, space_id, year, until_at, reason)
VALUES (:load_id, :space_id, :year, :until_at, :reason)
""")


class Way(NamedTuple):
    """How a space can file for a year: through which day, or through which it could; None where none is named.

    `opens_on` is the day on which the window opens, None where it has. `mend_until` is the day through which what is
    returned now is to be mended; `may_except`: whether whoever looks gives exceptions there.
    """

    is_open: bool
    opens_on: date | None
    last_day: date | None
    mend_until: date
    may_except: bool

    def ends_before(self, day: date) -> bool:
        """Whether nothing can be filed through a day as it stands."""
        return not self.is_open or (self.last_day is not None and self.last_day < day)

    def sentence(self, year: int, lang: Lang) -> str:
        """What stands in the way of filing again in time, if anything."""
        if self.opens_on is not None:
            return text("review.way_ahead", lang, year=year, day=self.opens_on)
        if not self.is_open:
            return text("review.way_shut", lang, year=year, day=self.last_day)
        if self.ends_before(self.mend_until):
            return text("review.way_short", lang, year=year, day=self.last_day, mend=self.mend_until)
        return ""


def way(engine: Engine, as_of: date, *, space: str, year: int) -> Way:
    """How a space can file for a year as it stands."""
    about = {"space": space, "year": year}
    with database.reading(engine, as_of) as connection:
        days, zone = connection.execute(_TERM, about).one()
        shut = connection.execute(_LOCK, about).first()
        closes = connection.execute(_CLOSES, about).first()
        may_except = _may(connection, engine, space)
    now = deadlines.now()
    mend_until = deadlines.last_day(deadlines.end_after(now, days or USUAL_DAYS, zone), zone).date()
    if shut is None:
        last_day = _last_day(*closes) if closes else None
        return Way(True, None, last_day, mend_until, may_except)
    if shut.window_at > now:
        # It is told by the day that begins in that moment.
        opens_on = _last_day(shut.window_at + timedelta(microseconds=1), shut.time_zone)
        return Way(False, opens_on, None, mend_until, may_except)
    return Way(False, None, _last_day(*shut), mend_until, may_except)


def _last_day(ends_at: datetime, zone: str) -> date:
    return deadlines.last_day(ends_at, zone).date()


def keep(connection: Connection, load_id: int, space: str, year: int, until_at: datetime, reason: str) -> None:
    """Let a space file for a data year until a moment (UTC), as part of a load."""
    row = {"load_id": load_id, "space_id": space, "year": year, "until_at": until_at, "reason": reason}
    connection.execute(_INSERT, row)


def _may(connection: Connection, engine: Engine, space: str) -> bool:
    try:
        acts.check(connection, engine, "except", [space])
    except acts.Forbidden:
        return False
    return True
