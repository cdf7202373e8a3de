"""Waivers stand beside a status and change none; they end by themselves, and each is given by who may."""

from collections.abc import Iterator
from contextlib import suppress
from dataclasses import dataclass, field
from datetime import date, timedelta

import pandas as pd
import pytest
import sqlalchemy as sa
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from sqlalchemy import Engine

from tests import databases, reviewed
from tests.reviewed import by, file, of
from tests.tracking.review.test_acting import ALLOWED
from tracking import database
from tracking.access.acts import Forbidden
from tracking.maintenance import verify
from tracking.results.tables import attainment
from tracking.results.tables.columns import COLUMNS
from tracking.review import acting, again, questions, rectifications, waivers
from tracking.review.measures import Subject, UnusableMeasure
from tracking.review.rectifications import Written

TODAY = date.today()
SOON, LATER = TODAY + timedelta(days=10), TODAY + timedelta(days=11)
FUNDED = "specialization.target.5.funded_firms"
# Another district's filed 4 funded firms of 5.
OF = Subject("S3", 2022, FUNDED)


def state(engine: Engine, day: date = TODAY) -> list[str]:
    return list(attainment.waivers(engine, day)["waiver_state"])


def test_a_waiver_is_given_ends_by_itself_or_is_taken_back_and_the_status_stays(any_engine: Engine) -> None:
    programme = reviewed.enrolled(any_engine)
    file(programme)
    manager = by(programme, "manager")
    waivers.waive(manager, OF, SOON, "搬迁")
    assert [state(programme, day) for day in (TODAY, SOON, LATER)] == [["in_force"], ["in_force"], ["expired"]]
    row = attainment.waivers(by(programme, "analyst"), TODAY).iloc[0]
    assert (row["status"], row["result"], row["reason"], row["given_by"]) == ("short", "fail", "搬迁", "manager")
    waivers.unwaive(manager, OF, "已搬完")
    row = attainment.waivers(programme, TODAY).iloc[0]
    assert (row["waiver_state"], row["end_reason"], row["ended_by"]) == ("ended", "已搬完", "manager")
    waivers.waive(manager, OF, LATER, "再次搬迁")
    assert state(programme) == ["in_force"]
    assert state(by(programme, "reviewer")) == []
    with database.reading(programme) as connection:
        events = sa.text("SELECT subject FROM audit_event WHERE event = 'waiver' ORDER BY number")
        assert [each.split()[0] for each in connection.execute(events).scalars()] == ["waive", "unwaive", "waive"]
    assert [each for each in verify.verify(programme) if each.broken] == []


def test_who_may_not_and_what_makes_no_sense_waives_nothing(engine: Engine) -> None:
    programme = reviewed.enrolled(engine)
    file(by(programme, "everything"), "space_id,year,mentors\nS1,2022,20\n")
    file(programme, "space_id,year,mentors,funded_firms\nS3,2022,25,4\n")
    for name in ("southern", "analyst"):
        with pytest.raises(Forbidden):
            waivers.waive(by(programme, name), OF, SOON, "why")
    manager = by(programme, "manager")
    for person, subject, until, reason, why in (
        (programme, OF, SOON, "why", "account"),
        (by(programme, "administrator"), OF, SOON, "why", "unknown"),
        (by(programme, "operator"), OF, SOON, "why", "unknown"),
        (by(programme, "everything"), Subject("S1", 2022, FUNDED), SOON, "why", "own"),
        (manager, Subject("S3", 2022), SOON, "why", "unknown"),
        (manager, OF, TODAY - timedelta(days=1), "why", "day"),
        (manager, OF, SOON, " ", "text"),
        (manager, OF, SOON, "11010519491231002X", "personal"),
    ):
        with pytest.raises(UnusableMeasure) as refused:
            waivers.waive(person, subject, until, reason)
        assert refused.value.why == why, (subject, until, reason)
    with pytest.raises(UnusableMeasure):
        waivers.unwaive(manager, OF, "why")
    assert state(programme) == []


ACTS = st.sampled_from(["check", "approve", "return", "reopen", "again", "ask", "waive", "unwaive"]) | st.sampled_from(
    ["rectify", "plan", "report", "accept", "send_back", "withdraw"]
)
REVIEWERS = ("reviewer", "manager")
# From each state of a rectification, by whom, where to; that of filings is the table of test_acting.
PUT_RIGHT = {
    **{
        (state, who, "rectify"): "demanded"
        for state in ("none", "demanded", "accepted", "withdrawn")
        for who in REVIEWERS
    },
    **{(state, "operator", "plan"): "planned" for state in ("demanded", "planned", "sent_back")},
    **{(state, "operator", "report"): "reported" for state in ("planned", "sent_back")},
    **{("reported", who, "accept"): "accepted" for who in REVIEWERS},
    **{(state, who, "send_back"): "sent_back" for state in ("planned", "reported") for who in REVIEWERS},
    **{
        (state, who, "withdraw"): "withdrawn"
        for state in ("demanded", "planned", "reported", "sent_back")
        for who in REVIEWERS
    },
}
WAIVED = {(state, "manager", "waive"): "in_force" for state in ("none", "in_force", "ended")}
WAIVED |= {("in_force", "manager", "unwaive"): "ended"}
MOVED = {**ALLOWED, ("returned", "operator", "again"): "filed"}
JUDGED = [table for table in COLUMNS if table not in ("waivers", "rectifications")]
# What is beside the figures, as who filed which revision when and whether it is approved, is no status.
BESIDE = ["provisional", "revision", "revisions", "filed_at", "filed_by", "source", "sha256"]


@dataclass
class Course:
    """Where a space of one filing stands by the tables above, and who answered for it since."""

    engine: Engine
    before: dict[str, pd.DataFrame]
    filing: str = "filed"
    revision: int = 1
    right: str = "none"
    waiver: str = "none"
    filed: set[str] = field(default_factory=set)
    answered: set[str] = field(default_factory=set)

    def take(self, act: str, name: str) -> None:
        """Where an act of somebody leads, if anywhere."""
        roles = ("operator", *REVIEWERS) if name == "everything" else (name,)
        moved, right, waived = (
            next((table[key] for each in roles if (key := (state, each, act)) in table), None)
            for table, state in ((MOVED, self.filing), (PUT_RIGHT, self.right), (WAIVED, self.waiver))
        )
        if moved and not (act in ("check", "approve") and name in self.filed):
            self.filing, self.revision = moved, self.revision + (act == "again")
            self.filed = {"approve": set(), "again": {*self.filed, name}}.get(act, self.filed)
        if right and not (act == "accept" and name in self.answered):
            self.right = right
            self.answered = {"rectify": set(), "plan": {*self.answered, name}, "report": {*self.answered, name}}.get(
                act, self.answered
            )
        if waived and not (act == "waive" and name in self.filed):
            self.waiver = waived

    def stands(self) -> tuple[str, str, str]:
        """The same three as the database has them."""
        with database.reading(self.engine) as connection:
            filing = connection.exec_driver_sql("SELECT state FROM filing_state").scalar_one()
            right = connection.exec_driver_sql("SELECT state FROM rectification_thread").scalar_one_or_none()
            act = connection.exec_driver_sql(
                "SELECT act FROM waiver ORDER BY load_id DESC LIMIT 1"
            ).scalar_one_or_none()
        return filing, right or "none", {"waive": "in_force", "unwaive": "ended"}.get(act, "none")


@settings(
    suppress_health_check=[HealthCheck.function_scoped_fixture],
    max_examples=max(1, settings().max_examples // 10),
    deadline=None,
)
@given(st.lists(st.tuples(ACTS, st.sampled_from(["operator", "reviewer", "manager", "everything"])), max_size=6))
def test_any_acts_of_anybody_lead_where_the_tables_say_and_change_nothing_that_is_judged(
    course: Course, steps: list[tuple[str, str]]
) -> None:
    for act, name in steps:
        with suppress(Forbidden, UnusableMeasure, questions.UnusableQuestion, again.NotReturned):
            do(by(course.engine, name), act, course.revision)
        course.take(act, name)
        assert course.stands() == (course.filing, course.right, course.waiver), (act, name)
    for table, rows in tables(course.engine).items():
        assert rows.equals(course.before[table]), table


def do(person: Engine, act: str, revision: int) -> None:
    subject = Subject("T00", 2022, FUNDED)
    if act == "waive":
        waivers.waive(person, subject, SOON, "why")
    elif act == "unwaive":
        waivers.unwaive(person, subject, "why")
    elif act == "ask":
        questions.write(person, "ask", "T00", 2022, "mentors", "why")
    elif act == "again":
        again.file_again(person, space="T00", year=2022, answer="why")
    elif act in ("check", "approve", "return", "reopen"):
        acting.act(person, act, [of("T00", revision)], acting.Given("why"))  # type: ignore[arg-type]
    else:
        written = Written("why", SOON, "who") if act in ("rectify", "plan") else Written("why")
        rectifications.write(person, act, subject, written)  # type: ignore[arg-type]


@pytest.fixture(scope="module")
def course() -> Iterator[Course]:
    engine = reviewed.enrolled(databases.empty())
    file(engine, "space_id,year,mentors,funded_firms\nT00,2022,20,4\n")
    yield Course(engine, tables(engine))
    engine.dispose()


def tables(engine: Engine) -> dict[str, pd.DataFrame]:
    with database.reading(engine, TODAY) as connection:
        return {table: attainment.read(connection, table, {}).drop(columns=BESIDE, errors="ignore") for table in JUDGED}
