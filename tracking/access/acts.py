"""What may be done, and by which role: the one declaration, and the one function that every writer asks.

Seeing is no act: what a person sees follows from the grants by the database's own view of visible spaces.
"""

from collections.abc import Iterable
from typing import Literal

import sqlalchemy as sa
from sqlalchemy import Connection, Engine

from tracking import database
from tracking.access import people, trail
from tracking.access.people import Person, Role
from tracking.database import Scope

Act = Literal[
    "file", "check", "approve", "window", "except", "waive", "rectify", "register", "policy", "people", "audit",
    "close", "keep",
]  # fmt: skip
# An act on spaces needs the role over all of them, one on an edition over the edition, any other over the city.
MAY: dict[Act, tuple[Role, ...]] = {
    "file": ("operator",),
    # Either step of review, with what it gives back; approve also reopens.
    "check": ("district_reviewer",),
    "approve": ("manager",),
    # When filings are taken under an edition, and which spaces may file outside of it.
    "window": ("administrator", "manager"),
    "except": ("administrator", "manager"),
    # What is let pass beside its status, and what is to be put right.
    "waive": ("manager",),
    "rectify": ("district_reviewer", "manager"),
    "register": ("manager",),
    "policy": ("administrator",),
    "people": ("administrator", "district_reviewer"),
    "audit": ("administrator",),
    "close": ("manager",),
    # Backup, restore, copies, verifying: nobody's by a grant, but of whoever can open the database itself.
    "keep": (),
}


class Forbidden(Exception):
    """A person's grants do not cover what was to be done; nothing was. `act` names it."""

    def __init__(self, act: Act) -> None:
        super().__init__(act)
        self.act = act


# What is done to spaces; looking after people is to their grants, which may be none.
_TO_SPACES: tuple[Act, ...] = ("file", "check", "approve", "except", "waive", "rectify", "people")


def may(person: Person, act: Act) -> bool:
    """Whether a person holds a role that does this at all: what a page offers."""
    return any(each.role in MAY[act] for each in person.grants)


def held(engine: Engine, act: Act) -> Engine:
    """The database as whoever looks sees it by those grants alone that cover an act; none of its spaces without any."""
    person = people.person_of(engine)
    grants = tuple(each for each in person.grants if each.role in MAY[act])
    return people.seen_by(engine, Person(person.account, person.name, person.display, grants))


def check(
    connection: Connection, engine: Engine, act: Act, spaces: Iterable[str] = (), edition: str | None = None
) -> Person:
    """The person who acts through an engine, whose grants cover the act at this moment. Raises Forbidden."""
    person = people.person_of(engine)
    if person.account is not None:
        # The grants may have ended since the page was drawn.
        person = people.as_of_now(connection, person.account) or people.NOBODY
    scopes = [each.scope for each in person.grants if each.role in MAY[act]]
    if act in _TO_SPACES and edition is not None:
        # What is of one enrolment alone is not done by who has another edition's.
        scopes = [each for each in scopes if each.kind != "edition" or each.code == edition]
    if act in _TO_SPACES:
        covered = bool(scopes) and people.covers(connection, scopes, spaces)
    else:
        covered = database.CITY in scopes or (edition is not None and Scope("edition", edition) in scopes)
    if not covered:
        raise Forbidden(act)
    return person


def keepers(engine: Engine) -> None:
    """Refuse what is the keeper's alone to whoever does not look at the database as it was opened. Raises Forbidden."""
    if people.person_of(engine) is not people.KEEPER:
        raise Forbidden("keep")


def signature(engine: Engine, by: str) -> str:
    """Who stands to what is stored: an account by its own name; where there is none, whoever says so."""
    person = people.person_of(engine)
    return by if person.account is None else person.display or person.name


def sign(connection: Connection, engine: Engine, load_id: int) -> bool:
    """Keep with a load which account brought it, for four eyes; False, and nothing kept, where it was none."""
    person = people.person_of(engine)
    if person.account is None:
        return False
    insert = sa.text("INSERT INTO author (load_id, account) VALUES (:load_id, :account)")
    connection.execute(insert, {"load_id": load_id, "account": person.name})
    return True


def noted(engine: Engine, event: trail.Event, subject: str) -> None:
    """Write into the trail what the person who acts through an engine has done."""
    account = people.person_of(engine).account
    database.write_beside(engine, lambda connection: trail.note(connection, account, event, subject))


def downloaded(engine: Engine, what: str) -> None:
    """Write into the trail that an account has fetched a file; who has none could read the database itself."""
    if people.person_of(engine).account is not None:
        noted(engine, "download", what)
