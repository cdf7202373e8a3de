"""Looking after accounts and grants, each in a transaction of its own: what the page and the command line do.

Whoever acts is who the engine was given to. Everything here raises Forbidden and DatabaseUnavailable.
"""

from datetime import date

import pandas as pd
from sqlalchemy import Connection, Engine

from tracking import database
from tracking.access import accounts, acts, grants
from tracking.access import trail as trails
from tracking.access.people import Role
from tracking.access.trail import Head
from tracking.database import Scope


def add(engine: Engine, name: str, display: str = "") -> str:
    """Make an account; its first password. Raises UnusableName."""
    return database.write_beside(engine, lambda connection: accounts.add(connection, engine, name, display))


def end(engine: Engine, name: str) -> None:
    """End an account with its sessions and tokens. Raises UnknownAccount."""

    def work(connection: Connection) -> None:
        accounts.end(connection, engine, accounts.number_of(connection, name))

    database.write_beside(engine, work)


def reset(engine: Engine, name: str) -> str:
    """A new first password for an account. Raises UnknownAccount."""

    def work(connection: Connection) -> str:
        return accounts.reset(connection, engine, accounts.number_of(connection, name))

    return database.write_beside(engine, work)


def give(
    engine: Engine,
    name: str,
    role: Role,
    scope: Scope,
    from_day: date | None = None,
    until_day: date | None = None,
) -> None:
    """Give an account a role over a scope. Raises UnknownAccount, UnusableScope."""

    def work(connection: Connection) -> None:
        account = accounts.number_of(connection, name)
        grants.give(connection, engine, account, role, scope, from_day, until_day)

    database.write_beside(engine, work)


def take(engine: Engine, number: int) -> None:
    """End a grant by its number."""
    database.write_beside(engine, lambda connection: grants.take(connection, engine, number))


def standing(engine: Engine) -> pd.DataFrame:
    """Who may do what, as `grants.standing`."""
    with database.reading(engine) as connection:
        return grants.standing(connection, engine)


def trail(engine: Engine, most: int = 1_000) -> tuple[pd.DataFrame, Head]:
    """The latest lines of the audit trail, newest first, and its head."""
    with database.reading(engine) as connection:
        acts.check(connection, engine, "audit")
        return pd.DataFrame(trails.lines(connection, most), columns=list(trails.COLUMNS)), trails.head(connection)
