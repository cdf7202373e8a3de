"""Spaces and enrolments: a register file to tables."""

import difflib
from collections.abc import Callable, Collection, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from functools import cache

import pandas as pd
import sqlalchemy as sa
from sqlalchemy import Connection, Engine

from tracking import cells, database, loads, reading, refresh, tables
from tracking.findings import Findings, Problems, visible
from tracking.language import Lang
from tracking.problems import Problem, Refusal
from tracking.reading import Grid

COLUMNS = (
    ("space_id", ("space_id", "空间编号", "space id")),
    ("space_name", ("space_name", "众创空间名称", "空间名称", "space name")),
    ("district", ("district", "所在区", "区")),
    ("operator", ("operator", "运营机构")),
    ("brand", ("brand", "品牌")),
    ("track", ("track", "培育类别")),
    ("edition", ("edition", "政策版本")),
    ("start_year", ("start_year", "起始年度", "start year")),
    ("end_year", ("end_year", "结束年度", "end year")),
    ("exit_year", ("exit_year", "退出年度", "exit year")),
)
REQUIRED = ("space_id", "space_name", "track", "start_year", "end_year")
MOST_YEARS = 10
# No programme is older or looks further ahead; past 9999 not every database has a day on which a filing is due.
YEARS = (1900, 2200)
SPACE = ["space_id", "space_name", "district", "operator", "brand"]
ENROLMENT = ["space_id", "track", "edition", "start_year", "end_year", "exit_year"]


@dataclass(frozen=True)
class Register:
    """Who may file for which years: the year before an enrolment's first is welcome, it is the baseline.

    `everyone` gives the names of all spaces where `names` has only those that a file mentions.
    """

    names: Mapping[str, str]
    years: Mapping[str, frozenset[int]]
    enrolments: Mapping[str, Sequence[tuple[int, int]]]
    everyone: Callable[[], Mapping[str, str]] | None = None

    def nearest(self, written: str) -> str:
        """The space most like what was written for one, as `id name`; empty where none is."""
        names = self.everyone() if self.everyone else self.names
        for told, by in ((names, list(names)), (None, list(names.values()))):
            close = difflib.get_close_matches(written, by, 1, 0.6)
            if close:
                space_id = close[0] if told else next(each for each, name in names.items() if name == close[0])
                return f"{space_id} {names[space_id]}"
        return ""

    def periods(self, space_id: str) -> str:
        """The periods of a space's enrolments, as 2023–2025."""
        return ", ".join(f"{first}–{last}" for first, last in self.enrolments.get(space_id, ()))


@dataclass(frozen=True)
class Report:
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


def known(connection: Connection, mentioned: Collection[str] | None = None) -> Register:
    """The register in force: all of it, or of the spaces alone whose ID, casefolded, is among the texts `mentioned`.

    In the file of one space, reading of all the others took most of the time.
    """
    named = sa.table("current_space", sa.column("space_id", sa.String), sa.column("space_name"))
    enrolled = sa.table(
        "current_enrolment", sa.column("space_id", sa.String), sa.column("start_year"), sa.column("end_year")
    )
    everyone, periods = sa.select(named), sa.select(enrolled).order_by(enrolled.c.space_id, enrolled.c.start_year)
    spaces = everyone
    if mentioned is not None:
        ids = connection.execute(sa.text("SELECT DISTINCT space_id FROM space")).scalars().all()
        meant = [space_id for space_id in ids if space_id.casefold() in mentioned]
        spaces, periods = spaces.where(named.c.space_id.in_(meant)), periods.where(enrolled.c.space_id.in_(meant))
    enrolments: dict[str, list[tuple[int, int]]] = {}
    for space_id, first, last in connection.execute(periods).all():
        enrolments.setdefault(space_id, []).append((first, last))
    years = {
        space_id: frozenset(year for first, last in each for year in range(first - 1, last + 1))
        for space_id, each in enrolments.items()
    }
    names = dict(map(tuple, connection.execute(spaces)))
    others = None if mentioned is None else cache(lambda: dict(map(tuple, connection.execute(everyone))))
    return Register(names, years, enrolments, others)


def load(engine: Engine, content: bytes, name: str, *, by: str, at: datetime | None = None) -> Report:
    """Store a register, whole or, where it has an error, not at all.

    A row that says what is stored already stores nothing; of two rows for one space, track and edition the
    later takes over. Raises DatabaseUnavailable.
    """
    try:
        grids = reading.read(content, name)
    except Refusal as refusal:
        return Report(name, loaded=False, problems=refusal.problems)
    return database.write(engine, lambda connection: _take_in(connection, grids, content, name, by, at))


def _take_in(
    connection: Connection, grids: Sequence[Grid], content: bytes, name: str, by: str, at: datetime | None
) -> Report:
    rows, problems = _interpret(grids, _tracks(connection))
    if problems:
        return Report(name, loaded=False, problems=problems)
    spaces = _new(connection, rows, "current_space", SPACE, ["space_id"])
    enrolments = _new(connection, rows, "current_enrolment", ENROLMENT, ["space_id", "track", "edition"])
    if spaces.empty and enrolments.empty:
        return Report(name, loaded=True)
    load_id = loads.record(connection, "register", name, content, by=by, at=at)
    database.append(connection, "space", spaces.assign(load_id=load_id))
    database.append(connection, "enrolment", enrolments.assign(load_id=load_id))
    refresh.refresh(connection, sorted({*spaces["space_id"], *enrolments["space_id"]}))
    return Report(name, loaded=True, spaces=len(spaces), enrolments=len(enrolments), load_id=load_id)


def _new(connection: Connection, rows: pd.DataFrame, view: str, columns: list[str], keys: list[str]) -> pd.DataFrame:
    """The last row of each key that differs from what is current."""
    latest = rows[columns].drop_duplicates(keys, keep="last")
    current = {tuple(row) for row in connection.execute(sa.text(f"SELECT {', '.join(columns)} FROM {view}")).all()}
    told = [tuple(None if pd.isna(value) else value for value in row) for row in latest.itertuples(index=False)]
    return latest[[row not in current for row in told]]


def _tracks(connection: Connection) -> dict[str, dict[str, str]]:
    """By edition, the tracks by every name of theirs."""
    found: dict[str, dict[str, str]] = {}
    told = connection.execute(
        sa.text("""
        SELECT track.edition, track.track, track.name_zh, track.name_en
        FROM track
        INNER JOIN current_edition
            ON track.edition = current_edition.edition
            AND track.load_id = current_edition.load_id
        ORDER BY track.edition, track.position
        """)
    ).all()
    for edition, track, zh, en in told:
        found.setdefault(edition, {}).update({tables.plain(each): track for each in (track, zh, en)})
    return found


def _interpret(grids: Sequence[Grid], tracks: Mapping[str, Mapping[str, str]]) -> tuple[pd.DataFrame, list[Problem]]:
    names = tables.names(COLUMNS)
    found = [table for grid in grids if (table := tables.find(grid, names, ("space_id",)))]
    if not found:
        return pd.DataFrame(columns=[*SPACE, *ENROLMENT]), [Problem("error", "no-register-header")]
    rows: list[dict[str, object]] = []
    problems = Problems()
    for table in found:
        table.fill(dict(COLUMNS))
        rows += _Reader(Findings(table, problems), tracks).rows()
    told = pd.DataFrame(rows, columns=list(dict.fromkeys([*SPACE, *ENROLMENT])))
    return told.astype({"start_year": "Int64", "end_year": "Int64", "exit_year": "Int64"}), problems.all()


class _Reader:
    """One table of a register, row by row."""

    def __init__(self, findings: Findings, tracks: Mapping[str, Mapping[str, str]]) -> None:
        self.findings = findings
        self.tracks = tracks

    def rows(self) -> list[dict[str, object]]:
        table = self.findings.table
        before = len(self.findings.problems)
        for code in REQUIRED:
            if table.index(code) is None:
                self.findings.add("error", "missing-column", value=code)
        for index, at in table.first_said(range(max(map(len, table.grid.rows)))).items():
            self._column(index, at)
        if len(self.findings.problems) > before:
            return []
        columns = {code: table.index(code) for code, _ in COLUMNS}
        rows = []
        for at, row in enumerate(table.grid.rows[table.first :]):
            said = {
                code: cells.tidy(row[index]) if index is not None and index < len(row) else ""
                for code, index in columns.items()
            }
            if not any(said.values()):
                continue
            wrong = {code: problem for code, text in said.items() if (problem := cells.unsaid(text))}
            for code, problem in wrong.items():
                self._add(problem, at, code, said, metric=code)
            if not wrong:
                rows.append(self._row(at, said))
        return rows

    def _column(self, index: int, at: int) -> None:
        """An error where a column, which says something first in row `at`, would be passed over."""
        table = self.findings.table
        if index in table.unknown:
            self.findings.add("error", "unknown-column", column=index, value=table.headers[index], nearest="")
        elif index not in table.columns and not (index < len(table.headers) and tables.plain(table.headers[index])):
            told = visible(table.grid.rows[table.first + at][index])
            self.findings.add("error", "unnamed-column", at=at, column=index, value=told)
        elif index in table.columns and (first := table.index(table.columns[index].code) or 0) != index:
            header = table.headers[index]
            self.findings.add("error", "column-twice", column=index, value=header, first=table.letter(first))

    def _row(self, at: int, said: dict[str, str]) -> dict[str, object]:
        for code in REQUIRED:
            if not said[code]:
                self._add("missing-value", at, code, said)
        edition = self._edition(at, said)
        track = self.tracks.get(edition, {}).get(tables.plain(said["track"]))
        if edition and said["track"] and track is None:
            self._add("unknown-track", at, "track", said, known=", ".join(sorted(set(self.tracks[edition].values()))))
        first, last = self._year(at, "start_year", said), self._year(at, "end_year", said)
        left = self._year(at, "exit_year", said)
        if first and last and not first <= last < first + MOST_YEARS:
            self._add("period-wrong", at, "end_year", said, first=first, most=MOST_YEARS)
        elif first and last and left and not first <= left <= last:
            self._add("exit-outside-period", at, "exit_year", said, first=first, last=last)
        period = {"start_year": first, "end_year": last, "exit_year": left}
        return {**{code: said[code] for code in SPACE}, "track": track, "edition": edition, **period}

    def _edition(self, at: int, said: dict[str, str]) -> str:
        by_name = {tables.plain(edition): edition for edition in self.tracks}
        if said["edition"]:
            if tables.plain(said["edition"]) not in by_name:
                self._add("unknown-edition", at, "edition", said, known=", ".join(sorted(self.tracks)))
            return by_name.get(tables.plain(said["edition"]), "")
        if len(self.tracks) == 1:
            return next(iter(self.tracks))
        code = "edition-needed" if self.tracks else "no-edition"
        self._add(code, at, "edition", said, known=", ".join(sorted(self.tracks)))
        return ""

    def _year(self, at: int, code: str, said: dict[str, str]) -> int | None:
        if not said[code]:
            return None
        year = cells.year(said[code])
        if year is None or not YEARS[0] <= year <= YEARS[1]:
            self._add("not-a-year", at, code, said)
            return None
        return year

    def _add(self, problem: str, at: int, code: str, said: dict[str, str], **details: object) -> None:
        column = self.findings.table.index(code)
        self.findings.add("error", problem, at=at, column=column, value=visible(said[code]), field=code, **details)
