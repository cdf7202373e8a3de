"""A data year that is not due yet: what is to come, who has filed already, and whose last chance it is."""

from dataclasses import dataclass
from datetime import date
from typing import Unpack

import pandas as pd
from sqlalchemy import Engine

from tracking.results.overview.rows import read
from tracking.results.tables.filters import Chosen

# open: one row per enrolment of the year whose due day is still to come. warned: by its latest year that is judged it
# leaves with one more failure.
_OPEN = """
WITH latest AS (
    SELECT
        evaluations.space_id,
        evaluations.edition,
        evaluations.track,
        evaluations.year,
        evaluations.result,
        evaluations.exit_warning,
        evaluations.may_leave,
        ROW_NUMBER() OVER (
            PARTITION BY evaluations.space_id, evaluations.edition, evaluations.track
            ORDER BY evaluations.year DESC
        ) AS back
    FROM evaluations
    CROSS JOIN reporting_day
    WHERE
        evaluations.year < :year
        AND evaluations.due < reporting_day.as_of
),

owing AS (
    SELECT
        evaluations.space_id,
        evaluations.space_name,
        evaluations.district,
        evaluations.edition,
        evaluations.track,
        evaluations.year,
        evaluations.period_year,
        evaluations.phase,
        evaluations.due,
        evaluations.first_filed_at,
        evaluations.result,
        NOT evaluations.to_come AS received
    FROM evaluations
    CROSS JOIN reporting_day
    WHERE
        evaluations.year = :year
        AND evaluations.due >= reporting_day.as_of
        AND {in_scope}
)

SELECT
    owing.space_id,
    owing.space_name,
    owing.district,
    owing.edition,
    owing.track,
    owing.phase,
    owing.due,
    owing.first_filed_at,
    owing.result,
    owing.received,
    owing.period_year = 1 AS first_year,
    current_enrolment.end_year = owing.year OR COALESCE(current_enrolment.exit_year = owing.year, FALSE) AS last_year,
    latest.year AS judged_year,
    COALESCE(latest.exit_warning, 'none') AS exit_warning,
    COALESCE(latest.may_leave, FALSE) AS last_chance,
    verdicts.verdict
FROM owing
INNER JOIN current_enrolment
    USING (space_id, edition, track)
INNER JOIN verdicts
    USING (space_id, edition, track)
LEFT JOIN latest
    ON owing.space_id = latest.space_id
    AND owing.edition = latest.edition
    AND owing.track = latest.track
    AND latest.back = 1
ORDER BY
    owing.due,
    owing.space_id,
    owing.track,
    owing.edition
"""


@dataclass(frozen=True)
class Coming:
    """A data year to come: its enrolments that owe it, and how many spaces they are.

    `enrolments` has the columns space_id, space_name, district, edition, track, phase, due, first_filed_at, result (of
    what was filed early: until the due day it can be mended), received, first_year, last_year, judged_year (the latest
    year that is judged, empty where there is none), exit_warning, last_chance and verdict; in the order of due days.
    """

    year: int
    enrolments: pd.DataFrame

    @property
    def spaces(self) -> int:
        """How many filings are owed: one for each space."""
        return int(self.enrolments["space_id"].nunique())

    @property
    def received(self) -> int:
        """How many of them are there already."""
        return int(self.enrolments.loc[self.enrolments["received"], "space_id"].nunique())

    @property
    def due(self) -> tuple[date, ...]:
        """The days by which they must be there, the next one first."""
        return tuple(day.date() for day in sorted(self.enrolments["due"].unique()))


def coming(engine: Engine, as_of: date, *, year: int, **chosen: Unpack[Chosen]) -> Coming:
    """What of a data year is still to come; no enrolments where all of it is due or nobody owes it."""
    rows = read(engine, as_of, _OPEN, chosen, year=year)
    booleans = dict.fromkeys(("received", "first_year", "last_year", "last_chance"), "bool")
    return Coming(year, rows.astype({"due": "datetime64[s]", "first_filed_at": "datetime64[s]", **booleans}))
