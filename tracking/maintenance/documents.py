"""Every document read once more by the policy and the register of its day, and held against what is stored of it."""

from collections.abc import Iterator
from dataclasses import dataclass, replace
from typing import Literal

import pandas as pd
import sqlalchemy as sa
from sqlalchemy import Connection, Engine

from tracking import database
from tracking.access import acts
from tracking.database import seals
from tracking.filing import rereading
from tracking.policy import loading as policies
from tracking.words.problems import Refusal

# What loads of a kind store.
TABLES = {
    "policy": ("edition", *policies.TABLE_OF.values()),
    "register": ("space", "enrolment"),
    "filing": ("filing", "observation", "choice"),
}
_LOADS = sa.text("""
SELECT
    load.load_id,
    load.kind,
    load.source,
    document.content
FROM load
LEFT JOIN document
    ON load.sha256 = document.sha256
WHERE load.load_id = :load_id
""")
_NUMBERS = sa.text("SELECT load_id FROM load ORDER BY load_id")


@dataclass(frozen=True)
class Reread:
    """A load of which a document says something else than what is stored: how many rows are on one side alone.

    Its rows were altered since they came in, or this release reads the document otherwise than the one that loaded it;
    refused says that it would not take it in at all, and rows are then those stored.
    """

    load_id: int
    cause: Literal["altered", "otherwise", "refused"]
    rows: int


def differing(engine: Engine) -> list[Reread]:
    """Every load whose document is read otherwise than it is stored, in their order; takes as long as loading them.

    Raises DatabaseUnavailable, Forbidden but for the keeper.
    """
    acts.keepers(engine)
    standing = database.scratch()
    try:
        with database.reading(engine) as source:
            return database.rehearse(standing, lambda target: [each for each in _each(source, target) if each.rows])
    finally:
        standing.dispose()


def _each(source: Connection, target: Connection) -> Iterator[Reread]:
    altered, same_program = set(seals.findings(source).altered), seals.read_by_this(source)
    for load_id in source.execute(_NUMBERS).scalars().all():
        each = _differing(source, target, load_id, load_id in altered)
        # What this very program read, it cannot read otherwise.
        yield replace(each, cause="altered") if load_id in same_program else each


def _differing(source: Connection, target: Connection, load_id: int, altered: bool) -> Reread:
    """Read a load's document where the database stands as before it, then bring what was stored of it."""
    _, kind, name, content = source.execute(_LOADS, {"load_id": load_id}).one()
    try:
        read = _read(source, target, kind, name, bytes(content or b""), load_id)
    except Refusal:
        read = None
    for table in dict.fromkeys(("load", *TABLES.get(kind, ()), *(read or ()))):
        database.transfer(source, target, table, load_id, load_id - 1)
    if read is None:
        rows = sum(_stored(target, table, load_id) for table in TABLES[kind])
        return Reread(load_id, "altered" if altered else "refused", rows)
    apart = {table: count for table, rows in read.items() if (count := _apart(target, table, rows, load_id))}
    for table in apart if altered else ():
        # The loads behind it came to what was there then.
        target.execute(sa.text(f"DELETE FROM {table} WHERE load_id = :load_id"), {"load_id": load_id})
        database.append(target, table, read[table])
    return Reread(load_id, "altered" if altered else "otherwise", sum(apart.values()))


def _read(
    source: Connection, target: Connection, kind: str, name: str, content: bytes, load_id: int
) -> dict[str, pd.DataFrame]:
    if kind == "policy":
        return {table: rows.assign(load_id=load_id) for table, rows in policies.rows_of(name, content)}
    if kind == "register":
        return rereading.registered(target, content, name, load_id)
    if kind == "filing":
        return rereading.filed(target, source, content, name, load_id)
    # What follows from the loads before it has no document that anybody filed.
    return {}


def _stored(connection: Connection, table: str, load_id: int) -> int:
    statement = sa.text(f"SELECT COUNT(*) FROM {table} WHERE load_id = :load_id")
    return int(connection.execute(statement, {"load_id": load_id}).scalar_one())


def _apart(connection: Connection, table: str, rows: pd.DataFrame, load_id: int) -> int:
    """How many rows of a load are stored or read, but not both."""
    connection.execute(sa.text(f"CREATE TEMPORARY TABLE reread AS SELECT * FROM {table} WHERE FALSE"))
    database.append(connection, "reread", rows)
    stored = f"SELECT * FROM {table} WHERE load_id = {load_id:d}"
    counted = sa.text(
        f"SELECT COUNT(*) FROM (({stored} EXCEPT ALL SELECT * FROM reread) "
        f"UNION ALL (SELECT * FROM reread EXCEPT ALL {stored})) AS apart"
    )
    count = int(connection.execute(counted).scalar_one())
    connection.execute(sa.text("DROP TABLE reread"))
    return count
