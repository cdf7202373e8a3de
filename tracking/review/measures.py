"""What a waiver and a rectification have in common: what they are of, and how an act on them is kept."""

import json
from collections.abc import Mapping
from datetime import date
from typing import Any, NamedTuple

import sqlalchemy as sa
from sqlalchemy import Connection, Engine

from tracking import database
from tracking.access import acts, people
from tracking.access.acts import Act
from tracking.access.people import Person
from tracking.database import loads
from tracking.words import personal_data, spelling

LONGEST = 2_000

_OF_REQUIREMENT = sa.text("""
SELECT
    edition,
    track,
    mandatory,
    missed
FROM attainment
WHERE
    space_id = :space_id
    AND year = :year
    AND requirement = :requirement
    AND edition = COALESCE(CAST(:edition AS TEXT), edition)
""")
_OF_YEAR = sa.text("""
SELECT
    edition,
    track,
    TRUE AS mandatory,
    NOT passed AND NOT to_come AS missed
FROM evaluations
WHERE
    space_id = :space_id
    AND year = :year
    AND edition = COALESCE(CAST(:edition AS TEXT), edition)
    AND track = COALESCE(CAST(:track AS TEXT), track)
""")
_HANDS = sa.text("""
SELECT 1
FROM filing_hand
WHERE
    space_id = :space_id
    AND year = :year
    AND (account = :name OR (account IS NULL AND filed_by IN (:name, :display)))
""")


class Subject(NamedTuple):
    """A requirement in a data year of a space; without one the year as a whole, of a track.

    `edition` and `track` are only needed where the space has several enrolments that could be meant.
    """

    space_id: str
    year: int
    requirement: str | None = None
    edition: str | None = None
    track: str | None = None


def is_of(table: str, column: str = "requirement") -> str:
    """The condition that a row of a table is of a subject, whose parts are its parameters.

    Of the year as a whole, `column` is NULL or empty.
    """
    keys = " AND ".join(f"{table}.{key} = :{key}" for key in ("space_id", "year", "edition", "track"))
    return f"{keys} AND COALESCE({table}.{column}, '') = COALESCE(CAST(:requirement AS TEXT), '')"


class Found(NamedTuple):
    """The enrolment that a subject is of, whether it is asked for at all, and whether it is missed."""

    edition: str
    track: str
    mandatory: bool
    missed: bool

    def columns(self, subject: Subject) -> dict[str, Any]:
        """What the tables of acts say of a subject: its own parts, with the enrolment that it is of."""
        return {**subject._asdict(), "edition": self.edition, "track": self.track}


class UnusableMeasure(Exception):
    """Nothing was stored; `why` has its sentence.

    It is account, unknown, several, preferred, met, state, own, text, personal or day.
    """

    def __init__(self, why: str) -> None:
        super().__init__(why)
        self.why = why


def found(connection: Connection, subject: Subject) -> Found:
    """The one enrolment that a subject is of. Raises UnusableMeasure."""
    statement = _OF_YEAR if subject.requirement is None else _OF_REQUIREMENT
    rows = connection.execute(statement, subject._asdict()).all()
    if len(rows) != 1:
        raise UnusableMeasure("several" if rows else "unknown")
    return Found(str(rows[0][0]), str(rows[0][1]), bool(rows[0][2]), bool(rows[0][3]))


def actor(connection: Connection, engine: Engine, act: Act, subject: Subject, edition: str) -> Person:
    """Whoever acts, by an account whose grants cover the act now. Raises UnusableMeasure, Forbidden."""
    if people.person_of(engine).account is None:
        raise UnusableMeasure("account")
    return acts.check(connection, engine, act, [subject.space_id], edition)


def may(engine: Engine, _: date, *, act: Act, subject: Subject) -> bool:
    """Whether the grants of whoever looks cover an act on a subject's enrolment: what a page offers."""
    if people.person_of(engine).account is None:
        return False
    with database.reading(engine) as connection:
        try:
            acts.check(connection, engine, act, [subject.space_id], subject.edition)
        except acts.Forbidden:
            return False
    return True


def filed_by(connection: Connection, subject: Subject, person: Person) -> bool:
    """Whether somebody filed what the subject is about."""
    about = {"space_id": subject.space_id, "year": subject.year}
    named = {"name": person.name, "display": person.display or person.name}
    return database.value(connection, _HANDS, {**about, **named}) is not None


def worded(text: str, *, needed: bool = True) -> str | None:
    """A text as it is kept, None where there is none. Raises UnusableMeasure."""
    text = text.strip()
    if needed and not spelling.tidy(text) or len(text) > LONGEST or spelling.misleading(text.replace("\n", " ")):
        raise UnusableMeasure("text")
    if personal_data.kind(spelling.tidy(text)):
        raise UnusableMeasure("personal")
    return text or None


def ahead(day: date | None) -> date:
    """A last day that is not over. Raises UnusableMeasure."""
    if day is None or day < date.today():
        raise UnusableMeasure("day")
    return day


def keep(connection: Connection, engine: Engine, person: Person, table: str, row: Mapping[str, Any]) -> int:
    """Store an act as a load of its own, signed by whoever acts."""
    content = json.dumps(row, ensure_ascii=False, indent=1, default=str).encode()
    source = f"{row['act']} {row['space_id']} {row['year']} {row['requirement'] or row['track']}"
    load_id = loads.record(connection, "review", source, content, by=acts.signature(engine, person.name))
    acts.sign(connection, engine, load_id)
    names = ["load_id", *row]
    values = ", ".join(f":{name}" for name in names)
    connection.execute(
        sa.text(f"INSERT INTO {table} ({', '.join(names)}) VALUES ({values})"), {**row, "load_id": load_id}
    )
    return load_id
