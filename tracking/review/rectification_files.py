"""Evidence of a rectification: files that show what was done, each kept once, beside what was demanded.

They are attached while somebody is still to do something, and taken off until it is reported; then they stand.
"""

import json
from datetime import date
from typing import Any

import pandas as pd
import sqlalchemy as sa
from sqlalchemy import Connection, Engine, RowMapping

from tracking import database
from tracking.access import acts
from tracking.database import loads
from tracking.review import evidence_files, measures
from tracking.review.evidence_files import UnusableEvidence
from tracking.review.measures import Subject, UnusableMeasure

FILES = {
    "load_id": "int64",
    "year": "int64",
    "edition": "str",
    "track": "str",
    "requirement": "str",
    "name": "str",
    "kind": "str",
    "size": "int64",
    "attached_by": "str",
    "attached_at": "datetime64[us]",
}

_STANDING = sa.text(f"""
SELECT
    rectifications.open,
    rectification_thread.to_report
FROM rectifications
INNER JOIN rectification_thread
    ON rectifications.demand_id = rectification_thread.demand_id
WHERE {measures.is_of("rectifications")}
""")
_THERE = sa.text(f"""
SELECT 1
FROM attached_rectification_file
WHERE
    {measures.is_of("attached_rectification_file", "subject")}
    AND sha256 = :sha256
""")
_FILES = """
SELECT
    attached_rectification_file.*,
    NULLIF(attached_rectification_file.subject, '') AS requirement
FROM attached_rectification_file
INNER JOIN visible_space
    ON attached_rectification_file.space_id = visible_space.space_id
WHERE {where}
ORDER BY attached_rectification_file.load_id
"""
_OF = sa.text(_FILES.format(where="attached_rectification_file.load_id = :load_id"))
_OF_YEAR = """
    attached_rectification_file.space_id = :space
    AND attached_rectification_file.year = :year
    AND (attached_rectification_file.space_id, attached_rectification_file.year) NOT IN (
        SELECT space_id, year FROM withheld_year
    )
"""
_ATTACHED = sa.text(_FILES.format(where=_OF_YEAR))
_INSERT = sa.text("""
INSERT INTO rectification_file (
    load_id, space_id, edition, track, year, requirement, act, sha256, name, kind, size
)
VALUES (:load_id, :space_id, :edition, :track, :year, :requirement, :act, :sha256, :name, :kind, :size)
""")


def attach(engine: Engine, subject: Subject, content: bytes, name: str) -> int:
    """Attach a file to a rectification that is open; the load's number.

    Raises UnusableEvidence, UnusableMeasure, Forbidden, DatabaseUnavailable.
    """
    file = evidence_files.read(content, name)

    def work(connection: Connection) -> int:
        found = measures.found(connection, subject)
        about = found.columns(subject)
        person = measures.actor(connection, engine, "file", subject, found.edition)
        if not _standing(connection, about)[0]:
            raise UnusableMeasure("state")
        columns = file.columns()
        if database.value(connection, _THERE, {**about, "sha256": columns["sha256"]}) is not None:
            raise UnusableEvidence("there")
        load_id = loads.record(connection, "review", file.name, content, by=acts.signature(engine, person.name))
        acts.sign(connection, engine, load_id)
        connection.execute(_INSERT, {**about, **columns, "act": "attach", "load_id": load_id})
        return load_id

    load_id = database.write(engine, work)
    acts.noted(engine, "evidence", f"attach {load_id}")
    return load_id


def remove(engine: Engine, load_id: int) -> None:
    """Take a file off again before it is reported; its bytes stay.

    Raises UnusableEvidence, UnusableMeasure, Forbidden, DatabaseUnavailable.
    """

    def work(connection: Connection) -> int:
        file = connection.execute(_OF, {"load_id": load_id}).mappings().one_or_none()
        if file is None:
            raise UnusableEvidence("unknown")
        about = _about(file)
        person = measures.actor(connection, engine, "file", Subject(**about), about["edition"])
        if not _standing(connection, about)[1]:
            raise UnusableMeasure("state")
        columns = {each: file[each] for each in ("sha256", "name", "kind", "size")}
        document = json.dumps({"removed": load_id, **about, **columns}, ensure_ascii=False, indent=1).encode()
        by = acts.signature(engine, person.name)
        number = loads.record(connection, "review", f"remove {file['name']}", document, by=by)
        acts.sign(connection, engine, number)
        connection.execute(_INSERT, {**about, **columns, "act": "remove", "load_id": number})
        return number

    acts.noted(engine, "evidence", f"remove {database.write(engine, work)}")


def _about(file: RowMapping) -> dict[str, Any]:
    return {each: file[each] for each in Subject._fields}


def attached(engine: Engine, _: date, *, space: str, year: int) -> pd.DataFrame:
    """What is attached to the rectifications of a space's year: columns FILES. The day is none of it."""
    with database.reading(engine) as connection:
        return database.typed(database.frame(connection, _ATTACHED, space=space, year=year), FILES)


def may(engine: Engine, as_of: date, *, subject: Subject) -> tuple[bool, bool]:
    """Whether whoever looks may attach to a rectification, and take off again: what a page offers."""
    if not measures.may(engine, as_of, act="file", subject=subject):
        return False, False
    with database.reading(engine, as_of) as connection:
        return _standing(connection, subject._asdict())


def _standing(connection: Connection, about: dict[str, Any]) -> tuple[bool, bool]:
    """Whether files may be attached to what is demanded, while it is open; and taken off, until it is reported."""
    standing = connection.execute(_STANDING, about).one_or_none()
    return (False, False) if standing is None else (bool(standing.open), bool(standing.open and standing.to_report))
