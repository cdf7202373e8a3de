"""A register's file to rows of spaces and enrolments, each cell checked."""

from collections.abc import Mapping, Sequence

import pandas as pd

from tracking.filing.interpreting import cells, left_out
from tracking.filing.interpreting.findings import Findings, Problems, visible
from tracking.filing.spreadsheets import labels
from tracking.filing.spreadsheets.grids import FORMULA_WITHOUT_RESULT, Grid
from tracking.policy.rows import YEARS
from tracking.words import personal_data, spelling
from tracking.words.problems import Problem, Severity

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


def interpret(
    grids: Sequence[Grid], tracks: Mapping[str, Mapping[str, str]], spaces: dict[str, str]
) -> tuple[pd.DataFrame, list[Problem]]:
    """A row for each row of a register without an error, with the columns of SPACE and ENROLMENT; and its problems.

    `tracks` are by edition and by name as it is compared, `spaces` the registered ones by name: the file's join them.
    """
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


def _unsaid(code: str, text: str) -> str | None:
    """The code of the problem where a spreadsheet put something in place of what was meant; a name may be =1+1."""
    problem = cells.unsaid(text)
    named = code in NAMES and problem == "formula-without-result" and text != FORMULA_WITHOUT_RESULT
    return None if named else problem


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
            wrong = {code: problem for code, text in texts.items() if (problem := _unsaid(code, text))}
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
