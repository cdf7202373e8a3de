"""Closing a data year of an edition: what was decided is frozen, and stays whatever is filed or released later.

NothingToClose      the edition has no enrolment in that year
UnapprovedFilings   review has not approved every filing that the results rest on, and nobody said to close with them
"""

from dataclasses import dataclass
from datetime import date, datetime

import pandas as pd
import sqlalchemy as sa
from sqlalchemy import Connection, Engine

import tracking
from tracking import database
from tracking.access import acts
from tracking.closings import archive, frozen, since
from tracking.closings.archive import ClosedYear
from tracking.closings.unapproved import UnapprovedFilings as UnapprovedFilings
from tracking.closings.unapproved import unapproved
from tracking.database import loads
from tracking.exports.provenance import Closing

_BEFORE = sa.text("SELECT MAX(closing) FROM closing WHERE edition = :edition AND year = :year")
_ROWS = sa.text("SELECT COUNT(*) FROM evaluations WHERE edition = :edition AND year = :year")
_NEXT = sa.text("SELECT COALESCE(MAX(closing), 0) + 1 FROM closing")


class NothingToClose(Exception):
    """No enrolment under the edition has that data year."""


@dataclass(frozen=True)
class Closed:
    """A closing that was made: its number, the one of the same year before it, and in what the two differ."""

    number: int
    before: int | None
    differing: pd.DataFrame


def close(
    engine: Engine,
    *,
    edition: str,
    year: int,
    by: str,
    as_of: date | None = None,
    at: datetime | None = None,
    with_unapproved: bool = False,
) -> Closed:
    """Freeze the results of a data year of an edition as of a day (default: today); closing again makes the next.

    Where they rest on filings that are not approved, only `with_unapproved`: the closing then says how many, and its
    file which. Raises NothingToClose, UnapprovedFilings, Forbidden, DatabaseUnavailable.
    """
    whole = database.seen_by(engine, [database.CITY])
    scope = ClosedYear(edition, year, as_of or date.today())
    made = None
    while made is None:
        with database.reading(whole, scope.as_of) as connection:
            acts.check(connection, engine, "close", edition=edition)
            if not connection.execute(_ROWS, {"edition": edition, "year": year}).scalar_one():
                raise NothingToClose
            number = int(connection.execute(_NEXT).scalar_one())
            version = database.data_version(connection)
            before = connection.execute(_BEFORE, {"edition": edition, "year": year}).scalar_one()
            open_ones = unapproved(connection, edition, year)
            if len(open_ones) and not with_unapproved:
                raise UnapprovedFilings(open_ones)
            content = archive.make(connection, scope, Closing(number, database.rules(), tracking.RELEASE), open_ones)
        row = {"closing": number, "data_version": version, "provisional": len(open_ones)}
        signed = acts.signature(engine, by)
        made = database.write(engine, lambda connection: _store(connection, engine, scope, row, content, signed, at))  # noqa: B023
    acts.noted(engine, "closing", str(made))
    with database.reading(whole) as connection:
        after = frozen.find(connection, number)
        earlier = None if before is None else frozen.find(connection, before)
        return Closed(number, before, since.between(connection, earlier, after) if earlier else pd.DataFrame())


def _store(
    connection: Connection,
    engine: Engine,
    scope: ClosedYear,
    row: dict[str, int],
    content: bytes,
    by: str,
    at: datetime | None,
) -> int | None:
    """The number of the load; None where something came in since the tables were frozen, so that they are anew."""
    acts.check(connection, engine, "close", edition=scope.edition)
    if database.data_version(connection) != row["data_version"]:
        return None
    source = f"{scope.edition} {scope.year}"
    load_id = loads.record(connection, "closing", source, content, by=by, at=at)
    stored = {**row, **vars(scope), "rules": database.rules(), "release": tracking.RELEASE, "load_id": load_id}
    names = ", ".join(stored)
    values = ", ".join(f":{name}" for name in stored)
    connection.execute(sa.text(f"INSERT INTO closing ({names}) VALUES ({values})"), stored)
    return load_id
