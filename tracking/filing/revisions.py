"""What a file says, laid beside what is stored within one transaction: its revisions, and what they would drop."""

from collections.abc import Container

import pandas as pd
import sqlalchemy as sa
from sqlalchemy import Connection

from tracking import database
from tracking.filing import staging

# What is stored of the filings that came in: their newest revision, and what it says. The first and the last space
# are named once more, so that the file of one is not held against the filings of all the others.
_STORED = (
    """
    INSERT INTO latest
    SELECT
        filing.space_id,
        filing.year,
        MAX(filing.revision) AS revision
    FROM filing
    INNER JOIN incoming_filing
        ON filing.space_id = incoming_filing.space_id
        AND filing.year = incoming_filing.year
    WHERE filing.space_id BETWEEN :first AND :last
    GROUP BY
        filing.space_id,
        filing.year
    """,
    """
    INSERT INTO stored
    SELECT
        filing.space_id,
        filing.year,
        filing.metric,
        filing.value,
        filing.evidence,
        filing.note
    FROM current_observation AS filing
    INNER JOIN incoming_filing
        ON filing.space_id = incoming_filing.space_id
        AND filing.year = incoming_filing.year
    WHERE filing.space_id BETWEEN :first AND :last
    """,
)

# A filing that says anything else than the stored one becomes its next revision, and one that is filed again as it is.
_REVISIONS = """
CREATE TEMPORARY TABLE incoming_revision AS
WITH filed_again AS (
    SELECT incoming.*
    FROM incoming
    INNER JOIN latest
        ON incoming.space_id = latest.space_id
        AND incoming.year = latest.year
),

differing AS (
    (SELECT * FROM filed_again EXCEPT SELECT * FROM stored)
    UNION
    (SELECT * FROM stored EXCEPT SELECT * FROM filed_again)
),

figures AS (
    SELECT
        space_id,
        year,
        COUNT(scaled) AS figures
    FROM incoming_observation
    GROUP BY
        space_id,
        year
)

SELECT
    incoming_filing.space_id,
    incoming_filing.year,
    COALESCE(latest.revision, 0) + 1 AS revision,
    COALESCE(figures.figures, 0) AS figures
FROM incoming_filing
LEFT JOIN latest
    ON incoming_filing.space_id = latest.space_id
    AND incoming_filing.year = latest.year
LEFT JOIN figures
    ON incoming_filing.space_id = figures.space_id
    AND incoming_filing.year = figures.year
WHERE
    latest.revision IS NULL
    OR incoming_filing.again
    OR EXISTS (
        SELECT 1
        FROM differing
        WHERE
            differing.space_id = incoming_filing.space_id
            AND differing.year = incoming_filing.year
    )
"""

_ROWS = {
    "filing (load_id, space_id, year, revision, figures)": """
    SELECT CAST(:load_id AS INTEGER) AS load_id, space_id, year, revision, figures
    FROM incoming_revision
    """,
    "observation (load_id, space_id, year, metric, value, evidence, note)": """
    SELECT
        CAST(:load_id AS INTEGER) AS load_id,
        incoming.space_id,
        incoming.year,
        incoming.metric,
        incoming.value,
        incoming.evidence,
        incoming.note
    FROM incoming
    INNER JOIN incoming_revision
        ON incoming.space_id = incoming_revision.space_id
        AND incoming.year = incoming_revision.year
    """,
}

# Figures that the stored revision has and the new one says nothing of.
_DROPPED = """
SELECT
    stored.space_id,
    stored.year,
    stored.metric
FROM stored
INNER JOIN incoming_revision
    ON stored.space_id = incoming_revision.space_id
    AND stored.year = incoming_revision.year
LEFT JOIN incoming
    ON stored.space_id = incoming.space_id
    AND stored.year = incoming.year
    AND stored.metric = incoming.metric
WHERE
    stored.value IS NOT NULL
    AND incoming.value IS NULL
ORDER BY
    stored.space_id,
    stored.year,
    stored.metric
"""


def compare(
    connection: Connection,
    filings: pd.DataFrame,
    observations: pd.DataFrame,
    again: Container[tuple[str, int]] = frozenset(),
) -> pd.DataFrame:
    """Lay filings and observations beside what is stored of them, until `staging.forget`; the revisions that they would
    become: space_id, year, revision, figures. Those of `again` become one though they say the same."""
    staging.lay(connection, filings, observations, again)
    spaces = set(filings["space_id"])
    between = {"first": min(spaces, default=""), "last": max(spaces, default="")}
    for statement in _STORED:
        connection.execute(sa.text(statement), between)
    connection.execute(sa.text(_REVISIONS))
    return database.frame(connection, sa.text("SELECT * FROM incoming_revision ORDER BY space_id, year"))


def store(connection: Connection, load_id: int) -> None:
    """Store the revisions under the number of a load."""
    for table, select in _ROWS.items():
        connection.execute(sa.text(f"INSERT INTO {table} {select}"), {"load_id": load_id})


def carry(source: Connection, target: Connection, load_id: int) -> None:
    """Store the revisions under the number of a load in another database."""
    for table, select in _ROWS.items():
        found = database.arrow(source, sa.text(select), load_id=load_id)
        database.append(target, table.partition(" ")[0], found)


def rows(connection: Connection, load_id: int) -> dict[str, pd.DataFrame]:
    """The rows that `store` would store, by table."""
    return {
        table.partition(" ")[0]: database.frame(connection, sa.text(select), load_id=load_id)
        for table, select in _ROWS.items()
    }


def dropped(connection: Connection) -> pd.DataFrame:
    """The figures that are stored and of which the new revisions say nothing: space_id, year, metric."""
    return pd.DataFrame(connection.execute(sa.text(_DROPPED)).all(), columns=["space_id", "year", "metric"])
