"""A URL to an engine, and a database as somebody sees it.

Who opens a database by its address is its keeper and sees all of it; `seen_by` is the same database as somebody else
sees it, and every reading of it shows those spaces alone.
"""

import re
import uuid
from collections.abc import Iterable
from contextlib import nullcontext
from pathlib import Path
from typing import Literal, NamedTuple

import duckdb
import sqlalchemy as sa
from sqlalchemy import Engine
from sqlalchemy.engine import URL, make_url
from sqlalchemy.exc import ArgumentError, DBAPIError, NoSuchModuleError

from tracking.database import placing, servers, steps, timing
from tracking.database.drivers import close_before_the_end, plan_quickly
from tracking.database.unavailable import DatabaseUnavailable, reason, shown

DEFAULT_URL = "duckdb:///data/tracking.duckdb"

# With SQLAlchemy's default of 5 + 10 connections, 16 readers let one writer through in 4 seconds.
POOL_SIZE = 20
# Why a database may not be used as it stands.
_UNUSABLE = {"nothing": "missing", "older": "older", "newer": "newer"}
# The names of a memory that nobody has had yet.
_FRESH = (None, "", ":memory:")


# The password in an address that cannot be taken apart.
_PASSWORD = re.compile(r"\A([^/]*//[^:/@]*:).*(@)")

Kind = Literal["city", "district", "edition", "space"]


class Scope(NamedTuple):
    """Spaces that somebody may see: all of them (city), or those of a district, of an edition, or one by its ID.

    `approved_only`: of what was filed for them, what is approved alone.
    """

    kind: Kind
    code: str = ""
    approved_only: bool = False


CITY = Scope("city")
_VISIBLE, OPENED = "tracking_visible", "tracking_opened"


def connect(url: str = DEFAULT_URL, *, create: bool = False) -> Engine:
    """An engine on a database that answers. `duckdb://` alone is a fresh one in memory.

    Raises DatabaseUnavailable, also for a newer one; without `create`, also where there is no database of ours yet,
    or an older one, which `initialise` brings up.
    """
    try:
        address = make_url(url)
        options = {_VISIBLE: (CITY,)}
        engine = sa.create_engine(_located(address, create), pool_size=POOL_SIZE, execution_options=options)
        close_before_the_end(engine)
        plan_quickly(engine)
        timing.watch(engine)
        servers.refuse_look_alikes(engine)
    except (ArgumentError, NoSuchModuleError, ModuleNotFoundError, ValueError) as error:
        raise DatabaseUnavailable("url", _PASSWORD.sub(r"\1***\2", url), str(error)) from error
    except OSError as error:
        raise DatabaseUnavailable("place", shown(address), str(error)) from error
    try:
        # What has no file of its own waits for nobody who is writing one.
        private = placing.private() if placing.file_of(engine) else nullcontext()
        with private, engine.connect() as connection:
            # In a fresh memory is nothing; to look takes a third as long as to make it.
            fresh = engine.dialect.name == "duckdb" and address.database in _FRESH
            standing = "nothing" if fresh else steps.standing(connection)
            unusable = _UNUSABLE.get(standing) if standing == "newer" or not create else None
            version = steps.version(connection) if unusable else None
    except (DBAPIError, duckdb.Error) as error:
        engine.dispose()
        raise DatabaseUnavailable(reason(error), shown(address), str(error)) from error
    except servers.LookAlike as error:
        engine.dispose()
        raise DatabaseUnavailable("look-alike", shown(address), str(error)) from error
    if unusable:
        engine.dispose()
        raise DatabaseUnavailable(unusable, shown(address), str(version))
    return engine


def seen_by(engine: Engine, scopes: Iterable[Scope]) -> Engine:
    """The same database, of which every reading shows these spaces alone; without a scope none."""
    whole = opened(engine)
    return whole.execution_options(**{_VISIBLE: tuple(dict.fromkeys(scopes)), OPENED: whole})


def opened(engine: Engine) -> Engine:
    """The engine that was opened, whoever it is looked at by: what is kept for all is kept by it."""
    return engine.get_execution_options().get(OPENED, engine)  # type: ignore[no-any-return]


def scopes(engine: Engine) -> tuple[Scope, ...]:
    """What is seen of the database through this engine."""
    return engine.get_execution_options().get(_VISIBLE, ())  # type: ignore[no-any-return]


def _located(address: URL, create: bool) -> URL:
    """The address with its file's folder there, and a memory that all connections of the engine share."""
    if address.get_backend_name() == "postgresql":
        return address
    if address.get_backend_name() != "duckdb":
        raise DatabaseUnavailable("url", shown(address))
    if address.database in _FRESH:
        return address.set(database=f":memory:{uuid.uuid4().hex}")
    if not address.database.startswith(":memory:"):
        path = Path(address.database)
        if not create and not path.exists():
            raise DatabaseUnavailable("missing", shown(address))
        path.parent.mkdir(parents=True, exist_ok=True)
    return address
