"""Two data versions compared: what differs, and which load made it so."""

from collections.abc import Mapping, Sequence
from datetime import date
from fractions import Fraction

import pandas as pd
import pytest
from hypothesis import HealthCheck, given, settings
from sqlalchemy import Engine

from tests import entering, programmes
from tests.oracle.programme import Edition, Enrolment, File, Register, Requirement, Step
from tracking import database
from tracking.database import states
from tracking.results.tables import attainment, changes

KEY = ["space_id", "edition", "track", "year", "requirement"]
ALL_DUE = date(2023, 4, 1)


def requirement(metric: str, threshold: int) -> Requirement:
    return Requirement("north", "target", "1", metric, "annual", threshold=Fraction(threshold))


def edition(threshold: int = 10) -> Edition:
    return Edition("first", (requirement("cases", threshold), requirement("firms", 5)))


def filed(cases: int, firms: int, space_id: str = "A1") -> File:
    return filed_by({space_id: (cases, firms)})


def filed_by(figures: Mapping[str, tuple[int, int]]) -> File:
    told = {
        (space, 2020): {"cases": Fraction(cases), "firms": Fraction(firms)} for space, (cases, firms) in figures.items()
    }
    return File(told, programmes.datetime(2021, 3, 1))


REGISTER = Register((Enrolment("A1", "north", "first", 2020, 2020), Enrolment("B2", "north", "first", 2020, 2020)))
BEGUN: list[Step] = [edition(), REGISTER]


def compared(engine: Engine, steps: Sequence[Step], earlier: int, later: int, **chosen: object) -> list[tuple]:
    entering.enter(engine, steps)
    told = changes.changes(engine, earlier, later, ALL_DUE, **chosen)  # type: ignore[arg-type]
    assert list(told.columns) == list(changes.COLUMNS)
    return list(told[["space_id", "metric", "change", "load_id"]].itertuples(index=False, name=None))


# Of a space each: what it filed first, what then, and what that comes to.
MOVED = {
    "MET-NOW": ((9, 5), (12, 5), [("cases", "closed")]),
    "SHORT-NOW": ((12, 5), (9, 5), [("cases", "opened")]),
    "FURTHER-AWAY": ((9, 5), (7, 5), [("cases", "grew")]),
    "NEARER": ((7, 5), (9, 5), [("cases", "shrank")]),
    "MET-BOTH-TIMES": ((12, 5), (15, 5), []),
    "THE-OTHER-REQUIREMENT": ((9, 5), (9, 4), [("firms", "opened")]),
}


def test_a_new_revision_opens_closes_and_moves_gaps(engine: Engine) -> None:
    enrolled = Register(tuple(Enrolment(space, "north", "first", 2020, 2020) for space in MOVED))
    first, then = (filed_by({space: sides[at] for space, sides in MOVED.items()}) for at in (0, 1))
    told = compared(engine, [edition(), enrolled, first, then], 3, 4)
    assert told == [(space, *each, 4) for space in sorted(MOVED) for each in MOVED[space][2]]


def test_a_figure_in_place_of_none_is_a_change_and_not_a_gap_that_grew(engine: Engine) -> None:
    told = compared(engine, [*BEGUN, filed(9, 5)], 2, 3)
    assert told == [("A1", "cases", "changed", 3), ("A1", "firms", "closed", 3)]


def test_the_load_that_closed_a_shortfall_is_named_and_not_one_after_it(engine: Engine) -> None:
    assert compared(engine, [*BEGUN, filed(9, 5), filed(12, 5), filed(15, 5)], 3, 5) == [("A1", "cases", "closed", 4)]


def test_what_came_and_went_between_the_versions_is_no_change(engine: Engine) -> None:
    assert compared(engine, [*BEGUN, filed(12, 5), filed(9, 5), filed(12, 5)], 3, 5) == []


def test_each_space_has_its_own_load(any_engine: Engine) -> None:
    told = compared(any_engine, [*BEGUN, filed(12, 5, "A1"), filed(9, 5, "B2")], 2, 4)
    assert {(space, load) for space, _, _, load in told} == {("A1", 3), ("B2", 4)}


def test_a_policy_can_open_a_shortfall_and_says_so(engine: Engine) -> None:
    entering.enter(engine, [*BEGUN, filed(12, 5), edition(20)])
    told = changes.changes(engine, 3, 4, ALL_DUE)
    assert told[
        ["change", "load_kind", "status_before", "status_after", "actual_after", "gap_after"]
    ].values.tolist() == [["opened", "policy", "met", "short", 12, 8]]


def test_the_filters_choose_rows_of_the_comparison(engine: Engine) -> None:
    steps = [*BEGUN, filed(9, 5, "A1"), filed(9, 5, "B2")]
    assert compared(engine, steps, 2, 4, spaces=["B2"], statuses=["closed"]) == [("B2", "firms", "closed", 4)]


@pytest.mark.parametrize(("earlier", "later"), [(0, 3), (-1, 1), (2, 1)])
def test_versions_that_are_not_there_are_told_apart(engine: Engine, earlier: int, later: int) -> None:
    entering.enter(engine, BEGUN)
    with pytest.raises(states.UnknownVersion):
        changes.changes(engine, earlier, later, ALL_DUE)


# The database is emptied for every example, so one serves them all; each list is taken while it is the newest.
@settings(
    suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow],
    max_examples=settings().max_examples // 10,
)
@given(programmes.readings())
def test_the_comparison_is_the_difference_of_the_two_lists(engine: Engine, reading: tuple[list[Step], date]) -> None:
    steps, as_of = reading
    entering.clear(engine)
    lists = [_missed(engine, as_of)]
    for step in steps:
        entering.enter(engine, [step])
        with database.reading(engine) as connection:
            # What says nothing new makes no version.
            lists[database.data_version(connection) :] = [_missed(engine, as_of)]
    newest = len(lists) - 1
    for earlier in (0, newest // 2, newest):
        told = changes.changes(engine, earlier, newest, as_of)
        differing = {key for key in lists[earlier] | lists[newest] if lists[earlier].get(key) != lists[newest].get(key)}
        assert set(told[KEY].itertuples(index=False, name=None)) == differing
        for *key, load_id, change in told[[*KEY, "load_id", "change"]].itertuples(index=False, name=None):
            sides = [lists[load].get(tuple(key)) for load in (load_id - 1, load_id, newest)]
            assert earlier < load_id
            assert sides[0] != sides[1] == sides[2]
            assert (change == "closed") == (sides[2] is None)
        for space in told["space_id"].head(1):
            alone = changes.changes(engine, earlier, newest, as_of, spaces=[space])
            pd.testing.assert_frame_equal(alone, told[told["space_id"] == space].reset_index(drop=True))


def _missed(engine: Engine, as_of: date) -> dict[tuple, tuple]:
    """What is told of each shortfall, by key."""
    told = attainment.shortfalls(engine, as_of)[[*KEY, "status", "actual", "gap"]]
    rows = told.astype(object).where(told.notna(), None).itertuples(index=False, name=None)
    return {row[: len(KEY)]: row[len(KEY) :] for row in rows}
