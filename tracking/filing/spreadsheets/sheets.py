"""A sheet while it is read, in the process that opens the file: what is to be told of its cells, and the limits."""

import re
from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Any, NamedTuple

# A formula that was never computed looks like a blank to the library.
FORMULA_WITHOUT_RESULT = "=?"
# What a spreadsheet itself can show.
MOST_ROWS = 1_048_576
MOST_SHEETS = 100

_LOWERED = str.maketrans("0123456789", "₀₁₂₃₄₅₆₇₈₉")
# Signs that no text has; a spreadsheet may hold them all the same.
_CONTROL = re.compile("[\x00-\x08\x0e-\x1f\x7f-\x9f]")

Cell = tuple[int, int]
# Instead of a row and a column, where something stands on the page and at no cell.
OF_THE_PAGE = -1
# Where it is said of the file as a whole: by its name, or in its properties.
OF_THE_FILE = -2
# Ends what we say in a comment of a file that is given back; behind it stands the person's own. Nobody sees it.
END_OF_OURS = "\u2060\u2060"


class Note(NamedTuple):
    """What stands on a sheet and in no cell, and at which: a comment, a text box, the head or foot of the page, the
    name of the file."""

    text: str
    row: int
    column: int

    @property
    def own(self) -> str:
        """What the person says, without what was said to them in the same place."""
        return self.text.rpartition(END_OF_OURS)[2]


class UnreadableError(ValueError):
    """Why a file cannot be read: the code of a problem, and what its sentence needs."""

    def __init__(self, code: str, **details: Any) -> None:
        super().__init__(code)
        self.code = code
        self.details: dict[str, Any] = details


@dataclass(slots=True)
class Limits:
    """What a file may hold, as the one who asks for it has it; `cells` counts down over all of its sheets."""

    columns: int
    cells: int
    longest: int
    most: int = 0

    def __post_init__(self) -> None:
        self.most = self.cells

    def take(self, sheet: str | None, height: int, width: int) -> None:
        """Make room for so many rows and columns. Raises UnreadableError where there is none left."""
        if width > self.columns:
            raise UnreadableError("file-too-wide", sheet=sheet, columns=width, most=self.columns)
        self.room(sheet, height, width)
        self.cells -= height * width

    def room(self, sheet: str | None, height: int, width: int) -> None:
        """Raises UnreadableError where there is no room for so many rows and columns."""
        if height * width > self.cells:
            left = self.most - self.cells + height * width
            raise UnreadableError("file-too-many-cells", sheet=sheet, cells=left, most=self.most)

    def check(self, sheet: str | None, row: int, texts: Sequence[str]) -> None:
        """Raises UnreadableError where a text of a row, counted from 0, is too long or has signs that no text has."""
        whole = "".join(texts)
        if len(whole) > self.longest and max(map(len, texts)) > self.longest:
            raise UnreadableError("file-cell-too-long", sheet=sheet, row=row + 1, longest=self.longest)
        if not whole.isprintable() and _CONTROL.search(whole):
            column = next(column for column, text in enumerate(texts) if _CONTROL.search(text))
            raise UnreadableError("file-binary", sheet=sheet, row=row + 1, column=column)


@dataclass(frozen=True, slots=True)
class Run:
    """A part of a cell's text that looks alike."""

    text: str
    struck: bool = False
    raised: bool = False
    lowered: bool = False

    @property
    def written(self) -> str:
        """The text as a person sees it: what is lowered is part of a word (CO₂), and never a digit of a figure."""
        return self.text.translate(_LOWERED) if self.lowered else self.text


@dataclass(slots=True)
class Marks:
    """What is to be told of one sheet beside its values; rows and columns count from 0.

    texts: by row, then column, what a person sees where the library gives another text or none.
    struck, raised: the cells of which text is left out, since it is struck through, or a superscript.
    unseen: the cells whose letters have the colour of what is behind them. notes: what stands in no cell.
    """

    texts: dict[int, dict[int, str]] = field(default_factory=dict)
    hidden_rows: set[int] = field(default_factory=set)
    hidden_columns: set[int] = field(default_factory=set)
    struck: set[Cell] = field(default_factory=set)
    raised: set[Cell] = field(default_factory=set)
    unseen: set[Cell] = field(default_factory=set)
    notes: list[Note] = field(default_factory=list)

    def tell(self, row: int, column: int, text: str) -> None:
        """Note what a person sees in a cell."""
        self.texts.setdefault(row, {})[column] = text

    def left(self, row: int, column: int, runs: Sequence[Run]) -> str:
        """What is left of a cell without what is struck through in it, and without its superscripts; both are noted."""
        spoken = [run for run in runs if run.text.strip()]
        # A text that is raised as a whole is no footnote to anything.
        footnotes = not all(run.raised for run in spoken)
        if any(run.struck for run in spoken):
            self.struck.add((row, column))
        if footnotes and any(run.raised and not run.struck for run in spoken):
            self.raised.add((row, column))
        return "".join(run.written for run in runs if not run.struck and not (footnotes and run.raised))

    def fields(self) -> dict[str, frozenset[int] | frozenset[Cell] | tuple[Note, ...]]:
        """What a grid keeps of them, by the names of its fields."""
        names = ("hidden_rows", "hidden_columns", "struck", "raised", "unseen")
        return {**{name: frozenset(getattr(self, name)) for name in names}, "notes": tuple(self.notes)}


class GridDraft:
    """A sheet that is put together cell by cell, within the limits."""

    def __init__(self, name: str | None, limits: Limits, *, hidden: bool = False) -> None:
        self.name = name
        self.marks = Marks()
        self.merged: list[tuple[int, int, int, int]] = []
        self._hidden = hidden
        self._limits = limits
        self._rows: list[list[str]] = []

    @property
    def height(self) -> int:
        """How many rows there are so far."""
        return len(self._rows)

    def put(self, row: int, column: int, text: str) -> None:
        """Write a cell; rows and columns before it are blank. Raises UnreadableError where the limits are reached."""
        if not text:
            return
        self.reach(row)
        cells = self._rows[row]
        if column >= len(cells):
            self._limits.take(self.name, 1, column + 1)
            self._limits.cells += len(cells)
            cells += [""] * (column + 1 - len(cells))
        cells[column] = text

    def put_row(self, row: int, texts: list[str]) -> None:
        """Write a row that has no cells yet. Raises UnreadableError where the limits are reached."""
        self._limits.take(self.name, 1, len(texts))
        self.reach(row)
        self._rows[row] = texts

    def reach(self, row: int) -> None:
        """Have rows up to this one, blank ones where nothing else is said."""
        if row >= MOST_ROWS:
            raise UnreadableError("file-too-long", most=MOST_ROWS)
        self._rows += [[] for _ in range(row + 1 - len(self._rows))]

    def merge(self, top: int, left: int, bottom: int, right: int) -> None:
        """Note cells that are merged."""
        if (top, left) != (bottom, right):
            self.merged.append((top, left, bottom, right))

    def fields(self) -> dict[str, object]:
        """What a grid is made of, by the names of its fields. Raises UnreadableError for signs that no text has."""
        for number, texts in enumerate(self._rows):
            self._limits.check(self.name, number, texts)
        width = max(map(len, self._rows), default=0)
        merged = [
            (top, left, min(bottom, self.height - 1), min(right, width - 1)) for top, left, bottom, right in self.merged
        ]
        kept = tuple(each for each in merged if each[0] <= each[2] and each[1] <= each[3] and each[:2] != each[2:])
        named = {"sheet": self.name, "rows": self._rows, "merged": kept, "hidden": self._hidden}
        return {**named, **self.marks.fields()}
