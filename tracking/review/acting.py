"""Checking, approving, returning and reopening filings.

Each act is asked of the grants, of four eyes and of the filing's state in the transaction that stores it. Of several
filings those that cannot be are told, each with the reason, and the others are stored together as one load.
"""

import json
from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from datetime import datetime
from typing import Literal, NamedTuple

import sqlalchemy as sa
from sqlalchemy import Connection, Engine

from tracking import database
from tracking.access import acts, people
from tracking.access.people import Person
from tracking.database import loads, refresh
from tracking.review import exceptions
from tracking.review.weighing import weighed
from tracking.words import spelling

ReviewAct = Literal["check", "approve", "return", "reopen"]
LONGEST_REASON = 2_000
# Why a filing was not moved; each has its sentence.
Why = Literal["account", "unknown", "revised", "state", "forbidden", "own", "not-clean", "exception"]

_STATES = sa.text("""
SELECT
    filing_state.space_id,
    filing_state.year,
    filing_state.revision,
    filing_state.state,
    review_step.needs,
    review_step.four_eyes
FROM filing_state
INNER JOIN visible_space
    ON filing_state.space_id = visible_space.space_id
LEFT JOIN review_step
    ON filing_state.state = review_step.state
    AND review_step.act = :act
WHERE filing_state.space_id IN :spaces
""").bindparams(sa.bindparam("spaces", expanding=True))
_HANDS = sa.text("""
SELECT
    space_id,
    year
FROM filing_hand
WHERE
    space_id IN :spaces
    AND (account = :name OR (account IS NULL AND filed_by IN (:name, :display)))
""").bindparams(sa.bindparam("spaces", expanding=True))
_CLEAN = "SELECT space_id, year FROM weighed WHERE clean AND space_id IN :spaces"
_REASONS = sa.text("SELECT COUNT(*) FROM review_step WHERE act = :act AND with_reason")
_FIGURES = sa.text("""
SELECT metric FROM current_observation WHERE space_id = :space_id AND year = :year
UNION
SELECT metric FROM current_metric WHERE kind <> 'share'
""")
_INSERT = sa.text("""
INSERT INTO review (load_id, space_id, year, revision, act, reason, until_at)
VALUES (:load_id, :space_id, :year, :revision, :act, :reason, :until_at)
""")
_INSERT_CELL = sa.text("INSERT INTO returned_cell VALUES (:load_id, :space_id, :year, :metric)")


class Filing(NamedTuple):
    """One revision of what a space filed for a year: the one that was looked at."""

    space_id: str
    year: int
    revision: int


class NotMoved(NamedTuple):
    """A filing that was not moved, and why."""

    filing: Filing
    why: Why


class UnusableReason(Exception):
    """A return or a reopening needs a reason that others can read."""


class UnknownCell(Exception):
    """There is no such metric; `metric` names it."""

    def __init__(self, metric: str) -> None:
        super().__init__(metric)
        self.metric = metric


@dataclass(frozen=True)
class Done:
    """What became of an act: the load that it is stored as, None where nothing was, and what was refused."""

    load_id: int | None
    moved: Sequence[Filing]
    refused: Sequence[NotMoved]


@dataclass(frozen=True)
class Given:
    """What goes with an act: a reason, the metrics that a return names, the end of a reopening (UTC).

    With `exception_until` (UTC) the spaces may file for the year outside of its window until then, for the same reason.
    """

    reason: str | None = None
    cells: Sequence[str] = field(default_factory=tuple)
    until_at: datetime | None = None
    exception_until: datetime | None = None


NOTHING = Given()


def act(
    engine: Engine,
    done: ReviewAct,
    filings: Sequence[Filing],
    given: Given = NOTHING,
    *,
    only_clean: bool = False,
) -> Done:
    """Move filings on; with `only_clean` those alone that are clean, as `weighing` says it.

    Raises UnusableReason, UnknownCell, DatabaseUnavailable.
    """
    wanted = sorted(set(filings))

    def work(connection: Connection) -> Done:
        person = people.person_of(engine)
        if person.account is None:
            return Done(None, (), [NotMoved(each, "account") for each in wanted])
        usable = _usable(connection, done, given)
        why = _refusals(connection, engine, done, wanted, only_clean=only_clean)
        if given.exception_until is not None:
            why = {**_without_exception(connection, engine, wanted), **why}
        moved = [each for each in wanted if each not in why]
        refused = [NotMoved(each, why[each]) for each in wanted if each in why]
        if not moved:
            return Done(None, (), refused)
        return Done(_store(connection, engine, person, done, moved, usable), moved, refused)

    made = database.write(engine, work)
    if made.load_id is not None:
        acts.noted(engine, "review", f"{done} {made.load_id}")
        if given.exception_until is not None:
            acts.noted(engine, "window", str(made.load_id))
    return made


def _usable(connection: Connection, done: ReviewAct, given: Given) -> Given:
    reason = (given.reason or "").strip()
    needed = bool(connection.execute(_REASONS, {"act": done}).scalar_one())
    if needed and not spelling.tidy(reason) or len(reason) > LONGEST_REASON or spelling.misleading(reason):
        raise UnusableReason
    return replace(given, reason=reason or None, cells=tuple(dict.fromkeys(given.cells)))


def _refusals(
    connection: Connection, engine: Engine, done: ReviewAct, filings: Sequence[Filing], *, only_clean: bool
) -> dict[Filing, Why]:
    if not filings:
        return {}
    person = people.person_of(engine)
    spaces = sorted({each.space_id for each in filings})
    rows = connection.execute(_STATES, {"act": done, "spaces": spaces}).all()
    stand = {(row.space_id, row.year): row for row in rows}
    named = {"name": person.name, "display": person.display or person.name, "spaces": spaces}
    own = {tuple(row) for row in connection.execute(_HANDS, named).all()}
    clean = _clean(connection, spaces) if only_clean else set()
    covered = _covered(connection, engine, done, spaces)
    found: dict[Filing, Why] = {}
    for each in filings:
        row = stand.get((each.space_id, each.year))
        if row is None:
            found[each] = "unknown"
        elif each.space_id not in covered.get(row.needs, covered["any"]):
            found[each] = "forbidden"
        elif row.revision != each.revision:
            found[each] = "revised"
        elif row.needs is None:
            found[each] = "state"
        elif row.four_eyes and (each.space_id, each.year) in own:
            found[each] = "own"
        elif only_clean and (each.space_id, each.year) not in clean:
            found[each] = "not-clean"
    return found


def _clean(connection: Connection, spaces: Sequence[str]) -> set[tuple[str, int]]:
    statement = sa.text(weighed(connection, _CLEAN)).bindparams(sa.bindparam("spaces", expanding=True))
    return {(row.space_id, row.year) for row in connection.execute(statement, {"spaces": spaces}).all()}


def _without_exception(connection: Connection, engine: Engine, filings: Sequence[Filing]) -> dict[Filing, Why]:
    """Those whose spaces whoever acts gives no exceptions to."""
    covered = _of_act(connection, engine, "except", sorted({each.space_id for each in filings}))
    return {each: "exception" for each in filings if each.space_id not in covered}


def _covered(connection: Connection, engine: Engine, done: ReviewAct, spaces: Sequence[str]) -> dict[str, set[str]]:
    """By act of the grants, the spaces over which whoever acts holds it; `any`: over which one that does this."""
    needs = connection.execute(sa.text("SELECT DISTINCT needs FROM review_step WHERE act = :act"), {"act": done})
    found = {each: _of_act(connection, engine, each, spaces) for each in needs.scalars().all()}
    return {**found, "any": set().union(*found.values())}


def _of_act(connection: Connection, engine: Engine, needs: acts.Act, spaces: Sequence[str]) -> set[str]:
    try:
        acts.check(connection, engine, needs, spaces)
    except acts.Forbidden:
        return {each for each in spaces if len(spaces) > 1 and _of_act(connection, engine, needs, [each])}
    return set(spaces)


def _store(
    connection: Connection, engine: Engine, person: Person, done: ReviewAct, filings: Sequence[Filing], given: Given
) -> int:
    until, exception = (each and each.replace(microsecond=0) for each in (given.until_at, given.exception_until))
    act = {"act": done, "filings": [list(each) for each in filings], "reason": given.reason}
    document = {**act, "cells": list(given.cells), "until_at": until and until.isoformat()}
    if exception:
        document |= {"exception_until": exception.isoformat()}
    content = json.dumps(document, ensure_ascii=False, indent=1).encode()
    first = filings[0]
    source = f"{done} {first.space_id} {first.year}" if len(filings) == 1 else f"{done} × {len(filings)}"
    load_id = loads.record(connection, "review", source, content, by=acts.signature(engine, person.name))
    acts.sign(connection, engine, load_id)
    for each in filings:
        row = {**each._asdict(), "load_id": load_id}
        connection.execute(_INSERT, {**row, "act": done, "reason": given.reason, "until_at": until})
        if exception:
            exceptions.keep(connection, load_id, each.space_id, each.year, exception, str(given.reason))
        known = set(connection.execute(_FIGURES, {"space_id": each.space_id, "year": each.year}).scalars())
        for metric in given.cells:
            if metric not in known:
                raise UnknownCell(metric)
            cell = {name: row[name] for name in ("load_id", "space_id", "year")}
            connection.execute(_INSERT_CELL, {**cell, "metric": metric})
    refresh.reviewed(connection, sorted({each.space_id for each in filings}))
    return load_id
