"""Looking after accounts: all of a list or none of it, and nobody is told that something was taken that was not."""

import pytest
from sqlalchemy import Engine

from tests import databases
from tests.tracking.closings.about import filled
from tracking.access import looking_after
from tracking.access.acts import Forbidden
from tracking.access.grants import UnusableScope
from tracking.database import CITY, Scope

pytestmark = pytest.mark.usefixtures("plain_passwords")
ROW = {"name": "wang", "display": "王一", "role": "operator", "scope": "space", "code": "S1"}


@pytest.fixture
def enrolled(engine: Engine) -> Engine:
    """Three spaces, and no account."""
    return databases.filled(engine, filled)


def test_a_list_makes_each_account_once_with_all_its_grants(enrolled: Engine) -> None:
    analyst = {"name": "li", "display": "", "role": "analyst", "scope": "city", "code": "", "provisional": "是"}
    made = looking_after.bring(enrolled, [ROW, {**ROW, "code": "S2"}, analyst])
    assert list(made) == ["wang", "li"]
    rows = looking_after.standing(enrolled)
    assert rows[["name", "code", "provisional"]].to_numpy().tolist() == [
        ["li", "", True],
        ["wang", "S1", True],
        ["wang", "S2", True],
    ]


def test_a_list_with_one_row_that_cannot_be_brings_nobody(enrolled: Engine) -> None:
    with pytest.raises(UnusableScope):
        looking_after.bring(enrolled, [ROW, {**ROW, "name": "li", "code": "S99"}])
    assert looking_after.standing(enrolled).empty


def test_taking_roles_that_nobody_has_is_refused(enrolled: Engine) -> None:
    looking_after.bring(enrolled, [ROW])
    with pytest.raises(Forbidden):
        looking_after.take_roles(enrolled, "wang", ["manager"])
    looking_after.give(enrolled, "wang", "manager", CITY)
    looking_after.take_roles(enrolled, "wang", ["manager"])
    assert looking_after.standing(enrolled)["role"].tolist() == ["operator"]


def test_several_scopes_are_given_all_or_none(enrolled: Engine) -> None:
    looking_after.bring(enrolled, [ROW])
    with pytest.raises(UnusableScope):
        looking_after.give(enrolled, "wang", "operator", Scope("space", "S2"), Scope("space", "S99"))
    assert looking_after.standing(enrolled)["code"].tolist() == ["S1"]
