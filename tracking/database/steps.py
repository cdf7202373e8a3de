"""Which shape a database has: the steps of `migrations/` that it has taken, and those that it lacks."""

import re
from pathlib import Path
from typing import Literal, NamedTuple

import sqlalchemy as sa
from sqlalchemy import Connection

FOLDER = Path(__file__).parent / "migrations"
# Views that a step takes away, which `schema.sql` does not name any more.
_GONE = re.compile(r"^-- views gone: (.+)$", re.MULTILINE)

# Of what is there, also where whoever asks may not read it. SQLAlchemy's own questions, a table each, took as long
# together as all the rest of opening a database.
_THERE = sa.text(
    "SELECT relname FROM pg_catalog.pg_class "
    "WHERE relname IN ('schema_version', 'asked_day', 'reporting_day') AND PG_TABLE_IS_VISIBLE(oid)"
)

Standing = Literal["nothing", "older", "current", "newer"]


class Step(NamedTuple):
    """One step: the version that a database has after it, its SQL, and what it is for in a word or two."""

    version: int
    script: str
    name: str = ""

    @property
    def views_gone(self) -> list[str]:
        """The views that it says are no more."""
        return [name for line in _GONE.findall(self.script) for name in re.split(r",\s*", line.strip())]


def steps() -> list[Step]:
    """Every step, in their order. Raises ValueError where a number is missing or there twice."""
    files = sorted(FOLDER.glob("*.sql"))
    found = [Step(int(path.stem[:4]), path.read_text(encoding="utf-8"), path.stem[5:]) for path in files]
    if [step.version for step in found] != list(range(1, len(found) + 1)):
        raise ValueError(f"{FOLDER}: {[path.name for path in files]}")
    return found


def newest() -> int:
    """The version of a database as `schema.sql` makes it."""
    return sum(1 for _ in FOLDER.glob("*.sql"))


def version(connection: Connection) -> int | None:
    """The last step that the database has taken, 0 before there were any; None where it is no database of ours."""
    return _version(connection, _there(connection))


def standing(connection: Connection) -> Standing:
    """What there is to do before the database can be used."""
    there = _there(connection)
    found = _version(connection, there)
    if found is None:
        return "nothing"
    if found > newest():
        return "newer"
    # While steps are taken there are no views.
    return "current" if found == newest() and "reporting_day" in there else "older"


def _there(connection: Connection) -> set[str]:
    return set(connection.execute(_THERE).scalars().all())


def _version(connection: Connection, there: set[str]) -> int | None:
    if "schema_version" in there:
        return int(connection.execute(sa.text("SELECT COALESCE(MAX(version), 0) FROM schema_version")).scalar_one())
    return 0 if "asked_day" in there else None


def note(connection: Connection, taken: int) -> None:
    """Write down that the database has this version now."""
    connection.execute(sa.text("INSERT INTO schema_version VALUES (:version, LOCALTIMESTAMP)"), {"version": taken})
