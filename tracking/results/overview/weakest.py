"""Which requirements are missed most: of those who owed each, how many fell short, and how many said nothing."""

from datetime import date
from typing import Unpack

import pandas as pd
from sqlalchemy import Engine

from tracking.results.overview.rows import read
from tracking.results.tables.filters import Chosen

# left_out: the years whose own result rests on what is not to be seen: then nothing of the year is counted.
# alike: by a requirement's place in its edition, a number, before its names are joined.
_WEAKEST = """
WITH left_out AS (
    SELECT
        space_id,
        edition,
        track,
        year
    FROM evaluations
    WHERE
        year BETWEEN :first AND :year
        AND provisional
        AND ({in_scope}) IS NOT TRUE
),

owed AS (
    SELECT
        space_id,
        edition,
        track,
        year,
        position,
        missed,
        absent,
        provisional
    FROM marked_attainment
    CROSS JOIN reporting_day
    WHERE
        mandatory
        AND year BETWEEN :first AND :year
        AND due < as_of
        AND {in_scope}
),

alike AS (
    SELECT
        owed.edition,
        owed.position,
        owed.year,
        owed.missed,
        owed.absent,
        owed.provisional,
        COUNT(*) AS requirements
    FROM owed
    LEFT JOIN left_out
        ON owed.space_id = left_out.space_id
        AND owed.edition = left_out.edition
        AND owed.track = left_out.track
        AND owed.year = left_out.year
    WHERE left_out.space_id IS NULL
    GROUP BY
        owed.edition,
        owed.position,
        owed.year,
        owed.missed,
        owed.absent,
        owed.provisional
),

counted AS (
    SELECT
        edition,
        position,
        COALESCE(SUM(requirements) FILTER (WHERE year = :year), 0) AS owed,
        COALESCE(SUM(requirements) FILTER (WHERE year = :year AND missed AND NOT absent), 0) AS low,
        COALESCE(SUM(requirements) FILTER (WHERE year = :year AND missed AND absent), 0) AS absent,
        COALESCE(SUM(requirements) FILTER (WHERE year = :year AND provisional), 0) AS provisional,
        COALESCE(SUM(requirements) FILTER (WHERE year < :year), 0) AS owed_before,
        COALESCE(SUM(requirements) FILTER (WHERE year < :year AND missed), 0) AS missed_before
    FROM alike
    GROUP BY
        edition,
        position
)

SELECT
    current_requirement.track,
    current_requirement.requirement,
    MIN(current_requirement.metric_name_{lang}) AS metric_name,
    current_requirement.stage,
    MIN(current_requirement.position) AS position,
    CAST(SUM(counted.owed) AS BIGINT) AS owed,
    CAST(SUM(counted.low) AS BIGINT) AS low,
    CAST(SUM(counted.absent) AS BIGINT) AS absent,
    CAST(SUM(counted.provisional) AS BIGINT) AS provisional,
    CAST(SUM(counted.owed_before) AS BIGINT) AS owed_before,
    CAST(SUM(counted.missed_before) AS BIGINT) AS missed_before
FROM counted
INNER JOIN current_requirement
    ON counted.edition = current_requirement.edition
    AND counted.position = current_requirement.position
GROUP BY
    current_requirement.track,
    current_requirement.requirement,
    current_requirement.stage
HAVING SUM(counted.owed) > 0
ORDER BY
    current_requirement.track,
    MIN(current_requirement.position),
    current_requirement.requirement
"""


def weakest(engine: Engine, as_of: date, *, year: int, **chosen: Unpack[Chosen]) -> pd.DataFrame:
    """A row per mandatory requirement that was owed in a data year, each track's most missed first.

    Columns track, requirement, metric_name, stage, position, owed (by how many enrolments), low (of them below what
    is asked, or behind the pace), absent (without a figure or a filing), provisional (of those who owed it, how many
    rest on a filing that is not approved), owed_before and missed_before (of the year before; nothing for entry
    conditions, which are asked once), share and share_before (of those who owed it, empty where nobody did).
    """
    rows = read(engine, as_of, _WEAKEST, chosen, first=year - 1, year=year)
    return _ranked(rows)


def _ranked(rows: pd.DataFrame) -> pd.DataFrame:
    missed = rows["low"] + rows["absent"]
    once = rows["stage"] == "entry"
    rows[["owed_before", "missed_before"]] = rows[["owed_before", "missed_before"]].mask(once, 0)
    before = rows["missed_before"] / rows["owed_before"].where(rows["owed_before"] > 0)
    rows = rows.assign(share=missed / rows["owed"], share_before=before)
    return rows.sort_values(
        ["track", "share", "low", "position"], ascending=[True, False, False, True], kind="stable", ignore_index=True
    )
