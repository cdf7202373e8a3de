"""Errors for figures that delimited text has cut at a comma, in rows that are no longer than they may be.

In a row that is a cell short of the header 1,200 stands as 1 and 200, and all behind it a cell too far.
"""

import re
from collections.abc import Iterator, Mapping, Sequence
from decimal import Decimal
from types import MappingProxyType

from tracking.filing.spreadsheets.grids import letter
from tracking.filing.spreadsheets.tables import Table
from tracking.policy.vocabulary import Threshold
from tracking.words.problems import Problem
from tracking.words.spelling import folded

Limits = Mapping[str, Sequence[Threshold]]
NO_LIMITS: Limits = MappingProxyType({})

_OF_WHOM = frozenset({"space_id", "space_name", "year"})
_BEGUN, _GONE_ON = re.compile(r"-?[1-9]\d{0,2}"), re.compile(r"\d{3}(\.\d+)?")
_FIGURE = re.compile(r"\d{1,15}(\.\d+)?")
_REMARKS = re.compile("备注|说明|佐证|remark|note|evidence", re.IGNORECASE)
# Where figures are written with a comma.
_LARGE = Decimal(1000)
# So many times what is usual, a figure would be none that was cut.
_TIMES = 10


def told(rows: Mapping[int, list[str]], table: Table, limits: Limits) -> Iterator[Problem]:
    """An error for every row with as many cells as it may have in which two neighbours look like one figure.

    1 and 200 may be two figures as well. They are told where nobody files a 1: beside others of four digits and more,
    or where a thousand is asked; and where 200 would be a remark, or begins with a zero.
    """
    grid, width = table.grid, len(table.grid.rows[table.header])
    keys = {table.index(code) for code in _OF_WHOM}
    texts = {at for at, name in enumerate(table.headers) if at not in keys and _REMARKS.search(folded(name))}
    usual: dict[int, list[Decimal]] = {}
    for number, row in rows.items():
        if number < table.first or len(row) > width:
            continue
        for at, (one, other) in enumerate(zip(map(str.strip, row), map(str.strip, row[1:]), strict=False)):
            if not (_GONE_ON.fullmatch(other) and _BEGUN.fullmatch(one)) or {at, at + 1} & keys or at in texts:
                continue
            if not (other.startswith("0") or at + 1 in texts):
                if at not in usual:
                    usual[at] = _column(rows, table, at)
                if not _too_small(Decimal(one), Decimal(one + other), _usual(table, at, limits, usual[at])):
                    continue
            details = {"one": one, "other": other}
            place = {"value": f"{one},{other}", "letter": letter(at)}
            yield Problem("error", "figure-cut", grid.sheet, number + 1, **place, details=details)
            break


def _too_small(one: Decimal, whole: Decimal, usual: Decimal | None) -> bool:
    """Whether one part of a figure is far below what is usual in its column, and the whole figure is not far above."""
    return usual is not None and one * _TIMES < usual and whole <= usual * _TIMES


def _usual(table: Table, column: int, limits: Limits, figures: Sequence[Decimal]) -> Decimal | None:
    """What is usual in a column, where that is a thousand and more: its other figures, or what is asked."""
    large = [figure for figure in figures if figure >= _LARGE]
    if large and len(large) + 1 >= len(figures):
        return min(large)
    code = table.columns[column].code if column in table.columns else ""
    asked = [each.threshold for each in limits.get(code, ()) if not each.by_others and each.threshold >= _LARGE]
    return min(asked, default=None)


def _column(rows: Mapping[int, list[str]], table: Table, column: int) -> list[Decimal]:
    """The figures of a column."""
    below = (row[column].strip() for number, row in rows.items() if number >= table.first and column < len(row))
    return [Decimal(text) for text in below if _FIGURE.fullmatch(text)]
