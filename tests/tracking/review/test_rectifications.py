"""Rectifications: who demands, answers and accepts; and what came of it, which the next year's figure alone says."""

from collections.abc import Iterator
from datetime import date, timedelta

import pandas as pd
import pytest
import sqlalchemy as sa
from sqlalchemy import Engine

from tests import databases, reviewed
from tests.reviewed import by, file
from tracking import database
from tracking.access.acts import Forbidden
from tracking.filing import register
from tracking.maintenance import backup, verify
from tracking.results.tables import attainment
from tracking.review import rectifications
from tracking.review.measures import Subject, UnusableMeasure
from tracking.review.rectifications import RectificationAct, Written

TODAY = date.today()
LAST = TODAY.year - 1
SOON, LATER = TODAY + timedelta(days=10), TODAY + timedelta(days=11)
FUNDED = "specialization.target.5.funded_firms"
DEMAND = Written("补足获投企业", SOON)
PLAN = Written("引入两家机构", responsible="运营部")
REPORT = Written("已签约", evidence="合同编号 A-12")
# Where each period begins and ends, as of the last data year; all filed 4 funded firms of 5 for that.
PERIODS = {
    "S1": (0, 2),
    "S2": (-1, 1),
    "T00": (-1, 1),
    "T01": (-1, 1),
    "T02": (-1, 1),
    "T03": (-2, 0),
    "T04": (0, 2),
}


def running(engine: Engine) -> Engine:
    """Spaces that missed something in the last data year."""
    reviewed.enrolled(engine)
    enrolled = "".join(
        f"{space},甲,北区,specialization,{LAST + first},{LAST + last}\n" for space, (first, last) in PERIODS.items()
    )
    header = "space_id,space_name,district,track,start_year,end_year\n"
    assert register.load(engine, (header + enrolled).encode(), "again.csv", by="tests").loaded
    filed = "".join(f"{space},{LAST},20,4\n" for space in PERIODS)
    assert file(engine, f"space_id,year,mentors,funded_firms\n{filed}").loaded
    return engine


@pytest.fixture(scope="module")
def programme() -> Iterator[Engine]:
    """One for all that is tried on the embedded engine, each test with spaces of its own."""
    engine = running(databases.empty())
    yield engine
    engine.dispose()


def of(space: str) -> Subject:
    return Subject(space, LAST, FUNDED)


def write(engine: Engine, name: str, step: RectificationAct, written: Written, subject: Subject) -> None:
    rectifications.write(by(engine, name), step, subject, written)


def reported(engine: Engine, space: str) -> None:
    write(engine, "operator", "plan", PLAN, of(space))
    write(engine, "operator", "report", REPORT, of(space))


def told(engine: Engine, space: str, day: date = TODAY) -> "pd.Series[object]":
    return attainment.rectifications(engine, day, spaces=(space,)).iloc[0]


def progress(engine: Engine, space: str, *days: date) -> list[object]:
    return [told(engine, space, day)["progress"] for day in days]


def test_it_is_demanded_planned_reported_sent_back_and_accepted_and_every_act_stays(
    any_engine: Engine, tmp_path
) -> None:
    programme = running(any_engine)
    write(programme, "reviewer", "rectify", DEMAND, of("S1"))
    reported(programme, "S1")
    write(programme, "manager", "send_back", Written("缺合同"), of("S1"))
    write(programme, "operator", "report", Written("补交", evidence="附件"), of("S1"))
    write(programme, "reviewer", "accept", Written(), of("S1"))
    subject = Subject("S1", LAST, FUNDED, "shanghai-sanhua", "specialization")
    past = rectifications.past(by(programme, "operator"), TODAY, subject=subject)
    assert list(zip(past["act"], past["by"], strict=True)) == [
        ("rectify", "reviewer"),
        ("plan", "operator"),
        ("report", "operator"),
        ("send_back", "manager"),
        ("report", "operator"),
        ("accept", "reviewer"),
    ]
    row = told(by(programme, "analyst"), "S1")
    assert (row["rectification_state"], row["progress"], row["status"]) == ("accepted", "in_progress", "short")
    assert [row[name] for name in ("demanded", "plan", "report", "evidence")] == [
        "补足获投企业",
        "引入两家机构",
        "补交",
        "附件",
    ]
    assert row["by_day"] == pd.Timestamp(SOON)
    # Who sees figures alone is not told who at the space it is, and another district not that there is anything.
    assert rectifications.responsible(by(programme, "reviewer"), TODAY, subject=subject) == "运营部"
    assert rectifications.responsible(by(programme, "analyst"), TODAY, subject=subject) is None
    assert attainment.rectifications(by(programme, "southern"), TODAY).empty
    with database.reading(programme) as connection:
        events = sa.text("SELECT subject FROM audit_event WHERE event = 'rectification' ORDER BY number")
        steps = [each.split()[0] for each in connection.execute(events).scalars()]
    assert steps == list(past["act"])
    backup.backup(programme, tmp_path / "backup")
    other = databases.empty()
    backup.restore(other, tmp_path / "backup")
    assert progress(other, "S1", TODAY) == ["in_progress"]
    assert [each for each in verify.verify(other) if each.broken] == []
    other.dispose()


def test_the_next_year_s_figure_closes_it_by_itself(programme: Engine) -> None:
    # 5 of 5; 4 of 5; a filing without the figure, which is no answer either.
    for space, header, figure, expected in (
        ("T00", "funded_firms", 5, "rectified"),
        ("T01", "funded_firms", 4, "not_rectified"),
        ("T02", "tenants", 30, "not_rectified"),
    ):
        write(programme, "manager", "rectify", DEMAND, of(space))
        assert progress(programme, space, TODAY) == ["in_progress"]
        assert file(programme, f"space_id,year,{header}\n{space},{LAST + 1},{figure}\n").loaded
        row = told(programme, space)
        assert (row["progress"], row["next_year"], row["status"]) == (expected, LAST + 1, "short"), space


def test_before_there_is_a_next_figure_the_days_decide(programme: Engine) -> None:
    write(programme, "reviewer", "rectify", DEMAND, of("S1"))
    assert progress(programme, "S1", TODAY, SOON, LATER) == ["in_progress", "in_progress", "overdue"]
    # A year that is not filed is due through 31 March of the year after, and from then on missed.
    due, over = date(LAST + 2, 3, 31), date(LAST + 2, 4, 1)
    assert progress(programme, "S1", due, over) == ["overdue", "not_rectified"]
    reported(programme, "S1")
    assert progress(programme, "S1", LATER) == ["in_progress"]
    write(programme, "reviewer", "send_back", Written("不足"), of("S1"))
    assert progress(programme, "S1", LATER) == ["overdue"]
    write(programme, "manager", "withdraw", Written("误提"), of("S1"))
    assert progress(programme, "S1", over) == ["withdrawn"]


def test_where_the_period_is_over_no_figure_will_decide(programme: Engine) -> None:
    write(programme, "reviewer", "rectify", DEMAND, of("T03"))
    assert progress(programme, "T03", TODAY, LATER) == ["in_progress", "overdue"]
    reported(programme, "T03")
    assert progress(programme, "T03", LATER) == ["in_progress"]
    write(programme, "reviewer", "accept", Written("材料齐全"), of("T03"))
    assert progress(programme, "T03", LATER) == ["undecided"]


def test_a_year_as_a_whole_is_put_right_by_a_year_that_passes(programme: Engine) -> None:
    write(programme, "manager", "rectify", Written("整体整改", SOON), Subject("S2", LAST))
    assert progress(programme, "S2", TODAY) == ["in_progress"]
    assert file(programme, f"space_id,year,mentors\nS2,{LAST + 1},20\n").loaded
    row = told(programme, "S2")
    assert (row["progress"], row["result"], row["result_after"]) == ("not_rectified", "fail", "fail")


def test_who_may_not_and_what_makes_no_sense_stores_nothing(programme: Engine) -> None:
    forbidden: list[tuple[str, RectificationAct]] = [
        *((name, "rectify") for name in ("operator", "analyst")),
        *((name, "plan") for name in ("reviewer", "manager", "analyst")),
        *((name, "accept") for name in ("operator", "analyst")),
    ]
    for name, step in forbidden:
        with pytest.raises(Forbidden):
            write(programme, name, step, DEMAND, of("T04"))
    unknown = Subject("T04", LAST, "no.such.requirement")
    cases: list[tuple[str, RectificationAct, Subject, Written, str]] = [
        ("southern", "rectify", of("T04"), DEMAND, "unknown"),
        ("administrator", "rectify", of("T04"), DEMAND, "unknown"),
        ("reviewer", "rectify", unknown, DEMAND, "unknown"),
        ("reviewer", "rectify", Subject("T04", LAST, "specialization.target.2.mentors"), DEMAND, "met"),
        ("reviewer", "rectify", of("T04"), Written("  ", SOON), "text"),
        ("reviewer", "rectify", of("T04"), Written("找张三 13800138000", SOON), "personal"),
        ("reviewer", "rectify", of("T04"), Written("补足", TODAY - timedelta(days=1)), "day"),
        ("reviewer", "rectify", of("T04"), Written("补足"), "day"),
        ("reviewer", "accept", of("T04"), Written(), "state"),
        ("operator", "plan", Subject("S2", LAST, FUNDED), PLAN, "state"),
    ]
    for name, step, subject, written, why in cases:
        with pytest.raises(UnusableMeasure) as refused:
            write(programme, name, step, written, subject)
        assert refused.value.why == why, (name, step, subject)
    with pytest.raises(UnusableMeasure):
        rectifications.write(programme, "rectify", of("T04"), DEMAND)
    assert attainment.rectifications(programme, TODAY, spaces=("T04",)).empty


def test_who_answered_for_the_space_does_not_accept(programme: Engine) -> None:
    write(programme, "reviewer", "rectify", DEMAND, of("T04"))
    write(programme, "everything", "plan", PLAN, of("T04"))
    write(programme, "operator", "report", REPORT, of("T04"))
    with pytest.raises(UnusableMeasure) as refused:
        write(programme, "everything", "accept", Written(), of("T04"))
    assert refused.value.why == "own"
    write(programme, "manager", "accept", Written(), of("T04"))
