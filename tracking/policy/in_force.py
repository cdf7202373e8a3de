"""The policy in force, to be read: requirements with their clause, and other readings of it."""

from dataclasses import dataclass
from datetime import date

import pandas as pd
import sqlalchemy as sa
from sqlalchemy import Connection, Engine

from tracking import database
from tracking.words.language import Lang

_OFFERED = """
SELECT
    reading.reading,
    reading.edition,
    reading.requirement,
    current_requirement.track,
    current_requirement.metric_name_{lang} AS metric_name,
    reading.name_{lang} AS name,
    reading.default_{lang} AS in_force
FROM reading
INNER JOIN current_edition
    ON reading.edition = current_edition.edition
    AND reading.load_id = current_edition.load_id
LEFT JOIN current_requirement
    ON reading.edition = current_requirement.edition
    AND reading.requirement = current_requirement.requirement
ORDER BY
    reading.edition,
    reading.position
"""
# A common table expression: the metrics that are filed for each requirement, of a share its two counts.
SERVED = """served AS (
    SELECT
        edition,
        requirement,
        filed AS metric
    FROM current_requirement
    UNION ALL
    SELECT
        edition,
        requirement,
        denominator AS metric
    FROM current_requirement
    WHERE denominator IS NOT NULL
)"""
# Behind it: what the year :year of the space :space owes, a row for each metric that is filed for it.
OWED = f"""{SERVED},

owed AS (
    SELECT
        served.metric AS filed,
        attainment.*
    FROM attainment
    INNER JOIN served
        ON attainment.edition = served.edition
        AND attainment.requirement = served.requirement
    WHERE
        attainment.space_id = :space
        AND attainment.year = :year
)"""
_PASS_MARKS = sa.text("SELECT edition, pass_mark, pass_mark_is_default FROM current_edition ORDER BY edition")


@dataclass(frozen=True)
class PassMark:
    """The share of its mandatory requirements that a year has to hold; `default` where the policy names none."""

    edition: str
    share: float
    default: bool


def requirements(engine: Engine, as_of: date, *, lang: Lang) -> pd.DataFrame:
    """Every requirement in force, in the policy's own order.

    Columns: edition, track, stage, clause, clause_text (in `lang`), clause_own (the policy's own words),
    requirement, metric_name, unit, basis, comparison, threshold, mandatory, alternative, counted, note.
    """
    statement = sa.text(f"""
    SELECT
        edition, track, stage, clause,
        clause_{lang} AS clause_text, clause_zh AS clause_own,
        requirement, metric_name_{lang} AS metric_name, unit_{lang} AS unit,
        basis, comparison, CAST(threshold AS DOUBLE PRECISION) AS threshold,
        mandatory, alternative, counted, note_{lang} AS note
    FROM current_requirement
    ORDER BY edition, position
    """)
    with database.reading(engine, as_of) as connection:
        return database.frame(connection, statement)


def offered(engine: Engine, as_of: date, *, lang: Lang = "zh") -> pd.DataFrame:
    """The other readings stored with the editions in force, in their order.

    Columns reading, edition, requirement, track and metric_name (empty where it is the pass mark that is read
    otherwise), name, in_force.
    """
    with database.reading(engine, as_of) as connection:
        return stored(connection, lang)


def stored(connection: Connection, lang: Lang) -> pd.DataFrame:
    """As `offered`, on a connection."""
    return database.frame(connection, sa.text(_OFFERED.format(lang=lang)))


def editions(engine: Engine, as_of: date, *, lang: Lang) -> pd.DataFrame:
    """Editions in force: edition, name, source, construction_years, due_month, due_day, pass_mark (a fraction),
    pass_mark_is_default."""
    statement = sa.text(f"""
    SELECT
        edition, name_{lang} AS name, source_{lang} AS source, construction_years, due_month, due_day,
        CAST(pass_mark AS DOUBLE PRECISION) AS pass_mark, pass_mark_is_default
    FROM current_edition
    ORDER BY edition
    """)
    with database.reading(engine, as_of) as connection:
        return database.frame(connection, statement)


def pass_marks(engine: Engine, as_of: date) -> list[PassMark]:
    """The pass mark of every edition in force."""
    with database.reading(engine, as_of) as connection:
        rows = connection.execute(_PASS_MARKS).all()
    return [PassMark(edition, float(share), bool(default)) for edition, share, default in rows]
