"""What a load brought in: the receipt for it, its figures, its file as it came."""

from datetime import date

import pandas as pd
import sqlalchemy as sa
from sqlalchemy import Engine

import tracking
from tracking import database
from tracking.access import trail
from tracking.database import typed
from tracking.words.language import Lang

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
    "edition": "str",
    "track": "str",
    "requirement": "str",
}

_RECEIPT = sa.text("""
SELECT
    filing.space_id,
    filing.space_name,
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
INNER JOIN visible_filing AS filing
    ON load.load_id = filing.load_id
LEFT JOIN seal
    ON load.load_id = seal.load_id
WHERE load.load_id = :load_id
ORDER BY
    filing.space_id,
    filing.year
""")

# Every figure and word of a load, as the filings and the policy order them, and the requirement that is judged by each
# in its year: of several the first, of none nothing.
_STORED = """
WITH figures AS (
    SELECT
        observation.space_id,
        observation.year,
        observation.metric,
        COALESCE(named_metric.name_{lang}, observation.metric) AS metric_name,
        CAST(observation.value AS DOUBLE PRECISION) AS value,
        named_metric.unit_{lang} AS unit,
        named_metric.kind,
        named_metric.position,
        observation.note,
        observation.evidence
    FROM observation
    INNER JOIN visible_filing
        ON observation.load_id = visible_filing.load_id
        AND observation.space_id = visible_filing.space_id
        AND observation.year = visible_filing.year
    LEFT JOIN named_metric
        ON observation.metric = named_metric.metric
    WHERE observation.load_id = :load_id
    ORDER BY
        observation.space_id,
        observation.year,
        named_metric.position NULLS LAST,
        observation.metric
    LIMIT :most
),

judged AS (
    SELECT
        figures.space_id,
        figures.year,
        figures.metric,
        stored_attainment.edition,
        stored_attainment.track,
        stored_attainment.requirement,
        ROW_NUMBER() OVER (
            PARTITION BY
                figures.space_id,
                figures.year,
                figures.metric
            ORDER BY
                stored_attainment.edition,
                stored_attainment.track,
                stored_attainment.position,
                stored_attainment.requirement
        ) AS place
    FROM figures
    INNER JOIN stored_attainment
        ON figures.space_id = stored_attainment.space_id
        AND figures.year = stored_attainment.year
    INNER JOIN current_requirement
        ON stored_attainment.edition = current_requirement.edition
        AND stored_attainment.requirement = current_requirement.requirement
        AND figures.metric IN (current_requirement.filed, current_requirement.denominator)
)

SELECT
    figures.*,
    judged.edition,
    judged.track,
    judged.requirement
FROM figures
LEFT JOIN judged
    ON figures.space_id = judged.space_id
    AND figures.year = judged.year
    AND figures.metric = judged.metric
    AND judged.place = 1
ORDER BY
    figures.space_id,
    figures.year,
    figures.position NULLS LAST,
    figures.metric
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
    "rectification_file",
    "scan",
    "evidence",
)
_NAMED = "\n            UNION ALL\n            ".join(f"SELECT load_id, space_id FROM {each}" for each in OF_SPACES)
# A file that names several spaces goes to who may see all of them; the policy and the register are everybody's, a
# register only whole. What was closed has the rows of every space. Who sees what is approved alone gets files of which
# every filing is, and nothing that was written in a review.
_DOCUMENT = sa.text(f"""
SELECT document.content
FROM document
WHERE
    document.sha256 = :sha256
    AND EXISTS (SELECT 1 FROM load WHERE load.sha256 = document.sha256)
    AND (
        EXISTS (SELECT 1 FROM viewer WHERE scope = 'city')
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
            AND (visible_space.space_id IS NULL OR (visible_space.approved_only AND load.kind = 'review'))
    )
    AND NOT EXISTS (
        SELECT 1
        FROM load
        INNER JOIN filing
            ON load.load_id = filing.load_id
        WHERE
            load.sha256 = document.sha256
            AND (filing.load_id, filing.space_id, filing.year) NOT IN (
                SELECT load_id, space_id, year FROM visible_filing
            )
    )
""")


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
    """The figures that a load stored, at most so many: columns STORED, a row per figure or explained blank.

    edition, track and requirement are of what is judged by it in its year, empty where nothing is.
    """
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
