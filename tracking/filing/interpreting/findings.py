"""Problems with their place in a table: sheet, row and column as the person's spreadsheet shows them."""

import re
import unicodedata
from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass, field, replace

from tracking.filing import choices
from tracking.filing.choices import Choices
from tracking.filing.spreadsheets.grids import letter as letter_of
from tracking.filing.spreadsheets.tables import Table
from tracking.words import personal_data
from tracking.words.language import LANGUAGES
from tracking.words.problems import Problem, Severity

# A message shows so much of a cell; who needs more looks into the cell.
SHOWN = 60
# So many problems of a kind are told one by one: a file of a few MB can have millions, and nobody reads them.
MOST_OF_A_KIND = 10_000
_BREAK = re.compile(r"(?<!\s)\s*[\r\n\t]\s*")
_UNSEEN = frozenset({"Cf", "Cc", "Co", "Cs", "Zl", "Zp"})


class Problems:
    """The problems of a file: the first MOST_OF_A_KIND of every code, and how many more there are."""

    def __init__(self) -> None:
        self._listed: list[Problem] = []
        self._counts: Counter[str] = Counter()
        self._first_left_out: dict[str, Problem] = {}
        # A table that is read as several would tell the same of each.
        self._places: set[tuple[object, ...]] = set()

    def __len__(self) -> int:
        """How many there are, told or not."""
        return self._counts.total()

    def room(self, code: str) -> int:
        """How many more of a code will be told one by one."""
        return max(MOST_OF_A_KIND - self._counts[code], 0)

    def add(self, problem: Problem) -> None:
        """Note a problem, but for one that stands at the same place already."""
        if self.room(problem.code):
            place = (problem.code, problem.sheet, problem.row, problem.letter, problem.column, problem.value)
            if place in self._places:
                return
            self._places.add(place)
            self._listed.append(problem)
        else:
            self._first_left_out.setdefault(problem.code, problem)
        self._counts[problem.code] += 1

    def leave_out(self, code: str, count: int) -> None:
        """Note so many more of a code for which there is no room, behind one that was added."""
        self._counts[code] += count

    def extend(self, problems: Iterable[Problem]) -> None:
        """Note one problem after the other."""
        for problem in problems:
            self.add(problem)

    def all(self) -> list[Problem]:
        """The problems, errors first, then as the eye goes through the file; one tells for all that are left out."""
        return in_order([*self._listed, *(self._and_more(problem) for problem in self._first_left_out.values())])

    def _and_more(self, problem: Problem) -> Problem:
        messages = {lang: replace(problem, sheet=None).message(lang) for lang in LANGUAGES}
        details = {"told": messages, "all": self._counts[problem.code], "most": MOST_OF_A_KIND}
        return replace(problem, code="more-of-a-kind", details=details)


@dataclass(slots=True)
class Findings:
    """What is wrong in one table so far, in a file of which `problems` may tell already.

    `choices` are what a person decided about the file.
    """

    table: Table
    problems: Problems = field(default_factory=Problems)
    choices: Choices = choices.NONE

    def add(
        self,
        severity: Severity,
        code: str,
        *,
        at: int | None = None,
        column: int | None = None,
        value: str | None = None,
        **details: object,
    ) -> None:
        """Note a problem; `at` counts rows below the header from 0, `column` is the table's index.

        A sentence may also use {header}, as it was typed, and {name}: the value, unless the details name it better.
        """
        label = self.table.columns.get(column) if column is not None else None
        header = self.table.headers[column] if column is not None and column < len(self.table.headers) else None
        shown = None if value is None else visible(value)
        self.problems.add(
            Problem(
                severity,
                code,
                sheet=self.table.grid.sheet,
                row=self.table.number(at, 0 if column is None else column),
                column=label.code if label else header and visible(header),
                value=shown,
                letter=None if column is None else self.table.letter(column, at),
                details={"header": visible(header or ""), "name": shown, **details},
            )
        )

    def at_cell(
        self,
        severity: Severity,
        code: str,
        row: int | None,
        column: int,
        text: str,
        *,
        sheet: str | None = None,
        **details: object,
    ) -> None:
        """Note a problem in a cell that is none of a column's, as one of the title; row None is the sheet's own name.

        The cell is one of the table's grid, or of another `sheet`.
        """
        number, letter = None, None
        if row is not None and row >= 0:
            number, letter = (row + 1, letter_of(column)) if sheet else self.table.place(row, column)
        shown = visible(text)
        names = {"header": shown, "name": shown, **details}
        place = sheet or self.table.grid.sheet
        self.problems.add(Problem(severity, code, place, number, None, shown, letter, names))


def visible(text: str) -> str:
    """The text on one line, short, with what the eye cannot see told by its number; personal data is not told."""
    if personal_data.kind(text):
        return f"{text.strip()[:3]}***"
    shown = text if len(text) <= SHOWN else text[: SHOWN - 1] + "…"
    return "".join(
        f"⟨U+{ord(sign):04X}⟩" if unicodedata.category(sign) in _UNSEEN else sign for sign in _BREAK.sub(" ", shown)
    )


def in_order(problems: list[Problem]) -> list[Problem]:
    """Errors first, then as the eye goes through the file."""
    return sorted(
        problems,
        key=lambda each: (
            each.severity != "error",
            each.sheet or "",
            each.row or 0,
            len(each.letter or ""),
            each.letter or "",
        ),
    )
