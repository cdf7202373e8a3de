"""Roles over a scope, from a day until a day; each change ends the account's sessions, so that it holds at once."""

from datetime import date

import pandas as pd
import sqlalchemy as sa
from sqlalchemy import Connection, Engine

from tracking import database
from tracking.access import acts, people, sessions, trail
from tracking.access.people import SCOPES, Person, Role
from tracking.database import Kind, Scope

_INSERT = sa.text("""
INSERT INTO access_grant (
    access_grant, account, role, scope, code, from_day, until_day, given_by, given_at, provisional
)
VALUES (:number, :account, :role, :scope, :code, :from_day, :until_day, :given_by, :given_at, :provisional)
""")
_STANDING = sa.text("""
SELECT
    account.account,
    account.name,
    account.display,
    access_grant.access_grant,
    access_grant.role,
    access_grant.scope,
    access_grant.code,
    access_grant.from_day,
    access_grant.until_day,
    access_grant.provisional
FROM account
LEFT JOIN access_grant
    ON account.account = access_grant.account
    AND access_grant.ended_at IS NULL
WHERE account.ended_at IS NULL
ORDER BY
    account.name,
    access_grant.access_grant
""")
# What a code of a scope must be.
_KNOWN: dict[Kind, tuple[str, str]] = {
    "space": ("current_space", "space_id"),
    "district": ("current_space", "district"),
    "edition": ("current_edition", "edition"),
}


class UnusableScope(Exception):
    """A role is not given over that, or there is no such space, district or edition; `code` names it."""

    def __init__(self, code: str) -> None:
        super().__init__(code)
        self.code = code


def give(
    connection: Connection,
    engine: Engine,
    account: int,
    role: Role,
    scope: Scope,
    from_day: date | None = None,
    until_day: date | None = None,
    *,
    provisional: bool = False,
) -> None:
    """Give an account a role over a scope; an analyst also what is `provisional`. Raises Forbidden, UnusableScope."""
    if scope.kind not in SCOPES[role] or (scope.kind == "city") != (scope.code == ""):
        raise UnusableScope(scope.code or scope.kind)
    by = _over(connection, engine, role, scope)
    if scope.kind in _KNOWN:
        view, column = _KNOWN[scope.kind]
        known = sa.text(f"SELECT 1 FROM {view} WHERE {column} = :code LIMIT 1")
        if database.value(connection, known, {"code": scope.code}) is None:
            raise UnusableScope(scope.code)
    number = 1 + connection.execute(sa.text("SELECT COALESCE(MAX(access_grant), 0) FROM access_grant")).scalar_one()
    values = {"number": number, "account": account, "role": role, "scope": scope.kind, "code": scope.code}
    days = {"from_day": from_day or date.today(), "until_day": until_day}
    shown = not people.Grant(role, scope, provisional).approved_only
    given = {"given_by": by.account, "given_at": trail.now(), "provisional": shown}
    connection.execute(_INSERT, {**values, **days, **given})
    sessions.end_all(connection, account)
    also = " provisional" if provisional else ""
    trail.note(connection, by.account, "grant", f"{account} {role} {scope.kind} {scope.code}".strip() + also)


def take(connection: Connection, engine: Engine, number: int) -> None:
    """End a grant by its number. Raises Forbidden."""
    row = connection.execute(
        sa.text(
            "SELECT account, role, scope, code FROM access_grant WHERE access_grant = :number AND ended_at IS NULL"
        ),
        {"number": number},
    ).one_or_none()
    if row is None:
        return
    by = _over(connection, engine, row.role, Scope(row.scope, row.code))
    statement = sa.text("UPDATE access_grant SET ended_at = :now WHERE access_grant = :number")
    connection.execute(statement, {"now": trail.now(), "number": number})
    sessions.end_all(connection, row.account)
    trail.note(connection, by.account, "grant-ended", f"{row.account} {row.role} {row.scope} {row.code}".strip())


def standing(connection: Connection, engine: Engine) -> pd.DataFrame:
    """Who may do what: a row per account and grant. Raises Forbidden.

    Columns account, name, display, access_grant, role, scope, code, from_day, until_day, provisional (whether what is
    not approved is shown by it); empty from access_grant on for who has none. A district reviewer is told of the
    operators of the district's spaces, and of who has no grant yet.
    """
    by = acts.check(connection, engine, "people")
    rows = database.frame(connection, _STANDING).astype({"access_grant": "Int64", "provisional": "boolean"})
    if "administrator" in by.roles:
        return rows
    seen = {
        str(space_id)
        for space_id in set(rows["code"].dropna())
        if _covers(connection, by, Scope("space", str(space_id)))
    }
    mine = rows["access_grant"].isna() | ((rows["role"] == "operator") & rows["code"].isin(seen))
    return rows[mine].reset_index(drop=True)


def scopes(engine: Engine, role: Role) -> list[Scope]:
    """Everything that a person can give a role over, as the register and the policies of now have it.

    An administrator any; a district reviewer the district's spaces. Raises Forbidden.
    """
    found = [database.CITY] if "city" in SCOPES[role] else []
    with database.reading(engine) as connection:
        by = acts.check(connection, engine, "people")
        for kind, (view, column) in _KNOWN.items():
            if kind in SCOPES[role]:
                statement = sa.text(f"SELECT DISTINCT {column} FROM {view} ORDER BY {column}")
                codes = connection.execute(statement).scalars().all()
                found += [Scope(kind, str(code)) for code in codes]
        if "administrator" in by.roles:
            return found
        return [each for each in found if role == "operator" and _covers(connection, by, each)]


def _over(connection: Connection, engine: Engine, role: Role, scope: Scope) -> Person:
    """Who gives or takes a role over a scope: an administrator any; a district reviewer that of an operator of a space
    of the district. Raises Forbidden."""
    by = acts.check(connection, engine, "people")
    if "administrator" in by.roles:
        return by
    if role != "operator" or not _covers(connection, by, scope):
        raise acts.Forbidden("people")
    return by


def _covers(connection: Connection, by: Person, scope: Scope) -> bool:
    held = [each.scope for each in by.grants if each.role in acts.MAY["people"]]
    return scope.kind == "space" and people.covers(connection, held, [scope.code])
