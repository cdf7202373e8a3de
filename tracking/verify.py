"""Every invariant of the database, asked of the database itself."""

from dataclasses import dataclass

import sqlalchemy as sa
from sqlalchemy import Connection, Engine

from tracking import database, loads, refresh

# By name, a query that counts what breaks the invariant. The names' sentences are in the translations.
_BROKEN = {
    "loads-numbered": "SELECT COUNT(*) - COALESCE(MAX(load_id), 0) FROM load",
    "observations-once": """
        SELECT COUNT(*) FROM (
            SELECT 1 FROM observation GROUP BY space_id, year, metric, load_id HAVING COUNT(*) > 1
        ) AS repeated
    """,
    "observations-filed": """
        SELECT COUNT(*) FROM observation
        LEFT JOIN filing
            ON observation.space_id = filing.space_id
            AND observation.year = filing.year
            AND observation.load_id = filing.load_id
        WHERE filing.load_id IS NULL
    """,
    "figures-counted": """
        SELECT COUNT(*) FROM (
            SELECT filing.space_id
            FROM filing
            LEFT JOIN observation
                ON filing.space_id = observation.space_id
                AND filing.year = observation.year
                AND filing.load_id = observation.load_id
            GROUP BY filing.space_id, filing.year, filing.load_id, filing.figures
            HAVING COUNT(observation.value) <> filing.figures
        ) AS miscounted
    """,
    "revisions-numbered": """
        SELECT COUNT(*) FROM (
            SELECT 1 FROM filing GROUP BY space_id, year HAVING COUNT(*) <> MAX(revision) OR MIN(revision) <> 1
        ) AS gaps
    """,
    "loads-known": """
        SELECT COUNT(*) FROM (
            SELECT load_id FROM filing
            UNION SELECT load_id FROM space
            UNION SELECT load_id FROM enrolment
            UNION SELECT load_id FROM edition
        ) AS used
        WHERE load_id NOT IN (SELECT load_id FROM load)
    """,
    "filings-registered": """
        SELECT COUNT(*) FROM filing WHERE space_id NOT IN (SELECT space_id FROM space)
    """,
    "enrolments-known": """
        SELECT COUNT(*) FROM current_enrolment
        LEFT JOIN current_requirement
            ON current_enrolment.edition = current_requirement.edition
            AND current_enrolment.track = current_requirement.track
        WHERE current_requirement.requirement IS NULL
    """,
    "day-not-kept": "SELECT COUNT(*) FROM asked_day",
}


@dataclass(frozen=True)
class Finding:
    """One invariant: its name, and how many rows break it; 0 where it holds."""

    invariant: str
    broken: int


def verify(engine: Engine) -> list[Finding]:
    """Every invariant with what was found. Raises DatabaseUnavailable."""
    with database.reading(engine) as connection:
        counted = [
            Finding(name, int(connection.execute(sa.text(query)).scalar_one())) for name, query in _BROKEN.items()
        ]
        differing = refresh.differences(connection)
        stored = [Finding(f"{table.replace('_', '-')}-as-defined", differing.get(table, 0)) for table in refresh.STORED]
        return [*counted, *stored, Finding("documents-as-they-came", _altered(connection))]


def _altered(connection: Connection) -> int:
    """Documents whose bytes no longer give their SHA-256, and loads without their document."""
    kept = connection.execute(sa.text("SELECT sha256 FROM document")).scalars().all()
    one = sa.text("SELECT content FROM document WHERE sha256 = :sha256")
    altered: int = sum(
        loads.sha256(bytes(connection.execute(one, {"sha256": digest}).scalar_one())) != digest for digest in kept
    )
    missing = sa.text("SELECT COUNT(*) FROM load WHERE sha256 NOT IN (SELECT sha256 FROM document)")
    return altered + int(connection.execute(missing).scalar_one())
