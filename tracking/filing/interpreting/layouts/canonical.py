"""Figures from anywhere on a sheet as a table with a row per figure, whose every cell remembers its own place."""

from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass, field, replace
from typing import NamedTuple

import numpy as np

from tracking.filing.interpreting import above_header
from tracking.filing.interpreting.layouts.understood import Area, Role, joined
from tracking.filing.interpreting.units import Units
from tracking.filing.spreadsheets.grids import Grid
from tracking.filing.spreadsheets.tables import Label, Mention, Places, Remark, Table

CODES = ("space_id", "space_name", "year", "metric", "unit", "value", "evidence", "note")
_OPTIONAL = frozenset({"space_name", "unit", "evidence", "note"})
_HEADERS = ("空间编号", "众创空间名称", "年度", "指标", "单位", "数值", "佐证", "说明")
_ROLES: tuple[Role, ...] = ("space", "name", "year", "metric", "unit", "figure", "evidence", "note")


class Cell(NamedTuple):
    """A text, and where it stands on the person's sheet; -1 where it stands nowhere."""

    text: str = ""
    row: int = -1
    column: int = -1


NOWHERE = Cell()


@dataclass(frozen=True)
class Figure:
    """A figure with all that is said of it; blank what is not."""

    space_id: Cell
    year: Cell
    metric: Cell
    value: Cell
    space_name: Cell = NOWHERE
    unit: Cell = NOWHERE
    evidence: Cell = NOWHERE
    note: Cell = NOWHERE


@dataclass
class Roles:
    """What the cells of a sheet were taken for; the first role of a cell stays."""

    _of: dict[tuple[int, int], Role] = field(default_factory=dict)

    def add(self, role: Role, row: int, column: int) -> None:
        """Note what a cell was taken for."""
        if row >= 0 and column >= 0:
            self._of.setdefault((row, column), role)

    def areas(self) -> dict[Role, tuple[Area, ...]]:
        """The cells of every role as few rectangles."""
        cells: dict[Role, list[Area]] = {}
        for (row, column), role in self._of.items():
            cells.setdefault(role, []).append(Area(row, column, row, column))
        return {role: tuple(joined(areas)) for role, areas in cells.items()}


def table(
    grid: Grid,
    around: Sequence[Sequence[Cell]],
    figures: Sequence[Figure],
    roles: Roles,
    units: Units,
    lacking: Collection[str] = (),
    *,
    top: int,
    beside: Sequence[Cell] = (),
) -> Table:
    """A table of figures from a sheet; what each cell is goes to the roles.

    `around` are the rows above and below them that may say their unit, `beside` the cells of the figures' own rows that
    may; `lacking` are keys that nothing gives. Above row `top` stand its titles.
    """
    around = [*around, *([cell] for cell in beside)]
    codes = [code for code in CODES if code not in lacking and (code not in _OPTIONAL or _any(figures, code))]
    header = [Cell(_HEADERS[CODES.index(code)]) for code in codes]
    below = [[getattr(figure, code) for code in codes] for figure in figures]
    for row in below:
        for code, cell in zip(codes, row, strict=True):
            roles.add(_ROLES[CODES.index(code)], cell.row, cell.column)
    width = max(len(codes), *(len(row) for row in around), 1)
    rows = [[*row, *[NOWHERE] * (width - len(row))] for row in (*around, header, *below)]
    places = Places(
        np.array([[cell.row for cell in row] for row in rows], dtype=np.int32).reshape(len(rows), width),
        np.array([[cell.column for cell in row] for row in rows], dtype=np.int32).reshape(len(rows), width),
    )
    first = len(around) + 1
    made = Grid(grid.sheet, [[cell.text for cell in row] for row in rows], hidden=grid.hidden)
    columns = {index: Label(code) for index, code in enumerate(codes)}
    mentions = list(_mentions(grid.sheet, around, units))
    of_rows = len(around) - len(beside)
    mentions = [
        replace(each, clear=False, here=True) if each.row is not None and each.row >= of_rows else each
        for each in mentions
    ]
    remarks = list(_remarks(grid.sheet, around, top))
    return Table(
        made,
        first - 1,
        first,
        [cell.text for cell in header],
        columns,
        places=places,
        mentions=mentions,
        remarks=remarks,
    )


def _remarks(sheet: str | None, around: Sequence[Sequence[Cell]], top: int) -> Iterator[Remark]:
    """What says of all figures that they are plans, or sums so far: the sheet's name, a title above row `top`,
    or a sentence. A word alone between the figures is a group's: 增长情况."""
    yield from above_header.remark(sheet or "", None)
    for number, row in enumerate(around):
        for column, cell in enumerate(row):
            yield from above_header.remark(cell.text, number, column, heading=cell.row < top)


def _mentions(sheet: str | None, around: Sequence[Sequence[Cell]], units: Units) -> Iterator[Mention]:
    yield from _mentioned(sheet or "", None, 0, units)
    for number, row in enumerate(around):
        for column, cell in enumerate(row):
            # 单位： in one cell and 千元 in the next.
            behind = row[column + 1].text if column + 1 < len(row) and units.announces(cell.text) else ""
            yield from _mentioned(cell.text + behind, number, column, units)


def _mentioned(text: str, row: int | None, column: int, units: Units) -> Iterator[Mention]:
    declared = units.declared(text)
    for unit in declared or units.mentioned(text):
        yield Mention(unit, text, row, column, clear=bool(declared))


def _any(figures: Sequence[Figure], code: str) -> bool:
    return any(getattr(figure, code).text for figure in figures)
