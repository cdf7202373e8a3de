"""Labels with their values right beside them: 获投企业 | 6 | 创业导师 | 25, pair by pair along each row."""

from collections.abc import Sequence
from dataclasses import dataclass, field

from tracking.filing.interpreting.layouts.canonical import NOWHERE, Cell
from tracking.filing.interpreting.layouts.sheets import View


@dataclass(frozen=True)
class Pair:
    """A metric's name, its value, and the unit that stands behind one of them."""

    metric: Cell
    value: Cell
    unit: Cell = NOWHERE


@dataclass
class Pairs:
    """The pairs of some rows, also those without a value.

    unclear: a metric, and the second of the figures behind it. strays: figures that stand behind no name.
    """

    pairs: list[Pair] = field(default_factory=list)
    unclear: list[tuple[Cell, Cell]] = field(default_factory=list)
    strays: list[Cell] = field(default_factory=list)


def read(view: View, rows: Sequence[int], stubs: Sequence[int]) -> Pairs:
    """The pairs of some rows, the leftmost of whose metrics stand in the first of the columns `stubs`."""
    found = Pairs()
    for row in rows:
        _row(view, row, found)
    if are_numbered([cell.text for cell in found.strays if cell.column < stubs[0]]):
        found.strays = [cell for cell in found.strays if cell.column >= stubs[0]]
    return found


def _row(view: View, row: int, found: Pairs) -> None:
    filled = view.filled(row)
    at = 0
    while at < len(filled):
        cell = Cell(view.own(row, filled[at]), row, filled[at])
        kind = view.sign(row, filled[at]).kind
        after = _kind(view, row, filled, at + 1)
        if kind == "key":
            # A space or a year, and its value; the heading is read elsewhere.
            at += 1 if after in ("key", "metric") else 2
        elif kind == "metric" or kind == "words" and after in ("figure", "unit"):
            at = _pair(view, row, filled, at, found)
        else:
            if kind == "figure":
                found.strays.append(cell)
            at += 1


def _pair(view: View, row: int, filled: Sequence[int], at: int, found: Pairs) -> int:
    """Take the pair whose name is at a place; gives the place behind it."""
    metric = Cell(view.own(row, filled[at]), row, filled[at])
    value = unit = NOWHERE
    at += 1
    while at < len(filled):
        kind = _kind(view, row, filled, at)
        cell = Cell(view.own(row, filled[at]), row, filled[at])
        if kind in ("metric", "key") or kind == "words" and _kind(view, row, filled, at + 1) in ("figure", "unit"):
            break
        if kind == "unit" and not unit.text:
            unit = cell
        elif not value.text:
            value = cell
        else:
            found.unclear.append((metric, cell))
        at += 1
    found.pairs.append(Pair(metric, value, unit))
    return at


def _kind(view: View, row: int, filled: Sequence[int], at: int) -> str:
    if at >= len(filled):
        return "none"
    sign = view.sign(row, filled[at])
    return "figure" if sign.figure else sign.kind


def are_numbered(texts: Sequence[str]) -> bool:
    """Whether some texts are numbers from 1 on, as those of rows are."""
    numbers = [text.strip().rstrip(".、").removesuffix(".0") for text in texts]
    return numbers == [str(number) for number in range(1, len(numbers) + 1)]
