"""What both compute from: Parquet files of all that was filed, who is enrolled, and the requirements in force."""

from pathlib import Path

import sqlalchemy as sa
from sqlalchemy import Engine

from tracking import database

# By table of the judgement, what a row is known by.
KEYS = {
    "attainment": ["space_id", "edition", "track", "requirement", "year"],
    "year": ["space_id", "edition", "track", "year"],
    "outcome": ["space_id", "edition", "track", "requirement"],
}
_QUERIES = {
    "observation": "SELECT load_id, space_id, year, metric, CAST(value AS DOUBLE PRECISION) AS value FROM observation",
    "filing": "SELECT load_id, space_id, year, revision FROM filing",
    "load": "SELECT load_id, loaded_at FROM load",
    "enrolment": """
        SELECT
            space_id, current_enrolment.edition, track, start_year, end_year, exit_year, construction_years,
            due_month, due_day, CAST(pass_mark AS DOUBLE PRECISION) AS pass_mark
        FROM current_enrolment
        INNER JOIN current_edition
            ON current_enrolment.edition = current_edition.edition
    """,
    "requirement": """
        SELECT
            edition, requirement, position, track, stage, clause, basis, comparison,
            CAST(threshold AS DOUBLE PRECISION) AS threshold, mandatory, alternative, counted, filed, denominator, kind
        FROM current_requirement
    """,
}


def write(engine: Engine, folder: Path) -> None:
    """Write them."""
    with database.reading(engine) as connection:
        for name, query in _QUERIES.items():
            database.frame(connection, sa.text(query)).to_parquet(path(folder, name), index=False)


def path(folder: Path, name: str) -> Path:
    """The file of one of them."""
    return folder / f"{name}.parquet"
