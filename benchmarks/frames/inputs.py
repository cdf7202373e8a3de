"""What both compute from: Parquet files of what was filed, who is enrolled, and the requirements in force."""

from pathlib import Path

import pyarrow.parquet as pq
import sqlalchemy as sa
from sqlalchemy import Engine

from tracking import database

KEYS = ["space_id", "requirement", "year"]
FIGURES = ["required", "actual", "gap", "attainment"]
_QUERIES = {
    "observation": "SELECT space_id, year, metric, CAST(value AS DOUBLE PRECISION) AS value FROM observation",
    "enrolment": """
        SELECT current_enrolment.space_id, track, start_year, end_year, construction_years
        FROM current_enrolment
        INNER JOIN current_edition
            ON current_enrolment.edition = current_edition.edition
    """,
    "requirement": """
        SELECT
            requirement, track, stage, clause, basis, comparison, CAST(threshold AS DOUBLE PRECISION) AS threshold,
            mandatory, alternative, counted, filed, denominator, kind
        FROM current_requirement
    """,
    "judged": """
        SELECT space_id, requirement, year, track, required, actual, gap, attainment, status, mandatory
        FROM stored_attainment
    """,
}


def write(engine: Engine, folder: Path) -> None:
    """Write them, and as `judged` what the product made of it."""
    with database.reading(engine) as connection:
        for name, query in _QUERIES.items():
            columns = database.frame(connection, sa.text(query))
            columns.to_parquet(path(folder, name), index=False)


def path(folder: Path, name: str) -> Path:
    """The file of one of them."""
    return folder / f"{name}.parquet"


def rows(folder: Path, name: str) -> int:
    """How many rows one of them has."""
    return int(pq.read_metadata(path(folder, name)).num_rows)
