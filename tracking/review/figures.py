"""The figures of a filing beside the year before, the target and the revision approved before."""

from datetime import date

import pandas as pd
import sqlalchemy as sa
from sqlalchemy import Engine

from tracking import database
from tracking.policy.in_force import OWED
from tracking.words.language import Lang

FIGURES = {
    "metric": "str",
    "metric_name": "str",
    "unit": "str",
    "kind": "str",
    "value": "float64",
    "year_before": "float64",
    "approved": "float64",
    "changed": "bool",
    "named": "bool",
    "note": "str",
    "evidence": "str",
    "track": "str",
    "requirement": "str",
    "owed_name": "str",
    "owed_unit": "str",
    "basis": "str",
    "comparison": "str",
    "required": "float64",
    "actual": "float64",
    "status": "str",
}
# A metric once for each requirement that it serves, a share being served by two. What the last return named is marked
# until the filing is approved.
_FIGURES = """
WITH {owed},

standing AS (
    SELECT filing_state.*
    FROM filing_state
    INNER JOIN visible_space
        ON filing_state.space_id = visible_space.space_id
    WHERE
        filing_state.space_id = :space
        AND filing_state.year = :year
        AND (filing_state.space_id, filing_state.year) NOT IN (SELECT space_id, year FROM withheld_year)
),

now AS (
    SELECT observation.*
    FROM standing
    INNER JOIN observation
        ON standing.load_id = observation.load_id
        AND standing.space_id = observation.space_id
        AND standing.year = observation.year
),

approved AS (
    SELECT observation.*
    FROM standing
    INNER JOIN filing
        ON standing.space_id = filing.space_id
        AND standing.year = filing.year
        AND standing.approved_revision = filing.revision
    INNER JOIN observation
        ON filing.load_id = observation.load_id
        AND filing.space_id = observation.space_id
        AND filing.year = observation.year
),

before AS (
    SELECT current_observation.*
    FROM standing
    INNER JOIN current_observation
        ON standing.space_id = current_observation.space_id
        AND standing.year - 1 = current_observation.year
    WHERE (current_observation.space_id, current_observation.year) NOT IN (SELECT space_id, year FROM withheld_year)
),

named AS (
    SELECT metric
    FROM returned_cell
    WHERE
        space_id = :space
        AND year = :year
        AND load_id = (
            SELECT MAX(load_id)
            FROM review
            WHERE
                space_id = :space
                AND year = :year
                AND act = 'return'
        )
),

mentioned AS (
    SELECT metric FROM now
    UNION
    SELECT metric FROM approved
    UNION
    SELECT filed AS metric FROM owed
)

SELECT
    mentioned.metric,
    COALESCE(named_metric.name_{lang}, mentioned.metric) AS metric_name,
    named_metric.unit_{lang} AS unit,
    named_metric.kind,
    CAST(now.value AS DOUBLE PRECISION) AS value,
    CAST(before.value AS DOUBLE PRECISION) AS year_before,
    CAST(approved.value AS DOUBLE PRECISION) AS approved,
    standing.approved_revision IS NOT NULL
    AND (
        now.value IS DISTINCT FROM approved.value
        OR now.note IS DISTINCT FROM approved.note
        OR now.evidence IS DISTINCT FROM approved.evidence
    ) AS changed,
    named.metric IS NOT NULL AS named,
    now.note,
    now.evidence,
    owed.track,
    owed.requirement,
    owed.metric_name_{lang} AS owed_name,
    owed.unit_{lang} AS owed_unit,
    owed.basis,
    owed.comparison,
    owed.required,
    owed.actual,
    owed.status
FROM mentioned
CROSS JOIN standing
LEFT JOIN now
    ON mentioned.metric = now.metric
LEFT JOIN before
    ON mentioned.metric = before.metric
LEFT JOIN approved
    ON mentioned.metric = approved.metric
LEFT JOIN owed
    ON mentioned.metric = owed.filed
LEFT JOIN named
    ON mentioned.metric = named.metric
LEFT JOIN named_metric
    ON mentioned.metric = named_metric.metric
ORDER BY
    owed.track NULLS LAST,
    owed.position NULLS LAST,
    named_metric.position NULLS LAST,
    mentioned.metric
"""


def figures(engine: Engine, as_of: date, *, space: str, year: int, lang: Lang) -> pd.DataFrame:
    """What the current revision says, a row per figure and requirement that it serves, also where it is missing.

    Columns FIGURES: `approved` is what the last revision approved before says, `changed` that it says something else;
    `named` that the last return names the metric. No rows where nothing was filed.
    """
    with database.reading(engine, as_of) as connection:
        rows = database.frame(connection, sa.text(_FIGURES.format(lang=lang, owed=OWED)), space=space, year=year)
    return database.typed(rows, FIGURES)
