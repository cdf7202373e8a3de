"""Several tables one under the other: the rows of a sheet, cut where a header begins anew."""

from collections.abc import Sequence

from tracking.filing.interpreting.layouts.sheets import View
from tracking.filing.interpreting.layouts.signs import Sign

_KEYS = frozenset({"space_id", "space_name", "year"})
_OF_A_BODY = frozenset({"metric", "space"})


def split(view: View) -> list[range]:
    """The rows of each table of a sheet, with the titles above it; one range where there is one table, or none."""
    starts = [0]
    figures = header = False
    stated: set[str] = set()
    for row in range(view.height):
        filled = view.filled(row)
        signs = [view.sign(row, column) for column in filled]
        keys = _stated(signs)
        again = bool(keys & stated) and figures
        if _is_header(signs) or again:
            if figures and _names_metrics_below(view, row):
                starts.append(_with_titles(view, row, starts[-1]))
                figures, stated = False, set()
            header = True
        elif header and any(sign.figure or sign.kind in _OF_A_BODY for sign in signs) or _pairs(signs):
            # Rows without a figure are a table's too.
            figures = True
        stated |= keys
    return [range(start, end) for start, end in zip(starts, [*starts[1:], view.height], strict=True)]


def _is_header(signs: Sequence[Sign]) -> bool:
    """Whether a row names columns: several metrics or keys, or years, and no figure."""
    if len(signs) < 2 or any(sign.kind == "figure" for sign in signs):
        return False
    names = [sign for sign in signs if sign.kind in ("metric", "key")]
    if len(names) > 1 and len(names) * 2 >= len(signs):
        return True
    heads = any(sign.kind == "key" and sign.code not in _KEYS for sign in signs)
    over = [sign for sign in signs[1:] if sign.kind in ("year", "actual", "plan", "space")]
    return signs[0].kind != "metric" and bool(over) and (heads or signs[0].kind in ("key", "words"))


def _stated(signs: Sequence[Sign]) -> set[str]:
    """The keys that a row gives to all of a table: 空间编号 | SL1."""
    if not signs or len(signs) % 2:
        return set()
    named = [sign.code for sign in signs[::2] if sign.kind == "key" and sign.code in _KEYS]
    return set(named) if len(named) == len(signs) // 2 else set()


def _pairs(signs: Sequence[Sign]) -> bool:
    return any(sign.kind == "metric" and behind.figure for sign, behind in zip(signs[:-1], signs[1:], strict=True))


def _names_metrics_below(view: View, row: int) -> bool:
    """Whether a metric is named in a row or below it before the next figures without one."""
    return any(
        view.sign(below, column).kind == "metric"
        for below in range(row, min(row + 200, view.height))
        for column in view.filled(below)
    )


def _with_titles(view: View, row: int, start: int) -> int:
    """The first row of the titles right above a header: single texts, up to a row of figures or a note."""
    top = row
    while top - 1 > start:
        filled = view.filled(top - 1)
        if len(filled) > 2 or any(view.sign(top - 1, column).figure for column in filled):
            break
        if filled and view.sign(top - 1, filled[0]).kind == "metric":
            break
        top -= 1
        if not filled:
            continue
    while top < row and not view.filled(top):
        top += 1
    return top
