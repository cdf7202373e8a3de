"""What grants let a person see, and whom they may call: worked out from the grants alone."""

import pytest
from sqlalchemy import Connection, create_engine

from tracking.access import people
from tracking.access.people import Grant, Person
from tracking.database import CITY, Scope

NORTH, EDITION, S1 = Scope("district", "north"), Scope("edition", "first"), Scope("space", "S1")


@pytest.mark.parametrize(
    ("grants", "visible"),
    [
        ((), ()),
        ((Grant("administrator", CITY),), ()),
        ((Grant("operator", S1), Grant("manager", EDITION)), (S1, EDITION)),
        ((Grant("analyst", NORTH),), (NORTH._replace(approved_only=True),)),
        ((Grant("analyst", NORTH, provisional=True),), (NORTH,)),
        # Of one place the grant that shows more of it counts.
        ((Grant("analyst", NORTH), Grant("district_reviewer", NORTH)), (NORTH,)),
        ((Grant("analyst", CITY), Grant("operator", S1)), (S1, CITY._replace(approved_only=True))),
        # Beside the whole city nothing more is to be seen.
        ((Grant("manager", CITY), Grant("analyst", NORTH)), (CITY,)),
    ],
)
def test_grants_let_see_their_places_and_of_one_place_the_more(
    grants: tuple[Grant, ...], visible: tuple[Scope, ...]
) -> None:
    assert Person(1, "li", grants=grants).visible == visible


def test_whom_to_call_is_told_to_who_has_to_do_with_spaces_themselves() -> None:
    grants = (Grant("analyst", NORTH), Grant("administrator", CITY), Grant("operator", S1), Grant("manager", EDITION))
    assert Person(1, "li", grants=grants).callable == (S1, EDITION)


@pytest.fixture
def unasked() -> Connection:
    """A connection on which nothing can be asked: there is no table."""
    return create_engine("duckdb://").connect()


@pytest.mark.parametrize(
    ("scopes", "held"),
    [([CITY], {"S1", "S2"}), ([S1], {"S1"}), ([S1._replace(approved_only=True)], {"S1"}), ([], set())],
)
def test_what_is_held_by_its_own_name_needs_no_register(
    unasked: Connection, scopes: list[Scope], held: set[str]
) -> None:
    assert people.among(unasked, scopes, ["S1", "S2"]) == held
    assert people.covers(unasked, scopes, ["S1", "S2"]) == (held == {"S1", "S2"})
