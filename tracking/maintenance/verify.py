"""Every invariant of the database, asked of the database itself."""

from dataclasses import dataclass

import sqlalchemy as sa
from sqlalchemy import Connection, Engine

from tracking import database
from tracking.access import trail
from tracking.database import loads, recovery, refresh
from tracking.policy import loading as policies

# By name, a query that counts what breaks the invariant. The names' sentences are in the translations.
_BROKEN = {
    "loads-numbered": """
        SELECT ABS(COUNT(*) - COALESCE(MAX(load_id), 0)) FROM (
            SELECT load_id FROM load UNION ALL SELECT load_id FROM void_load
        ) AS numbered
    """,
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
            SELECT load_id, 'filing' AS kind FROM filing
            UNION SELECT load_id, 'register' AS kind FROM space
            UNION SELECT load_id, 'register' AS kind FROM enrolment
            UNION SELECT load_id, 'policy' AS kind FROM edition
            UNION SELECT load_id, 'policy' AS kind FROM imprint
            UNION SELECT load_id, 'rules' AS kind FROM rejudged
            UNION SELECT load_id, 'closing' AS kind FROM closing
        ) AS used
        LEFT JOIN load
            ON used.load_id = load.load_id
            AND used.kind = load.kind
        WHERE load.load_id IS NULL
    """,
    "filings-registered": """
        SELECT COUNT(*) FROM filing WHERE space_id NOT IN (SELECT space_id FROM space)
    """,
    "enrolments-registered": """
        SELECT COUNT(*) FROM enrolment WHERE space_id NOT IN (SELECT space_id FROM space)
    """,
    # An edition may have counted a metric otherwise when the figure came, so any of its kinds will do.
    "figures-possible": """
        SELECT COUNT(*) FROM observation
        LEFT JOIN (SELECT DISTINCT metric, kind FROM metric) AS counted
            ON observation.metric = counted.metric
            AND counted.kind <> 'share'
            AND COALESCE(observation.value, 0) >= 0
            AND (counted.kind <> 'yes_no' OR COALESCE(observation.value, 0) IN (0, 1))
            AND (counted.kind <> 'whole' OR COALESCE(observation.value, 0) = FLOOR(COALESCE(observation.value, 0)))
        WHERE counted.metric IS NULL
    """,
    "enrolments-known": """
        SELECT COUNT(*) FROM current_enrolment
        LEFT JOIN current_requirement
            ON current_enrolment.edition = current_requirement.edition
            AND current_enrolment.track = current_requirement.track
        WHERE current_requirement.requirement IS NULL
    """,
    "day-not-kept": "SELECT COUNT(*) FROM chosen_day",
    # The one who verifies stands there while it lasts.
    "viewer-not-kept": "SELECT COUNT(*) - 1 FROM chosen_viewer",
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
        return [
            *counted,
            *stored,
            Finding("policy-as-its-folder", policies.altered(connection)),
            Finding("documents-as-they-came", _altered(connection)),
            Finding("trail-chained", len(trail.broken(connection))),
            Finding("loads-beside", recovery.lacking(engine, connection)),
        ]


def _altered(connection: Connection) -> int:
    """Documents whose bytes no longer give their SHA-256, and loads without their document."""
    altered = sum(document.altered for few in loads.documents(connection) for document in few)
    missing = sa.text("SELECT COUNT(*) FROM load WHERE sha256 NOT IN (SELECT sha256 FROM document)")
    return altered + int(connection.execute(missing).scalar_one())
