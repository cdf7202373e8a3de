"""Waivers: one requirement of one data year is let pass until a day, with a reason. The status stays what it is."""

from datetime import date

import sqlalchemy as sa
from sqlalchemy import Connection, Engine

from tracking import database
from tracking.access import acts
from tracking.review import measures
from tracking.review.measures import Subject, UnusableMeasure

_IN_FORCE = sa.text("""
SELECT 1
FROM waivers
WHERE
    space_id = :space_id
    AND year = :year
    AND requirement = :requirement
    AND edition = :edition
    AND in_force
""")


def waive(engine: Engine, subject: Subject, until: date | None, reason: str) -> None:
    """Let a requirement pass through a day; another one takes over from what was given before.

    Raises UnusableMeasure, Forbidden, DatabaseUnavailable.
    """

    def work(connection: Connection) -> int:
        found = _of_requirement(connection, subject)
        person = measures.actor(connection, engine, "waive", subject, found.edition)
        if measures.filed_by(connection, subject, person):
            raise UnusableMeasure("own")
        if not found.mandatory:
            raise UnusableMeasure("preferred")
        row = {**found.columns(subject), "act": "waive", "reason": measures.worded(reason)}
        return measures.keep(connection, engine, person, "waiver", {**row, "until_day": measures.ahead(until)})

    acts.noted(engine, "waiver", f"waive {database.write(engine, work)}")


def unwaive(engine: Engine, subject: Subject, reason: str) -> None:
    """Take back what is in force. Raises UnusableMeasure, Forbidden, DatabaseUnavailable."""

    def work(connection: Connection) -> int:
        found = _of_requirement(connection, subject)
        person = measures.actor(connection, engine, "waive", subject, found.edition)
        row = found.columns(subject)
        if database.value(connection, _IN_FORCE, row) is None:
            raise UnusableMeasure("state")
        row = {**row, "act": "unwaive", "reason": measures.worded(reason), "until_day": None}
        return measures.keep(connection, engine, person, "waiver", row)

    acts.noted(engine, "waiver", f"unwaive {database.write(engine, work)}")


def _of_requirement(connection: Connection, subject: Subject) -> measures.Found:
    if subject.requirement is None:
        raise UnusableMeasure("unknown")
    return measures.found(connection, subject)
