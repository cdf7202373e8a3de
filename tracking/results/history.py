"""What was filed over time: what is owed and came, every revision of a filing, two of them compared."""

from datetime import date
from typing import Unpack

import pandas as pd
import sqlalchemy as sa
from sqlalchemy import Engine

import tracking
from tracking import database
from tracking.access import trail
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
RECEIPT = {
    "space_id": "str",
    "space_name": "str",
    "year": "int64",
    "revision": "int64",
    "figures": "int64",
    "source": "str",
    "sha256": "str",
    "filed_by": "str",
    "filed_at": "datetime64[us]",
    "load_id": "int64",
    "seal": "str",
    "trail": "str",
    "rules": "str",
    "release": "str",
}
STORED = {
    "space_id": "str",
    "year": "int64",
    "metric": "str",
    "metric_name": "str",
    "value": "float64",
    "unit": "str",
    "kind": "str",
    "note": "str",
    "evidence": "str",
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
    filings.due NULLS LAST,
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
FROM filing
INNER JOIN load
    ON filing.load_id = load.load_id
INNER JOIN visible_space
    ON filing.space_id = visible_space.space_id
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
    FROM filing
    INNER JOIN observation
        ON filing.load_id = observation.load_id
        AND filing.space_id = observation.space_id
        AND filing.year = observation.year
    INNER JOIN visible_space
        ON filing.space_id = visible_space.space_id
    WHERE
        filing.space_id = :space
        AND filing.year = :year
),

named AS (
    SELECT
        metric,
        name_{lang} AS metric_name,
        unit_{lang} AS unit,
        kind,
        edition,
        position,
        ROW_NUMBER() OVER (PARTITION BY metric ORDER BY edition) AS mention
    FROM current_metric
),

metrics AS (
    SELECT DISTINCT metric
    FROM revised
    WHERE revision IN (:earlier, :later)
)

SELECT
    metrics.metric,
    COALESCE(named.metric_name, metrics.metric) AS metric_name,
    named.unit,
    named.kind,
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
LEFT JOIN named
    ON metrics.metric = named.metric
    AND named.mention = 1
ORDER BY
    named.edition NULLS LAST,
    named.position NULLS LAST,
    metrics.metric
"""

_RECEIPT = sa.text("""
SELECT
    filing.space_id,
    visible_space.space_name,
    filing.year,
    filing.revision,
    filing.figures,
    load.source,
    load.sha256,
    load.loaded_by AS filed_by,
    load.loaded_at AS filed_at,
    filing.load_id,
    CONCAT(load.load_id, ':', seal.head) AS seal
FROM load
INNER JOIN filing
    ON load.load_id = filing.load_id
INNER JOIN visible_space
    ON filing.space_id = visible_space.space_id
LEFT JOIN seal
    ON load.load_id = seal.load_id
WHERE load.load_id = :load_id
ORDER BY
    filing.space_id,
    filing.year
""")

# Every figure and word of a load, as the filings and the policy order them.
_STORED = """
WITH named AS (
    SELECT
        metric.metric,
        metric.name_{lang} AS metric_name,
        unit.name_{lang} AS unit,
        metric.kind,
        metric.position,
        ROW_NUMBER() OVER (PARTITION BY metric.metric ORDER BY metric.edition) AS mention
    FROM metric
    INNER JOIN current_edition
        ON metric.edition = current_edition.edition
        AND metric.load_id = current_edition.load_id
    INNER JOIN unit
        ON metric.edition = unit.edition
        AND metric.load_id = unit.load_id
        AND metric.unit = unit.unit
)

SELECT
    observation.space_id,
    observation.year,
    observation.metric,
    COALESCE(named.metric_name, observation.metric) AS metric_name,
    CAST(observation.value AS DOUBLE PRECISION) AS value,
    named.unit,
    named.kind,
    observation.note,
    observation.evidence
FROM observation
INNER JOIN visible_space
    ON observation.space_id = visible_space.space_id
LEFT JOIN named
    ON observation.metric = named.metric
    AND named.mention = 1
WHERE observation.load_id = :load_id
ORDER BY
    observation.space_id,
    observation.year,
    named.position NULLS LAST,
    observation.metric
LIMIT :most
"""


# Whatever came in about spaces, by which each load says of which. Of observations their filing says so.
OF_SPACES = (
    "filing",
    "space",
    "enrolment",
    "review",
    "window_exception",
    "question",
    "waiver",
    "rectification",
    "scan",
    "evidence",
)
_NAMED = "\n            UNION ALL\n            ".join(f"SELECT load_id, space_id FROM {each}" for each in OF_SPACES)
# A file that names several spaces goes to who may see all of them; the policy and the register are everybody's, a
# register only whole. What was closed has the rows of every space.
_DOCUMENT = sa.text(f"""
SELECT document.content
FROM document
WHERE
    document.sha256 = :sha256
    AND EXISTS (SELECT 1 FROM load WHERE load.sha256 = document.sha256)
    AND (
        EXISTS (SELECT 1 FROM chosen_viewer WHERE scope = 'city')
        OR NOT EXISTS (SELECT 1 FROM load WHERE load.sha256 = document.sha256 AND load.kind = 'closing')
    )
    AND NOT EXISTS (
        SELECT 1
        FROM load
        INNER JOIN (
            {_NAMED}
        ) AS named
            ON load.load_id = named.load_id
        LEFT JOIN visible_space
            ON named.space_id = visible_space.space_id
        WHERE
            load.sha256 = document.sha256
            AND visible_space.space_id IS NULL
    )
""")


def owed(engine: Engine, as_of: date, **chosen: Unpack[Chosen]) -> pd.DataFrame:
    """The rows of `filings`, what is overdue first, then what is due next: columns OWED."""
    met, chosen_values = in_scope("filings", chosen)
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


def receipt(engine: Engine, as_of: date, *, load_id: int) -> pd.DataFrame:
    """What a load stored, and what it rests on: columns RECEIPT, a row per filing; empty where it stored none.

    seal is the chain of loads up to it, trail the audit trail's head with it, "" where it was not noted there.
    """
    with database.reading(engine, as_of) as connection:
        rows = database.frame(connection, _RECEIPT, load_id=load_id)
        noted = trail.line(connection, "filing", str(load_id))
        head = str(noted) if noted.number else ""
    return typed(rows.assign(trail=head, rules=database.rules(), release=tracking.RELEASE), RECEIPT)


def stored(engine: Engine, as_of: date, *, load_id: int, lang: Lang, most: int = 1_000_000) -> pd.DataFrame:
    """The figures that a load stored, at most so many: columns STORED, a row per figure or explained blank."""
    statement = sa.text(_STORED.format(lang=lang))
    with database.reading(engine, as_of) as connection:
        return typed(database.frame(connection, statement, load_id=load_id, most=most), STORED)


def document(engine: Engine, sha256: str) -> bytes:
    """A file as it came, byte for byte. Raises LookupError where there is none that the reader may see whole."""
    with database.reading(engine) as connection:
        found = database.value(connection, _DOCUMENT, {"sha256": sha256})
    if found is None:
        raise LookupError(sha256)
    return bytes(found)
