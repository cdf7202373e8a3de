"""What a register would change: stored beside in memory, looked at, and thrown away."""

from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import date

import pandas as pd
import sqlalchemy as sa
from sqlalchemy import Connection, Engine

from tracking import database
from tracking.access import acts
from tracking.database import states
from tracking.filing import register, register_rows, status_changes
from tracking.filing.register import RegisterReport
from tracking.filing.spreadsheets.grids import read
from tracking.words.language import Lang
from tracking.words.problems import Refusal

ENTRIES = {
    "space_id": "str",
    "space_name": "str",
    "edition": "str",
    "track": "str",
    "entry": "str",
    "before": "str",
    "after": "str",
}
# What of a space a register can say anew, beside its enrolments.
_OF_SPACE = (*register_rows.NAMES, *register_rows.CONTACT)
_ENROLMENT = ("space_id", "edition", "track")


@dataclass(frozen=True)
class RegisterPreview:
    """The report on a register, and what would be different after loading it.

    entries: columns ENTRIES, a row per cell that is new or says something else: `entry` is the column, or period for
    the years of an enrolment; `before` is empty where the space or the enrolment is new.
    changes: columns of `status_changes`. closed, opened: how many shortfalls there would be less, and more.
    """

    report: RegisterReport
    entries: pd.DataFrame = field(default_factory=lambda: database.typed(pd.DataFrame(), ENTRIES))
    changes: pd.DataFrame = field(default_factory=lambda: database.typed(pd.DataFrame(), status_changes.COLUMNS))
    closed: int = 0
    opened: int = 0


def preview(engine: Engine, content: bytes, name: str, as_of: date, lang: Lang) -> RegisterPreview:
    """See what loading a register would do; nothing is stored. Raises DatabaseUnavailable, Forbidden."""
    try:
        grids = read(content, name)
    except Refusal as refusal:
        return RegisterPreview(RegisterReport(name, loaded=False, problems=refusal.problems))

    def work(connection: Connection) -> RegisterPreview:
        acts.check(connection, engine, "register")
        found = register.new(connection, grids)
        if found.refused or not found.touched:
            return RegisterPreview(RegisterReport(name, loaded=not found.refused, problems=found.problems))
        with states.trial(engine, connection, as_of, found.touched) as (standing, target):
            earlier, before = _standing(target), status_changes.owed(standing, found.touched, lang)
            report = register.store(target, found, content, name, by="")
            entries = list(_entries(earlier, _standing(target)))
            changes = status_changes.between(before, status_changes.owed(target, found.touched, lang))
        closed, opened = (int((changes["change"] == change).sum()) for change in ("closed", "opened"))
        frame = database.typed(pd.DataFrame(entries, columns=list(ENTRIES)), ENTRIES)
        return RegisterPreview(report, frame, changes, closed, opened)

    return database.rehearse(engine, work, as_of)


_Standing = tuple[dict[str, dict[str, str]], dict[tuple[str, ...], str]]


def _standing(connection: Connection) -> _Standing:
    """By space what the register says of it, and by enrolment its years."""
    spaces = connection.execute(sa.text(f"SELECT space_id, {', '.join(_OF_SPACE)} FROM current_space")).mappings()
    of_space = {str(row["space_id"]): {name: row[name] or "" for name in _OF_SPACE} for row in spaces}
    columns = ", ".join([*_ENROLMENT, "start_year", "end_year", "exit_year"])
    enrolments = connection.execute(sa.text(f"SELECT {columns} FROM current_enrolment")).all()
    return of_space, {(row[0], row[1], row[2]): _period(*row[3:]) for row in enrolments}


def _period(start: int, end: int, left: int | None) -> str:
    return f"{start}–{end}" + (f" ({left})" if left is not None else "")


def _entries(earlier: _Standing, later: _Standing) -> Iterator[tuple[str, ...]]:
    periods: dict[str, list[tuple[str, str, str]]] = {}
    for (space_id, edition, track), period in sorted(later[1].items()):
        periods.setdefault(space_id, []).append((edition, track, period))
    for space_id, cells in sorted(later[0].items()):
        before = earlier[0].get(space_id, {})
        for name, cell in cells.items():
            if cell != before.get(name, ""):
                yield space_id, cells["space_name"], "", "", name, before.get(name, ""), cell
        for edition, track, period in periods.get(space_id, []):
            if period != (years := earlier[1].get((space_id, edition, track), "")):
                yield space_id, cells["space_name"], edition, track, "period", years, period
