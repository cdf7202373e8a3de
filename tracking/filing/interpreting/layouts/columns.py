"""The header over a column of metrics and those beside it: of what year or space each column's figures are."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Literal

from tracking.filing.interpreting import furniture, other_years
from tracking.filing.interpreting.layouts.canonical import NOWHERE, Cell
from tracking.filing.interpreting.layouts.sheets import View
from tracking.filing.interpreting.layouts.signs import Sign
from tracking.words.spelling import tidy

Role = Literal[
    "figure", "bare", "unit", "evidence", "note", "metric", "key", "left_out", "passed_over", "unknown", "blank"
]
_MEANINGS = frozenset({"year", "actual", "plan", "space", "passed_over", "total"})
_HEADS = frozenset({"unit", "evidence", "note", "metric"})
_KEYS = frozenset({"space_id", "space_name", "year"})
_NONE = frozenset({"-", "—", "——", "/"})
# A header takes no more rows.
MOST_ROWS = 4


@dataclass
class Column:
    """A column beside that of the metrics: its role, and what its header says.

    key: the code of the key that its cells say. year: as its header says it, blank where it does not; ago: instead, the
    years since that of the filing. spoken: the first text of its header that is not understood, or of its role.
    otherwise: a second year, or space, of its header.
    """

    index: int
    role: Role = "blank"
    key: str = ""
    header: Cell = NOWHERE
    year: Cell = NOWHERE
    ago: int | None = None
    space: Cell = NOWHERE
    name: Cell = NOWHERE
    unit: Cell = NOWHERE
    otherwise: Cell = NOWHERE


@dataclass(frozen=True)
class Header:
    """The rows of a header: `band` says what the columns are, `keys` gives spaces or years by the code of the row."""

    band: tuple[int, ...]
    keys: dict[int, str]


def header(view: View, rows: Sequence[int], first: int, stub: int) -> Header:
    """The header among some rows over the first metric, in row `first` and column `stub`."""
    keys = {row: code for row in rows if (code := _key_of_row(view, row, stub))}
    band: list[int] = []
    for row in reversed([row for row in rows if row < first]):
        if row in keys or is_codes(view, row) or not view.filled(row):
            continue
        if _says_columns(view, row, stub):
            band.insert(0, row)
        elif band and not any(_is_key(view.sign(row, index)) for index in view.filled(row)):
            break
        if len(band) == MOST_ROWS:
            break
    return Header(tuple(band), keys)


def is_codes(view: View, row: int) -> bool:
    """Whether a row does nothing but number the columns: 甲 乙 1 2."""
    return furniture.codes([text for index in view.filled(row) if (text := view.own(row, index).strip()) not in _NONE])


def column(view: View, index: int, stub: int, head: Header, declared: Callable[[str], Sequence[str]]) -> Column:
    """What the header says of a column; `declared` gives the units that a text declares."""
    found = Column(index)
    signs: list[tuple[Cell, Sign]] = []
    for number, row in enumerate(head.band):
        place = _over(view, row, index, stub, last=number == len(head.band) - 1)
        if place is not None:
            text = view.own(*place)
            signs.append((Cell(text, *place), view.sign(*place)))
            if units := declared(text):
                found.unit = Cell(units[0], *place)
    found.header = signs[-1][0] if signs else NOWHERE
    for cell, sign in signs:
        _take(found, cell, sign, several=_spans_all(view, cell, stub))
    for row, code in head.keys.items():
        place = view.first(row, index)
        text = view.own(*place)
        if index > stub and place[1] > stub and text.strip():
            _take_key(found, Cell(text, *place), code)
    return found


def _take(column: Column, cell: Cell, sign: Sign, *, several: bool) -> None:
    match sign.kind:
        case "plan" | "total":
            column.role = "left_out"
        case "key" if sign.code in _HEADS:
            column.role = _stronger(column.role, sign.code)  # type: ignore[arg-type]
        case "key":
            column.role, column.key = "key", sign.code
        case "passed_over":
            column.role = _stronger(column.role, "passed_over")
        case "year" if sign.ago is not None:
            column.role, column.ago = _stronger(column.role, "figure"), sign.ago
            if sign.year is not None:
                _take_key(column, cell._replace(text=str(sign.year)), "year")
        case "year":
            column.role = _stronger(column.role, "figure")
            _take_key(column, cell._replace(text=str(sign.year)), "year")
        case "space":
            column.role = _stronger(column.role, "figure")
            _take_key(column, cell._replace(text=sign.code), "space_id")
        case "actual":
            column.role = _stronger(column.role, "figure")
        case "unit":
            pass
        case _ if not several and column.unit.row != cell.row:
            column.role = _stronger(column.role, "unknown")


def _take_key(column: Column, cell: Cell, code: str) -> None:
    column.role = _stronger(column.role, "figure")
    if code == "space_name":
        column.name = cell
        return
    known = column.year if code == "year" else column.space
    if known.text and known.text.strip() != cell.text.strip():
        column.otherwise = cell
    elif code == "year":
        column.year = cell
    else:
        column.space = cell


def _stronger(role: Role, other: Role) -> Role:
    """Of two parts of a header the one that says more of its column."""
    order = ("blank", "figure", "key", "metric", "unit", "evidence", "note", "unknown", "passed_over", "left_out")
    return max(role, other, key=order.index)


def _over(view: View, row: int, index: int, stub: int, *, last: bool) -> tuple[int, int] | None:
    """The cell of a row of the header that stands over a column: over a group it may begin further left.

    None for what stands over the metrics' column too, as a title does.
    """
    place = view.first(row, index)
    if place[1] <= stub < view.span(*place):
        return None
    if view.own(*place).strip():
        return place
    if last or index < stub or any(top <= row <= bottom for top, _, bottom, _ in view.grid.merged):
        return None
    # Not merged: the group goes on to where the next one begins.
    for before in range(index - 1, stub, -1):
        if view.own(row, before).strip():
            return (row, before)
    return None


def _spans_all(view: View, cell: Cell, stub: int) -> bool:
    """Whether words stand over all of the columns, as the title of the table does."""
    return (
        view.span(cell.row, cell.column) - cell.column > 1 and len([c for c in view.filled(cell.row) if c > stub]) == 1
    )


def _key_of_row(view: View, row: int, stub: int) -> str | None:
    """The key that a row gives to every column: 空间编号 | SL1 | SL2. None where it gives one to all, or none."""
    filled = view.filled(row)
    named = [index for index in filled if index <= stub and _is_key(view.sign(row, index))]
    values = [index for index in filled if index > stub]
    signs = [view.sign(row, index) for index in filled]
    if len(named) != 1 or any(sign.kind == "metric" or sign.kind == "key" and sign.code in _HEADS for sign in signs):
        return None
    if any(_is_key(view.sign(row, index)) for index in values):
        return None
    over_all = len(values) == 1 and view.span(row, values[0]) - values[0] > 1
    return view.sign(row, named[0]).code if len(values) > 1 and not over_all else None


def _says_columns(view: View, row: int, stub: int) -> bool:
    signs = [view.sign(row, index) for index in view.filled(row)]
    over = [view.sign(row, index) for index in view.filled(row) if index > stub]
    heads = any(sign.kind == "key" and sign.code in _HEADS for sign in signs)
    if not over or any(sign.kind == "metric" for sign in over):
        return False
    if any(map(_is_key, signs)) and not heads and not any(sign.kind in ("actual", "plan") for sign in over):
        # 空间编号 | SL1 | 年度 | 2024 stands above a table, and so does 年度 | 2024.
        return False
    if any(_of_another_year(view, row, at, stub) for at in view.filled(row)):
        return False
    # A colon is of a heading: 填报单位：…
    labelled = any(":" in tidy(text) for index in view.filled(row) if (text := view.own(row, index)))
    if labelled:
        return False
    if heads or any(sign.kind in _MEANINGS for sign in over):
        return not any(sign.kind == "figure" for sign in over)
    # Words over several columns are a header, whatever they mean; a title stands alone.
    return len(signs) > 1 and all(sign.kind in ("words", "unit") for sign in signs)


def _of_another_year(view: View, row: int, index: int, stub: int) -> bool:
    """Whether a cell says of the year behind it that it is of no figure: 成立年份 | 2015, 填报年度 | 2025."""
    kinds = ("words", "year") if index <= stub else ("words",)
    text = view.own(row, index)
    return view.sign(row, index).kind in kinds and other_years.label(text) and not tidy(text).startswith("本")


def _is_key(sign: Sign) -> bool:
    return sign.kind == "key" and sign.code in _KEYS
