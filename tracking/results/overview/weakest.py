"""Which requirements are missed most: of those who owed each, how many fell short, and how many said nothing."""

from datetime import date
from typing import Unpack

import pandas as pd
from sqlalchemy import Engine

from tracking.results.overview.rows import JUDGED, read
from tracking.results.tables.filters import Chosen

_WEAKEST = f"""
WITH {JUDGED},

owed AS (
    SELECT
        space_id,
        edition,
        track,
        year,
        requirement,
        metric_name_{{lang}} AS metric_name,
        stage,
        position,
        missed,
        absent,
        provisional
    FROM attainment
    WHERE
        mandatory
        AND year BETWEEN :first AND :year
        AND {{in_scope}}
)

SELECT
    owed.track,
    owed.requirement,
    MIN(owed.metric_name) AS metric_name,
    owed.stage,
    MIN(owed.position) AS position,
    COUNT(*) FILTER (WHERE owed.year = :year) AS owed,
    COUNT(*) FILTER (WHERE owed.year = :year AND owed.missed AND NOT owed.absent) AS low,
    COUNT(*) FILTER (WHERE owed.year = :year AND owed.missed AND owed.absent) AS absent,
    COUNT(*) FILTER (WHERE owed.year = :year AND owed.provisional) AS provisional,
    COUNT(*) FILTER (WHERE owed.year < :year) AS owed_before,
    COUNT(*) FILTER (WHERE owed.year < :year AND owed.missed) AS missed_before
FROM owed
INNER JOIN judged
    ON owed.space_id = judged.space_id
    AND owed.edition = judged.edition
    AND owed.track = judged.track
    AND owed.year = judged.year
GROUP BY
    owed.track,
    owed.requirement,
    owed.stage
HAVING COUNT(*) FILTER (WHERE owed.year = :year) > 0
ORDER BY
    owed.track,
    MIN(owed.position),
    owed.requirement
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
