"""What the enrolments of some spaces missed, requirement by requirement: the reasons behind a place in a queue."""

from collections.abc import Sequence
from datetime import date

import pandas as pd
from sqlalchemy import Engine

from tracking.results.one_space import with_objects
from tracking.results.overview.rows import read
from tracking.results.tables.filters import Chosen
from tracking.words.language import Lang

# undone: the requirement's outcome over the whole period is that it failed. within_reach and beyond_reach are as in the
# queues. best is the most that the enrolment itself ever filed for one year of a cumulative requirement.
_MISSED = """
WITH chosen AS (
    SELECT
        space_id,
        edition,
        track,
        year,
        requirement,
        position,
        metric_name_{lang} AS metric_name,
        unit_{lang} AS unit,
        basis,
        comparison,
        required,
        actual,
        needed_per_year,
        status,
        absent,
        lost,
        revision IS NULL AS not_filed,
        provisional
    FROM attainment
    WHERE
        missed
        AND {in_scope}
),

-- Whose best year, and whose outcome over all years, rests on what the viewer does not see.
hidden AS (
    SELECT DISTINCT space_id
    FROM withheld_year
)

SELECT
    chosen.space_id,
    chosen.edition,
    chosen.track,
    chosen.year,
    chosen.requirement,
    chosen.metric_name,
    chosen.unit,
    chosen.basis,
    chosen.comparison,
    CAST(chosen.required AS DOUBLE PRECISION) AS required,
    CAST(chosen.actual AS DOUBLE PRECISION) AS actual,
    CAST(chosen.needed_per_year AS DOUBLE PRECISION) AS needed_per_year,
    CASE WHEN hidden.space_id IS NULL THEN CAST(stored_outcome.best AS DOUBLE PRECISION) END AS best,
    chosen.status,
    chosen.absent,
    chosen.lost,
    chosen.not_filed,
    chosen.provisional,
    outcomes.outcome = 'failed' AND hidden.space_id IS NULL AS undone,
    NOT chosen.absent AND NOT chosen.lost AND hidden.space_id IS NULL
    AND COALESCE(chosen.needed_per_year <= stored_outcome.best, FALSE) AS within_reach,
    hidden.space_id IS NULL
    AND COALESCE(chosen.needed_per_year > stored_outcome.best, FALSE) AS beyond_reach
FROM chosen
INNER JOIN outcomes
    USING (space_id, edition, track, requirement)
INNER JOIN stored_outcome
    USING (space_id, edition, track, requirement)
LEFT JOIN hidden
    ON chosen.space_id = hidden.space_id
ORDER BY
    chosen.space_id,
    chosen.edition,
    chosen.track,
    chosen.position,
    chosen.year
"""


def of_spaces(
    engine: Engine, as_of: date, *, spaces: Sequence[str], lang: Lang = "zh", approved_only: bool = False
) -> pd.DataFrame:
    """What the enrolments of these spaces missed in any year, in the policy's order.

    Columns space_id, edition, track, year, requirement, metric_name, unit, basis, comparison, required, actual,
    needed_per_year, best, status, absent, lost, not_filed (nothing was filed for the year at all), undone,
    within_reach, beyond_reach, provisional.
    """
    chosen: Chosen = {"spaces": tuple(spaces), "lang": lang, "approved_only": approved_only}
    return with_objects(read(engine, as_of, _MISSED, chosen, table="attainment"))
