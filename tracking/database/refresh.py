"""The stored judgement, recomputed for the spaces that a load touched, and held against its definition."""

from collections.abc import Callable, Sequence

import sqlalchemy as sa
from sqlalchemy import Connection, Engine

from tracking import database
from tracking.database import upgrades
from tracking.database.drivers import is_server
from tracking.database.loads import batches
from tracking.database.looking import roomy
from tracking.database.rows import alike

# Stored table and the view that defines it, in the order in which each rests on the one before.
STORED = {
    "stored_provisional": "defined_provisional",
    "stored_open_years": "defined_open_years",
    "stored_attainment": "defined_attainment",
    "stored_year": "defined_year",
    "stored_outcome": "defined_outcome",
    "stored_verdict": "defined_verdict",
    "stored_effect": "defined_effect",
}

_IN_USE = sa.text("SELECT in_use FROM review_in_use")

# Those that say what review has not approved: they follow its acts as well.
_OF_REVIEW = ("stored_provisional", "stored_open_years", "stored_effect")

# One space by itself takes as long as so many in a refresh of everything, which has a fixed cost of its own:
# measured from 32 to 10,000 spaces on DuckDB.
ONE_COSTS = 50
WHOLE_COSTS = 200


# What review has not approved is found of so few spaces one by one; of more, of so many at one time.
FEW, TOGETHER = 5, 500

# Spaces judged at one time where all are: what is held in memory does not grow with the country, and the rows of a
# space come to lie together, where a question about one space finds them. A server holds no more than it is allowed to:
# it judges all at one time, since for the spaces of a batch it reads the figures of all.
BATCH = 4_000


def refresh(connection: Connection, space_ids: Sequence[str] | None = None) -> None:
    """Recompute the stored judgement of these spaces, of all where None, in the connection's transaction."""
    if space_ids is None or ONE_COSTS * len(space_ids) > WHOLE_COSTS + _spaces(connection):
        database.count_anew(connection)
        # Where nothing is reviewed, those that follow review are empty: to find that out took a twentieth of all.
        empty = () if review_in_use(connection) else _OF_REVIEW
        with database.whole_tables(connection), roomy(connection):
            for table, view in STORED.items():
                connection.execute(sa.text(f"DELETE FROM {table}"))
                if table not in empty:
                    _store_all(connection, table, view)
        database.count_anew(connection, STORED)
        return
    for table in STORED:
        if table not in _OF_REVIEW:
            _recompute(connection, table, space_ids)
    reviewed(connection, space_ids)


def _store_all(connection: Connection, table: str, view: str) -> None:
    if is_server(connection):
        connection.execute(sa.text(f"INSERT INTO {table} SELECT * FROM {view} ORDER BY space_id"))
        return
    some = sa.text(
        f"INSERT INTO {table} SELECT * FROM {view} WHERE space_id BETWEEN :first AND :last ORDER BY space_id"
    )
    for first, last in batches(connection, BATCH):
        connection.execute(some, {"first": first, "last": last})


def review_in_use(connection: Connection) -> bool:
    """Whether filings are reviewed at all: where not, nothing is locked, provisional or withheld."""
    return bool(connection.execute(_IN_USE).scalar_one())


def reviewed(connection: Connection, space_ids: Sequence[str]) -> None:
    """Recompute which filings of these spaces are provisional: of all where review is only now in use."""
    if not review_in_use(connection):
        return
    if connection.execute(sa.text(f"SELECT 1 FROM {_OF_REVIEW[0]} LIMIT 1")).first() is None:
        for table in _OF_REVIEW:
            connection.execute(sa.text(f"INSERT INTO {table} SELECT * FROM {STORED[table]} ORDER BY space_id"))
        return
    for table in _OF_REVIEW:
        _recompute(connection, table, space_ids)


def _recompute(connection: Connection, table: str, space_ids: Sequence[str]) -> None:
    # One by itself is found without looking at others; but hundreds are approved at once, each planned anew.
    one_by_one = len(space_ids) <= FEW or table not in _OF_REVIEW
    several, condition = (1, "= :spaces") if one_by_one else (TOGETHER, "IN :spaces")
    spaces: sa.BindParameter[object] = sa.bindparam("spaces", expanding=not one_by_one)
    statements = [
        sa.text(f"{statement} WHERE space_id {condition}").bindparams(spaces)
        for statement in (f"DELETE FROM {table}", f"INSERT INTO {table} SELECT * FROM {STORED[table]}")
    ]
    for first in range(0, len(space_ids), several):
        some = list(space_ids[first : first + several])
        for statement in statements:
            connection.execute(statement, {"spaces": some[0] if one_by_one else some})


def follow_schema(engine: Engine, note: Callable[[Connection], None] | None = None) -> None:
    """Judge everything anew where it was last judged by another `schema.sql`, and do what is to be noted of it then.

    Raises DatabaseUnavailable.
    """
    rules = database.rules()

    def work(connection: Connection) -> None:
        if upgrades.judged_by(connection) == rules:
            return
        refresh(connection)
        upgrades.note_rules(connection, rules)
        if note is not None:
            note(connection)

    database.write(engine, work)


def _spaces(connection: Connection) -> int:
    return int(connection.execute(sa.text("SELECT COUNT(DISTINCT space_id) FROM space")).scalar_one())


def differences(connection: Connection) -> dict[str, int]:
    """By stored table, how many rows are in it or in its defining view but not in both; no entry where none."""
    found = {}
    for table, view in STORED.items():
        with database.whole_tables(connection):
            if alike(connection, table, view):
                continue
            counted = sa.text(
                f"SELECT COUNT(*) FROM ("
                f"(SELECT * FROM {table} EXCEPT ALL SELECT * FROM {view}) UNION ALL "
                f"(SELECT * FROM {view} EXCEPT ALL SELECT * FROM {table})) AS differing"
            )
            count = int(connection.execute(counted).scalar_one())
        if count:
            found[table] = count
    return found
