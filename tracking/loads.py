"""The audit line of everything that comes in: its number, source, bytes, who and when."""

import hashlib
from collections.abc import Iterator
from datetime import datetime
from typing import Literal

import pandas as pd
import sqlalchemy as sa
from sqlalchemy import Connection

from tracking import database

# Files held at one time: the most of them have some ten kilobytes, and one may have megabytes.
FEW = 500


def sha256(content: bytes) -> str:
    """The SHA-256 of a file's bytes, in hexadecimal."""
    return hashlib.sha256(content).hexdigest()


def record(
    connection: Connection,
    kind: Literal["policy", "register", "filing"],
    source: str,
    content: bytes,
    *,
    by: str,
    at: datetime | None = None,
) -> int:
    """Write the line of the next load and keep its bytes once; the new load's number.

    `at` is the machine's wall clock (default: now), kept to the second.
    """
    load_id = database.data_version(connection) + 1
    digest = sha256(content)
    connection.execute(
        sa.text("INSERT INTO load VALUES (:load_id, :kind, :source, :sha256, :by, :at)"),
        {
            "load_id": load_id,
            "kind": kind,
            "source": source,
            "sha256": digest,
            "by": by,
            "at": (at or datetime.now()).replace(microsecond=0),
        },
    )
    kept = connection.execute(sa.text("SELECT 1 FROM document WHERE sha256 = :sha256"), {"sha256": digest}).all()
    if not kept:
        connection.execute(
            sa.text("INSERT INTO document VALUES (:sha256, :content)"), {"sha256": digest, "content": content}
        )
    return load_id


def documents(connection: Connection) -> Iterator[pd.DataFrame]:
    """Every file that was loaded, FEW in a frame: sha256, content."""
    # Asked for at once, DuckDB holds them all before it gives the first. In the order in which they are stored, the
    # next few lie side by side.
    stored = connection.execute(sa.text("SELECT sha256 FROM document")).scalars().all()
    few = sa.text("SELECT sha256, content FROM document WHERE sha256 IN :few")
    for at in range(0, len(stored), FEW):
        some: sa.BindParameter[str] = sa.bindparam("few", stored[at : at + FEW], expanding=True)
        yield database.frame(connection, few.bindparams(some))
