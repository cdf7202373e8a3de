"""The state of a filing, what waits for whom, and what a filing came with."""

from datetime import date, datetime

import pandas as pd
import sqlalchemy as sa
from sqlalchemy import Engine

from tracking import database
from tracking.access import acts, people
from tracking.access.acts import Act
from tracking.filing import warned
from tracking.review import deadlines, waiting
from tracking.review.weighing import weighed
from tracking.words.problems import Problem

STATE = {
    "space_id": "str",
    "space_name": "str",
    "year": "int64",
    "revision": "int64",
    "review_state": "str",
    "since": "datetime64[us]",
    "act": "str",
    "moved_by": "str",
    "reason": "str",
    "until_at": "datetime64[us]",
    "approved_revision": "Int64",
    "filed_by": "str",
    "filed_at": "datetime64[us]",
}
QUEUE = {
    "space_id": "str",
    "space_name": "str",
    "district": "str",
    "year": "int64",
    "revision": "int64",
    "review_state": "str",
    "since": "datetime64[us]",
    **waiting.COUNTED,
    "filed_by": "str",
    "missed": "int64",
    "opened": "int64",
    "closed": "int64",
    "exits": "int64",
    "last_years": "int64",
    "warnings": "int64",
    "money": "float64",
    "approved_revision": "Int64",
    "clean": "bool",
}
PAST = {
    "revision": "int64",
    "act": "str",
    "by": "str",
    "at": "datetime64[us]",
    "reason": "str",
    "until_at": "datetime64[us]",
    "cells": "str",
}
# The acts of the grants that a filing may wait for, the first step first.
STEPS: tuple[Act, ...] = ("check", "approve")

_STATE = """
SELECT
    filing_state.*,
    filing_state.state AS review_state,
    visible_space.space_name
FROM filing_state
INNER JOIN visible_space
    ON filing_state.space_id = visible_space.space_id
WHERE
    filing_state.space_id = :space
    AND (filing_state.space_id, filing_state.year) NOT IN (SELECT space_id, year FROM withheld_year)
ORDER BY filing_state.year DESC
"""
# By what a filing does to statuses, then by its warnings, then by its money.
_QUEUE = """
SELECT
    weighed.space_id,
    weighed.space_name,
    weighed.district,
    weighed.year,
    weighed.revision,
    weighed.state AS review_state,
    weighed.since,
    weighed.filed_by,
    weighed.missed,
    weighed.opened,
    weighed.closed,
    weighed.exits,
    weighed.last_years,
    weighed.warnings,
    weighed.money,
    weighed.approved_revision,
    weighed.clean,
    waiting_filing.days,
    waiting_filing.counted_from,
    waiting_filing.time_zone
FROM weighed
INNER JOIN waiting_filing
    ON weighed.space_id = waiting_filing.space_id
    AND weighed.year = waiting_filing.year
WHERE
    weighed.state IN (SELECT state FROM review_step WHERE needs = :needs AND four_eyes)
    AND (CAST(:year AS INTEGER) IS NULL OR weighed.year = :year)
ORDER BY
    weighed.exits DESC,
    weighed.opened + weighed.closed DESC,
    weighed.last_years DESC,
    weighed.warnings DESC,
    weighed.money DESC,
    weighed.since,
    weighed.space_id,
    weighed.year
"""
_PAST = """
SELECT
    review.revision,
    review.act,
    load.loaded_by AS by,
    load.loaded_at AS at,
    review.reason,
    COALESCE(review.until_at, window_exception.until_at) AS until_at,
    STRING_AGG(returned_cell.metric, ' ' ORDER BY returned_cell.metric) AS cells
FROM review
INNER JOIN load
    ON review.load_id = load.load_id
INNER JOIN visible_space
    ON review.space_id = visible_space.space_id
LEFT JOIN returned_cell
    ON review.load_id = returned_cell.load_id
    AND review.space_id = returned_cell.space_id
    AND review.year = returned_cell.year
LEFT JOIN window_exception
    ON review.load_id = window_exception.load_id
    AND review.space_id = window_exception.space_id
    AND review.year = window_exception.year
WHERE
    review.space_id = :space
    AND review.year = :year
    AND (review.space_id, review.year) NOT IN (SELECT space_id, year FROM withheld_year)
GROUP BY
    review.load_id,
    review.revision,
    review.act,
    load.loaded_by,
    load.loaded_at,
    review.reason,
    review.until_at,
    window_exception.until_at
ORDER BY review.load_id DESC
"""
_WARNINGS = """
SELECT filing_warning.*
FROM filing_warning
INNER JOIN visible_space
    ON filing_warning.space_id = visible_space.space_id
WHERE
    filing_warning.space_id = :space
    AND filing_warning.year = :year
    AND (filing_warning.space_id, filing_warning.year) NOT IN (SELECT space_id, year FROM withheld_year)
ORDER BY filing_warning.position
"""
_OFFERED = sa.text("""
SELECT
    review_step.act,
    review_step.needs
FROM filing_state
INNER JOIN visible_space
    ON filing_state.space_id = visible_space.space_id
INNER JOIN review_step
    ON filing_state.state = review_step.state
WHERE
    filing_state.space_id = :space
    AND filing_state.year = :year
""")


def states(engine: Engine, _: date, *, space: str) -> pd.DataFrame:
    """Every filing of a space with its state, the newest year first: columns STATE. The day is none of it."""
    with database.reading(engine) as connection:
        return database.typed(database.frame(connection, sa.text(_STATE), space=space), STATE)


def queue(
    engine: Engine, as_of: date, *, needs: Act, year: int | None = None, at: datetime | None = None
) -> pd.DataFrame:
    """What waits for whoever looks, to check or to approve it: columns QUEUE.

    What lies there too long at a moment (UTC) stands first, then what does most. Of those spaces alone over which a
    grant covers that act.
    """
    with database.reading(acts.held(engine, needs), as_of) as connection:
        rows = database.frame(connection, sa.text(weighed(connection, _QUEUE)), needs=needs, year=year)
    rows = waiting.counted(rows, at or deadlines.now())
    return database.typed(rows.sort_values("term", key=lambda term: term != "overdue", kind="stable"), QUEUE)


def past(engine: Engine, _: date, *, space: str, year: int) -> pd.DataFrame:
    """Every act on a filing, the latest first: columns PAST; `cells` are codes joined by spaces."""
    with database.reading(engine) as connection:
        return database.typed(database.frame(connection, sa.text(_PAST), space=space, year=year), PAST)


def warnings(engine: Engine, _: date, *, space: str, year: int) -> list[Problem]:
    """What the current revision of a filing was warned of when it came in."""
    with database.reading(engine) as connection:
        rows = database.frame(connection, sa.text(_WARNINGS), space=space, year=year)
    return [warned.problem(row) for _, row in rows.iterrows()]


def offered(engine: Engine, _: date, *, space: str, year: int) -> list[str]:
    """The acts that the state of a filing allows and the grants of whoever looks cover."""
    person = people.person_of(engine)
    if person.account is None:
        return []
    found = []
    with database.reading(engine) as connection:
        for act, needs in connection.execute(_OFFERED, {"space": space, "year": year}).all():
            try:
                acts.check(connection, engine, needs, [space])
            except acts.Forbidden:
                continue
            found.append(str(act))
    return found
