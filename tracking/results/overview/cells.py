"""Space by requirement: a page of the enrolments of a data year with every status, worst first."""

from datetime import date
from typing import Unpack

import pandas as pd
from sqlalchemy import Engine

from tracking.results.overview.rows import read
from tracking.results.tables.filters import Chosen

# Spaces on one page of the heatmap: more rows are no picture.
PAGE = 25

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
_MATCHING = f"WITH {_RANKED} SELECT COUNT(*) AS matching FROM ranked"
_HEATMAP = f"""
WITH {_RANKED},

page AS (
    SELECT
        space_id,
        space_name,
        edition,
        track,
        missed,
        lost,
        COUNT(*) OVER () AS matching
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
    attainment.missed,
    attainment.provisional,
    page.matching
FROM page
INNER JOIN attainment
    USING (space_id, edition, track)
WHERE attainment.year = :year
ORDER BY
    page.lost DESC,
    page.missed DESC,
    page.space_id,
    page.edition,
    attainment.position
"""


def heatmap(
    engine: Engine, as_of: date, *, year: int, page: int = 1, **chosen: Unpack[Chosen]
) -> tuple[pd.DataFrame, int]:
    """One page of PAGE enrolments in a data year, worst first, and how many enrolments match in all.

    A row per enrolment and requirement: space_id, space_name, edition, requirement, position, stage, clause,
    metric_name, unit, basis, mandatory, required, actual, status, missed, provisional.
    """
    rows = read(engine, as_of, _HEATMAP, chosen, year=year, rows=PAGE, skipped=(page - 1) * PAGE)
    matching = rows.pop("matching")
    if matching.empty and page > 1:
        # After the last page there is no row that says how many there are.
        matching = read(engine, as_of, _MATCHING, chosen, year=year)["matching"]
    return rows, 0 if matching.empty else int(matching.iloc[0])
