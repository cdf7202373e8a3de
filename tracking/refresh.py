"""The stored judgement, recomputed for the spaces that a load touched, and held against its definition."""

from collections.abc import Sequence

import sqlalchemy as sa
from sqlalchemy import Connection

# Stored table and the view that defines it, in the order in which each rests on the one before.
STORED = {
    "stored_attainment": "defined_attainment",
    "stored_year": "defined_year",
    "stored_outcome": "defined_outcome",
}

# One space's rows take some 15 ms by themselves; past this many, all spaces at once is quicker.
ONE_BY_ONE = 20


def refresh(connection: Connection, space_ids: Sequence[str] | None = None) -> None:
    """Recompute the stored judgement of these spaces, of all where None, in the connection's transaction."""
    if space_ids is None or len(space_ids) > ONE_BY_ONE:
        for table, view in STORED.items():
            connection.execute(sa.text(f"DELETE FROM {table}"))
            connection.execute(sa.text(f"INSERT INTO {table} SELECT * FROM {view}"))
        return
    for space_id in space_ids:
        for table, view in STORED.items():
            one = {"space": space_id}
            connection.execute(sa.text(f"DELETE FROM {table} WHERE space_id = :space"), one)
            connection.execute(sa.text(f"INSERT INTO {table} SELECT * FROM {view} WHERE space_id = :space"), one)


def differences(connection: Connection) -> dict[str, int]:
    """By stored table, how many rows are in it or in its defining view but not in both; no entry where none."""
    found = {}
    for table, view in STORED.items():
        counted = sa.text(
            f"SELECT COUNT(*) FROM ("
            f"(SELECT * FROM {table} EXCEPT ALL SELECT * FROM {view}) UNION ALL "
            f"(SELECT * FROM {view} EXCEPT ALL SELECT * FROM {table})) AS differing"
        )
        if count := connection.execute(counted).scalar_one():
            found[table] = int(count)
    return found
