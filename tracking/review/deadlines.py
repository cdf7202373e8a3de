"""How many days are left until a deadline, counted where the deadline is, wherever the server stands."""

from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

# Days before the last one on which whoever has not filed is reminded; the last that has come tells for those before it.
STAGES = (14, 7, 1)


def now() -> datetime:
    """This moment, UTC."""
    return datetime.now(UTC).replace(tzinfo=None)


def last_day(ends_at: datetime, zone: str) -> datetime:
    """The beginning of the last day on which something can be filed, by the clocks of the zone; the end is UTC."""
    return _local(ends_at - timedelta(microseconds=1), zone).replace(hour=0, minute=0, second=0, microsecond=0)


def days_left(ends_at: datetime, zone: str, now: datetime) -> int:
    """How many midnights lie between now and the last day: 0 on that day, below 0 once it is over. Both are UTC."""
    return (last_day(ends_at, zone).date() - _local(now, zone).date()).days


def stage(ends_at: datetime, zone: str, now: datetime) -> int | None:
    """The one of STAGES that has come; None where it is too early for any, or too late."""
    left = days_left(ends_at, zone, now)
    return min((each for each in STAGES if left <= each), default=None) if left >= 0 and now < ends_at else None


def begun_at(ends_at: datetime, zone: str, stage: int) -> datetime:
    """The moment, UTC, from which a stage holds."""
    day = last_day(ends_at, zone).replace(tzinfo=None) - timedelta(days=stage)
    return day.replace(tzinfo=ZoneInfo(zone)).astimezone(UTC).replace(tzinfo=None)


def utc(moment: datetime) -> datetime:
    """A moment as the machine's own clock shows it, in UTC."""
    return moment.astimezone(UTC).replace(tzinfo=None)


def days_since(begun: datetime, zone: str, now: datetime) -> int:
    """How many midnights lie between a moment and now: 0 on the day itself. Both are UTC."""
    return (_local(now, zone).date() - _local(begun, zone).date()).days


def end_after(begun: datetime, days: int, zone: str) -> datetime:
    """The moment, UTC, in which the last of so many days after that of a moment (UTC) is over."""
    day = _local(begun, zone).replace(hour=0, minute=0, second=0, microsecond=0, tzinfo=None)
    after = day + timedelta(days=days + 1)
    return after.replace(tzinfo=ZoneInfo(zone)).astimezone(UTC).replace(tzinfo=None)


def _local(moment: datetime, zone: str) -> datetime:
    return moment.replace(tzinfo=UTC).astimezone(ZoneInfo(zone))
