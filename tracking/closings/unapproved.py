"""The filings that review has not approved and on which the results of a data year would rest."""

from datetime import date

import pandas as pd
import sqlalchemy as sa
from sqlalchemy import Connection, Engine

from tracking import database

COLUMNS = {"space_id": "str", "space_name": "str", "year": "int64"}
# Every year of the period up to it counts, for years in a row, warnings and verdicts, and with each what it rests on.
_UNAPPROVED = sa.text("""
SELECT DISTINCT
    provisional_filing.space_id,
    visible_space.space_name,
    provisional_filing.year
FROM stored_year AS closed
INNER JOIN stored_year AS counted
    ON closed.space_id = counted.space_id
    AND closed.edition = counted.edition
    AND closed.track = counted.track
    AND closed.year >= counted.year
INNER JOIN provisional_filing
    ON counted.space_id = provisional_filing.space_id
    AND (counted.rests_on & provisional_filing.year_bit) <> 0
INNER JOIN visible_space
    ON provisional_filing.space_id = visible_space.space_id
WHERE
    closed.edition = :edition
    AND closed.year = :year
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
