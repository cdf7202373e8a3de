"""What lies too long at a step of review: only where days are named, by the days of the edition's own place."""

import time
from datetime import UTC, datetime, timedelta

import pandas as pd
import pytest
import sqlalchemy as sa
from sqlalchemy import Engine

from tests import reviewed
from tests.policies import SHANGHAI
from tests.reviewed import DAY, by, file, of
from tests.tracking.reminders.test_run import CHANNELS, Post, addressed
from tracking.reminders import digest, run
from tracking.review import acting, deadlines, inbox, standing, terms, waiting
from tracking.review.acting import Given
from tracking.review.terms import Days

ZONE = "Asia/Shanghai"
NAMED = Days(check_days=3, approve_days=5, mend_days=8)


@pytest.fixture(autouse=True)
def _on_one_day() -> None:
    """What is counted in days from now begins and ends on the same one."""
    reviewed.today(ZONE)


@pytest.fixture
def programme(any_engine: Engine) -> Engine:
    """On each engine: two filed in the north and one in the south."""
    reviewed.enrolled(any_engine)
    file(any_engine)
    return any_engine


def name_days(engine: Engine, days: Days = NAMED) -> None:
    terms.set_days(engine, SHANGHAI.name, days, by="city")


def after(days: int) -> datetime:
    return deadlines.now() + timedelta(days=days)


def queue(engine: Engine, name: str, at: datetime, needs: str = "check") -> list[list[object]]:
    rows = standing.queue(by(engine, name), DAY, needs=needs, at=at)  # type: ignore[arg-type]
    return rows[["space_id", "days_here", "term"]].astype(object).where(rows.notna(), None).to_numpy().tolist()


def lying(engine: Engine, name: str, at: datetime) -> list[tuple[str, str]]:
    rows = waiting.overdue(by(engine, name), at)
    return list(zip(rows["step"], rows["space_id"], strict=True))


def test_where_no_days_are_named_nothing_lies_too_long(programme: Engine) -> None:
    assert queue(programme, "reviewer", after(900)) == [["S1", 900, None], ["S2", 900, None]]
    name_days(programme)
    name_days(programme, Days())
    assert [queue(programme, "reviewer", after(900))[0], lying(programme, "manager", after(900))] == [
        ["S1", 900, None],
        [],
    ]
    kinds = {each.kind for each in inbox.events(by(programme, "reviewer"), after(900))}
    assert not any(each.startswith("overdue") for each in kinds)


def test_what_lies_too_long_stands_first_and_is_told_to_district_and_city(programme: Engine) -> None:
    name_days(programme)
    # Three days from the day after: on the third all is in time, on the fourth it is not.
    assert [row[2] for row in queue(programme, "reviewer", after(3))] == ["in_time", "in_time"]
    acting.act(by(programme, "reviewer"), "check", [of("S1")])
    acting.act(by(programme, "reviewer"), "return", [of("S2")], Given("why"))
    assert lying(programme, "manager", after(4)) == [("check", "S3")]
    assert lying(programme, "southern", after(4)) == [("check", "S3")]
    assert lying(programme, "reviewer", after(6)) == []
    assert lying(programme, "manager", after(9)) == [("check", "S3"), ("approve", "S1"), ("mend", "S2")]
    # The district is told of what its operators are to mend, and of no step of the city.
    assert lying(programme, "reviewer", after(9)) == [("mend", "S2")]
    for name in ("operator", "analyst", "administrator"):
        assert lying(programme, name, after(9)) == []
    told = {
        name: sorted(each.kind for each in inbox.events(by(programme, name), after(9)) if "overdue" in each.kind)
        for name in ("reviewer", "southern", "manager", "operator")
    }
    assert told == {
        "reviewer": ["overdue_mend"],
        "southern": ["overdue_check"],
        "manager": ["overdue_approve", "overdue_check", "overdue_mend"],
        "operator": [],
    }
    assert queue(programme, "manager", after(6), "approve") == [["S1", 6, "overdue"]]


def test_the_overdue_stand_before_what_changes_more(engine: Engine) -> None:
    reviewed.enrolled(engine)
    file(engine, "space_id,year,mentors,funded_firms\nS1,2022,20,5\nS1,2023,20,5\nS2,2022,20,5\nS2,2023,20,4\n")
    nine_days_ago(engine)
    file(engine, "space_id,year,mentors,funded_firms\nS2,2023,21,4\n")
    rows = lambda: list(standing.queue(by(engine, "reviewer"), DAY, needs="check", year=2023)["space_id"])  # noqa: E731
    # S2 opens a shortfall, and lies there since today; S1 lies there for nine days.
    assert rows() == ["S2", "S1"]
    name_days(engine)
    nine_days_ago(engine, "review")
    assert rows() == ["S1", "S2"]


def nine_days_ago(engine: Engine, kind: str = "filing") -> None:
    """All that came in so far came nine days earlier."""
    with engine.begin() as connection:
        earlier = "UPDATE load SET loaded_at = loaded_at - INTERVAL '9 days' WHERE kind = :kind"
        connection.execute(sa.text(earlier), {"kind": kind})


def test_what_was_there_when_days_are_named_has_all_of_them(programme: Engine) -> None:
    nine_days_ago(programme)
    name_days(programme)
    terms_at = [lying(programme, "southern", after(days)) for days in (0, 3, 4)]
    assert terms_at == [[], [], [("check", "S3")]]
    assert queue(programme, "southern", after(4)) == [["S3", 13, "overdue"]]
    nine_days_ago(programme, "review")
    # Other days for another step begin nothing anew; other days for this one do.
    name_days(programme, NAMED._replace(approve_days=1))
    assert lying(programme, "southern", after(0)) == [("check", "S3")]
    name_days(programme, NAMED._replace(check_days=2))
    assert [lying(programme, "southern", after(days)) for days in (2, 3)] == [[], [("check", "S3")]]


def test_one_line_counts_what_had_the_same_last_day_and_is_told_once(engine: Engine) -> None:
    addressed(engine)
    file(engine)
    name_days(engine)
    (event,) = inbox.events(by(engine, "reviewer"), after(4))
    assert (event.kind, event.count, event.place) == ("overdue_check", 2, ("review", {"step": "overdue"}))
    told = digest.sentence(event, "en", after(4))
    assert told.startswith("2 filings of 2022 lie too long. The district was to check them by ")
    post = Post()
    # Two districts, the city, and who is both: not before it is over, and once.
    assert [run.remind(engine, CHANNELS, after(days), post).sent for days in (3, 4, 5, 40)] == [0, 4, 0, 0]
    assert {account for account, _ in post.taken} == {2, 3, 4, 7}
    acting.act(by(engine, "reviewer"), "check", [of("S1")])
    (left,) = inbox.events(by(engine, "reviewer"), after(4))
    assert (left.event, left.count, left.place[1]) == (event.event, 1, {"space": "S2", "year": "2022"})


def test_the_operator_is_reminded_before_the_last_day_for_mending(engine: Engine) -> None:
    reviewed.enrolled(engine)
    file(engine)
    name_days(engine)
    acting.act(by(engine, "reviewer"), "return", [of("S1")], Given("why"))

    def stages(at: datetime) -> list[int | None]:
        return [each.stage for each in inbox.events(by(engine, "operator"), at) if each.kind == "mend"]

    # Eight days: a week before the last one, and a day before it; what comes fourteen days before is no reminder.
    assert [stages(after(days)) for days in (0, 1, 6, 7, 8, 9)] == [[], [7], [7], [1], [1], []]
    file(by(engine, "operator"), "space_id,year,mentors,funded_firms\nS1,2022,21,5\n")
    assert stages(after(1)) == []
    # What was reopened has an end of its own.
    acting.act(by(engine, "reviewer"), "check", [of("S1", 2)])
    acting.act(by(engine, "manager"), "approve", [of("S1", 2)])
    acting.act(by(engine, "manager"), "reopen", [of("S1", 2)], Given("why", until_at=after(40)))
    assert stages(after(7)) == lying(engine, "manager", after(9))[2:] == []


@pytest.fixture(params=["UTC", "Asia/Shanghai", "Pacific/Auckland"])
def _server(request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setenv("TZ", request.param)
    time.tzset()
    yield
    monkeypatch.undo()
    time.tzset()


@pytest.mark.usefixtures("_server")
def test_the_last_day_is_shanghai_s_wherever_the_server_stands() -> None:
    # Filed on 10 March 2026, half past midnight in Shanghai: three days later is the 13th, and over at its midnight.
    filed = datetime(2026, 3, 9, 16, 30, tzinfo=UTC).astimezone().replace(tzinfo=None)
    rows = pd.DataFrame({"since": [filed], "counted_from": [filed], "days": [3], "time_zone": ["Asia/Shanghai"]})
    last, first = (waiting.counted(rows, datetime(2026, 3, 13, *at)).iloc[0] for at in ((15, 59, 59), (16, 0, 0)))
    assert (last["term"], last["days_here"], first["term"], first["days_here"]) == ("in_time", 3, "overdue", 4)
    assert last["last_day"] == datetime(2026, 3, 13)
