"""Rectifications: what was missed is demanded to be put right, planned, reported and decided. No status changes by it.

What each state allows stands in schema.sql, as does what came of it: the next year's figure alone says that.
"""

from dataclasses import dataclass
from datetime import date
from typing import Literal

import pandas as pd
import sqlalchemy as sa
from sqlalchemy import Connection, Engine

from tracking import database
from tracking.access import acts, people
from tracking.review import measures
from tracking.review.measures import Subject, UnusableMeasure

RectificationAct = Literal["rectify", "plan", "report", "accept", "send_back", "withdraw"]
PAST = {"act": "str", "body": "str", "by_day": "datetime64[s]", "evidence": "str", "by": "str", "at": "datetime64[us]"}

_STANDING = sa.text(f"""
SELECT
    state,
    demand_id,
    by_day
FROM rectification_thread
WHERE {measures.is_of("rectification_thread", "subject")}
""")
_STEPS = sa.text("""
SELECT
    act,
    needs,
    four_eyes,
    with_body
FROM rectification_step
WHERE state = :state
""")
_ANSWERED = sa.text(f"""
SELECT 1
FROM rectification
INNER JOIN author
    ON rectification.load_id = author.load_id
WHERE
    rectification.load_id > :demand_id
    AND {measures.is_of("rectification")}
    AND rectification.act IN (SELECT act FROM rectification_step WHERE needs = 'file')
    AND author.account = :name
""")
_PAST = f"""
WITH act AS (
    SELECT load_id, space_id, edition, track, year, requirement, act, body, by_day, evidence FROM rectification
    UNION ALL
    SELECT load_id, space_id, edition, track, year, requirement, act, NULL, NULL, name FROM rectification_file
)

SELECT
    act.act,
    act.body,
    act.by_day,
    act.evidence,
    load.loaded_by AS by,
    load.loaded_at AS at
FROM act
INNER JOIN load
    ON act.load_id = load.load_id
INNER JOIN visible_space
    ON act.space_id = visible_space.space_id
WHERE
    {measures.is_of("act")}
    AND (act.space_id, act.year) NOT IN (SELECT space_id, year FROM withheld_year)
ORDER BY act.load_id
"""
_RESPONSIBLE = f"""
SELECT rectification_thread.responsible
FROM rectification_thread
INNER JOIN visible_space
    ON rectification_thread.space_id = visible_space.space_id
WHERE {measures.is_of("rectification_thread", "subject")}
"""


@dataclass(frozen=True)
class Written:
    """What goes with an act: a text, the last day for the report, who at the space sees to it, where it can be seen."""

    body: str = ""
    by_day: date | None = None
    responsible: str = ""
    evidence: str = ""


def write(engine: Engine, act: RectificationAct, subject: Subject, written: Written) -> None:
    """Demand, plan, report, accept, send back or withdraw. Raises UnusableMeasure, Forbidden, DatabaseUnavailable."""

    def work(connection: Connection) -> int:
        found = measures.found(connection, subject)
        about = found.columns(subject)
        standing = connection.execute(_STANDING, about).one_or_none()
        steps = connection.execute(_STEPS, {"state": standing.state if standing else "none"}).all()
        allowed = next((each for each in steps if each.act == act), None)
        # Whoever may not is told nothing of what stands there.
        needs: acts.Act = allowed.needs if allowed else _needs(connection, act)
        person = measures.actor(connection, engine, needs, subject, found.edition)
        if allowed is None:
            raise UnusableMeasure("state")
        if standing and allowed.four_eyes:
            who = {**about, "demand_id": standing.demand_id, "name": person.name}
            if database.value(connection, _ANSWERED, who) is not None:
                raise UnusableMeasure("own")
        if act == "rectify" and not found.missed:
            raise UnusableMeasure("met")
        row = {**about, "act": act, "body": measures.worded(written.body, needed=allowed.with_body)}
        day = _last_day(act, written.by_day, standing.by_day if standing else None)
        row |= {"by_day": day, **_beside(act, written)}
        return measures.keep(connection, engine, person, "rectification", row)

    acts.noted(engine, "rectification", f"{act} {database.write(engine, work)}")


def _needs(connection: Connection, act: RectificationAct) -> acts.Act:
    statement = sa.text("SELECT MIN(needs) FROM rectification_step WHERE act = :act")
    needs: acts.Act = connection.execute(statement, {"act": act}).scalar_one()
    return needs


def _last_day(act: RectificationAct, chosen: date | None, before: date | None) -> date | None:
    """The day that a demand names; what is sent back keeps it, where it names no other."""
    if act == "send_back" and chosen is None:
        return before
    return measures.ahead(chosen) if act in ("rectify", "send_back") else None


def _beside(act: RectificationAct, written: Written) -> dict[str, str | None]:
    return {
        "responsible": measures.worded(written.responsible) if act == "plan" else None,
        "evidence": measures.worded(written.evidence, needed=False) if act == "report" else None,
    }


def offered(engine: Engine, _: date, *, subject: Subject) -> list[RectificationAct]:
    """The acts that the state of a rectification allows and the grants of whoever looks cover; none before a demand."""
    if people.person_of(engine).account is None:
        return []
    found: list[RectificationAct] = []
    with database.reading(engine) as connection:
        standing = connection.execute(_STANDING, subject._asdict()).one_or_none()
        if standing is None:
            return []
        for act, needs, _four_eyes, _with_body in connection.execute(_STEPS, {"state": standing.state}).all():
            try:
                acts.check(connection, engine, needs, [subject.space_id], subject.edition)
            except acts.Forbidden:
                continue
            found.append(act)
    return found


def past(engine: Engine, _: date, *, subject: Subject) -> pd.DataFrame:
    """Every act on a rectification, the first one first, and files attached and taken off: columns PAST.

    `subject` names its edition and track; of a file `evidence` is its name.
    """
    with database.reading(engine) as connection:
        rows = database.frame(connection, sa.text(_PAST), **subject._asdict())
    return database.typed(rows, PAST)


def responsible(engine: Engine, _: date, *, subject: Subject) -> str | None:
    """Who at the space sees to it; only for those who may call there, as with the register's contacts."""
    calling = database.seen_by(engine, people.person_of(engine).callable)
    with database.reading(calling) as connection:
        named = database.value(connection, sa.text(_RESPONSIBLE), subject._asdict())
    return None if named is None else str(named)
