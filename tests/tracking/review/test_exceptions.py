"""What is returned or reopened once its window has closed: never open again in silence, and by who may alone."""

from datetime import date, timedelta
from pathlib import Path
from typing import NamedTuple

import pytest
import sqlalchemy as sa
from click.testing import CliRunner
from sqlalchemy import Engine

from tests import databases, reviewed
from tests.policies import SHANGHAI
from tests.reviewed import DAY, by, file, of
from tracking import database
from tracking.commands import group
from tracking.maintenance import verify
from tracking.review import acting, exceptions, standing, terms, windows
from tracking.review.acting import Given
from tracking.review.exceptions import Way

ZONE = "Asia/Shanghai"
MENDED = "space_id,year,mentors,funded_firms\n{},2022,21,5\n"


class Days(NamedTuple):
    """Of the day on which a test runs; one on which a window closed; one to come."""

    today: date
    closed: date
    ahead: date

    def later(self, days: int | None) -> date | None:
        """So many days later than today; none where none is named."""
        return None if days is None else self.today + timedelta(days=days)


@pytest.fixture
def days() -> Days:
    today = reviewed.today(ZONE)
    return Days(today, today - timedelta(days=3), today + timedelta(days=5))


def window(engine: Engine, closes: date | None, opens: date | None = None) -> None:
    windows.set_window(engine, SHANGHAI.name, 2022, opens, closes, ZONE, by="city")


def way(engine: Engine, name: str = "manager") -> Way:
    return exceptions.way(by(engine, name), DAY, space="S1", year=2022)


def given_until(engine: Engine, day: date) -> Given:
    return Given("人数不符", exception_until=windows.end_for(engine, "S1", day))


def mended(engine: Engine, space: str) -> list[str]:
    """Why the operator cannot file for a space anew."""
    return [each.code for each in file(by(engine, "operator"), MENDED.format(space)).problems]


def test_an_exception_goes_with_the_return_of_who_may_give_it(any_engine: Engine, days: Days) -> None:
    programme = reviewed.filed(any_engine)
    window(programme, days.closed)
    reviewer, manager = by(programme, "reviewer"), by(programme, "manager")
    acting.act(reviewer, "check", [of("S2")])
    refused = acting.act(reviewer, "return", [of("S1")], given_until(programme, days.ahead))
    assert (refused.load_id, [each.why for each in refused.refused]) == (None, ["exception"])
    assert windows.exceptions(programme, DAY).empty
    assert acting.act(reviewer, "return", [of("S1")], Given("人数不符")).moved
    done = acting.act(manager, "return", [of("S2")], given_until(programme, days.ahead))
    (listed,) = windows.exceptions(programme, DAY).to_dict("records")
    assert (listed["space_id"], listed["reason"], listed["set_by"], listed["running"]) == (
        "S2",
        "人数不符",
        "manager",
        True,
    )
    past = standing.past(programme, DAY, space="S2", year=2022)
    assert windows.last_day_for(programme, DAY, space="S2", ends=past["until_at"].iloc[0].to_pydatetime()) == days.ahead
    assert (mended(programme, "S1"), mended(programme, "S2")) == (["filing-locked-after"], [])
    with database.reading(programme) as connection:
        noted = connection.execute(sa.text("SELECT event, subject FROM audit_event ORDER BY number DESC")).all()
    assert {("review", f"return {done.load_id}"), ("window", str(done.load_id))} <= {tuple(each) for each in noted}
    assert [each for each in verify.verify(programme) if each.broken] == []


def test_it_ends_by_itself_and_lets_in_what_is_reopened(engine: Engine, days: Days) -> None:
    programme = reviewed.filed(engine)
    window(programme, days.closed)
    acting.act(by(programme, "reviewer"), "check", [of("S1"), of("S2")])
    manager = by(programme, "manager")
    acting.act(manager, "return", [of("S2")], given_until(programme, days.today - timedelta(days=1)))
    assert mended(programme, "S2") == ["filing-locked-after"]
    acting.act(manager, "approve", [of("S1")])
    ends = windows.end_for(programme, "S1", days.ahead)
    acting.act(manager, "reopen", [of("S1")], Given("更正", until_at=ends, exception_until=ends))
    assert mended(programme, "S1") == []


@pytest.mark.parametrize(
    ("opens", "closes", "ends_before", "sentence"),
    [
        (None, None, False, ""),
        (None, 8, False, ""),
        (None, 7, True, "through {closes} only"),
        (None, -3, True, "its last day was {closes}"),
        (5, None, True, "opens on {opens}"),
    ],
    ids=["no end", "long enough", "too short", "closed", "to come"],
)
def test_the_way_is_told_by_the_days_for_mending(
    engine: Engine, days: Days, opens: int | None, closes: int | None, *, ends_before: bool, sentence: str
) -> None:
    programme = reviewed.enrolled(engine)
    assert way(programme).mend_until == days.later(exceptions.USUAL_DAYS)
    terms.set_days(programme, SHANGHAI.name, terms.Days(mend_days=8), by="city")
    window(programme, days.later(closes), days.later(opens))
    found = way(programme)
    assert found.mend_until == days.later(8)
    assert found.ends_before(found.mend_until) == ends_before
    assert sentence.format(closes=days.later(closes), opens=days.later(opens)) in found.sentence(2022, "en")
    assert bool(sentence) == bool(found.sentence(2022, "zh"))
    assert [way(programme, each).may_except for each in ("reviewer", "operator", "manager")] == [False, False, True]


def test_by_command_the_exception_is_named_and_a_shut_way_is_told(tmp_path: Path, days: Days) -> None:
    url = databases.shanghai_at(tmp_path / "returned.duckdb")
    engine = database.connect(url)
    reviewed.filed(engine)
    window(engine, days.closed)
    acting.act(by(engine, "reviewer"), "check", [of("S2")])
    engine.dispose()

    def returned(name: str, space: str, *until: str) -> tuple[int, str]:
        environment = {"TRACKING_DATABASE": url, "TRACKING_AS": name, "TRACKING_LANG": "en"}
        words = ["review", "return", "--space", space, "--year", "2022", "--reason", "why", *until]
        done = CliRunner().invoke(group, words, env=environment)
        return done.exit_code, done.output

    code, output = returned("reviewer", "S1", "--until", days.ahead.isoformat())
    assert (code, "Only a manager of the city or an administrator" in output) == (1, True)
    code, output = returned("reviewer", "S1")
    assert (code, f"S1: The window for 2022 is closed; its last day was {days.closed}. Ask a manager" in output) == (
        0,
        True,
    )
    code, output = returned("manager", "S2", "--until", days.ahead.isoformat())
    assert (code, output) == (0, "1 done: Return.\n")
    engine = database.connect(url)
    assert mended(engine, "S2") == []
    engine.dispose()
