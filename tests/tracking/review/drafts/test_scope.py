"""Whose a draft is: of who files for every space that it names; of its uploader alone where one is not known."""

import pytest
from sqlalchemy import Engine

from tests import reviewed
from tests.reviewed import by
from tests.tracking.review.drafts.about import OWN, SPACELESS, seen
from tracking import database
from tracking.access import people
from tracking.filing import choices as chosen
from tracking.review.drafts import scope


@pytest.fixture
def programme(engine: Engine) -> Engine:
    return reviewed.enrolled(engine)


NAMED = (
    (OWN, {"S1"}, True),
    # Another's is unknown to whoever does not see it, and the draft is known to name it.
    (b"space_id,year,mentors\nS1,2022,20\nS3,2022,20\n", {"S1", "S3"}, False),
    (SPACELESS, set(), False),
)


def test_the_spaces_of_a_draft_are_those_that_are_registered(programme: Engine) -> None:
    operator = by(programme, "operator")
    for content, spaces, whole in NAMED:
        assert scope.spaces(operator, seen(operator, content), chosen.NONE) == (spaces, whole), content


def test_who_files_for_all_of_them_may_go_on_with_it(programme: Engine) -> None:
    with database.reading(programme) as connection:

        def may(name: str, *named: str, own: bool = False) -> bool:
            somebody = people.person_of(by(programme, name))
            return scope.may_see(connection, somebody, "operator", named, own=own)

        assert [name for name in ("operator", "everything", "reviewer", "manager") if may(name, "S1")] == [
            "operator",
            "everything",
        ]
        assert [may("operator", "S1", "S2"), may("everything", "S1", "S2"), may("operator", "S1", "S3")] == [
            True,
            False,
            False,
        ]
        assert [may("operator", own=True), may("everything", own=True)] == [True, False]
