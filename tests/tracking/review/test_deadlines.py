"""Days are counted where the deadline is: where the server stands, and what its clock is set to, is none of it."""

import os
import time
from datetime import UTC, datetime

import pytest

from tracking.review import deadlines, windows

ZONE = "Asia/Shanghai"
# The end of 31 March 2026 in Shanghai.
ENDS = datetime(2026, 3, 31, 16)


@pytest.fixture(params=["UTC", "Asia/Shanghai", "Pacific/Auckland"])
def _server(request: pytest.FixtureRequest):
    before = os.environ.get("TZ")
    os.environ["TZ"] = request.param
    time.tzset()
    yield
    if before is None:
        del os.environ["TZ"]
    else:
        os.environ["TZ"] = before
    time.tzset()


@pytest.mark.usefixtures("_server")
@pytest.mark.parametrize(
    ("local", "left", "stage"),
    [
        ("2026-03-16 23:59:59", 15, None),
        ("2026-03-17 00:00:00", 14, 14),
        ("2026-03-23 23:59:59", 8, 14),
        ("2026-03-24 00:00:00", 7, 7),
        ("2026-03-29 23:59:59", 2, 7),
        ("2026-03-30 00:00:00", 1, 1),
        ("2026-03-31 23:59:59", 0, 1),
        ("2026-04-01 00:00:00", -1, None),
    ],
)
def test_a_reminder_begins_and_ends_at_midnight_in_shanghai(local: str, left: int, stage: int | None) -> None:
    # Shanghai is 8 hours ahead of UTC all year.
    now = datetime.fromisoformat(f"{local}+08:00").astimezone(UTC).replace(tzinfo=None)
    assert deadlines.days_left(ENDS, ZONE, now) == left
    assert deadlines.stage(ENDS, ZONE, now) == stage
    if stage is not None:
        begun = deadlines.begun_at(ENDS, ZONE, stage)
        assert begun <= now
        assert windows.local(begun, ZONE).endswith("00:00")


def test_days_stay_days_where_clocks_are_put_back() -> None:
    # Auckland ends its summer time on 5 April 2026: a day of 25 hours.
    zone, ends = "Pacific/Auckland", datetime(2026, 4, 10, 12)
    assert deadlines.last_day(ends, zone).date().isoformat() == "2026-04-10"
    # 3 April 23:59:59 there, still UTC+13, and a second later.
    assert deadlines.stage(ends, zone, datetime(2026, 4, 3, 10, 59, 59)) == 7
    assert deadlines.stage(ends, zone, datetime(2026, 4, 2, 10, 59, 59)) == 14
    assert deadlines.stage(ends, zone, datetime(2026, 4, 2, 11)) == 7
