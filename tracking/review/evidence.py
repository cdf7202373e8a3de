"""Evidence of a figure: files, each kept once, beside the figure that they back; a list is counted."""

import json
from datetime import date

import pandas as pd
import sqlalchemy as sa
from sqlalchemy import Connection, Engine

from tracking import database
from tracking.access import acts, people
from tracking.database import loads
from tracking.results import backed
from tracking.review import evidence_files
from tracking.review.evidence_files import UnusableEvidence
from tracking.words.language import Lang

# Of either kind: what backs a figure, and what shows that something was put right.
_CONTENT = sa.text("""
SELECT
    attached.name,
    document.content
FROM (
    SELECT load_id, space_id, year, act, sha256, name FROM evidence
    UNION ALL
    SELECT load_id, space_id, year, act, sha256, name FROM rectification_file
) AS attached
INNER JOIN visible_space
    ON attached.space_id = visible_space.space_id
INNER JOIN document
    ON attached.sha256 = document.sha256
WHERE
    attached.load_id = :load_id
    AND attached.act = 'attach'
    AND (attached.space_id, attached.year) NOT IN (SELECT space_id, year FROM withheld_year)
""")
_THERE = sa.text("""
SELECT
    load_id,
    name,
    kind,
    size
FROM attached_evidence
WHERE
    space_id = :space_id
    AND year = :year
    AND metric = :metric
    AND sha256 = :sha256
""")
_OF = sa.text("""
SELECT
    attached_evidence.space_id,
    attached_evidence.year,
    attached_evidence.metric,
    attached_evidence.sha256
FROM attached_evidence
INNER JOIN visible_space
    ON attached_evidence.space_id = visible_space.space_id
WHERE attached_evidence.load_id = :load_id
""")
_OWED = sa.text("""
SELECT 1
FROM filings
WHERE
    space_id = :space_id
    AND year = :year
    AND EXISTS (SELECT 1 FROM current_metric WHERE metric = :metric AND kind <> 'share')
""")
_LOCKED = sa.text("SELECT 1 FROM filing_lock WHERE space_id = :space_id AND year = :year")
_INSERT = sa.text("""
INSERT INTO evidence (load_id, space_id, year, metric, act, sha256, name, kind, size, listed, again)
VALUES (:load_id, :space_id, :year, :metric, :act, :sha256, :name, :kind, :size, :listed, :again)
""")


def attach(engine: Engine, space: str, year: int, metric: str, content: bytes, name: str) -> int:
    """Attach a file to a figure; the load's number. Raises UnusableEvidence, Forbidden, DatabaseUnavailable."""
    file = evidence_files.read(content, name)
    about: dict[str, object] = {"space_id": space, "year": year, "metric": metric}

    def work(connection: Connection) -> int:
        _check(connection, engine, about)
        columns = file.columns()
        if database.value(connection, _THERE, {**about, "sha256": columns["sha256"]}) is not None:
            raise UnusableEvidence("there")
        load_id = loads.record(connection, "review", file.name, content, by=_signature(engine))
        listed: dict[str, object] = {"listed": None, "again": None}
        if file.counted is not None:
            again = " ".join("=".join(each) for each in file.counted.again)
            listed = {"listed": file.counted.listed, "again": again or None}
        acts.sign(connection, engine, load_id)
        connection.execute(_INSERT, {**about, **columns, **listed, "act": "attach", "load_id": load_id})
        return load_id

    load_id = database.write(engine, work)
    acts.noted(engine, "evidence", f"attach {load_id}")
    return load_id


def remove(engine: Engine, load_id: int) -> None:
    """Take a file off its figure again; its bytes stay. Raises UnusableEvidence, Forbidden, DatabaseUnavailable."""

    def work(connection: Connection) -> int:
        row = connection.execute(_OF, {"load_id": load_id}).mappings().one_or_none()
        if row is None:
            raise UnusableEvidence("unknown")
        about: dict[str, object] = dict(row)
        _check(connection, engine, about)
        file = connection.execute(_THERE, about).mappings().one()
        document = json.dumps({"removed": load_id, **about}, ensure_ascii=False, indent=1).encode()
        number = loads.record(connection, "review", f"remove {file['name']}", document, by=_signature(engine))
        acts.sign(connection, engine, number)
        gone = {**about, **file, "act": "remove", "listed": None, "again": None, "load_id": number}
        connection.execute(_INSERT, gone)
        return number

    acts.noted(engine, "evidence", f"remove {database.write(engine, work)}")


def attached(engine: Engine, _: date, *, space: str, year: int, lang: Lang) -> pd.DataFrame:
    """What is attached to the figures of a space's year, as `backed.of_year` has it. The day is none of it."""
    with database.reading(engine) as connection:
        return backed.of_year(connection, space, year, lang)


def figures(engine: Engine, as_of: date, *, space: str, year: int, lang: Lang) -> pd.DataFrame:
    """What a file can be attached to, also before anything was filed for the year: columns of `backed.METRICS`."""
    with database.reading(engine, as_of) as connection:
        return backed.metrics(connection, space, year, lang)


def content(engine: Engine, load_id: int) -> tuple[str, bytes]:
    """The name and the bytes of what was attached, for who sees the space. Raises LookupError, DatabaseUnavailable."""
    with database.reading(engine) as connection:
        rows = connection.execute(_CONTENT, {"load_id": load_id}).all()
    if not rows:
        raise LookupError(load_id)
    return str(rows[0][0]), bytes(rows[0][1])


def may(engine: Engine, _: date, *, space: str, year: int) -> bool:
    """Whether whoever looks files for the space, and the year is open: what a page offers."""
    with database.reading(engine) as connection:
        try:
            acts.check(connection, engine, "file", [space])
        except acts.Forbidden:
            return False
        return database.value(connection, _LOCKED, {"space_id": space, "year": year}) is None


def _check(connection: Connection, engine: Engine, about: dict[str, object]) -> None:
    if database.value(connection, _OWED, about) is None:
        raise UnusableEvidence("unknown")
    acts.check(connection, engine, "file", [str(about["space_id"])])
    if database.value(connection, _LOCKED, about) is not None:
        raise UnusableEvidence("locked")


def _signature(engine: Engine) -> str:
    return acts.signature(engine, people.person_of(engine).name)
