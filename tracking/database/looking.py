"""What a connection shows: as of which day, of which spaces, and by which plans of a server."""

from collections.abc import Iterator, Sequence
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
# Of scopes that are shown whole, and of those of which approved filings alone are.
_VIEWERS = [
    sa.text(f"INSERT INTO {table} SELECT UNNEST(CAST(:kinds AS TEXT[])), UNNEST(CAST(:codes AS TEXT[]))")
    for table in ("chosen_viewer", "approved_viewer")
]


def count_anew(connection: Connection) -> None:
    """Let a server count its rows, for its plans: the views took 100 times as long by the counts of empty tables."""
    if is_server(connection):
        connection.execute(sa.text("ANALYZE"))


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
