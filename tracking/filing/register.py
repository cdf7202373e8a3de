"""Spaces and enrolments: a register file to tables."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime

import numpy as np
import pandas as pd
import sqlalchemy as sa
from sqlalchemy import Connection, Engine

from tracking import database, events
from tracking.access import acts
from tracking.database import loads, refresh
from tracking.filing.interpreting import cells, left_out
from tracking.filing.interpreting.findings import Findings, Problems, visible
from tracking.filing.spreadsheets import labels
from tracking.filing.spreadsheets.grids import Grid, read
from tracking.policy.rows import YEARS
from tracking.words import personal_data, spelling
from tracking.words.language import Lang
from tracking.words.problems import Problem, Refusal, Severity

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
    ("contact_name", ("contact_name", "联系人", "填报联系人", "contact")),
    ("telephone", ("telephone", "电话", "办公电话", "联系电话")),
)
REQUIRED = ("space_id", "space_name", "track", "start_year", "end_year")
MOST_YEARS = 10
# Kept as they are registered, sign for sign, and compared by `spelling.folded`.
NAMES = ("space_name", "district", "operator", "brand")
# Whom to call. A register without these columns leaves what is known.
CONTACT = ("contact_name", "telephone")
SPACE = ["space_id", *NAMES, *CONTACT]
ENROLMENT = ["space_id", "track", "edition", "start_year", "end_year", "exit_year"]
_COLUMNS = list(dict.fromkeys([*SPACE, *ENROLMENT]))


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
    spaces, enrolments, problems = new(connection, grids)
    if any(problem.severity == "error" for problem in problems):
        return RegisterReport(name, loaded=False, problems=problems)
    if spaces.empty and enrolments.empty:
        return RegisterReport(name, loaded=True, problems=problems)
    load_id = loads.record(connection, "register", name, content, by=by, at=at)
    database.append(connection, "space", spaces.assign(load_id=load_id))
    database.append(connection, "enrolment", enrolments.assign(load_id=load_id))
    refresh.refresh(connection, sorted({*spaces["space_id"], *enrolments["space_id"]}))
    stored = {"spaces": len(spaces), "enrolments": len(enrolments)}
    return RegisterReport(name, loaded=True, problems=problems, load_id=load_id, **stored)


def new(connection: Connection, grids: Sequence[Grid]) -> tuple[pd.DataFrame, pd.DataFrame, list[Problem]]:
    """The spaces and the enrolments of a register that are not stored as it has them, and its problems."""
    rows, problems = _interpret(grids, _tracks(connection), _spaces(connection))
    rows = _with_contacts(connection, rows)
    spaces = _new(connection, rows, "current_space", SPACE, ["space_id"])
    enrolments = _new(connection, rows, "current_enrolment", ENROLMENT, ["space_id", "track", "edition"])
    return spaces, enrolments, problems


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


def _interpret(
    grids: Sequence[Grid], tracks: Mapping[str, Mapping[str, str]], spaces: dict[str, str]
) -> tuple[pd.DataFrame, list[Problem]]:
    names = labels.names(COLUMNS)
    found = [table for grid in grids if (table := labels.find(grid, names, ("space_id",)))]
    if not found:
        return pd.DataFrame(columns=_COLUMNS), [Problem("error", "no-register-header")]
    rows: list[dict[str, object]] = []
    problems = Problems()
    problems.extend(left_out.of_the_file(grids))
    for table in found:
        problems.extend(left_out.warnings(table.grid))
        table.fill(dict(COLUMNS))
        rows += _Reader(Findings(table, problems), tracks, spaces).rows()
    frame = pd.DataFrame(rows, columns=_COLUMNS)
    return frame.astype({"start_year": "Int64", "end_year": "Int64", "exit_year": "Int64"}), problems.all()


class _Reader:
    """One table of a register, row by row."""

    def __init__(self, findings: Findings, tracks: Mapping[str, Mapping[str, str]], spaces: dict[str, str]) -> None:
        self.findings = findings
        self.tracks = tracks
        self.spaces = spaces

    def rows(self) -> list[dict[str, object]]:
        table = self.findings.table
        before = len(self.findings.problems)
        for code in REQUIRED:
            if table.index(code) is None:
                name = {"zh": dict(COLUMNS)[code][1], "en": code}
                self.findings.add("error", "missing-column", value=code, name=name, nearest="")
        for index, at in table.first_filled(range(max(map(len, table.grid.rows)))).items():
            self._column(index, at)
        if len(self.findings.problems) > before:
            return []
        columns = {code: table.index(code) for code, _ in COLUMNS}
        rows = []
        for at, row in enumerate(table.grid.rows[table.first :]):
            texts = {
                code: spelling.tidy(row[index]) if index is not None and index < len(row) else ""
                for code, index in columns.items()
            }
            if not any(texts.values()):
                continue
            for code in SPACE:
                place = columns[code]
                if place is not None and place < len(row) and spelling.misleading(row[place].strip()):
                    self._add("misleading-name", at, code, {code: row[place].strip()})
            wrong = {code: problem for code, text in texts.items() if (problem := cells.unsaid(text))}
            # A register names an office, never a person's own number.
            private = [code for code in CONTACT if personal_data.kind(texts[code])]
            for code in private:
                self._add("contact-private", at, code, texts | {code: "***"})
            wrong |= dict.fromkeys(private, "contact-private")
            for code, problem in wrong.items():
                if code not in private:
                    self._add(problem, at, code, texts, metric=code)
            if not wrong:
                rows.append(self._row(at, texts) | self._names(at, row, columns))
        return rows

    def _names(self, at: int, row: Sequence[str], columns: Mapping[str, int | None]) -> dict[str, str]:
        """The names of a row as they stand there, with a warning where another space has the same one."""
        names = {
            code: spelling.words(row[index]) if (index := columns[code]) is not None and index < len(row) else ""
            for code in NAMES
        }
        index = columns["space_id"]
        space_id = spelling.tidy(row[index]) if index is not None and index < len(row) else ""
        other = self.spaces.setdefault(spelling.folded(names["space_name"]), space_id)
        if names["space_name"] and space_id and other != space_id:
            self._add("same-name", at, "space_name", names, severity="warning", other=other)
        return names

    def _column(self, index: int, at: int) -> None:
        """An error where a column, which says something first in row `at`, would be passed over."""
        table = self.findings.table
        if index in table.unknown:
            self.findings.add("error", "unknown-column", column=index, value=table.headers[index], nearest="")
        elif index not in table.columns and not (index < len(table.headers) and spelling.folded(table.headers[index])):
            text = visible(table.grid.rows[table.first + at][index])
            self.findings.add("error", "unnamed-column", at=at, column=index, value=text)
        elif index in table.columns and (first := table.index(table.columns[index].code) or 0) != index:
            header = table.headers[index]
            self.findings.add("error", "column-twice", column=index, value=header, first=table.letter(first))

    def _row(self, at: int, texts: dict[str, str]) -> dict[str, object]:
        for code in REQUIRED:
            if not texts[code]:
                self._add("missing-value", at, code, texts)
        edition = self._edition(at, texts)
        track = self.tracks.get(edition, {}).get(spelling.folded(texts["track"]))
        if edition and texts["track"] and track is None:
            self._add("unknown-track", at, "track", texts, known=", ".join(sorted(set(self.tracks[edition].values()))))
        first, last = self._year(at, "start_year", texts), self._year(at, "end_year", texts)
        left = self._year(at, "exit_year", texts)
        if first and last and not first <= last < first + MOST_YEARS:
            self._add("period-wrong", at, "end_year", texts, first=first, most=MOST_YEARS)
        elif first and last and left and not first <= left <= last:
            self._add("exit-outside-period", at, "exit_year", texts, first=first, last=last)
        period = {"start_year": first, "end_year": last, "exit_year": left}
        without = [code for code in CONTACT if self.findings.table.index(code) is None]
        given = {code: None if code in without else texts[code] for code in SPACE}
        return {**given, "track": track, "edition": edition, **period}

    def _edition(self, at: int, texts: dict[str, str]) -> str:
        by_name = {spelling.folded(edition): edition for edition in self.tracks}
        if texts["edition"]:
            if spelling.folded(texts["edition"]) not in by_name:
                self._add("unknown-edition", at, "edition", texts, known=", ".join(sorted(self.tracks)))
            return by_name.get(spelling.folded(texts["edition"]), "")
        if len(self.tracks) == 1:
            return next(iter(self.tracks))
        code = "edition-needed" if self.tracks else "no-edition"
        self._add(code, at, "edition", texts, known=", ".join(sorted(self.tracks)))
        return ""

    def _year(self, at: int, code: str, texts: dict[str, str]) -> int | None:
        if not texts[code]:
            return None
        year = cells.year(texts[code])
        if year is None or not YEARS[0] <= year <= YEARS[1]:
            self._add("not-a-year", at, code, texts)
            return None
        return year

    def _add(
        self,
        problem: str,
        at: int,
        code: str,
        texts: dict[str, str],
        *,
        severity: Severity = "error",
        **details: object,
    ) -> None:
        column = self.findings.table.index(code)
        self.findings.add(severity, problem, at=at, column=column, value=visible(texts[code]), field=code, **details)
