"""Problems with their place in a table: sheet, row and column as the person's spreadsheet shows them."""

import re
import unicodedata
from dataclasses import dataclass, field

from tracking import personal_data, reading
from tracking.problems import Problem, Severity
from tracking.tables import Table

# A message shows so much of a cell; who needs more looks into the cell.
SHOWN = 60
_BREAK = re.compile(r"\s*[\r\n\t]\s*")
_UNSEEN = frozenset({"Cf", "Cc", "Co", "Cs", "Zl", "Zp"})


@dataclass(slots=True)
class Findings:
    """What is wrong in one table so far."""

    table: Table
    problems: list[Problem] = field(default_factory=list)

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
        self.problems.append(
            Problem(
                severity,
                code,
                sheet=self.table.grid.sheet,
                row=self.table.header + 1 if at is None else self.row(at),
                column=label.code if label else header and visible(header),
                value=shown,
                letter=None if column is None else self.letter(column),
                details={"header": visible(header or ""), "name": shown, **details},
            )
        )

    def letter(self, column: int) -> str:
        """The letter that a spreadsheet shows over a column."""
        return reading.letter(column)

    def row(self, at: int) -> int:
        """The number that a spreadsheet gives to the row `at` below the header."""
        return self.table.first + at + 1


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
