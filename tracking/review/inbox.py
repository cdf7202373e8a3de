"""What concerns somebody by the grants of now: what happened to filings, questions, and deadlines that come near.

Nothing of it is stored but what was read: every event follows from loads and windows, and has a name that stays.
"""

from collections.abc import Collection, Hashable, Iterable, Mapping
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from functools import partial
from typing import Any

import pandas as pd
import sqlalchemy as sa
from sqlalchemy import Connection, Engine

from tracking import database
from tracking.access import acts, people, trail
from tracking.access.acts import Act
from tracking.review import deadlines, waiting
from tracking.review.deadlines import now as now
from tracking.words.language import Lang

# What only tells something is told for so many days; what waits for somebody as long as it waits.
KEPT_DAYS = 60

_HAPPENED = sa.text("""
SELECT
    inbox_event.*,
    visible_space.space_name,
    named_metric.name_zh AS metric_zh,
    named_metric.name_en AS metric_en
FROM inbox_event
INNER JOIN visible_space
    ON inbox_event.space_id = visible_space.space_id
LEFT JOIN named_metric
    ON inbox_event.metric = named_metric.metric
WHERE
    inbox_event.needs = :needs
    AND (inbox_event.author IS NULL OR inbox_event.author <> :name)
    AND (inbox_event.waits OR inbox_event.at >= :since)
    AND (inbox_event.space_id, inbox_event.year) NOT IN (SELECT space_id, year FROM withheld_year)
""")
_DEADLINES = sa.text("""
SELECT
    open_deadline.*,
    visible_space.space_name
FROM open_deadline
INNER JOIN visible_space
    ON open_deadline.space_id = visible_space.space_id
WHERE
    open_deadline.ends_at > :now
    AND open_deadline.ends_at <= :soon
    AND (open_deadline.opens_at IS NULL OR open_deadline.opens_at <= :now)
""")
_MARKED = sa.text("SELECT event FROM inbox_mark WHERE account = :account")
_MARK = sa.text("INSERT INTO inbox_mark VALUES (:account, :event, :read_at)")
# The pages of what is not dealt with where filings are handed in.
_PLACES = {
    **dict.fromkeys(("approved", "answered", "overdue_check", "overdue_approve", "overdue_mend"), "review"),
    "rectification": "space",
}
# By whom something is to be done before a deadline, and whom else something may concern.
_FILES: Act = "file"
_CONCERNED: tuple[Act, ...] = (_FILES, *waiting.CONCERNED)


@dataclass(frozen=True)
class Event:
    """Something that concerns somebody: `event` names it for good, `at` is when it came about, `waits` that it is to be
    dealt with. Of a deadline `ends_at` (UTC) and `zone` say which, and `stage` how near it is; of the others they are
    None. `count` is of how many filings it is, where the same day was the last one of several.
    """

    event: str
    kind: str
    space_id: str
    space_name: str
    year: int
    at: datetime
    waits: bool
    by: str | None = None
    body: str | None = None
    metric: str | None = None
    metric_zh: str | None = None
    metric_en: str | None = None
    ends_at: datetime | None = None
    zone: str | None = None
    stage: int | None = None
    count: int = 1

    @property
    def repeats(self) -> frozenset[str]:
        """The names under which the same was told already: of a deadline, this stage and those after it."""
        if self.stage is None:
            return frozenset({self.event})
        beginning = self.event.rpartition(":")[0]
        return frozenset(f"{beginning}:{each}" for each in deadlines.STAGES if each <= self.stage)

    @property
    def place(self) -> tuple[str, dict[str, str]]:
        """The page where it is dealt with or seen, and what its address says."""
        page = _PLACES.get(self.kind, "filing")
        if self.count > 1:
            return page, {"step": "overdue"}
        return page, {"space": self.space_id, "year": str(self.year)}

    def metric_name(self, lang: Lang) -> str:
        """What the figure is called that it is about; empty where it is about none."""
        return (self.metric_zh if lang == "zh" else self.metric_en) or self.metric or ""


def events(engine: Engine, at: datetime) -> list[Event]:
    """What concerns whoever looks, at a moment (UTC): what waits for somebody first, then the latest first.

    What somebody did is no news to them. Who has no account has no inbox.
    """
    person = people.person_of(engine)
    if person.account is None:
        return []
    named = sorted(_together(_found(engine, person.name, at)), key=lambda each: each.event)
    latest = sorted(named, key=lambda each: each.at, reverse=True)
    return sorted(latest, key=lambda each: not each.waits)


def everywhere(engine: Engine, at: datetime) -> list[Event]:
    """What concerns anybody at all, at a moment (UTC), of each space by itself: for the keeper. Raises Forbidden."""
    acts.keepers(engine)
    return _found(engine, "", at)


def marked(engine: Engine) -> set[str]:
    """The names of the events that whoever looks has read."""
    with database.reading(engine) as connection:
        found = connection.execute(_MARKED, {"account": people.person_of(engine).account})
        return {str(each) for each in found.scalars().all()}


def mark(engine: Engine, names: Collection[str]) -> None:
    """Keep that whoever looks has read events. Raises DatabaseUnavailable."""
    account = people.person_of(engine).account

    def work(connection: Connection) -> None:
        known = set(connection.execute(_MARKED, {"account": account}).scalars().all())
        rows = [{"account": account, "event": each, "read_at": trail.now()} for each in sorted(set(names) - known)]
        if rows:
            connection.execute(_MARK, rows)

    if account is not None and names:
        database.write_beside(engine, work)


def _found(engine: Engine, name: str, at: datetime) -> list[Event]:
    """What concerns whoever looks but for what the account of that name did; some of it twice."""
    found: list[Event] = []
    for needs in filter(partial(acts.may, people.person_of(engine)), _CONCERNED):
        with database.reading(acts.held(engine, needs)) as connection:
            found += _happened(connection, needs, name, at)
            found += _near(connection, at) if needs == _FILES else _overdue(connection, needs, at)
    return found


def _together(found: Iterable[Event]) -> list[Event]:
    """Events of one name as one that counts them."""
    named: dict[str, dict[str, Event]] = {}
    for each in found:
        named.setdefault(each.event, {})[each.space_id] = each
    return [replace(spaces[min(spaces)], count=len(spaces)) for spaces in named.values()]


def _happened(connection: Connection, needs: Act, name: str, at: datetime) -> list[Event]:
    since = at - timedelta(days=KEPT_DAYS)
    rows = database.frame(connection, _HAPPENED, needs=needs, name=name, since=since)
    return [
        Event(
            _name(row["kind"], row["load_id"], row["space_id"], row["year"], _text(row["metric"])),
            str(row["kind"]),
            str(row["space_id"]),
            str(row["space_name"]),
            int(row["year"]),
            pd.Timestamp(row["at"]).to_pydatetime(),
            bool(row["waits"]),
            by=_text(row["by"]),
            body=_text(row["body"]),
            metric=_text(row["metric"]),
            metric_zh=_text(row["metric_zh"]),
            metric_en=_text(row["metric_en"]),
        )
        for row in rows.to_dict("records")
    ]


def _near(connection: Connection, at: datetime) -> list[Event]:
    soon = at + timedelta(days=max(deadlines.STAGES) + 2)
    found = []
    for row in database.frame(connection, _DEADLINES, now=at, soon=soon).to_dict("records"):
        ends_at, zone = pd.Timestamp(row["ends_at"]).to_pydatetime(), str(row["time_zone"])
        stage = deadlines.stage(ends_at, zone, at)
        if stage is not None:
            found.append(_deadline(str(row["kind"]), row, ends_at, stage))
    for row in waiting.named(connection, ["mend"], at).to_dict("records"):
        ends_at, zone = row["ends_at"], str(row["time_zone"])
        stage = deadlines.stage(ends_at, zone, at)
        # Of a stage that was over when it was returned, the return itself has told.
        if stage is not None and stage < row["days"]:
            found.append(_deadline("mend", row, ends_at, stage))
    return found


def _deadline(kind: str, row: Mapping[Hashable, Any], ends_at: datetime, stage: int) -> Event:
    zone = str(row["time_zone"])
    name = _name(kind, row["space_id"], row["year"], row.get("subject") or None, f"{ends_at:%Y%m%d%H%M}", stage)
    about = (kind, str(row["space_id"]), str(row["space_name"]), int(row["year"]))
    begun = deadlines.begun_at(ends_at, zone, stage)
    return Event(name, *about, begun, waits=True, ends_at=ends_at, zone=zone, stage=stage)


def _overdue(connection: Connection, needs: Act, at: datetime) -> list[Event]:
    """What lies too long at a step; those of a year whose last day was the same have one name."""
    rows = waiting.named(connection, waiting.CONCERNED[needs], at)
    found = []
    for row in rows[rows["term"] == "overdue"].to_dict("records"):
        kind, ends_at, zone = f"overdue_{row['step']}", row["ends_at"], str(row["time_zone"])
        name = _name(kind, row["year"], f"{ends_at:%Y%m%d%H%M}")
        about = (kind, str(row["space_id"]), str(row["space_name"]), int(row["year"]))
        found.append(Event(name, *about, ends_at, waits=True, ends_at=ends_at, zone=zone))
    return found


def _name(*parts: object) -> str:
    return ":".join(str(each) for each in parts if each is not None)


def _text(value: object) -> str | None:
    return value if isinstance(value, str) else None
