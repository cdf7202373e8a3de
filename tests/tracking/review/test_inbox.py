"""An inbox has what concerns its owner by the grants of now, and nothing besides."""

from collections.abc import Sequence
from datetime import date, datetime, timedelta

import pytest
import sqlalchemy as sa
from sqlalchemy import Engine

from tests import reviewed
from tests.policies import SHANGHAI
from tests.reviewed import by, file, of
from tests.tracking.review.test_rectifications import FUNDED, LAST, PLAN, REPORT, running
from tracking.review import acting, inbox, questions, rectifications, windows
from tracking.review.acting import Given
from tracking.review.measures import Subject
from tracking.review.rectifications import Written

TODAY = date.today()
NOW = inbox.now()


@pytest.fixture
def programme(any_engine: Engine) -> Engine:
    return reviewed.enrolled(any_engine)


def kinds(engine: Engine, name: str, at: datetime = NOW) -> Sequence[tuple[str, str, bool]]:
    return sorted((each.kind, each.space_id, each.waits) for each in inbox.events(by(engine, name), at))


def closes(engine: Engine, day: date, year: int = 2022) -> None:
    windows.set_window(engine, SHANGHAI.name, year, None, day, "Asia/Shanghai", by="city")


def test_what_happens_concerns_who_has_to_do_with_it_until_it_is_dealt_with(programme: Engine) -> None:
    file(programme)
    acting.act(by(programme, "reviewer"), "return", [of("S1")], Given("why", ("mentors",)))
    questions.write(by(programme, "reviewer"), "ask", "S2", 2022, "mentors", "a list?")
    assert kinds(programme, "operator") == [("asked", "S2", True), ("returned", "S1", True)]
    # Who did it is not told of it; the south is another district; analysts and administrators deal with nothing.
    for name in ("reviewer", "southern", "manager", "analyst", "administrator"):
        assert kinds(programme, name) == []
    questions.write(by(programme, "operator"), "answer", "S2", 2022, "mentors", "here")
    file(by(programme, "operator"), "space_id,year,mentors,funded_firms\nS1,2022,21,5\n")
    assert kinds(programme, "operator") == [("asked", "S2", False), ("returned", "S1", False)]
    assert kinds(programme, "reviewer") == kinds(programme, "manager") == [("answered", "S2", True)]
    assert kinds(programme, "southern") == []
    acting.act(by(programme, "reviewer"), "check", [of("S1", 2)])
    acting.act(by(programme, "manager"), "approve", [of("S1", 2)])
    assert ("approved", "S1", False) in kinds(programme, "operator")
    # What only tells something is not told for ever.
    assert kinds(programme, "operator", NOW + timedelta(days=inbox.KEPT_DAYS + 1)) == []


def test_a_deadline_concerns_who_has_not_filed(programme: Engine) -> None:
    closes(programme, TODAY + timedelta(days=5))
    spaces = {space for _, space, _ in kinds(programme, "operator")}
    assert spaces == {"S1", "S2", *reviewed.SPARE}
    assert kinds(programme, "reviewer") == kinds(programme, "manager") == []
    file(programme)
    assert {space for _, space, _ in kinds(programme, "operator")} == set(reviewed.SPARE)
    # An exception moves the deadline of one space; a window that is not open yet reminds nobody.
    windows.extend(programme, "T00", 2022, TODAY + timedelta(days=40), "why", by="city")
    assert {space for _, space, _ in kinds(programme, "operator")} == set(reviewed.SPARE) - {"T00"}
    windows.set_window(
        programme, SHANGHAI.name, 2022, TODAY + timedelta(days=2), TODAY + timedelta(days=5), None, by="city"
    )
    assert kinds(programme, "operator") == []


def test_where_no_window_closes_the_due_day_of_the_edition_is_the_deadline(engine: Engine) -> None:
    reviewed.enrolled(engine)
    # 2022 is due through 31 March 2023, in Shanghai's time.
    (event,) = [
        each for each in inbox.events(by(engine, "operator"), datetime(2023, 3, 30, 0)) if each.space_id == "S1"
    ]
    assert (event.kind, event.ends_at, event.stage) == ("due", datetime(2023, 3, 31, 16), 1)
    assert inbox.events(by(engine, "operator"), datetime(2023, 3, 31, 16)) == []


def test_a_rectification_is_reminded_of_until_it_is_reported(engine: Engine) -> None:
    running(engine)
    subject = Subject("S1", LAST, FUNDED)
    rectifications.write(by(engine, "reviewer"), "rectify", subject, Written("funding", TODAY + timedelta(days=6)))
    assert ("rectification", "S1", True) in kinds(engine, "operator")
    for act, written in (("plan", PLAN), ("report", REPORT)):
        rectifications.write(by(engine, "operator"), act, subject, written)
    assert not [each for each in kinds(engine, "operator") if each[0] == "rectification"]


def test_what_was_read_is_read_by_one_person(engine: Engine) -> None:
    reviewed.filed(engine)
    acting.act(by(engine, "reviewer"), "return", [of("S1")], Given("why"))
    operator, everything = by(engine, "operator"), by(engine, "everything")
    names = {each.event for each in inbox.events(operator, NOW)}
    assert names == {each.event for each in inbox.events(everything, NOW)} != set()
    for _ in range(2):
        inbox.mark(operator, names)
    assert inbox.marked(operator) == names
    assert inbox.marked(everything) == set()


def test_after_the_grant_ended_nothing_concerns_any_more(engine: Engine) -> None:
    reviewed.filed(engine)
    acting.act(by(engine, "reviewer"), "return", [of("S1")], Given("why"))
    assert kinds(engine, "operator")
    with engine.begin() as connection:
        connection.execute(sa.text("UPDATE access_grant SET until_day = CURRENT_DATE - 1 WHERE account = 1"))
    assert kinds(engine, "operator") == []
