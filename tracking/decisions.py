"""What is to be decided in an evaluation year: acceptances of construction years, evaluations of cultivation years."""

from dataclasses import dataclass
from datetime import date
from typing import Unpack

import pandas as pd
import sqlalchemy as sa
from sqlalchemy import Engine

from tracking import attainment, database, language
from tracking.language import Lang
from tracking.overview import IN_SCOPE, Scope, in_scope

COLUMNS = {**attainment.EVALUATIONS, "reasons": "str"}

_PASS_MARKS = sa.text("SELECT edition, pass_mark, pass_mark_is_default FROM current_edition ORDER BY edition")

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
        AND mandatory
        AND status IN ('short', 'unreported')
    GROUP BY
        space_id,
        edition,
        track
),

placed AS (
    SELECT
        {columns}
    FROM evaluations
    WHERE
        year = :year
        AND due IS NOT NULL
        AND {in_scope}
)

SELECT
    {placed},
    COALESCE(reasons.reasons, '') AS reasons
FROM placed
LEFT JOIN reasons
    ON placed.space_id = reasons.space_id
    AND placed.edition = reasons.edition
    AND placed.track = reasons.track
ORDER BY
    CASE placed.exit_warning WHEN 'exit' THEN 0 WHEN 'one_more' THEN 1 ELSE 2 END,
    CASE placed.result WHEN 'unfiled' THEN 0 WHEN 'fail' THEN 1 WHEN 'pass' THEN 2 ELSE 3 END,
    placed.space_id,
    placed.track,
    placed.edition
"""


@dataclass(frozen=True)
class PassMark:
    """The share of its mandatory requirements that a year has to hold; `default` where the policy names none."""

    edition: str
    share: float
    default: bool


def pass_marks(engine: Engine, as_of: date) -> list[PassMark]:
    """The pass mark of every edition in force."""
    with database.reading(engine, as_of) as connection:
        rows = connection.execute(_PASS_MARKS).all()
    return [PassMark(edition, float(share), bool(default)) for edition, share, default in rows]


def due(engine: Engine, as_of: date, *, year: int, lang: Lang = "zh", **scope: Unpack[Scope]) -> pd.DataFrame:
    """The enrolments that a data year's decisions are about, most urgent first; who left before it is not.

    Columns of `evaluations` and reasons: the names of the mandatory requirements short or unreported, or that
    nothing was filed in time.
    """
    names = list(attainment.EVALUATIONS)
    query = _DUE.format(
        lang=lang,
        comma="、" if lang == "zh" else ", ",
        columns=", ".join(names),
        placed=", ".join(f"placed.{name}" for name in names),
        in_scope=IN_SCOPE,
    )
    with database.reading(engine, as_of) as connection:
        frame = database.frame(connection, sa.text(query), **in_scope(scope), year=year)
    told = attainment.typed(frame, COLUMNS)
    told.loc[told["result"] == "unfiled", "reasons"] = language.text("told.decisions.unfiled", lang)
    return told
