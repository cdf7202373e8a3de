"""Who is to be decided about: the queues of a data year, and how the years of each enrolment in them went."""

from collections.abc import Sequence
from datetime import date
from typing import Unpack

import pandas as pd
from sqlalchemy import Engine

from tracking.results.one_space import with_objects
from tracking.results.overview.rows import read
from tracking.results.tables.filters import Chosen

# The queues, each a column of `members` that says who stands in it, in the order in which they are shown.
QUEUES = ("leaving", "last_chance", "failing", "absent", "behind", "out_of_reach")

# reach: of the cumulative thresholds behind their pace, how many the enrolment could still reach with years as good as
# its own best; and how many it could not, whether behind or without a figure. Without any figure nobody can say. It is
# asked of who is still running alone: where nobody is, no requirement is read.
# latest: the year is the last that is judged. Who has been judged since is no longer waiting for a decision about it.
_MEMBERS = """
WITH judged AS (
    SELECT
        evaluations.space_id,
        evaluations.space_name,
        evaluations.district,
        evaluations.edition,
        evaluations.track,
        evaluations.phase,
        evaluations.result,
        evaluations.exit_warning,
        evaluations.lost,
        evaluations.not_filed,
        evaluations.may_leave,
        evaluations.must_leave,
        evaluations.period_over,
        evaluations.result_rank,
        evaluations.warning_rank,
        evaluations.provisional,
        evaluations.withheld,
        NOT evaluations.judged_since AS latest,
        NOT evaluations.judged_since AND NOT evaluations.period_over AS running
    FROM evaluations
    CROSS JOIN reporting_day
    WHERE
        evaluations.year = :year
        AND evaluations.due < reporting_day.as_of
),

reach AS (
    SELECT
        marked_attainment.space_id,
        marked_attainment.edition,
        marked_attainment.track,
        COUNT(*) FILTER (
            WHERE NOT marked_attainment.absent
            AND NOT marked_attainment.lost
            AND marked_attainment.needed_per_year <= stored_outcome.best
        ) AS within_reach,
        COUNT(*) FILTER (WHERE marked_attainment.needed_per_year > stored_outcome.best) AS beyond_reach
    FROM marked_attainment
    INNER JOIN stored_outcome
        USING (space_id, edition, track, requirement)
    WHERE
        marked_attainment.year = :year
        AND marked_attainment.space_id IN (SELECT judged.space_id FROM judged WHERE judged.running)
        -- Of whatever else no pace is asked, and a column that is filtered is read alone.
        AND marked_attainment.basis = 'cumulative'
        AND marked_attainment.missed
        -- Said apart, so that whatever has none is not joined to anything.
        AND marked_attainment.needed_per_year IS NOT NULL
        AND stored_outcome.best IS NOT NULL
        AND NOT (
            marked_attainment.approved_only
            AND marked_attainment.space_id IN (SELECT open_years.space_id FROM open_years)
        )
    GROUP BY
        marked_attainment.space_id,
        marked_attainment.edition,
        marked_attainment.track
),

queued AS (
    SELECT
        judged.space_id,
        judged.space_name,
        judged.district,
        judged.edition,
        judged.track,
        judged.phase,
        judged.result,
        judged.exit_warning,
        judged.lost,
        judged.period_over,
        judged.result_rank,
        judged.warning_rank,
        verdicts.start_year,
        verdicts.end_year,
        verdicts.verdict,
        judged.must_leave AND judged.latest AS leaving,
        judged.may_leave AND judged.latest AS last_chance,
        judged.period_over AND judged.latest AND verdicts.failed > 0 AS failing,
        judged.not_filed AS absent,
        judged.running AND COALESCE(reach.within_reach, 0) > 0 AS behind,
        judged.running AND COALESCE(reach.beyond_reach, 0) > 0 AS out_of_reach,
        verdicts.provisional AS verdict_provisional,
        judged.provisional AS warning_provisional,
        judged.withheld
    FROM judged
    INNER JOIN verdicts
        USING (space_id, edition, track)
    LEFT JOIN reach
        USING (space_id, edition, track)
),

-- Some queues look at one year, the others at the whole period.
rested AS (
    SELECT
        queued.*,
        warning_provisional OR (verdict_provisional AND (failing OR behind OR out_of_reach)) AS provisional
    FROM queued
)

SELECT
    space_id,
    space_name,
    district,
    edition,
    track,
    start_year,
    end_year,
    phase,
    result,
    exit_warning,
    verdict,
    period_over,
    leaving,
    last_chance,
    failing,
    absent,
    behind,
    out_of_reach,
    verdict_provisional,
    warning_provisional,
    provisional
FROM rested
WHERE
    (leaving OR last_chance OR failing OR absent OR behind OR out_of_reach)
    AND {in_scope}
ORDER BY
    period_over,
    warning_rank,
    result_rank,
    lost DESC,
    space_id,
    track,
    edition
"""

_STRIPS = """
SELECT
    space_id,
    edition,
    track,
    year,
    result,
    not_filed,
    provisional
FROM evaluations
WHERE
    due IS NOT NULL
    AND {in_scope}
ORDER BY
    space_id,
    edition,
    track,
    year
"""


def members(engine: Engine, as_of: date, *, year: int, **chosen: Unpack[Chosen]) -> pd.DataFrame:
    """The enrolments that stand in any queue of a data year, those still running first, then the most urgent.

    Columns space_id, space_name, district, edition, track, start_year, end_year, phase, result, exit_warning, verdict,
    period_over, and a boolean for each of QUEUES: leaving (by the rule, in a running period), last_chance (one more
    failure and it leaves), failing (the period is over and its verdict is that it failed), absent (nothing was filed
    for the year), behind (behind its pace, with thresholds that years as good as its own best still reach),
    out_of_reach (with thresholds that they do not); then whether they rest on a filing that is not approved:
    verdict_provisional, warning_provisional (the result and the warning) and provisional (that it stands there).
    """
    rows = read(engine, as_of, _MEMBERS, chosen, year=year)
    # Of no rows a server does not say that these are true or false, and they choose rows.
    return rows.astype(dict.fromkeys((*QUEUES, "period_over"), bool))


def strips(engine: Engine, as_of: date, *, spaces: Sequence[str], approved_only: bool = False) -> pd.DataFrame:
    """How the years of these spaces' enrolments went.

    Columns space_id, edition, track, year, result, not_filed, provisional.
    """
    return with_objects(read(engine, as_of, _STRIPS, {"spaces": tuple(spaces), "approved_only": approved_only}))
