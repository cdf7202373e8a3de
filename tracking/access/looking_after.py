"""Looking after accounts and grants, each in a transaction of its own: what the page and the command line do.

Whoever acts is who the engine was given to. Everything here raises Forbidden and DatabaseUnavailable.
"""

from collections.abc import Mapping, Sequence
from datetime import date

import pandas as pd
from sqlalchemy import Connection, Engine

from tracking import database
from tracking.access import accounts, acts, grants
from tracking.access import trail as trails
from tracking.access.people import Role
from tracking.access.trail import Event, Head
from tracking.database import Scope

# What a list says of who sees what is not approved.
_YES = ("yes", "true", "1", "是", "y")


def add(engine: Engine, name: str, display: str = "", password: str | None = None) -> str:
    """Make an account; its first password, unless it is given one to keep. Raises UnusableName."""
    return database.write_beside(engine, lambda connection: accounts.add(connection, engine, name, display, password))


def bring(engine: Engine, rows: Sequence[Mapping[str, str]]) -> dict[str, str]:
    """Make accounts and grants, all of them or none; first passwords by name. An account may stand in several rows.

    Rows have name, display, role, scope, code and, where there are analysts who see what is not approved, provisional.
    Raises UnusableName, UnusableScope.
    """

    def work(connection: Connection) -> dict[str, str]:
        made: dict[str, str] = {}
        for row in rows:
            if row["name"] not in made:
                made[row["name"]] = accounts.add(connection, engine, row["name"], row["display"])
            account = accounts.number_of(connection, row["name"])
            scope = Scope(row["scope"], row["code"])  # type: ignore[arg-type]
            provisional = (row.get("provisional") or "").strip().lower() in _YES
            role: Role = row["role"]  # type: ignore[assignment]
            grants.give(connection, engine, account, role, scope, provisional=provisional)
        return made

    return database.write_beside(engine, work)


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


def turn_off_codes(engine: Engine, name: str) -> None:
    """Let an account sign in without one-time codes, whose phone is lost. Raises UnknownAccount."""

    def work(connection: Connection) -> None:
        accounts.turn_off(connection, engine, accounts.number_of(connection, name))

    database.write_beside(engine, work)


def give(
    engine: Engine,
    name: str,
    role: Role,
    *scopes: Scope,
    from_day: date | None = None,
    until_day: date | None = None,
    provisional: bool = False,
) -> None:
    """Give an account a role over scopes, over all of them or none; an analyst also what is `provisional`.

    Raises UnknownAccount, UnusableScope.
    """

    def work(connection: Connection) -> None:
        account = accounts.number_of(connection, name)
        for scope in scopes:
            grants.give(connection, engine, account, role, scope, from_day, until_day, provisional=provisional)

    database.write_beside(engine, work)


def take(engine: Engine, number: int) -> None:
    """End a grant by its number."""
    database.write_beside(engine, lambda connection: grants.take(connection, engine, number))


def take_roles(engine: Engine, name: str, roles: Sequence[Role]) -> None:
    """End every grant of some roles that an account has. Raises UnknownAccount."""

    def work(connection: Connection) -> None:
        account = accounts.number_of(connection, name)
        rows = grants.standing(connection, engine)
        held = rows[(rows["account"] == account) & rows["role"].isin(roles)]
        if held.empty:
            # Nothing would be taken, and nobody is told that it was.
            raise acts.Forbidden("people")
        for row in held.itertuples(index=False):
            grants.take(connection, engine, int(row.access_grant))

    database.write_beside(engine, work)


def standing(engine: Engine) -> pd.DataFrame:
    """Who may do what, as `grants.standing`."""
    with database.reading(engine) as connection:
        return grants.standing(connection, engine)


def trail_holds(engine: Engine, printed: Head | None = None) -> bool:
    """Whether every line of the trail follows from the one before, and it goes through a head printed earlier."""
    with database.reading(engine) as connection:
        acts.check(connection, engine, "audit")
        return not trails.broken(connection) and (printed is None or trails.stands(connection, printed))


def trail(
    engine: Engine,
    most: int = 1_000,
    *,
    events: Sequence[Event] = (),
    account: int | None = None,
    first: date | None = None,
    last: date | None = None,
) -> tuple[pd.DataFrame, Head]:
    """The latest lines of the audit trail, newest first, chosen as by `trail.lines`; and its head."""
    with database.reading(engine) as connection:
        acts.check(connection, engine, "audit")
        found = trails.lines(connection, most, events=events, account=account, first=first, last=last)
        lines = pd.DataFrame(found, columns=list(trails.COLUMNS))
        return lines.astype({"account": "Int64"}), trails.head(connection)
