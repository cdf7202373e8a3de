"""The districts and the filings of a data year, beside the year before."""

from datetime import date
from typing import Unpack

import pandas as pd
from sqlalchemy import Engine

from tracking.results.overview.rows import JUDGED, read
from tracking.results.tables.filters import Chosen

_DISTRICTS = f"""
WITH {JUDGED}

SELECT
    district,
    COUNT(*) FILTER (WHERE year = :year) AS judged,
    COUNT(*) FILTER (WHERE year = :year AND passed) AS passed,
    COUNT(*) FILTER (WHERE year = :year AND provisional) AS provisional,
    COUNT(*) FILTER (WHERE year < :year) AS judged_before,
    COUNT(*) FILTER (WHERE year < :year AND passed) AS passed_before
FROM judged
GROUP BY district
HAVING COUNT(*) FILTER (WHERE year = :year) > 0
ORDER BY district
"""

# Which spaces are seen `filings` knows: asked once more, it took a sixth of the time.
_FILINGS = """
WITH enrolled AS (
    SELECT
        enrolment_year.space_id,
        enrolment_year.edition,
        enrolment_year.track,
        enrolment_year.year,
        enrolment_year.phase,
        enrolment_year.due,
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
        year BETWEEN :year - 1 AND :year
        AND due IS NOT NULL
        AND {in_scope}
)

SELECT
    filings.year,
    filings.state,
    filings.due,
    COUNT(*) AS filings,
    COUNT(*) FILTER (WHERE filings.provisional) AS provisional
FROM covered
INNER JOIN filings
    ON covered.space_id = filings.space_id
    AND covered.year = filings.year
-- Said of the view itself, so that no other year of it is worked out.
WHERE filings.year BETWEEN :year - 1 AND :year
GROUP BY
    filings.year,
    filings.state,
    filings.due
ORDER BY
    filings.year DESC,
    filings.due,
    filings.state
"""


def districts(engine: Engine, as_of: date, *, year: int, **chosen: Unpack[Chosen]) -> pd.DataFrame:
    """How many enrolments of each district were judged in a data year and the one before, and how many passed.

    Columns district, judged, passed, provisional (how many of those judged rest on a filing that is not approved),
    judged_before, passed_before, share, share_before; the lowest share first.
    """
    rows = read(engine, as_of, _DISTRICTS, chosen, first=year - 1, year=year)
    before = rows["passed_before"] / rows["judged_before"].where(rows["judged_before"] > 0)
    rows = rows.assign(share=rows["passed"] / rows["judged"], share_before=before)
    return rows.sort_values(["share", "district"], kind="stable", ignore_index=True)


def filings(engine: Engine, as_of: date, *, year: int, **chosen: Unpack[Chosen]) -> pd.DataFrame:
    """How many filings of a data year and of the one before are in each state, and how many of them are not approved.

    Columns year, state, due, filings, provisional. A space files once for all its enrolments; who left before a year
    owes none for it. That a filing came is no figure of it: `approved_only` leaves none out.
    """
    chosen.pop("approved_only", None)
    chosen["withheld"] = True
    return read(engine, as_of, _FILINGS, chosen, year=year).astype({"due": "datetime64[s]"})
