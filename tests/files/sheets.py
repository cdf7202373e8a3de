"""A file as a person has it before them: sheets of cells that know what they are, and the figures that it says."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from decimal import Decimal

# The space, the year and the metric of a figure.
Key = tuple[str, int, str]
Figures = dict[Key, Decimal]


@dataclass(slots=True)
class Cell:
    """A cell. `role` is what it says: space, year, metric, figure, unit, label, title, value, note; blank is "".

    keys: of a figure its own key, of a metric's name its code, of a year or space the text that means it.
    raw: written into delimited text as it is, without quotation marks of its own.
    struck, raised, before: what a workbook shows struck through, behind the text above the line, and struck before it.
    form: the number format that a workbook's cell has.
    """

    text: str = ""
    role: str = ""
    key: Key | None = None
    metric: str = ""
    raw: bool = False
    struck: bool = False
    raised: str = ""
    before: str = ""
    form: str = ""


Place = tuple[int, int]


@dataclass(slots=True)
class Sheet:
    """A sheet; all indexes count from 0. `header` and `first` are the rows of the header and of the first record."""

    name: str
    rows: list[list[Cell]]
    header: int = 0
    first: int = 1
    merged: list[tuple[int, int, int, int]] = field(default_factory=list)
    hidden: bool = False
    hidden_rows: set[int] = field(default_factory=set)
    hidden_columns: set[int] = field(default_factory=set)

    def places(self, role: str) -> list[Place]:
        """Where cells of a role stand, as the eye goes through the sheet."""
        return [
            (row, column)
            for row, cells in enumerate(self.rows)
            for column, cell in enumerate(cells)
            if cell.role == role
        ]

    def at(self, place: Place) -> Cell:
        """The cell at a place."""
        return self.rows[place[0]][place[1]]

    def width(self) -> int:
        """How many columns its widest row has."""
        return max(map(len, self.rows), default=0)

    def insert_row(self, at: int, cells: Sequence[Cell]) -> None:
        """Put a row before the row `at`; what is merged or hidden below moves with it."""
        self.rows.insert(at, list(cells))
        self.merged = [
            (top + (top >= at), left, bottom + (bottom >= at), right) for top, left, bottom, right in self.merged
        ]
        self.hidden_rows = {row + (row >= at) for row in self.hidden_rows}
        self.header += self.header >= at
        self.first += self.first >= at

    def insert_column(self, at: int, cells: Sequence[Cell]) -> None:
        """Put a column before the column `at`, from the header down; titles above it stay where they are."""
        for row, cell in zip(self.rows[self.header :], cells, strict=True):
            row += [Cell() for _ in range(at - len(row))]
            row.insert(at, cell)
        self.merged = [
            (top, left + (left >= at), bottom, right + (right >= at))
            if top >= self.header
            else (top, left, bottom, right)
            for top, left, bottom, right in self.merged
        ]


@dataclass(slots=True)
class File:
    """A filing in some layout, and how it is written.

    figures: what a person reads in it. money: the unit of money that it names, empty where it names none.
    container: csv, tsv, semicolon, xlsx, ods or html; encoding: of text. padded: whether every row has all columns.
    """

    layout: str
    sheets: list[Sheet]
    figures: Figures
    money: str = ""
    container: str = "csv"
    encoding: str = "utf-8"
    padded: bool = True

    @property
    def is_text(self) -> bool:
        """Whether the file is delimited text."""
        return self.container in DELIMITERS

    @property
    def delimiter(self) -> str:
        """What a file of text is delimited by."""
        return DELIMITERS[self.container]

    def each(self, role: str) -> Iterator[tuple[Sheet, Place]]:
        """Every cell of a role, with its sheet."""
        for sheet in self.sheets:
            for place in sheet.places(role):
                yield sheet, place


DELIMITERS = {"csv": ",", "tsv": "\t", "semicolon": ";"}
