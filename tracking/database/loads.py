"""The audit line of everything that comes in: its number, source, bytes, who and when."""

import hashlib
from collections.abc import Iterator, Sequence
from datetime import datetime
from typing import Literal, NamedTuple

import sqlalchemy as sa
from sqlalchemy import Connection

from tracking import database

# Files held at one time: the most of them have some ten kilobytes, and one may have megabytes.
FEW = 500


class Document(NamedTuple):
    """A file that was loaded: the SHA-256 by which it is known, and its bytes."""

    sha256: str
    content: bytes

    @property
    def altered(self) -> bool:
        """Whether the bytes are others than those that were loaded. Raises TypeError where they are no bytes."""
        return sha256(self.content) != self.sha256


def sha256(content: bytes) -> str:
    """The SHA-256 of a file's bytes, in hexadecimal."""
    return hashlib.sha256(content).hexdigest()


def record(
    connection: Connection,
    kind: Literal["policy", "register", "filing", "rules", "closing", "review"],
    source: str,
    content: bytes,
    *,
    by: str,
    at: datetime | None = None,
) -> int:
    """Write the line of the next load and keep its bytes once; the new load's number.

    `at` is the machine's wall clock (default: now), kept to the second.
    """
    load_id = max(database.data_version(connection), *voided(connection), 0) + 1
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
        keep(connection, [Document(digest, content)])
    return load_id


def stored_at(connection: Connection, load_id: int) -> datetime | None:
    """When a load was stored, by the wall clock of the machine that did; None where there is no such load."""
    statement = sa.text("SELECT loaded_at FROM load WHERE load_id = :load_id")
    return database.value(connection, statement, {"load_id": load_id})  # type: ignore[no-any-return]


def voided(connection: Connection) -> list[int]:
    """The numbers that no load has or will have."""
    return list(connection.execute(sa.text("SELECT load_id FROM void_load ORDER BY load_id")).scalars().all())


def void(connection: Connection, numbers: Sequence[int]) -> None:
    """Never use these numbers again."""
    for number in numbers:
        insert = sa.text("INSERT INTO void_load VALUES (:load_id, LOCALTIMESTAMP)")
        connection.execute(insert, {"load_id": number})


def keep(connection: Connection, documents: Sequence[Document], table: str = "document") -> None:
    """Store files that are not there yet; `table` is theirs, of files that were loaded unless it is said."""
    insert = sa.text(f"INSERT INTO {table} VALUES (:sha256, :content)")
    connection.execute(insert, [document._asdict() for document in documents])


def documents(connection: Connection, table: str = "document") -> Iterator[list[Document]]:
    """Every file of a table, FEW at a time; of files that were loaded unless it is said."""
    # Asked for at once, DuckDB holds them all before it gives the first. In the order in which they are stored, the
    # next few lie side by side.
    stored = connection.execute(sa.text(f"SELECT sha256 FROM {table}")).scalars().all()
    few = sa.text(f"SELECT sha256, content FROM {table} WHERE sha256 IN :few")
    for at in range(0, len(stored), FEW):
        some: sa.BindParameter[str] = sa.bindparam("few", stored[at : at + FEW], expanding=True)
        rows = connection.execute(few.bindparams(some)).all()
        yield [Document(digest, bytes(content)) for digest, content in rows]


def batches(connection: Connection, size: int) -> list[tuple[str, str]]:
    """The first and the last space of each batch of `size`, in the database's own order; none without spaces."""
    spaces = connection.execute(sa.text("SELECT DISTINCT space_id FROM space ORDER BY space_id")).scalars().all()
    parts = [spaces[at : at + size] for at in range(0, len(spaces), size)]
    return [(part[0], part[-1]) for part in parts]
