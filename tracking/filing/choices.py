"""What a person decides about a file: what it does not say, which column is which, and what it has wrong."""

from collections.abc import Mapping
from dataclasses import dataclass, field

# A sheet (None for a file of delimited text), a row as a spreadsheet numbers it, and a column's letter.
Place = tuple[str | None, int, str]
# Whose figure, of which year and metric.
Figure = tuple[str, int, str]


@dataclass(frozen=True, slots=True)
class Typed:
    """A figure as a person typed it on the page, in the metric's own unit, with its evidence and explanation."""

    value: str
    evidence: str = ""
    note: str = ""


@dataclass(frozen=True, slots=True)
class Choices:
    """What holds for a whole file beside what it says itself; where the file says otherwise, that is an error.

    space, year: whose filing it is. unit: of the figures that it can measure.
    columns: by header, the code of the metric or key that a column is, or `tables.LEFT_OUT`.
    units: by header, the unit of its figures.
    left_out: rows by sheet and number, and columns by sheet and letter, that are taken for blank.
    cells: what cells are corrected to. figures: what figures are corrected to after they were understood.
    keep: figures filed before stay where the file says nothing about them.
    again: by space and year, the answer with which a filing that was returned is filed again as it stands.
    """

    space: str | None = None
    year: int | None = None
    unit: str | None = None
    columns: Mapping[str, str] = field(default_factory=dict)
    units: Mapping[str, str] = field(default_factory=dict)
    left_out: frozenset[tuple[str | None, int | str]] = frozenset()
    cells: Mapping[Place, str] = field(default_factory=dict)
    figures: Mapping[Figure, Typed] = field(default_factory=dict)
    keep: bool = False
    again: Mapping[tuple[str, int], str] = field(default_factory=dict)

    @property
    def corrected(self) -> bool:
        """Whether anything was decided at all."""
        return self != NONE

    def of_file(self, code: str) -> str | None:
        """What was chosen for the whole file as its space_id or its year, None for nothing and for any other code."""
        if code == "space_id":
            return self.space
        return str(self.year) if code == "year" and self.year is not None else None


NONE = Choices()
