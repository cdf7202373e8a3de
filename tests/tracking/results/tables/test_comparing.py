"""What two states of the shortfalls differ in: opened, closed, grown or shrunk, each by the load that made it so."""

from datetime import date

import pandas as pd
from hypothesis import HealthCheck, given, settings
from sqlalchemy import Engine

from tests import entering, programmes
from tests.oracle.programme import Enrolment, Register, Step
from tests.tracking.results.tables.moved import ALL_DUE, BEGUN, compared, edition, filed, filed_by
from tracking import database
from tracking.results.tables import attainment, changes

KEY = ["space_id", "edition", "track", "year", "requirement"]


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
