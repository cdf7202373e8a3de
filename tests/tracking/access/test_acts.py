"""The table role by act, every cell, the denied ones first: as it was declared to the city, not as the code has it."""

from itertools import product

import pytest
import sqlalchemy as sa
from sqlalchemy import Engine

from tracking import database
from tracking.access import acts, looking_after, people
from tracking.access.acts import Act, Forbidden
from tracking.access.people import Role
from tracking.database import CITY, Scope

# What each role is given over here, and the acts that it covers.
GIVEN: dict[Role, tuple[Scope, set[Act]]] = {
    "operator": (Scope("space", "S1"), {"file"}),
    "district_reviewer": (Scope("district", "北区"), {"people", "check"}),
    "manager": (CITY, {"register", "close", "approve", "window", "except"}),
    "analyst": (CITY, set()),
    "administrator": (CITY, {"policy", "people", "audit", "window", "except"}),
}
ACTS: tuple[Act, ...] = (
    "file",
    "check",
    "approve",
    "window",
    "except",
    "register",
    "policy",
    "people",
    "audit",
    "close",
    "keep",
)
CELLS = sorted(product(GIVEN, ACTS), key=lambda cell: cell[1] in GIVEN[cell[0]][1])


@pytest.fixture
def registered(any_engine: Engine) -> Engine:
    """Two spaces in two districts."""
    with any_engine.begin() as connection:
        for space_id, district in (("S1", "北区"), ("S2", "南区")):
            row = {"space_id": space_id, "district": district}
            insert = sa.text("INSERT INTO space VALUES (1, :space_id, 'name', :district, '', '', NULL, NULL)")
            connection.execute(insert, row)
    return any_engine


def allowed(engine: Engine, act: Act, spaces: tuple[str, ...] = (), edition: str | None = None) -> bool:
    with database.reading(engine) as connection:
        try:
            acts.check(connection, engine, act, spaces, edition)
        except Forbidden:
            return False
    return True


def test_each_role_does_what_it_is_for_and_nothing_else(registered: Engine) -> None:
    held = {}
    for role, (scope, _) in GIVEN.items():
        looking_after.add(registered, role)
        looking_after.give(registered, role, role, scope)
        with database.reading(registered) as connection:
            held[role] = people.as_of_now(connection, len(held) + 1)
    for role, act in CELLS:
        seen = people.seen_by(registered, held[role])
        spaces = ("S1",) if act in ("file", "check", "approve", "except") else ()
        assert allowed(seen, act, spaces) == (act in GIVEN[role][1]), (role, act)
    operator = people.seen_by(registered, held["operator"])
    for spaces in (("S2",), ("S1", "S2"), ("nobody's",)):
        assert not allowed(operator, "file", spaces), spaces
    reviewer = people.seen_by(registered, held["district_reviewer"])
    assert allowed(reviewer, "people", ("S1",))
    assert not allowed(reviewer, "people", ("S1", "S2"))
    # Nobody, and a person whose account has ended since.
    assert not any(allowed(database.seen_by(registered, [CITY]), act) for act in ACTS)
    looking_after.end(registered, "manager")
    assert not allowed(people.seen_by(registered, held["manager"]), "close")


def test_a_manager_of_an_edition_closes_that_edition_alone(engine: Engine) -> None:
    manager = people.Person(None, "m", grants=(people.Grant("manager", Scope("edition", "a")),))
    seen = people.seen_by(engine, manager)
    assert not allowed(seen, "register")
    assert not allowed(seen, "close")
    assert not allowed(seen, "close", edition="b")
    assert allowed(seen, "close", edition="a")
