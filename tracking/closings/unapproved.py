"""The filings that review has not approved and on which the results of a data year would rest."""

from datetime import date

import pandas as pd
import sqlalchemy as sa
from sqlalchemy import Connection, Engine

from tracking import database

COLUMNS = {"space_id": "str", "space_name": "str", "year": "int64"}
# Of the year itself, of the years of the period before it, and of the one before that, from which growth is counted.
_UNAPPROVED = sa.text("""
SELECT DISTINCT
    provisional_filing.space_id,
    visible_space.space_name,
    provisional_filing.year
FROM enrolment_year
INNER JOIN provisional_filing
    ON enrolment_year.space_id = provisional_filing.space_id
    AND provisional_filing.year BETWEEN enrolment_year.start_year - 1 AND enrolment_year.year
INNER JOIN visible_space
    ON provisional_filing.space_id = visible_space.space_id
WHERE
    enrolment_year.edition = :edition
    AND enrolment_year.year = :year
ORDER BY
    provisional_filing.space_id,
    provisional_filing.year
""")


class UnapprovedFilings(Exception):
    """Not every filing is approved on which a closing would rest; `rows` are those, columns COLUMNS."""

    def __init__(self, rows: pd.DataFrame) -> None:
        super().__init__(f"{len(rows)} filings")
        self.rows = rows


def unapproved(connection: Connection, edition: str, year: int) -> pd.DataFrame:
    """Those of an edition's data year: columns COLUMNS, by space and year."""
    return database.typed(database.frame(connection, _UNAPPROVED, edition=edition, year=year), COLUMNS)


def listed(engine: Engine, as_of: date, *, edition: str, year: int) -> pd.DataFrame:
    """As `unapproved`, before a year is closed."""
    with database.reading(engine, as_of) as connection:
        return unapproved(connection, edition, year)
