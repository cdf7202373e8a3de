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
        evaluations.provisional,
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
        evaluations.provisional,
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
    owing.provisional,
    COALESCE(latest.provisional, FALSE) AS warning_provisional,
    verdicts.verdict,
    verdicts.provisional AS verdict_provisional
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
    provisional, warning_provisional and verdict_provisional say whether the result, the judged year's and the verdict
    rest on a filing that is not approved. `approved_only` leaves these out of what is listed; what is owed stays.
    """

    year: int
    enrolments: pd.DataFrame
    approved_only: bool = False

    @property
    def chances(self) -> pd.DataFrame:
        """Those whose last chance it is."""
        return self._listed("last_chance", "warning_provisional")

    @property
    def filed(self) -> pd.DataFrame:
        """Those whose filing is there already."""
        return self._listed("received", "provisional")

    def _listed(self, name: str, rests: str) -> pd.DataFrame:
        rows = self.enrolments[self.enrolments[name]]
        return rows[~rows[rests]] if self.approved_only else rows

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
    approved_only = chosen.pop("approved_only", False)
    rows = read(engine, as_of, _OPEN, chosen, year=year)
    rests = ("provisional", "warning_provisional", "verdict_provisional")
    booleans = dict.fromkeys(("received", "first_year", "last_year", "last_chance", *rests), "bool")
    kinds = {"due": "datetime64[s]", "first_filed_at": "datetime64[s]", **booleans}
    return Coming(year, rows.astype(kinds), approved_only)
