"""What was filed over time: what is owed and came, every revision of a filing, two of them compared."""

from datetime import date
from typing import Unpack

import pandas as pd
import sqlalchemy as sa
from sqlalchemy import Engine

from tracking import database
from tracking.database import typed
from tracking.results.tables.columns import FILINGS
from tracking.results.tables.filters import Chosen, in_scope
from tracking.words.language import Lang

OWED = {name: FILINGS[name] for name in ("space_id", "space_name", "district", "year", "state", "due")} | {
    name: FILINGS[name] for name in ("filed_at", "filed_by", "revision", "revisions", "observations")
}
REVISIONS = {
    "revision": "int64",
    "filed_at": "datetime64[us]",
    "filed_by": "str",
    "source": "str",
    "figures": "int64",
    "sha256": "str",
    "load_id": "int64",
}
COMPARED = {
    "metric": "str",
    "metric_name": "str",
    "unit": "str",
    "kind": "str",
    "value_earlier": "float64",
    "value_later": "float64",
    "evidence_earlier": "str",
    "evidence_later": "str",
    "note_earlier": "str",
    "note_later": "str",
    "same": "bool",
}
_OWED = """
SELECT
    filings.space_id,
    filings.space_name,
    filings.district,
    filings.year,
    filings.state,
    filings.due,
    filings.filed_at,
    filings.filed_by,
    filings.revision,
    filings.revisions,
    filings.observations
FROM filings
WHERE {in_scope}
ORDER BY
    filings.state_rank,
    -- What was due lately, or is due next, is what somebody is asked for.
    ABS(filings.due - (SELECT as_of FROM reporting_day)) NULLS LAST,
    filings.space_id,
    filings.year
"""

_REVISIONS = sa.text("""
SELECT
    filing.revision,
    load.loaded_at AS filed_at,
    load.loaded_by AS filed_by,
    load.source,
    filing.figures,
    load.sha256,
    filing.load_id
FROM visible_filing AS filing
INNER JOIN load
    ON filing.load_id = load.load_id
WHERE
    filing.space_id = :space
    AND filing.year = :year
ORDER BY filing.revision DESC
""")

# A figure that only one of the two revisions has is there with a blank on the other side.
_COMPARED = """
WITH revised AS (
    SELECT
        filing.revision,
        observation.metric,
        observation.value,
        observation.evidence,
        observation.note
    FROM visible_filing AS filing
    INNER JOIN observation
        ON filing.load_id = observation.load_id
        AND filing.space_id = observation.space_id
        AND filing.year = observation.year
    WHERE
        filing.space_id = :space
        AND filing.year = :year
),

metrics AS (
    SELECT DISTINCT metric
    FROM revised
    WHERE revision IN (:earlier, :later)
)

SELECT
    metrics.metric,
    COALESCE(named_metric.name_{lang}, metrics.metric) AS metric_name,
    named_metric.unit_{lang} AS unit,
    named_metric.kind,
    CAST(earlier.value AS DOUBLE PRECISION) AS value_earlier,
    CAST(later.value AS DOUBLE PRECISION) AS value_later,
    earlier.evidence AS evidence_earlier,
    later.evidence AS evidence_later,
    earlier.note AS note_earlier,
    later.note AS note_later,
    earlier.value IS NOT DISTINCT FROM later.value
    AND earlier.evidence IS NOT DISTINCT FROM later.evidence
    AND earlier.note IS NOT DISTINCT FROM later.note AS same
FROM metrics
LEFT JOIN revised AS earlier
    ON metrics.metric = earlier.metric
    AND earlier.revision = :earlier
LEFT JOIN revised AS later
    ON metrics.metric = later.metric
    AND later.revision = :later
LEFT JOIN named_metric
    ON metrics.metric = named_metric.metric
ORDER BY
    named_metric.edition NULLS LAST,
    named_metric.position NULLS LAST,
    metrics.metric
"""


def owed(engine: Engine, as_of: date, **chosen: Unpack[Chosen]) -> pd.DataFrame:
    """The rows of `filings`, what is overdue first, then what is due next: columns OWED. Of each state what is due
    nearest to the day stands first."""
    # That something was filed is told, also where what it says is not.
    met, chosen_values = in_scope("filings", {**chosen, "withheld": True})
    with database.reading(engine, as_of) as connection:
        return typed(database.frame(connection, sa.text(_OWED.format(in_scope=met)), **chosen_values), OWED)


def revisions(engine: Engine, as_of: date, *, space: str, year: int) -> pd.DataFrame:
    """Every revision of a filing, the latest first: columns REVISIONS; empty where nothing was filed."""
    with database.reading(engine, as_of) as connection:
        return typed(database.frame(connection, _REVISIONS, space=space, year=year), REVISIONS)


def compared(
    engine: Engine, as_of: date, *, space: str, year: int, earlier: int, later: int, lang: Lang
) -> pd.DataFrame:
    """What two revisions of a filing say: columns COMPARED, a row per metric that either says something about."""
    statement = sa.text(_COMPARED.format(lang=lang))
    with database.reading(engine, as_of) as connection:
        rows = database.frame(connection, statement, space=space, year=year, earlier=earlier, later=later)
    return typed(rows, COMPARED)
