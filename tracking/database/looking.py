"""What a connection shows: as of which day, of which spaces, and by which plans of a server."""

from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager
from datetime import date

import sqlalchemy as sa
from sqlalchemy import Connection

from tracking.database.drivers import is_server, run
from tracking.database.engine import Scope

# A server takes the same as settings of the transaction (server.sql): a replica takes no rows.
_SETTINGS = sa.text("""
SELECT
    set_config('tracking.day', CAST(:day AS TEXT), TRUE),
    set_config('tracking.scopes', CAST(CAST(:kinds AS TEXT[]) AS TEXT), TRUE),
    set_config('tracking.codes', CAST(CAST(:codes AS TEXT[]) AS TEXT), TRUE),
    set_config('tracking.limited_scopes', CAST(CAST(:limited_kinds AS TEXT[]) AS TEXT), TRUE),
    set_config('tracking.limited_codes', CAST(CAST(:limited_codes AS TEXT[]) AS TEXT), TRUE)
""")
_DAY = sa.text("INSERT INTO chosen_day VALUES (CAST(:day AS DATE))")
# How a server plans, and how it is to.
_PLANS = sa.text("SELECT current_setting('enable_nestloop'), current_setting('jit')")
_PLAN = sa.text("SELECT set_config('enable_nestloop', :nested, TRUE), set_config('jit', :compiled, TRUE)")
# The same where it judges everything.
_ROOMS = sa.text("SELECT current_setting('enable_mergejoin'), current_setting('work_mem')")
_ROOM = sa.text("SELECT set_config('enable_mergejoin', :merged, TRUE), set_config('work_mem', :room, TRUE)")
_LARGER = sa.text("SELECT CASE WHEN pg_size_bytes(:before) > pg_size_bytes(:room) THEN :before ELSE :room END")
_LARGE = "64MB"
# Of scopes that are shown whole, and of those of which approved filings alone are.
_VIEWERS = [
    sa.text(f"INSERT INTO {table} SELECT UNNEST(CAST(:kinds AS TEXT[])), UNNEST(CAST(:codes AS TEXT[]))")
    for table in ("chosen_viewer", "approved_viewer")
]


def count_anew(connection: Connection, tables: Iterable[str] = ()) -> None:
    """Let a server count its rows, of some tables or of all, for its plans: the views took 100 times as long by the
    counts of empty tables."""
    if is_server(connection):
        connection.execute(sa.text(f"ANALYZE {', '.join(tables)}"))


@contextmanager
def whole_tables(connection: Connection) -> Iterator[None]:
    """Let a server join whole tables, by plans as it makes them.

    It takes a view of views for few rows and joins them row by row, which took minutes for 60 spaces. Kept from that,
    it takes what stays nested for so dear that it compiles each query to machine code first: 20 times as long.
    """
    if not is_server(connection):
        yield
        return
    nested, compiled = connection.execute(_PLANS).one()
    connection.execute(_PLAN, {"nested": "off", "compiled": "off"})
    yield
    connection.execute(_PLAN, {"nested": nested, "compiled": compiled})


@contextmanager
def roomy(connection: Connection) -> Iterator[None]:
    """Let a server join what is large by hashes, each with _LARGE of memory where its keeper gave it less.

    It takes a view of views for a dozen rows, for which it sorts millions of figures by their texts, on the disk.
    """
    if not is_server(connection):
        yield
        return
    merged, before = connection.execute(_ROOMS).one()
    room = connection.execute(_LARGER, {"before": before, "room": _LARGE}).scalar_one()
    connection.execute(_ROOM, {"merged": "off", "room": room})
    yield
    connection.execute(_ROOM, {"merged": merged, "room": before})


def look(connection: Connection, scopes: Sequence[Scope], as_of: date | None = None) -> None:
    """Let every view tell of these spaces, as of a day, until the transaction is rolled back."""
    whole, limited = (
        {"kinds": [each.kind for each in some], "codes": [each.code for each in some]}
        for some in ([each for each in scopes if each.approved_only == part] for part in (False, True))
    )
    if is_server(connection):
        also = {f"limited_{name}": values for name, values in limited.items()}
        run(connection, _SETTINGS, day="" if as_of is None else as_of.isoformat(), **whole, **also)
        return
    if as_of is not None:
        run(connection, _DAY, day=as_of)
    for who, statement in zip((whole, limited), _VIEWERS, strict=True):
        if who["kinds"]:
            run(connection, statement, **who)


def look_away(connection: Connection) -> None:
    """What is kept of a transaction lets nobody else see; a server forgets its settings by itself."""
    if not is_server(connection):
        for table in ("chosen_viewer", "approved_viewer"):
            connection.execute(sa.text(f"DELETE FROM {table}"))
