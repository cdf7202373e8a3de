"""Outside a window, and after approval, nothing comes in by any way; each refusal says what can be done."""

from datetime import date, datetime, timedelta

import pytest
from click.testing import CliRunner
from sqlalchemy import Engine

from tests import databases, reviewed
from tests.policies import SHANGHAI
from tests.reviewed import DAY, by, file, of
from tracking import database
from tracking.access.acts import Forbidden
from tracking.commands import group
from tracking.filing import loading, locks, preview
from tracking.filing.choices import Choices, Typed
from tracking.maintenance import backup, verify
from tracking.review import acting, windows

EDITION = SHANGHAI.name
TODAY = date.today()
YESTERDAY, TOMORROW = (TODAY + timedelta(days=days) for days in (-2, 2))
LONG = "space_id,year,metric,value\nS1,2022,mentors,33\n"
SEVERAL = "space_id,year,mentors\nS1,2022,30\nS3,2023,30\n"


@pytest.fixture
def embedded(engine: Engine) -> Engine:
    return reviewed.enrolled(engine)


def shut(engine: Engine, year: int = 2022) -> None:
    windows.set_window(engine, EDITION, year, None, YESTERDAY, "Asia/Shanghai", by="city")


def codes(engine: Engine, content: str, choices: Choices | None = None) -> set[str]:
    """The errors with which a file is refused, by checking, previewing and loading alike; nothing of it is stored."""
    chosen = choices or Choices()
    raw = content.encode()
    checked = loading.check(engine, raw, "f.csv", chosen)
    seen = preview.preview(engine, raw, "f.csv", TODAY, "en", choices=chosen).report
    loaded = loading.load(engine, raw, "f.csv", by="tests", choices=chosen)
    found = [{each.code for each in report.problems if each.severity == "error"} for report in (checked, seen, loaded)]
    assert found[0] == found[1] == found[2]
    assert all(each.message(lang) and each.hint(lang) for each in loaded.problems for lang in ("zh", "en"))
    assert (loaded.load_id is None) == bool(found[2])
    return found[2]


def test_a_shut_window_is_told_by_checking_and_previewing_too(embedded: Engine) -> None:
    file(embedded)
    shut(embedded)
    typed = Choices(figures={("S1", 2022, "mentors"): Typed("44")})
    for person in (embedded, by(embedded, "operator")):
        assert codes(person, "space_id,year,mentors\nS1,2022,31\n") == {"filing-locked-after"}
        assert codes(person, LONG) == {"filing-locked-after"}
        assert codes(person, "space_id,year,mentors\nS1,2022,20\n", typed) == {"filing-locked-after"}
    assert codes(embedded, SEVERAL) == {"filing-locked-after"}
    # What is stored already is no filing, and another year is another window.
    assert file(embedded).problems == []
    assert codes(embedded, "space_id,year,mentors\nS1,2023,30\n") == set()


def test_an_exception_lets_one_space_in_and_ends_by_itself(embedded: Engine) -> None:
    shut(embedded)
    with pytest.raises(acting.UnusableReason):
        windows.extend(embedded, "S1", 2022, TOMORROW, " ", by="city")
    windows.extend(embedded, "S1", 2022, TOMORROW, "停电", by="city")
    (given,) = windows.exceptions(embedded, DAY).to_dict("records")
    assert (given["time_zone"], given["running"]) == ("Asia/Shanghai", True)
    # Told as the day that was given, and not as the midnight behind it or as UTC.
    assert windows.last_day_for(embedded, DAY, space="S1", ends=given["until_at"].to_pydatetime()) == TOMORROW
    assert codes(embedded, "space_id,year,mentors\nS1,2022,31\n") == set()
    assert codes(embedded, "space_id,year,mentors\nS2,2022,31\n") == {"filing-locked-after"}
    windows.extend(embedded, "S1", 2022, YESTERDAY, "已毕", by="city")
    assert codes(embedded, "space_id,year,mentors\nS1,2022,32\n") == {"filing-locked-after"}


def test_a_window_that_is_not_open_yet_says_when_and_one_taken_away_closes_nothing(embedded: Engine) -> None:
    windows.set_window(embedded, EDITION, 2022, TOMORROW, None, "Asia/Shanghai", by="city")
    report = file(embedded, "space_id,year,mentors\nS1,2022,31\n")
    assert f"opens on {TOMORROW} 00:00 (Asia/Shanghai)" in report.problems[0].message("en")
    windows.set_window(embedded, EDITION, 2022, None, None, None, by="city")
    assert file(embedded, "space_id,year,mentors\nS1,2022,31\n").loaded


def test_what_is_approved_is_shut_until_it_is_reopened(embedded: Engine) -> None:
    file(embedded)
    acting.act(by(embedded, "reviewer"), "check", [of("S1")])
    manager = by(embedded, "manager")
    acting.act(manager, "approve", [of("S1")])
    for person in (embedded, by(embedded, "operator")):
        assert codes(person, "space_id,year,mentors\nS1,2022,31\n") == {"filing-locked-approved"}
        assert codes(person, LONG) == {"filing-locked-approved"}
    assert codes(embedded, SEVERAL) == {"filing-locked-approved"}
    until = windows.end_for(manager, "S1", TOMORROW)
    acting.act(manager, "reopen", [of("S1")], acting.Given("更正", until_at=until))
    assert codes(by(embedded, "operator"), "space_id,year,mentors\nS1,2022,31\n") == set()


@pytest.mark.parametrize("name", ["operator", "reviewer", "analyst"])
def test_windows_are_set_by_who_is_in_charge_alone(engine: Engine, name: str) -> None:
    reviewed.enrolled(engine)
    with pytest.raises(Forbidden):
        windows.set_window(by(engine, name), EDITION, 2022, None, YESTERDAY, None, by="-")
    with pytest.raises(Forbidden):
        windows.extend(by(engine, name), "S1", 2022, TOMORROW, "why", by="-")
    assert windows.listed(engine, DAY).empty


def test_the_evening_of_the_deadline_is_the_edition_s_own() -> None:
    # The last second of 31 March in each place, in UTC: Shanghai is 8 hours ahead, Auckland 13 in its summer.
    ends = {zone: windows.end(date(2026, 3, 31), zone) for zone in ("Asia/Shanghai", "Pacific/Auckland", "UTC")}
    assert ends == {
        "Asia/Shanghai": datetime(2026, 3, 31, 16),
        "Pacific/Auckland": datetime(2026, 3, 31, 11),
        "UTC": datetime(2026, 4, 1),
    }
    assert windows.beginning(date(2026, 1, 1), "Asia/Shanghai") == datetime(2025, 12, 31, 16)
    assert windows.end(date.max, "Pacific/Auckland") > windows.beginning(date.min, "Pacific/Auckland")


def test_a_window_survives_a_backup_and_shuts_the_command_line(tmp_path) -> None:
    url = databases.shanghai_at(tmp_path / "windows.duckdb")
    engine = database.connect(url)
    reviewed.enrolled(engine)
    engine.dispose()
    filed = tmp_path / "filed.csv"
    filed.write_text("space_id,year,mentors\nS1,2022,31\n", encoding="utf-8")
    day = ["--year", "2022", "--closes", YESTERDAY.isoformat()]
    run = CliRunner().invoke
    assert run(group, ["review", "window", "--database", url, "--edition", EDITION, *day]).exit_code == 0
    refused = run(group, ["load", "--database", url, "--lang", "en", str(filed)])
    assert refused.exit_code == 1
    assert "cannot file any more" in refused.output
    engine = database.connect(url)
    backup.backup(engine, tmp_path / "backup")
    engine.dispose()
    other = databases.empty()
    backup.restore(other, tmp_path / "backup")
    assert [each.code for each in locks.of_space(other, DAY, space="S1")] == ["filing-locked-after"]
    assert [each for each in verify.verify(other) if each.broken] == []
    other.dispose()
