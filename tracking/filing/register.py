"""Spaces and enrolments: a register file to tables."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import NamedTuple

import numpy as np
import pandas as pd
import sqlalchemy as sa
from sqlalchemy import Connection, Engine

from tracking import database, events
from tracking.access import acts
from tracking.database import loads, refresh
from tracking.filing import register_rows
from tracking.filing.register_rows import CONTACT, ENROLMENT, SPACE
from tracking.filing.spreadsheets.grids import Grid, read
from tracking.words import spelling
from tracking.words.language import Lang
from tracking.words.problems import Problem, Refusal


@dataclass(frozen=True)
class RegisterReport:
    """What became of one register file. `spaces` and `enrolments` count what is new or changed."""

    file: str
    loaded: bool
    spaces: int = 0
    enrolments: int = 0
    problems: Sequence[Problem] = field(default=())
    load_id: int | None = None

    def as_dict(self, lang: Lang) -> dict[str, object]:
        """The report as JSON objects."""
        return {
            "file": self.file,
            "loaded": self.loaded,
            "spaces": self.spaces,
            "enrolments": self.enrolments,
            "problems": [problem.as_dict(lang) for problem in self.problems],
        }


class New(NamedTuple):
    """The spaces and the enrolments of a register that are not stored as it has them, and its problems."""

    spaces: pd.DataFrame
    enrolments: pd.DataFrame
    problems: list[Problem]

    @property
    def refused(self) -> bool:
        """Whether the file has an error, and so nothing of it is stored."""
        return any(problem.severity == "error" for problem in self.problems)

    @property
    def touched(self) -> list[str]:
        """The IDs of the spaces of which something is new, each once, in order."""
        return sorted({*self.spaces["space_id"], *self.enrolments["space_id"]})


def load(engine: Engine, content: bytes, name: str, *, by: str, at: datetime | None = None) -> RegisterReport:
    """Store a register, whole or, where it has an error, not at all.

    A row that says what is stored already stores nothing; of two rows for one space, track and edition the
    later takes over. An account signs by its own name, whatever `by` says. Raises DatabaseUnavailable, Forbidden.
    """
    try:
        grids = read(content, name)
    except Refusal as refusal:
        return RegisterReport(name, loaded=False, problems=refusal.problems)

    def work(connection: Connection) -> RegisterReport:
        acts.check(connection, engine, "register")
        return take_in(connection, grids, content, name, by=acts.signature(engine, by), at=at)

    report = database.write(engine, work)
    if not report.loaded:
        codes = sorted({problem.code for problem in report.problems if problem.severity == "error"})
        events.note("refusal", kind="register", codes=" ".join(codes))
    if report.load_id is not None:
        acts.noted(engine, "register", str(report.load_id))
    return report


def take_in(
    connection: Connection, grids: Sequence[Grid], content: bytes, name: str, *, by: str, at: datetime | None = None
) -> RegisterReport:
    """As `load`, on a connection that may write, of a file that was read."""
    return store(connection, new(connection, grids), content, name, by=by, at=at)


def store(
    connection: Connection, found: New, content: bytes, name: str, *, by: str, at: datetime | None = None
) -> RegisterReport:
    """Store what is new in a register, nothing of it where it has an error, and judge it."""
    if found.refused:
        return RegisterReport(name, loaded=False, problems=found.problems)
    if not found.touched:
        return RegisterReport(name, loaded=True, problems=found.problems)
    load_id = loads.record(connection, "register", name, content, by=by, at=at)
    database.append(connection, "space", found.spaces.assign(load_id=load_id))
    database.append(connection, "enrolment", found.enrolments.assign(load_id=load_id))
    refresh.refresh(connection, found.touched)
    stored = {"spaces": len(found.spaces), "enrolments": len(found.enrolments)}
    return RegisterReport(name, loaded=True, problems=found.problems, load_id=load_id, **stored)


def new(connection: Connection, grids: Sequence[Grid]) -> New:
    """What of a register is not stored as it has it, and its problems."""
    rows, problems = register_rows.interpret(grids, _tracks(connection), _spaces(connection))
    rows = _with_contacts(connection, rows)
    spaces = _new(connection, rows, "current_space", SPACE, ["space_id"])
    enrolments = _new(connection, rows, "current_enrolment", ENROLMENT, ["space_id", "track", "edition"])
    return New(spaces, enrolments, problems)


def _with_contacts(connection: Connection, rows: pd.DataFrame) -> pd.DataFrame:
    """The rows with the contacts that are known where the file has no column for them; None where there is none."""
    known = sa.text(f"SELECT space_id, {', '.join(CONTACT)} FROM current_space")
    kept = {space_id: contact for space_id, *contact in connection.execute(known).all()}
    nobody = [None] * len(CONTACT)
    made = rows.astype(dict.fromkeys(CONTACT, object))
    for place, name in enumerate(CONTACT):
        before = [kept.get(space_id, nobody)[place] for space_id in rows["space_id"]]
        both = zip(rows[name], before, strict=True)
        stated = [(earlier if pd.isna(now) else now) or None for now, earlier in both]
        made[name] = pd.Series(stated, rows.index, object)
    return made


def _new(connection: Connection, rows: pd.DataFrame, view: str, columns: list[str], keys: list[str]) -> pd.DataFrame:
    """The last row of each key that differs from what is current."""
    latest = rows[columns].drop_duplicates(keys, keep="last")
    current = {tuple(row) for row in connection.execute(sa.text(f"SELECT {', '.join(columns)} FROM {view}")).all()}
    cells = [tuple(None if pd.isna(value) else value for value in row) for row in latest.itertuples(index=False)]
    return latest[np.array([row not in current for row in cells], dtype=bool)]


def _tracks(connection: Connection) -> dict[str, dict[str, str]]:
    """By edition, the tracks by every name of theirs."""
    found: dict[str, dict[str, str]] = {}
    names = connection.execute(
        sa.text("SELECT edition, track, name_zh, name_en FROM current_track ORDER BY edition, position")
    ).all()
    for edition, track, zh, en in names:
        found.setdefault(edition, {}).update({spelling.folded(each): track for each in (track, zh, en)})
    return found


def _spaces(connection: Connection) -> dict[str, str]:
    """The spaces that are registered, each by its name as it is compared; of several of one name the last."""
    stored = connection.execute(sa.text("SELECT space_id, space_name FROM current_space ORDER BY space_id")).all()
    return {spelling.folded(name): space_id for space_id, name in stored}
