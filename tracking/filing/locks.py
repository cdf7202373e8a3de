"""What nothing can be filed for at the moment, whichever way it comes in: told as errors of the file."""

from dataclasses import replace
from datetime import UTC, date
from zoneinfo import ZoneInfo

import pandas as pd
import sqlalchemy as sa
from sqlalchemy import Connection, Engine

from tracking import database
from tracking.database import refresh
from tracking.filing.filing_report import FilingReport
from tracking.words.problems import Problem

_LOCKS = sa.text("SELECT * FROM filing_lock WHERE space_id BETWEEN :first AND :last ORDER BY space_id, year, why")

_LIMITED = sa.text("SELECT 1 FROM limited_viewer LIMIT 1")
_WITHHELD = sa.text("SELECT space_id, year FROM withheld_year")


def held(connection: Connection, report: FilingReport) -> FilingReport:
    """The report, refused where one of its revisions is of a filing that is locked."""
    revised = report.revisions[["space_id", "year"]].drop_duplicates()
    # The locks of a programme without review, which has none, take several times as long as to ask whether it has any.
    if report.refused or revised.empty or not refresh.review_in_use(connection):
        return report
    spaces = revised["space_id"]
    locks = database.frame(connection, _LOCKS, first=spaces.min(), last=spaces.max())
    if locks.empty:
        return report
    found = [_problem(row) for _, row in locks.merge(revised, on=["space_id", "year"]).iterrows()]
    return replace(report, problems=[*found, *report.problems]) if found else report


def withheld(connection: Connection, filings: pd.DataFrame) -> list[Problem]:
    """An error for each of some filings of which whoever looks is not shown what is stored, of its year or the one
    before: what a file is held against would tell of it."""
    if database.value(connection, _LIMITED) is None:
        return []
    hidden = {(str(space), int(year)) for space, year in connection.execute(_WITHHELD).all()}
    named = filings[["space_id", "year"]].drop_duplicates().itertuples(index=False)
    found = [(space, int(year)) for space, year in named if {(space, year), (space, year - 1)} & hidden]
    details = [{"space": space, "year": str(year)} for space, year in found]
    return [Problem("error", "filing-withheld", value=" ".join(each.values()), details=each) for each in details]


def of_space(engine: Engine, _: date, *, space: str) -> list[Problem]:
    """Why nothing can be filed for the years of a space, of those of which that is so; the day is none of it."""
    with database.reading(engine) as connection:
        rows = database.frame(connection, _LOCKS, first=space, last=space)
    return [_problem(row) for _, row in rows.iterrows()]


def _problem(lock: "pd.Series[object]") -> Problem:
    space, year = str(lock["space_id"]), str(lock["year"])
    details = {"space": space, "year": year, "by": str(lock["moved_by"]), "at": str(lock["since"])[:16]}
    if isinstance(lock["window_at"], pd.Timestamp):
        zone = str(lock["time_zone"])
        there = lock["window_at"].to_pydatetime().replace(tzinfo=UTC).astimezone(ZoneInfo(zone))
        details |= {"moment": f"{there:%Y-%m-%d %H:%M}", "zone": zone}
    return Problem("error", f"filing-locked-{lock['why']}", value=f"{space} {year}", details=details)
