"""Waivers stand beside a status and change none; they end by themselves, and each is given by who may."""

from datetime import date, timedelta

import pytest
import sqlalchemy as sa
from sqlalchemy import Engine

from tests import reviewed
from tests.reviewed import by, file
from tracking import database
from tracking.access.acts import Forbidden
from tracking.maintenance import verify
from tracking.results.tables import attainment
from tracking.review import waivers
from tracking.review.measures import Subject, UnusableMeasure

TODAY = date.today()
SOON, LATER = TODAY + timedelta(days=10), TODAY + timedelta(days=11)
FUNDED = "specialization.target.5.funded_firms"
# Another district's filed 4 funded firms of 5.
OF = Subject("S3", 2022, FUNDED)


def state(engine: Engine, day: date = TODAY) -> list[str]:
    return list(attainment.waivers(engine, day)["waiver_state"])


def test_a_waiver_is_given_ends_by_itself_or_is_taken_back_and_the_status_stays(any_engine: Engine) -> None:
    programme = reviewed.filed(any_engine)
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
