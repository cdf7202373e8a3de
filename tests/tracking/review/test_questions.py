"""Questions on a figure: asked, answered, resolved, by who may; seen by operator, district and city alone."""

import pytest
import sqlalchemy as sa
from sqlalchemy import Engine

from tests import databases, reviewed
from tests.reviewed import DAY, by
from tracking import database
from tracking.access.acts import Forbidden
from tracking.maintenance import backup, verify
from tracking.review import questions
from tracking.review.questions import Entry, UnusableQuestion

OF = ("S1", 2022, "mentors")


def state(engine: Engine, space: str = "S1") -> list[str]:
    return list(questions.threads(engine, DAY, space=space, resolved=True)["question_state"])


def test_a_question_is_asked_answered_and_resolved_and_stays(any_engine: Engine, tmp_path) -> None:
    programme = reviewed.filed(any_engine)
    reviewer, operator, manager = (by(programme, name) for name in ("reviewer", "operator", "manager"))
    questions.write(reviewer, "ask", *OF, "网站上是 12 名？")
    assert state(operator) == state(manager) == ["asked"]
    questions.write(operator, "answer", *OF, "另有 8 名兼职")
    assert state(reviewer) == ["answered"]
    questions.write(manager, "resolve", *OF)
    assert state(operator) == ["resolved"]
    assert questions.threads(operator, DAY).empty
    questions.write(manager, "ask", *OF, "有名单吗？")
    told = questions.entries(operator, DAY, space="S1", year=2022, metric="mentors")
    assert list(zip(told["act"], told["by"], strict=True)) == [
        ("ask", "reviewer"),
        ("answer", "operator"),
        ("resolve", "manager"),
        ("ask", "manager"),
    ]
    # Of another district, and of another space: nothing is there.
    assert state(by(programme, "southern")) == []
    with database.reading(programme) as connection:
        events = connection.execute(sa.text("SELECT subject FROM audit_event WHERE event = 'question' ORDER BY number"))
        assert [each.split()[0] for each in events.scalars()] == ["ask", "answer", "resolve", "ask"]
    backup.backup(programme, tmp_path / "backup")
    other = databases.empty()
    backup.restore(other, tmp_path / "backup")
    assert state(other) == ["asked"]
    assert [each for each in verify.verify(other) if each.broken] == []
    other.dispose()


def test_who_may_not_and_what_makes_no_sense_writes_nothing(engine: Engine) -> None:
    programme = reviewed.enrolled(engine)
    forbidden: dict[Entry, tuple[str, ...]] = {
        "ask": ("operator", "southern", "analyst", "administrator"),
        "answer": ("reviewer", "manager", "analyst"),
        "resolve": ("operator", "analyst"),
    }
    for entry, names in forbidden.items():
        for name in names:
            with pytest.raises(Forbidden):
                questions.write(by(programme, name), entry, *OF, "why")
    for person, entry, of, why in (
        (programme, "ask", OF, "account"),
        (by(programme, "manager"), "ask", ("S1", 2022, "no_such_metric"), "unknown"),
        (by(programme, "manager"), "ask", ("none", 2022, "mentors"), "unknown"),
        (by(programme, "manager"), "resolve", OF, "state"),
        (by(programme, "operator"), "answer", OF, "state"),
    ):
        with pytest.raises(UnusableQuestion) as refused:
            questions.write(person, entry, *of, "why")
        assert refused.value.why == why
    with pytest.raises(UnusableQuestion):
        questions.write(by(programme, "manager"), "ask", *OF, "  ")
    assert state(programme) == []
