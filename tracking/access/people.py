"""A person with the grants of the moment, and the database as that person sees it."""

from collections.abc import Iterable
from contextvars import ContextVar
from dataclasses import dataclass
from typing import Literal, NamedTuple

import sqlalchemy as sa
from sqlalchemy import Connection, Engine

from tracking import database
from tracking.database import CITY, Scope
from tracking.words import spelling

Role = Literal["operator", "district_reviewer", "manager", "analyst", "administrator"]
ROLES: tuple[Role, ...] = ("operator", "district_reviewer", "manager", "analyst", "administrator")
# What each role is given over; an administrator looks after accounts, and sees no figures by that.
SCOPES: dict[Role, tuple[str, ...]] = {
    "operator": ("space",),
    "district_reviewer": ("district",),
    "manager": ("city", "edition"),
    "analyst": ("city", "district", "edition"),
    "administrator": ("city",),
}
_SEES_NOTHING: tuple[Role, ...] = ("administrator",)
# Who has to do with spaces themselves and not with figures alone: these see whom to call.
_CALLS: tuple[Role, ...] = ("operator", "district_reviewer", "manager")
# Who sees what is approved, and anything else only where the grant says so.
_APPROVED_ONLY: tuple[Role, ...] = ("analyst",)
_PERSON = "tracking_person"

# A row per grant of this moment, one without a role where there is none.
_AS_OF_NOW = sa.text("""
SELECT
    account.name,
    account.display,
    access_grant.role,
    access_grant.scope,
    access_grant.code,
    access_grant.provisional
FROM account
LEFT JOIN access_grant
    ON account.account = access_grant.account
    AND access_grant.ended_at IS NULL
    AND access_grant.from_day <= CURRENT_DATE
    AND (access_grant.until_day IS NULL OR access_grant.until_day >= CURRENT_DATE)
WHERE
    account.account = :account
    AND account.ended_at IS NULL
ORDER BY
    access_grant.role,
    access_grant.scope,
    access_grant.code
""")


class Grant(NamedTuple):
    """A role over a scope; `provisional`: of an analyst, whether what is not approved is shown as well."""

    role: Role
    scope: Scope
    provisional: bool = False

    @property
    def approved_only(self) -> bool:
        """Whether nothing is seen by it but what rests on approved filings."""
        return self.role in _APPROVED_ONLY and not self.provisional


@dataclass(frozen=True)
class Person:
    """Somebody: `account` is the number here, None for who needs none: the machine's keeper, or the one at it."""

    account: int | None
    name: str
    display: str = ""
    grants: tuple[Grant, ...] = ()

    @property
    def visible(self) -> tuple[Scope, ...]:
        """The spaces that the grants let the person see; where one shows more of them than another, the more."""
        seeing = [each for each in self.grants if each.role not in _SEES_NOTHING]
        whole = dict.fromkeys(each.scope for each in seeing if not each.approved_only)
        if CITY in whole:
            return tuple(whole)
        rest = dict.fromkeys(each.scope for each in seeing if each.approved_only and each.scope not in whole)
        return (*whole, *(each._replace(approved_only=True) for each in rest))

    @property
    def callable(self) -> tuple[Scope, ...]:
        """The spaces whose contacts the grants let the person see."""
        return tuple(dict.fromkeys(each.scope for each in self.grants if each.role in _CALLS))

    @property
    def roles(self) -> tuple[Role, ...]:
        """The roles held over anything."""
        return tuple(dict.fromkeys(each.role for each in self.grants))


NOBODY = Person(None, "nobody")
# Whoever can read the database's address; and, where nobody has an account, the one at this machine.
KEEPER = Person(None, "keeper", grants=tuple(Grant(role, CITY) for role in ROLES))
LOCAL = Person(None, "local", grants=KEEPER.grants)

# For whom the request is answered that is being answered.
current: ContextVar[Person] = ContextVar("current", default=NOBODY)


def seen_as(person: Person, role: Role, scope: Scope) -> Person:
    """The one at this machine, with the eyes and hands of a role alone."""
    return Person(person.account, person.name, person.display, (Grant(role, scope),))


def as_of_now(connection: Connection, account: int) -> Person | None:
    """An account with the grants that it has at this moment; None where it has ended or never was."""
    rows = connection.execute(_AS_OF_NOW, {"account": account}).all()
    if not rows:
        return None
    grants = tuple(
        Grant(each.role, Scope(each.scope, each.code), bool(each.provisional)) for each in rows if each.role is not None
    )
    return Person(account, rows[0].name, rows[0].display, grants)


def named(connection: Connection, name: str) -> Person | None:
    """An account by its name, with the grants of this moment; None where there is none."""
    statement = sa.text("SELECT account FROM account WHERE name = :name AND ended_at IS NULL")
    account = database.value(connection, statement, {"name": spelling.folded(name)})
    return None if account is None else as_of_now(connection, int(account))


def seen_by(engine: Engine, person: Person) -> Engine:
    """The database as a person sees it; what is done through it is done by that person."""
    return database.seen_by(engine, person.visible).execution_options(**{_PERSON: person})


def person_of(engine: Engine) -> Person:
    """Who looks and acts through an engine: the keeper where it was opened by its address, else who it was given to."""
    if database.opened(engine) is engine:
        return KEEPER
    return engine.get_execution_options().get(_PERSON, NOBODY)  # type: ignore[no-any-return]


def approved_only(engine: Engine) -> bool:
    """Whether of some of what whoever looks sees, nothing is shown but what rests on approved filings."""
    return any(each.approved_only for each in database.scopes(engine))


def approved_alone(engine: Engine) -> bool:
    """Whether that is so of all that whoever looks sees."""
    return all(each.approved_only for each in database.scopes(engine)) and approved_only(engine)


def covers(connection: Connection, scopes: Iterable[Scope], spaces: Iterable[str]) -> bool:
    """Whether scopes hold every one of some spaces, by the register of now."""
    wanted = set(spaces)
    return among(connection, scopes, wanted) == wanted


def among(connection: Connection, scopes: Iterable[Scope], spaces: Iterable[str]) -> set[str]:
    """Those of some spaces that scopes hold, by the register of now."""
    wanted, held = set(spaces), {Scope(each.kind, each.code) for each in scopes}
    if CITY in held:
        return wanted
    found = wanted & {each.code for each in held if each.kind == "space"}
    others = [each for each in held if each.kind != "space"]
    if found == wanted or not others:
        return found
    return found | (wanted & _held(connection, others))


def _held(connection: Connection, scopes: Iterable[Scope]) -> set[str]:
    found: set[str] = set()
    for kind, code, _ in scopes:
        view, column = {"district": ("current_space", "district"), "edition": ("current_enrolment", "edition")}[kind]
        chosen: sa.ColumnElement[str] = sa.column(column)
        named: sa.Select[str] = sa.select(sa.column("space_id")).select_from(sa.table(view)).where(chosen == code)
        found |= set(connection.execute(named).scalars().all())
    return found


def anybody(engine: Engine) -> bool:
    """Whether anybody has an account: until then the server is one person's own."""
    return database.remembered(engine, "anybody", any_account)


def any_account(connection: Connection) -> bool:
    """As `anybody`, on a connection."""
    return database.value(connection, sa.text("SELECT 1 FROM account LIMIT 1")) is not None
