"""What a file says, laid into tables of its own beside what is stored, for as long as one transaction lasts."""

from collections.abc import Container

import numpy as np
import pandas as pd
import sqlalchemy as sa
from sqlalchemy import Connection

from tracking import database

# What came in, beside what is stored, for as long as the transaction lasts. `scaled` is the figure × 10,000.
_TABLES = (
    """
    CREATE TEMPORARY TABLE incoming_filing (
        space_id TEXT COLLATE "C" NOT NULL,
        year INTEGER NOT NULL,
        again BOOLEAN NOT NULL
    )
    """,
    """
    CREATE TEMPORARY TABLE incoming_observation (
        space_id TEXT COLLATE "C" NOT NULL,
        year INTEGER NOT NULL,
        metric TEXT COLLATE "C" NOT NULL,
        scaled BIGINT,
        evidence TEXT,
        note TEXT
    )
    """,
    """
    CREATE TEMPORARY VIEW incoming AS
    SELECT
        space_id,
        year,
        metric,
        CAST(CAST(scaled AS DECIMAL(20, 0)) * 0.0001 AS DECIMAL(18, 4)) AS value,
        evidence,
        note
    FROM incoming_observation
    """,
    """
    CREATE TEMPORARY TABLE latest (
        space_id TEXT COLLATE "C" NOT NULL,
        year INTEGER NOT NULL,
        revision INTEGER NOT NULL
    )
    """,
    """
    CREATE TEMPORARY TABLE stored (
        space_id TEXT COLLATE "C" NOT NULL,
        year INTEGER NOT NULL,
        metric TEXT COLLATE "C" NOT NULL,
        value DECIMAL(18, 4),
        evidence TEXT,
        note TEXT
    )
    """,
)
_FORGET = (
    "TABLE IF EXISTS incoming_revision",
    "TABLE IF EXISTS stored",
    "TABLE IF EXISTS latest",
    "VIEW IF EXISTS incoming",
    "TABLE IF EXISTS incoming_observation",
    "TABLE IF EXISTS incoming_filing",
)


def lay(
    connection: Connection,
    filings: pd.DataFrame,
    observations: pd.DataFrame,
    again: Container[tuple[str, int]] = frozenset(),
) -> None:
    """Lay filings and their observations into tables, until `forget`; `again` are filed once more as they are."""
    for statement in _TABLES:
        connection.execute(sa.text(statement))
    keys = filings[["space_id", "year"]]
    wanted = [(space_id, int(year)) in again for space_id, year in keys.to_numpy()] if again else False
    database.append(connection, "incoming_filing", keys.assign(again=wanted))
    columns = ["space_id", "year", "metric", "value", "evidence", "note"]
    ordered = observations[columns].iloc[_order(observations)].rename(columns={"value": "scaled"})
    database.append(connection, "incoming_observation", ordered)


def _order(observations: pd.DataFrame) -> np.ndarray:
    """The order of spaces, years and metrics, in which every load is sealed and read: quicker when it lies so."""
    if observations.empty:
        return np.arange(0)
    space, year, metric = (observations[name] for name in ("space_id", "year", "metric"))
    return np.lexsort((_ranks(metric), year.to_numpy("int64"), _ranks(space)))


def _ranks(texts: pd.Series) -> np.ndarray:
    """For each of some texts of few kinds, the place of its kind among all."""
    ranks: np.ndarray = np.argsort(np.argsort(texts.cat.categories.to_numpy(object)))[texts.cat.codes]
    return ranks


def forget(connection: Connection) -> None:
    """Take away what was laid, and what came of it."""
    for name in _FORGET:
        connection.execute(sa.text(f"DROP {name}"))
