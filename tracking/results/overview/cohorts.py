"""The whole period: how the enrolments of each cohort, those of one start and end, stand by verdict."""

from datetime import date
from typing import Unpack

import pandas as pd
from sqlalchemy import Engine

from tracking.results.overview.rows import read
from tracking.results.tables.filters import Chosen

# An enrolment that left early is over earlier than its cohort; years_left are those whose due day is still to come.
_PERIODS = """
periods AS (
    SELECT
        evaluations.space_id,
        evaluations.edition,
        evaluations.track,
        BOOL_AND(evaluations.period_over) AS period_over,
        COUNT(*) FILTER (WHERE evaluations.due >= reporting_day.as_of) AS years_left
    FROM evaluations
    CROSS JOIN reporting_day
    GROUP BY
        evaluations.space_id,
        evaluations.edition,
        evaluations.track
),

chosen AS (
    SELECT
        space_id,
        space_name,
        district,
        edition,
        track,
        start_year,
        end_year,
        verdict,
        exit_warning,
        provisional
    FROM verdicts
    WHERE {in_scope}
),

cohorts AS (
    SELECT
        chosen.space_id,
        chosen.space_name,
        chosen.district,
        chosen.edition,
        chosen.track,
        chosen.start_year,
        chosen.end_year,
        chosen.verdict,
        chosen.exit_warning,
        chosen.provisional,
        periods.period_over,
        periods.years_left
    FROM chosen
    INNER JOIN periods
        USING (space_id, edition, track)
)
"""

_COHORTS = f"""
WITH {_PERIODS}

SELECT
    start_year,
    end_year,
    period_over,
    verdict,
    MAX(years_left) AS years_left,
    COUNT(*) AS enrolments,
    COUNT(*) FILTER (WHERE provisional) AS provisional
FROM cohorts
GROUP BY
    start_year,
    end_year,
    period_over,
    verdict
ORDER BY
    period_over DESC,
    end_year,
    start_year,
    verdict
"""

_MEMBERS = f"""
WITH {_PERIODS}

SELECT
    space_id,
    space_name,
    district,
    edition,
    track,
    start_year,
    end_year,
    verdict,
    exit_warning,
    period_over,
    provisional AS verdict_provisional,
    provisional AS warning_provisional
FROM cohorts
WHERE
    start_year = :start
    AND end_year = :end
    AND verdict = :verdict
    AND period_over = :over
ORDER BY
    space_id,
    track,
    edition
"""


def cohorts(engine: Engine, as_of: date, **chosen: Unpack[Chosen]) -> pd.DataFrame:
    """How many enrolments of each cohort have each verdict, those whose period is over first.

    Columns start_year, end_year, period_over, verdict, years_left (the most that any of them has), enrolments,
    provisional (how many of these rest on a filing that is not approved).
    """
    return read(engine, as_of, _COHORTS, chosen, table="verdicts")


def members(
    engine: Engine, as_of: date, *, start: int, end: int, verdict: str, over: bool, **chosen: Unpack[Chosen]
) -> pd.DataFrame:
    """The enrolments of a cohort with a verdict, whose period is over or not.

    Columns space_id, space_name, district, edition, track, start_year, end_year, verdict, exit_warning, period_over,
    verdict_provisional, warning_provisional.
    """
    return read(engine, as_of, _MEMBERS, chosen, table="verdicts", start=start, end=end, verdict=verdict, over=over)
