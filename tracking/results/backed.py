"""What backs the figures: every file that is attached, beside the figure that it is held against."""

import pandas as pd
import sqlalchemy as sa
from sqlalchemy import Connection

from tracking import database
from tracking.policy.in_force import OWED
from tracking.words.language import Lang

COLUMNS = {
    "load_id": "int64",
    "space_id": "str",
    "year": "int64",
    "metric": "str",
    "metric_name": "str",
    "name": "str",
    "kind": "str",
    "size": "int64",
    "listed": "Int64",
    "again": "str",
    "value": "float64",
    "differs": "boolean",
    "attached_by": "str",
    "attached_at": "datetime64[us]",
}
METRICS = {"metric": "str", "metric_name": "str"}

_NAMED = """
named AS (
    SELECT
        metric,
        name_{lang} AS metric_name,
        position,
        ROW_NUMBER() OVER (PARTITION BY metric ORDER BY edition) AS mention
    FROM current_metric
    WHERE kind <> 'share'
)"""
_BACKED = """
WITH {named}

SELECT
    attached_evidence.*,
    named.metric_name
FROM attached_evidence
INNER JOIN visible_space
    ON attached_evidence.space_id = visible_space.space_id
INNER JOIN named
    ON attached_evidence.metric = named.metric
    AND named.mention = 1
WHERE
    {where}
    AND (attached_evidence.space_id, attached_evidence.year) NOT IN (SELECT space_id, year FROM withheld_year)
ORDER BY
    attached_evidence.space_id,
    attached_evidence.year,
    named.position,
    attached_evidence.load_id
"""
_OF_YEAR = "attached_evidence.space_id = :space AND attached_evidence.year = :year"
_OF_LOAD = """
    EXISTS (
        SELECT 1
        FROM filing
        WHERE
            filing.load_id = :load_id
            AND filing.space_id = attached_evidence.space_id
            AND filing.year = attached_evidence.year
    )
"""
_METRICS = """
WITH {owed},

{named},

mentioned AS (
    SELECT
        space_id,
        filed AS metric
    FROM owed
    UNION
    SELECT
        space_id,
        metric
    FROM current_observation
    WHERE
        space_id = :space
        AND year = :year
)

SELECT
    named.metric,
    named.metric_name
FROM mentioned
INNER JOIN visible_space
    ON mentioned.space_id = visible_space.space_id
INNER JOIN named
    ON mentioned.metric = named.metric
    AND named.mention = 1
ORDER BY
    named.position,
    named.metric
"""


def of_year(connection: Connection, space: str, year: int, lang: Lang) -> pd.DataFrame:
    """What is attached to the figures of a space's year, beside the figure as it was filed last: columns COLUMNS."""
    return _backed(connection, _OF_YEAR, lang, space=space, year=year)


def of_load(connection: Connection, load_id: int, lang: Lang) -> pd.DataFrame:
    """The same for every space and year that a load files for."""
    return _backed(connection, _OF_LOAD, lang, load_id=load_id)


def metrics(connection: Connection, space: str, year: int, lang: Lang) -> pd.DataFrame:
    """The figures that a space owes or filed for a year, whether or not anything was filed yet: columns METRICS."""
    statement = sa.text(_METRICS.format(owed=OWED, named=_NAMED.format(lang=lang)))
    return database.typed(database.frame(connection, statement, space=space, year=year), METRICS)


def _backed(connection: Connection, where: str, lang: Lang, **which: object) -> pd.DataFrame:
    statement = sa.text(_BACKED.format(named=_NAMED.format(lang=lang), where=where))
    return database.typed(database.frame(connection, statement, **which), COLUMNS)
