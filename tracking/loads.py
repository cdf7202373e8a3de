"""The audit line of everything that comes in: its number, source, bytes, who and when."""

import hashlib
from datetime import datetime
from typing import Literal

import sqlalchemy as sa
from sqlalchemy import Connection

from tracking import database


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
