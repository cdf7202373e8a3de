"""Whose filing each row of a table is: its space and its year, and the rows that are none."""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from functools import cached_property

import numpy as np
import pandas as pd

from tracking.filing.enrolled import Register
from tracking.filing.interpreting import cells, furniture, headers
from tracking.filing.interpreting.findings import Findings
from tracking.filing.interpreting.headers import MOST_NEAREST, Words
from tracking.filing.interpreting.rows_left_out import RowsLeftOut
from tracking.words import spelling

# The columns that say whose filing a row is.
_OF_WHOM = frozenset({"space_id", "space_name", "year"})
# Makes one number of a space's and a year.
_YEARS = 10_000


@dataclass(frozen=True, slots=True)
class Rows:
    """The rows below a table's header, one element each.

    there: whether a row is a filing at all, and no blank one or one of totals; valid: whether its space and its year
    are good as well. spaces: the space's place in the register, where valid; years: the year, where valid.
    """

    there: np.ndarray
    valid: np.ndarray
    spaces: np.ndarray
    years: np.ndarray


def read(findings: Findings, register: Register, words: Words, today: date) -> Rows:
    """The rows of a table, with every problem in its columns of spaces and years put to the findings.

    Of a table that has no such columns no row is valid; its cells can be understood all the same.
    """
    return _Keys(findings, register, words, today).read()


def wrong_key(findings: Findings, code: str, at: int, column: int | None, text: str, **details: object) -> None:
    """An error in a column of keys; a formula that was never computed is told as that."""
    if text.startswith("=") and column is not None:
        code, details = "formula-without-result", {"metric": findings.table.headers[column]}
    findings.add("error", code, at=at, column=column, value=text, **details)


class _Keys:
    """The columns of keys of one table. Every distinct text of a column is understood once."""

    def __init__(self, findings: Findings, register: Register, words: Words, today: date) -> None:
        self.findings = findings
        self.table = findings.table
        self.register = register
        self.words = words
        self.today = today

    def read(self) -> Rows:
        """Each row's space and year, and whether both are good."""
        space_column, year_column = self.table.index("space_id"), self.table.index("year")
        written = self._written("space_id")
        numbers, distinct = _distinct(written, spelling.tidy)
        self._places = self._found(distinct)
        self._there = np.ones(len(written), dtype=bool) if space_column is not None else self._with_figures.copy()
        left_out = RowsLeftOut(self.findings, self.register, self.words, self._there, self._places)
        left_out.mark(numbers, distinct, space_column, year_column)
        self._otherwise("space_id")
        self._otherwise("year")
        self._valid = self._there.copy()
        self._spaces = self._known_spaces(written, numbers, distinct, space_column)
        self._years = self._good_years(year_column)
        self._covered(year_column)
        self._names()
        return Rows(self._there, self._valid, self._spaces, self._years)

    def _written(self, code: str) -> list[str]:
        """The cells of a column of keys; without one, what was chosen for the file, in rows with figures."""
        column = self.table.index(code)
        if column is not None:
            return self._as_above(self.table.cells(column))
        chosen = self.findings.choices.of_file(code) or ""
        return [chosen if figures else "" for figures in self._with_figures]

    def _as_above(self, texts: list[str]) -> list[str]:
        """The cells, 同上 as what stands above it, where that is no total."""
        if not cells.DITTO.isdisjoint(texts):
            for at, text in enumerate(texts):
                if text in cells.DITTO and at and not furniture.total(texts[at - 1]):
                    texts[at] = texts[at - 1]
        return texts

    @cached_property
    def _with_figures(self) -> np.ndarray:
        """Which rows say anything but whose they are, and are none of totals."""
        columns = [index for index, each in self.table.columns.items() if each.code not in _OF_WHOM]
        columns += self.table.qualified
        rows = self.table.grid.rows[self.table.first :]
        figures: np.ndarray = np.array(
            [
                any(index < len(row) and row[index].strip() for index in columns) and not any(map(furniture.total, row))
                for row in rows
            ],
            dtype=bool,
        )
        return figures

    def _otherwise(self, code: str) -> None:
        """An error where a column of keys says something else than was chosen for the whole file."""
        column, chosen = self.table.index(code), self.findings.choices.of_file(code)
        if column is None or chosen is None:
            return
        for at, text in enumerate(self.table.cells(column)):
            own = cells.year(text) if code == "year" else spelling.tidy(text).casefold()
            if self._there[at] and own and str(own) != spelling.tidy(chosen).casefold():
                self.findings.add("error", "chosen-otherwise", at=at, column=column, value=text, chosen=chosen)
                return

    def _found(self, distinct: Sequence[str]) -> np.ndarray:
        """The place in the register of each of different IDs, -1 where it has none of that ID."""
        places = {space_id: place for place, space_id in enumerate(self.register.names)}
        by_case = {space_id.casefold(): place for space_id, place in places.items()}
        found = [places.get(space, by_case.get(space.casefold(), -1)) for space in distinct]
        return np.array(found, dtype=np.int64)

    def _known_spaces(
        self, written: Sequence[str], numbers: np.ndarray, distinct: Sequence[str], column: int | None
    ) -> np.ndarray:
        unlike = np.zeros(len(distinct), dtype=bool)
        # That there is no such column, or that the space chosen for it is none, was told of the whole file.
        unknown = _first_rows(numbers, self._there & (self._places < 0)[numbers] & (column is not None))
        for looked_up, (number, at) in enumerate(unknown):
            near_id = self.register.nearest(distinct[number]) if looked_up < MOST_NEAREST else ""
            near = headers.nearest((near_id, near_id) if near_id else None)
            unlike[number] = not near_id
            wrong_key(self.findings, "unknown-space", at, column, written[at], nearest=near)
        spaces: np.ndarray = self._places[numbers]
        self._valid &= spaces >= 0
        self._unlike = unlike[numbers]
        return spaces

    def _good_years(self, column: int | None) -> np.ndarray:
        numbers, distinct = _distinct(self._written("year"))
        years = np.zeros(len(distinct), dtype=np.int64)
        spelled = np.array([cells.year(text) for text in distinct], dtype="float64")
        # A row that names neither a space nor a year is a remark, or a signature: one problem is enough.
        nobodys = self._unlike & np.isnan(spelled)[numbers]
        # Without a column of years no row names one, and what else is wrong with its figures is told too.
        self._there &= ~(nobodys if column is not None else nobodys & ~self._with_figures)
        for number, at in _first_rows(numbers, self._there):
            text = distinct[number]
            if column is None and not text:
                continue
            if not spelled[number] >= 1000:
                code = "missing-year" if not spelling.tidy(text) else "not-a-year"
            elif spelled[number] > self.today.year:
                code = "year-in-future"
            else:
                years[number] = int(spelled[number])
                continue
            wrong_key(self.findings, code, at, column, text, this_year=self.today.year)
        good: np.ndarray = years[numbers]
        self._valid &= good > 0
        return good

    def _covered(self, column: int | None) -> None:
        """Errors for years that no enrolment of the space covers."""
        space_ids = list(self.register.names)
        there = np.unique(self._spaces[self._valid]).tolist()
        allowed = [place * _YEARS + year for place in there for year in self.register.years.get(space_ids[place], ())]
        space_years = self._spaces * _YEARS + self._years
        numbers, pairs = pd.factorize(space_years)
        covered = np.isin(pairs, allowed)
        for number, at in _first_rows(numbers, self._valid & ~covered[numbers]):
            space_id, year = space_ids[pairs[number] // _YEARS], str(pairs[number] % _YEARS)
            periods = self.register.periods(space_id)
            code = "year-not-covered" if column is not None else "chosen-year-not-covered"
            self.findings.add("error", code, at=at, column=column, value=year, space=space_id, periods=periods)
        self._valid &= covered[numbers]

    def _names(self) -> None:
        """Errors for names that are not the registered one of the row's space."""
        column = self.table.index("space_name")
        if column is None:
            return
        written = self.table.cells(column)
        numbers, distinct = _distinct(written, spelling.folded)
        space_ids, registered = list(self.register.names), list(self.register.names.values())
        pairs, distinct_pairs = pd.factorize(numbers * len(registered) + self._spaces)
        other = np.zeros(len(distinct_pairs), dtype=bool)
        for pair, _ in _first_rows(pairs, self._valid):
            name, place = divmod(int(distinct_pairs[pair]), len(registered))
            other[pair] = distinct[name] not in ("", spelling.folded(registered[place]))
        for at in np.flatnonzero(other[pairs] & self._valid).tolist():
            place = self._spaces[at]
            told_names = {"space": space_ids[place], "registered": registered[place]}
            wrong_key(self.findings, "name-mismatch", at, column, written[at], **told_names)


def _distinct(texts: Sequence[str], meant: Callable[[str], str] = str) -> tuple[np.ndarray, Sequence[str]]:
    """The different texts of a column as they are `meant`, and for each row which of them it is."""
    rows, written = pd.factorize(np.array(texts, dtype=object))
    numbers, distinct = pd.factorize(np.array([meant(text) for text in written], dtype=object))
    return numbers[rows], distinct.tolist()


def _first_rows(codes: np.ndarray, among: np.ndarray) -> Iterator[tuple[int, int]]:
    """Each code that stands in some row of those `among`, and the first such row."""
    rows = np.flatnonzero(among)
    found, first = np.unique(codes[rows], return_index=True)
    yield from zip(found.tolist(), rows[first].tolist(), strict=True)
