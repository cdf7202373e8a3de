"""Within how many days each step of review is to be done, as an edition names it; every setting of it stays."""

import json
from datetime import date
from typing import NamedTuple

import pandas as pd
import sqlalchemy as sa
from sqlalchemy import Connection, Engine

from tracking import database
from tracking.access import acts
from tracking.database import loads

# Nobody means more than a year.
MOST_DAYS = 366
TERMS = {
    "edition": "str",
    "check_days": "Int64",
    "approve_days": "Int64",
    "mend_days": "Int64",
    "set_by": "str",
    "set_at": "datetime64[us]",
}

_TERMS = """
SELECT
    current_term.*,
    load.loaded_by AS set_by,
    load.loaded_at AS set_at
FROM current_term
INNER JOIN load
    ON current_term.load_id = load.load_id
ORDER BY current_term.edition
"""
_INSERT = sa.text("""
INSERT INTO review_term (load_id, edition, check_days, approve_days, mend_days)
VALUES (:load_id, :edition, :check_days, :approve_days, :mend_days)
""")


class UnusableTerm(Exception):
    """There is no such edition, or a number of days is none; `what` names which: edition or days."""

    def __init__(self, what: str) -> None:
        super().__init__(what)
        self.what = what


class Days(NamedTuple):
    """Days for the district's check, the city's approval and the operator's new revision; None: no end is named."""

    check_days: int | None = None
    approve_days: int | None = None
    mend_days: int | None = None


def set_days(engine: Engine, edition: str, days: Days, *, by: str) -> None:
    """Name the days of every step under an edition anew. Raises Forbidden, UnusableTerm, DatabaseUnavailable."""

    def work(connection: Connection) -> int:
        acts.check(connection, engine, "window", edition=edition)
        known = connection.execute(sa.text("SELECT edition FROM current_edition")).scalars().all()
        if edition not in known:
            raise UnusableTerm("edition")
        if any(each is not None and not 1 <= each <= MOST_DAYS for each in days):
            raise UnusableTerm("days")
        row = {"edition": edition, **days._asdict()}
        content = json.dumps(row, ensure_ascii=False, indent=1).encode()
        load_id = loads.record(connection, "review", f"terms {edition}", content, by=acts.signature(engine, by))
        acts.sign(connection, engine, load_id)
        connection.execute(_INSERT, {**row, "load_id": load_id})
        return load_id

    acts.noted(engine, "window", f"terms {database.write(engine, work)}")


def listed(engine: Engine, _: date) -> pd.DataFrame:
    """The days that editions name: columns TERMS. The day is none of it."""
    with database.reading(engine) as connection:
        return database.typed(database.frame(connection, sa.text(_TERMS)), TERMS)
