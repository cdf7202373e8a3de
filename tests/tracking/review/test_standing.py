"""How a filing stands: what can be done with it by whom, what it came with, and what was done."""

import pytest
from sqlalchemy import Engine

from tests import reviewed
from tests.reviewed import DAY, by, file, of
from tracking.review import acting, standing
from tracking.review.acting import Given


@pytest.fixture
def embedded(engine: Engine) -> Engine:
    return reviewed.enrolled(engine)


def test_a_warning_goes_with_the_filing_that_it_is_about(embedded: Engine) -> None:
    file(embedded)
    report = file(embedded, "space_id,year,mentors,funded_firms\nS1,2023,200,5\nS2,2023,25,5\n")
    assert {each.code for each in report.problems} == {"tenfold"}
    found = standing.warnings(embedded, DAY, space="S1", year=2023)
    assert [each.message("en") for each in found] == [each.message("en") for each in report.problems]
    assert standing.warnings(embedded, DAY, space="S2", year=2023) == []


def test_what_is_offered_is_what_the_state_allows_and_the_grants_cover(embedded: Engine) -> None:
    def offered() -> dict[str, list[str]]:
        names = ("operator", "reviewer", "southern", "manager", "analyst", "everything")
        found = {name: standing.offered(by(embedded, name), DAY, space="S1", year=2022) for name in names}
        return {name: sorted(acts) for name, acts in found.items() if acts}

    assert offered() == {}
    file(embedded)
    assert offered() == {"reviewer": ["check", "return"], "everything": ["check", "return"]}
    acting.act(by(embedded, "reviewer"), "check", [of("S1")])
    assert offered() == {"manager": ["approve", "return"], "everything": ["approve", "return"]}
    acting.act(by(embedded, "manager"), "approve", [of("S1")])
    assert offered() == {"manager": ["reopen"], "everything": ["reopen"]}
    # The server's keeper reviews nothing.
    assert standing.offered(embedded, DAY, space="S1", year=2022) == []


def test_every_act_is_told_the_latest_first_with_the_cells_that_it_named(embedded: Engine) -> None:
    file(embedded)
    reviewer = by(embedded, "reviewer")
    acting.act(reviewer, "check", [of("S1")])
    acting.act(by(embedded, "manager"), "return", [of("S1")], Given("why", ("mentors", "funded_firms")))
    past = standing.past(embedded, DAY, space="S1", year=2022)
    assert past[["act", "by", "cells"]].fillna("").values.tolist() == [
        ["return", "manager", "funded_firms mentors"],
        ["check", "reviewer", ""],
    ]
    assert standing.past(by(embedded, "southern"), DAY, space="S1", year=2022).empty
