"""Who gives which role over what: an administrator any, a district reviewer that of an operator of the district."""

import pytest
from sqlalchemy import Engine

from tests import reviewed
from tests.reviewed import by
from tracking import database
from tracking.access import acts, grants
from tracking.access.grants import UnusableScope
from tracking.access.people import Role
from tracking.database import CITY, Scope

OPERATOR = 1


@pytest.fixture
def programme(engine: Engine) -> Engine:
    return reviewed.enrolled(engine)


def give(engine: Engine, name: str, role: Role, scope: Scope) -> None:
    somebody = by(engine, name)
    database.write_beside(engine, lambda connection: grants.give(connection, somebody, OPERATOR, role, scope))


def held(engine: Engine) -> int:
    with database.reading(engine) as connection:
        return len(grants.standing(connection, by(engine, "administrator")).query("account == @OPERATOR"))


UNUSABLE: list[tuple[Role, Scope, str]] = [
    ("operator", CITY, "city"),
    ("manager", Scope("space", "S1"), "S1"),
    ("operator", Scope("space", "S99"), "S99"),
    ("district_reviewer", Scope("district", "西区"), "西区"),
    ("manager", Scope("edition", "none"), "none"),
    ("manager", Scope("city", "S1"), "S1"),
]


def test_a_role_is_given_over_what_it_is_for_and_what_there_is(programme: Engine) -> None:
    before = held(programme)
    for role, scope, code in UNUSABLE:
        with pytest.raises(UnusableScope) as refused:
            give(programme, "administrator", role, scope)
        assert refused.value.code == code, (role, scope)
    assert held(programme) == before


def test_a_district_gives_its_own_operators_alone(programme: Engine) -> None:
    before = held(programme)
    for name, role, scope in (
        ("reviewer", "operator", Scope("space", "S3")),
        ("reviewer", "district_reviewer", Scope("district", "北区")),
        ("manager", "operator", Scope("space", "S1")),
        ("operator", "operator", Scope("space", "S1")),
    ):
        with pytest.raises(acts.Forbidden):
            give(programme, name, role, scope)  # type: ignore[arg-type]
    assert held(programme) == before
    give(programme, "reviewer", "operator", Scope("space", "S1"))
    assert held(programme) == before + 1


def test_a_district_is_told_of_its_operators_and_what_it_can_give(programme: Engine) -> None:
    reviewer = by(programme, "reviewer")
    with database.reading(programme) as connection:
        rows = grants.standing(connection, reviewer)
    # Two who operate in the north; nobody of the south, of the city or of its own kind.
    assert set(rows["name"]) == {"operator", "everything"}
    assert set(rows["role"]) == {"operator"}
    assert {scope.code for scope in grants.scopes(reviewer, "operator")} == {"S1", "S2", *reviewed.SPARE}
    assert grants.scopes(reviewer, "district_reviewer") == []
    assert grants.scopes(by(programme, "administrator"), "district_reviewer") == [
        Scope("district", "北区"),
        Scope("district", "南区"),
    ]
