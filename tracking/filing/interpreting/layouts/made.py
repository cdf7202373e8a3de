"""What was made of a table on a sheet: the table as the figures are read from it, and what there is to tell of it."""

from dataclasses import dataclass, field
from typing import NamedTuple

from tracking.filing.interpreting.layouts.understood import Understood
from tracking.filing.spreadsheets.tables import Table
from tracking.words.problems import Problem


class Passed(NamedTuple):
    """A row or a column of a form that was passed over: what stands there first, and where, as a spreadsheet shows
    it; of a column its header, or its first cell where it has none."""

    text: str
    row: int
    letter: str
    column: bool = False

    @property
    def cell(self) -> str:
        """Its first cell, as a spreadsheet names it."""
        return f"{self.letter}{self.row}"


@dataclass
class RecognisedTable:
    """A table of a person's sheet. table: None where no figure of it can be read, which a problem tells.

    understood: what it was taken for; without areas where the table itself says that, as one with a header does.
    missing: the keys that it lacks, where a problem tells it already. passed_over: the furniture of the form that is no
    part of the table.
    """

    understood: Understood
    table: Table | None = None
    problems: list[Problem] = field(default_factory=list)
    missing: frozenset[str] = frozenset()
    passed_over: list[Passed] = field(default_factory=list)
