"""What is to be decided in an evaluation year: acceptances of construction years, evaluations of cultivation years."""

from datetime import date
from typing import Unpack

import pandas as pd
import sqlalchemy as sa
from sqlalchemy import Engine

from tracking import database
from tracking.results.tables.columns import DECISIONS, EVALUATIONS
from tracking.results.tables.filters import Chosen, in_scope
from tracking.words import language

_DUE = """
WITH reasons AS (
    SELECT
        space_id,
        edition,
        track,
        STRING_AGG(metric_name_{lang}, '{comma}' ORDER BY position) AS reasons
    FROM attainment
    WHERE
        year = :year
        AND lost
    GROUP BY
        space_id,
        edition,
        track
),

placed AS (
    SELECT
        {columns},
        must_leave,
        ended_failing,
        warning_rank,
        result_rank
    FROM evaluations
    WHERE
        year = :year
        AND due IS NOT NULL
        AND {in_scope}
)

SELECT
    {placed},
    COALESCE(reasons.reasons, '') AS reasons,
    placed.must_leave,
    placed.ended_failing
FROM placed
LEFT JOIN reasons
    USING (space_id, edition, track)
ORDER BY
    placed.warning_rank,
    placed.result_rank,
    placed.space_id,
    placed.track,
    placed.edition
"""


def due(engine: Engine, as_of: date, *, year: int, **chosen: Unpack[Chosen]) -> pd.DataFrame:
    """The enrolments that a data year's decisions are about, most urgent first; who left before it is not.

    Columns DECISIONS, reasons being the names of the mandatory requirements short or unreported, or that nothing was
    filed in time; then must_leave and ended_failing, which tell exits in running periods and in those that are over.
    """
    names = list(EVALUATIONS)
    lang = chosen.get("lang", "zh")
    met, chosen_values = in_scope("decisions", chosen)
    query = _DUE.format(
        lang=lang,
        comma="、" if lang == "zh" else ", ",
        columns=", ".join(names),
        placed=", ".join(f"placed.{name}" for name in names),
        in_scope=met,
    )
    with database.reading(engine, as_of) as connection:
        frame = database.frame(connection, sa.text(query), **chosen_values, year=year)
    rows = database.typed(frame, DECISIONS | {"must_leave": "bool", "ended_failing": "bool"})
    rows.loc[rows["result"] == "unfiled", "reasons"] = language.text("told.decisions.unfiled", lang)
    return rows
