"""Any acts of anybody lead only where the tables say, and what is judged follows from the figures filed alone."""

from collections.abc import Iterator
from contextlib import suppress
from dataclasses import dataclass, field
from datetime import date, timedelta

import pandas as pd
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from sqlalchemy import Engine

from tests import databases, reviewed
from tests.reviewed import by, file, of
from tracking import database
from tracking.access.acts import Forbidden
from tracking.maintenance import verify
from tracking.results.tables import attainment
from tracking.results.tables.columns import COLUMNS
from tracking.review import acting, again, questions, rectification_files, rectifications, waivers
from tracking.review.evidence_files import UnusableEvidence
from tracking.review.measures import Subject, UnusableMeasure
from tracking.review.rectifications import Written

TODAY = date.today()
SOON = TODAY + timedelta(days=10)
SPACE = "T00"
SUBJECT = Subject(SPACE, 2022, "specialization.target.5.funded_firms")
# So many funded firms are filed: one too few, as many as it takes.
FIGURES = (4, 5)

# The tables of people-and-review: from each state, by whom, where to. Of filings, but for filing itself;
FILED = {
    ("filed", "reviewer", "check"): "checked",
    ("filed", "reviewer", "return"): "returned",
    ("checked", "manager", "approve"): "approved",
    ("checked", "manager", "return"): "returned",
    ("approved", "manager", "reopen"): "returned",
    ("returned", "operator", "again"): "filed",
}
# of rectifications;
REVIEWERS = ("reviewer", "manager")
OPEN = ("demanded", "planned", "reported", "sent_back")
RECTIFIED = {
    **{
        (state, who, "rectify"): "demanded"
        for state in ("none", "demanded", "accepted", "withdrawn")
        for who in REVIEWERS
    },
    **{(state, "operator", "plan"): "planned" for state in ("demanded", "planned", "sent_back")},
    **{(state, "operator", "report"): "reported" for state in ("planned", "sent_back")},
    **{("reported", who, "accept"): "accepted" for who in REVIEWERS},
    **{(state, who, "send_back"): "sent_back" for state in ("planned", "reported") for who in REVIEWERS},
    **{(state, who, "withdraw"): "withdrawn" for state in OPEN for who in REVIEWERS},
}
# of waivers.
WAIVED = {(state, "manager", "waive"): "in_force" for state in ("none", "in_force", "ended")}
WAIVED |= {("in_force", "manager", "unwaive"): "ended"}

STEPS = sorted({act for _, _, act in (*FILED, *RECTIFIED, *WAIVED)} | {"ask", "attach"})
ACTS = st.sampled_from(STEPS) | st.sampled_from(FIGURES)
JUDGED = [table for table in COLUMNS if table not in ("waivers", "rectifications")]
# What is beside the figures, as who filed which revision when and whether it is approved, is no status.
BESIDE = ["provisional", "revision", "revisions", "filed_at", "filed_by", "source", "sha256", "load_id"]


@dataclass
class Course:
    """Where the filing of a space stands by the tables above, and who had a hand in it."""

    engine: Engine
    judged: dict[int, dict[str, pd.DataFrame]]
    figure: int
    revision: int
    filing: str = "filed"
    right: str = "none"
    waiver: str = "none"
    approved: bool = False
    hands: set[str] = field(default_factory=set)
    answered: set[str] = field(default_factory=set)

    def take(self, act: str | int, name: str) -> None:
        """Where an act of somebody leads, if anywhere."""
        roles = ("operator", *REVIEWERS) if name == "everything" else (name,)
        if isinstance(act, int):
            if "operator" in roles and self.filing != "approved" and act != self.figure:
                self.figure = act
                self._revised(name)
            return
        moved, right, waived = (
            next((table[key] for each in roles if (key := (state, each, act)) in table), None)
            for table, state in ((FILED, self.filing), (RECTIFIED, self.right), (WAIVED, self.waiver))
        )
        if moved and act == "again":
            self._revised(name)
        elif moved and not (act in ("check", "approve") and name in self.hands):
            self.filing, self.approved = moved, self.approved or act == "approve"
        if right and not (act == "accept" and name in self.answered) and not (act == "rectify" and self.figure >= 5):
            self.right = right
            self.answered = set() if act == "rectify" else self.answered
            self.answered |= {name} if act in ("plan", "report") else set()
        if waived and not (act == "waive" and name in self.hands):
            self.waiver = waived

    def _revised(self, name: str) -> None:
        # What was approved before is behind it: the hands of now are those since.
        self.hands = {name} if self.approved else {*self.hands, name}
        self.filing, self.revision, self.approved = "filed", self.revision + 1, False

    def stands(self) -> tuple[str, int, str, str]:
        """The state of the filing and its revision, of the rectification and of the waiver, as the database has it."""
        with database.reading(self.engine) as connection:
            filing, revision = connection.exec_driver_sql("SELECT state, revision FROM filing_state").one()
            right = connection.exec_driver_sql("SELECT state FROM rectification_thread").scalar_one_or_none()
            act = connection.exec_driver_sql(
                "SELECT act FROM waiver ORDER BY load_id DESC LIMIT 1"
            ).scalar_one_or_none()
        return filing, revision, right or "none", {"waive": "in_force", "unwaive": "ended"}.get(act, "none")


@settings(
    suppress_health_check=[HealthCheck.function_scoped_fixture],
    max_examples=max(1, settings().max_examples // 8),
    deadline=None,
)
@given(st.lists(st.tuples(ACTS, st.sampled_from(sorted(reviewed.GRANTS)) | st.just("everything")), max_size=8))
def test_any_acts_of_anybody_lead_where_the_tables_say_and_change_nothing_that_is_judged(
    course: Course, steps: list[tuple[str | int, str]]
) -> None:
    for act, name in steps:
        with suppress(Forbidden, UnusableMeasure, UnusableEvidence, questions.UnusableQuestion, again.NotReturned):
            do(by(course.engine, name), act, course.revision)
        course.take(act, name)
        assert course.stands() == (course.filing, course.revision, course.right, course.waiver), (act, name)
    for table, rows in tables(course.engine).items():
        assert rows.equals(course.judged[course.figure][table]), table
    assert [each for each in verify.verify(course.engine) if each.broken] == []


def filed(engine: Engine, figure: int) -> None:
    file(engine, f"space_id,year,mentors,funded_firms\n{SPACE},2022,20,{figure}\n")


def do(person: Engine, act: str | int, revision: int) -> None:
    if isinstance(act, int):
        filed(person, act)
    elif act == "waive":
        waivers.waive(person, SUBJECT, SOON, "why")
    elif act == "unwaive":
        waivers.unwaive(person, SUBJECT, "why")
    elif act == "ask":
        questions.write(person, "ask", SPACE, 2022, "mentors", "why")
    elif act == "attach":
        rectification_files.attach(person, SUBJECT, b"%PDF-1.7 contract", "contract.pdf")
    elif act == "again":
        again.file_again(person, space=SPACE, year=2022, answer="why")
    elif act in ("check", "approve", "return", "reopen"):
        acting.act(person, act, [of(SPACE, revision)], acting.Given("why"))  # type: ignore[arg-type]
    else:
        written = Written("why", SOON, "who") if act in ("rectify", "plan") else Written("why")
        rectifications.write(person, act, SUBJECT, written)  # type: ignore[arg-type]


@pytest.fixture(scope="module")
def course() -> Iterator[Course]:
    """What each figure comes to before anybody has reviewed anything, and then the first of them again."""
    engine = reviewed.enrolled(databases.empty())
    judged = {}
    for figure in FIGURES:
        filed(engine, figure)
        judged[figure] = tables(engine)
    filed(engine, FIGURES[0])
    yield Course(engine, judged, FIGURES[0], len(FIGURES) + 1)
    engine.dispose()


def tables(engine: Engine) -> dict[str, pd.DataFrame]:
    with database.reading(engine, TODAY) as connection:
        return {table: attainment.read(connection, table, {}).drop(columns=BESIDE, errors="ignore") for table in JUDGED}
