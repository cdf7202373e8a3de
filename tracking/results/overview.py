"""The programme in one data year: counts over the views of `schema.sql`, for whoever looks at all of it.

Every question takes the filters of a table, which choose what part of the programme is looked at. What is counted is
rows of `evaluations`, that is enrolments in a year; a space on two tracks is two of them.
"""

from dataclasses import dataclass
from datetime import date
from typing import Unpack

import pandas as pd
import sqlalchemy as sa
from sqlalchemy import Engine

from tracking import database
from tracking.results import outlook
from tracking.results.tables.filters import Chosen, in_scope

# Spaces on one page of the heatmap: more rows are no picture.
PAGE = 25


@dataclass(frozen=True)
class Standing:
    """Counts of one data year: enrolments (of `spaces` spaces) by result and by exit warning.

    Of those `warned`, `one_more` may and `exit` must leave; of `ended` the period is over, with two failures in a row.
    `shortfalls` counts the mandatory requirements missed.
    """

    year: int
    enrolments: int = 0
    spaces: int = 0
    passed: int = 0
    failed: int = 0
    unfiled: int = 0
    upcoming: int = 0
    one_more: int = 0
    exit: int = 0
    ended: int = 0
    warned: int = 0
    shortfalls: int = 0

    @property
    def due(self) -> int:
        """Those that can be judged: all but the ones not due yet."""
        return self.enrolments - self.upcoming


# In each query {in_scope} stands for the rows of a view with the columns of `evaluations` that are chosen.
_STANDING = """
SELECT
    year,
    COUNT(*) AS enrolments,
    COUNT(DISTINCT space_id) AS spaces,
    COUNT(*) FILTER (WHERE passed) AS passed,
    COUNT(*) FILTER (WHERE failed) AS failed,
    COUNT(*) FILTER (WHERE not_filed) AS unfiled,
    COUNT(*) FILTER (WHERE to_come) AS upcoming,
    COUNT(*) FILTER (WHERE may_leave) AS one_more,
    COUNT(*) FILTER (WHERE must_leave) AS exit,
    COUNT(*) FILTER (WHERE ended_failing) AS ended,
    COUNT(*) FILTER (WHERE exit_warning <> 'none') AS warned,
    SUM(missed) AS shortfalls
FROM evaluations
WHERE
    year IN (:year, :year - 1)
    AND {in_scope}
GROUP BY year
"""

# second_unfiled: neither this year's filing nor the one before it came, and both were due.
_ATTENTION = f"""
WITH {outlook.BEST_YEAR},

unreachable AS (
    SELECT
        attainment.space_id,
        attainment.edition,
        attainment.track,
        COUNT(*) AS unreachable
    FROM attainment
    LEFT JOIN best_year
        ON attainment.edition = best_year.edition
        AND attainment.requirement = best_year.requirement
    WHERE
        attainment.year = :year
        AND attainment.basis = 'cumulative'
        AND attainment.mandatory
        AND attainment.needed_per_year > COALESCE(best_year.best, 0)
    GROUP BY
        attainment.space_id,
        attainment.edition,
        attainment.track
),

results AS (
    SELECT
        space_id,
        space_name,
        district,
        edition,
        track,
        year,
        phase,
        result,
        LAG(result) OVER years AS result_before,
        not_filed AND LAG(not_filed, 1, FALSE) OVER years AS second_unfiled,
        -- Where nothing was filed it is not the single requirements that are missed.
        lost - unfiled AS missed,
        exit_warning,
        warning_rank,
        period_over
    FROM evaluations
    WHERE year IN (:year, :year - 1)
    WINDOW years AS (PARTITION BY space_id, edition, track ORDER BY year)
),

judged AS (
    SELECT
        results.space_id,
        results.space_name,
        results.district,
        results.edition,
        results.track,
        results.year,
        results.phase,
        results.result,
        results.result_before,
        results.missed,
        results.exit_warning,
        results.warning_rank,
        results.period_over,
        results.second_unfiled,
        COALESCE(unreachable.unreachable, 0) AS unreachable
    FROM results
    LEFT JOIN unreachable
        ON results.space_id = unreachable.space_id
        AND results.edition = unreachable.edition
        AND results.track = unreachable.track
    WHERE results.year = :year
)

SELECT
    space_id,
    space_name,
    district,
    edition,
    track,
    phase,
    result,
    result_before,
    missed,
    exit_warning,
    second_unfiled,
    unreachable,
    period_over
FROM judged
WHERE
    (exit_warning <> 'none' OR unreachable > 0)
    AND {{in_scope}}
ORDER BY
    warning_rank,
    second_unfiled DESC,
    unreachable DESC,
    space_id,
    track,
    edition
"""

_RANKED = """
ranked AS (
    SELECT
        space_id,
        space_name,
        edition,
        track,
        missed,
        lost
    FROM evaluations
    WHERE
        year = :year
        AND {in_scope}
)
"""
_MATCHING = f"WITH {_RANKED} SELECT COUNT(*) FROM ranked"
_HEATMAP = f"""
WITH {_RANKED},

page AS (
    SELECT
        space_id,
        space_name,
        edition,
        track,
        missed,
        lost
    FROM ranked
    ORDER BY
        lost DESC,
        missed DESC,
        space_id,
        edition
    LIMIT :rows OFFSET :skipped
)

SELECT
    page.space_id,
    page.space_name,
    page.edition,
    attainment.requirement,
    CAST(attainment.position AS INTEGER) AS position,
    attainment.stage,
    attainment.clause,
    attainment.metric_name_{{lang}} AS metric_name,
    attainment.unit_{{lang}} AS unit,
    attainment.basis,
    attainment.mandatory,
    CAST(attainment.required AS DOUBLE PRECISION) AS required,
    attainment.actual,
    attainment.status,
    attainment.missed
FROM page
INNER JOIN attainment
    ON page.space_id = attainment.space_id
    AND page.edition = attainment.edition
    AND page.track = attainment.track
WHERE attainment.year = :year
ORDER BY
    page.lost DESC,
    page.missed DESC,
    page.space_id,
    page.edition,
    attainment.position
"""

_STATUSES = """
SELECT
    requirement,
    metric_name_{lang} AS metric_name,
    stage,
    clause,
    MIN(position) AS position,
    year,
    status,
    missed,
    COUNT(*) AS enrolments
FROM attainment
WHERE
    mandatory
    AND year BETWEEN :year - 4 AND :year
    AND {in_scope}
GROUP BY
    requirement,
    metric_name_zh,
    metric_name_en,
    stage,
    clause,
    year,
    status,
    missed
ORDER BY
    MIN(position),
    requirement,
    year,
    status
"""

_FILED = """
WITH enrolled AS (
    SELECT
        enrolment_year.space_id,
        enrolment_year.edition,
        enrolment_year.track,
        enrolment_year.year,
        enrolment_year.phase,
        current_space.space_name,
        current_space.district
    FROM enrolment_year
    INNER JOIN current_space
        ON enrolment_year.space_id = current_space.space_id
),

covered AS (
    SELECT DISTINCT
        space_id,
        year
    FROM enrolled
    WHERE
        year = :year
        AND {in_scope}
)

SELECT
    filings.state,
    filings.due,
    CAST(filings.first_filed_at AS DATE) AS filed_on,
    COUNT(*) AS filings
FROM covered
INNER JOIN filings
    ON covered.space_id = filings.space_id
    AND covered.year = filings.year
-- Said of the view itself, so that no other year of it is worked out.
WHERE filings.year = :year
GROUP BY
    filings.state,
    filings.due,
    CAST(filings.first_filed_at AS DATE)
ORDER BY
    CAST(filings.first_filed_at AS DATE),
    filings.state,
    filings.due
"""

_DISTRICTS = """
SELECT
    district,
    result,
    COUNT(*) AS enrolments
FROM evaluations
WHERE
    year = :year
    AND {in_scope}
GROUP BY
    district,
    result
ORDER BY
    district,
    result
"""


def standing(engine: Engine, as_of: date, *, year: int, **chosen: Unpack[Chosen]) -> tuple[Standing, Standing]:
    """The counts of a data year, and of the year before it."""
    rows = _frame(engine, as_of, _STANDING, chosen, year=year).itertuples(index=False)
    found = {int(row[0]): Standing(*map(int, row)) for row in rows}
    return found.get(year, Standing(year)), found.get(year - 1, Standing(year - 1))


def attention(engine: Engine, as_of: date, *, year: int, **chosen: Unpack[Chosen]) -> pd.DataFrame:
    """Who needs attention in a data year, most urgent first: a row per enrolment.

    Columns space_id, space_name, district, edition, track, phase, result, result_before (of the year before, empty
    where there is none), missed (mandatory requirements short or without a figure), exit_warning, second_unfiled
    (the second year without a filing), unreachable: how many cumulative thresholds could not be reached even if
    each remaining year were as good as the best that any space on the track ever had; and period_over.
    """
    return _frame(engine, as_of, _ATTENTION, chosen, year=year)


def heatmap(
    engine: Engine, as_of: date, *, year: int, page: int = 1, **chosen: Unpack[Chosen]
) -> tuple[pd.DataFrame, int]:
    """One page of PAGE enrolments in a data year, worst first, and how many enrolments match in all.

    A row per enrolment and requirement: space_id, space_name, edition, requirement, position, stage, clause,
    metric_name, unit, basis, mandatory, required, actual, status, missed.
    """
    matching = _frame(engine, as_of, _MATCHING, chosen, year=year)
    rows = _frame(engine, as_of, _HEATMAP, chosen, year=year, rows=PAGE, skipped=(page - 1) * PAGE)
    return rows, int(matching.iloc[0, 0])


def statuses(engine: Engine, as_of: date, *, year: int, **chosen: Unpack[Chosen]) -> pd.DataFrame:
    """How many enrolments have each status, by mandatory requirement and data year, five years up to this one.

    Columns requirement, metric_name, stage, clause, position, year, status, missed (whether it is a shortfall),
    enrolments.
    """
    return _frame(engine, as_of, _STATUSES, chosen, year=year)


def received(engine: Engine, as_of: date, *, year: int, **chosen: Unpack[Chosen]) -> pd.DataFrame:
    """How many filings of a data year came on each day: state, due, filed_on, filings.

    filed_on is the day of a filing's first revision, empty where nothing came.
    """
    frame = _frame(engine, as_of, _FILED, chosen, year=year)
    return frame.astype({"due": "datetime64[s]", "filed_on": "datetime64[s]"})


def districts(engine: Engine, as_of: date, *, year: int, **chosen: Unpack[Chosen]) -> pd.DataFrame:
    """How many enrolments have each result in a data year, by district: district, result, enrolments."""
    return _frame(engine, as_of, _DISTRICTS, chosen, year=year)


def _frame(engine: Engine, as_of: date, query: str, chosen: Chosen, **values: object) -> pd.DataFrame:
    met, chosen_values = in_scope("evaluations", chosen)
    statement = sa.text(query.format(in_scope=met, lang=chosen.get("lang", "zh")))
    with database.reading(engine, as_of) as connection:
        return database.frame(connection, statement, **chosen_values, **values)
