"""Since when a filing waits at its step, until when it should, and what lies there too long.

Where no days are named nothing lies too long. Days are counted where the edition is, wherever the server stands.
"""

from collections.abc import Sequence
from datetime import datetime

import pandas as pd
import sqlalchemy as sa
from sqlalchemy import Connection, Engine

from tracking import database
from tracking.access import acts
from tracking.access.acts import Act
from tracking.review import deadlines

# What `counted` adds: days at the step, its last day, empty where none is named, and whether that is over (in_time,
# overdue).
COUNTED = {"days_here": "int64", "last_day": "datetime64[s]", "term": "str"}
WAITING = {
    "space_id": "str",
    "space_name": "str",
    "district": "str",
    "year": "int64",
    "revision": "int64",
    "step": "str",
    "since": "datetime64[us]",
    **COUNTED,
}
# Who is told what lies too long at which step: whose step it is, and who looks after those who do it.
CONCERNED: dict[Act, tuple[str, ...]] = {"check": ("check", "mend"), "approve": ("check", "approve", "mend")}

_WAITING = """
SELECT
    waiting_filing.*,
    visible_space.space_name,
    visible_space.district
FROM waiting_filing
INNER JOIN visible_space
    ON waiting_filing.space_id = visible_space.space_id
WHERE
    {which}
    AND (waiting_filing.space_id, waiting_filing.year) NOT IN (SELECT space_id, year FROM withheld_year)
ORDER BY
    waiting_filing.space_id,
    waiting_filing.year
"""
_OF_SPACE = sa.text(_WAITING.format(which="waiting_filing.space_id = :space"))
_NAMED = sa.text(_WAITING.format(which="waiting_filing.days IS NOT NULL AND waiting_filing.step IN :steps"))


def counted(rows: pd.DataFrame, at: datetime) -> pd.DataFrame:
    """Rows of waiting_filing, and what that makes of them at a moment: COUNTED and `ends_at`; both are UTC."""
    found = []
    columns = (rows[name] for name in ("since", "counted_from", "days", "time_zone"))
    for since, counted_from, days, zone in zip(*columns, strict=True):
        begun = _utc(since)
        ends_at = None if pd.isna(days) else deadlines.end_after(_utc(counted_from), int(days), zone)
        last_day = None if ends_at is None else deadlines.last_day(ends_at, zone).replace(tzinfo=None)
        term = None if ends_at is None else "overdue" if ends_at <= at else "in_time"
        found.append((deadlines.days_since(begun, zone, at), last_day, term, ends_at))
    return rows.assign(**dict(zip((*COUNTED, "ends_at"), _columns(found), strict=True)))


def _utc(moment: object) -> datetime:
    return deadlines.utc(pd.Timestamp(moment).to_pydatetime())


def _columns(found: list[tuple[int, datetime | None, str | None, datetime | None]]) -> list[list[object]]:
    return [[row[at] for row in found] for at in range(len(COUNTED) + 1)]


def named(connection: Connection, steps: Sequence[str], at: datetime) -> pd.DataFrame:
    """What waits at some steps for which days are named, `counted` at a moment (UTC), of the spaces that are seen."""
    wanted: sa.BindParameter[str] = sa.bindparam("steps", list(steps), expanding=True)
    return counted(database.frame(connection, _NAMED.bindparams(wanted)), at)


def of_space(engine: Engine, at: datetime, *, space: str) -> pd.DataFrame:
    """Every filing of a space that waits at a step, at a moment (UTC): columns WAITING."""
    with database.reading(engine) as connection:
        rows = database.frame(connection, _OF_SPACE, space=space)
    return database.typed(counted(rows, at), WAITING)


def overdue(engine: Engine, at: datetime) -> pd.DataFrame:
    """What lies too long at a moment (UTC), the longest over first, for whom it concerns: columns WAITING."""
    found = []
    for needs, steps in CONCERNED.items():
        with database.reading(acts.held(engine, needs)) as connection:
            rows = named(connection, steps, at)
        found.append(rows[rows["term"] == "overdue"])
    once = pd.concat([each for each in found if len(each)] or found[:1]).drop_duplicates(["space_id", "year"])
    return database.typed(once.sort_values(["ends_at", "space_id", "year"], kind="stable"), WAITING)
