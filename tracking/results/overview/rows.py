"""How the overview's questions are read."""

from datetime import date

import pandas as pd
import sqlalchemy as sa
from sqlalchemy import Engine

from tracking import database
from tracking.results.tables.filters import Chosen, in_scope

# judged: one row per enrolment and data year whose due day has passed, of the years :first to :year.
JUDGED = """
judged AS (
    SELECT
        evaluations.space_id,
        evaluations.edition,
        evaluations.track,
        evaluations.year,
        evaluations.district,
        evaluations.passed,
        evaluations.failed,
        evaluations.not_filed,
        evaluations.provisional
    FROM evaluations
    CROSS JOIN reporting_day
    WHERE
        evaluations.year BETWEEN :first AND :year
        AND evaluations.due < reporting_day.as_of
        AND {in_scope}
)
"""


def read(
    engine: Engine, as_of: date, query: str, chosen: Chosen, *, table: str = "evaluations", **values: object
) -> pd.DataFrame:
    """The rows of a query, in which {in_scope} stands for what is chosen of rows with a table's columns."""
    met, chosen_values = in_scope(table, chosen)
    statement = sa.text(query.format(in_scope=met, lang=chosen.get("lang", "zh")))
    with database.reading(engine, as_of) as connection:
        return database.frame(connection, statement, **chosen_values, **values)
