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
# So many times below what is usual a figure may be the first part of one; so many times above, the whole is none.
_TIMES, _TIMES_WHOLE = 10, 50
# What is usual of a count where neither the file nor the policy tells.
_OTHERWISE = Decimal(100)


def problems(rows: Mapping[int, list[str]], table: Table, limits: Limits) -> Iterator[Problem]:
    """An error for every row with as many cells as it may have in which two neighbours look like one figure.

    1 and 200 may be two figures as well. They are told where hardly anybody files a 1, and 1200 would not be too much:
    by the other rows, or by what is asked; and where 200 would be a remark, or begins with a zero.
    """
    grid, width = table.grid, len(table.grid.rows[table.header])
    keys = {table.index(code) for code in _OF_WHOM}
    texts = {at for at, name in enumerate(table.headers) if at not in keys and _REMARKS.search(folded(name))}
    usual: dict[int, Decimal | None] = {}
    for number, row in rows.items():
        if number < table.first or len(row) > width:
            continue
        for at, (one, other) in enumerate(zip(map(str.strip, row), map(str.strip, row[1:]), strict=False)):
            if not _may_be_cut(one, other) or {at, at + 1} & keys or at in texts:
                continue
            if not (other.startswith("0") or at + 1 in texts):
                if at not in usual:
                    usual[at] = _usual(table, at, limits, rows)
                if not _too_small(one, other, usual[at]):
                    continue
            details = {"one": one, "other": other}
            place = {"value": f"{one},{other}", "letter": letter(at)}
            yield Problem("error", "figure-cut", grid.sheet, number + 1, **place, details=details)
            break


def _too_small(one: str, other: str, usual: Decimal | None) -> bool:
    """Whether one part of a figure is far below what is usual in its column, and the whole figure is not far above."""
    below = usual is not None and Decimal(one) * _TIMES < usual
    return below and Decimal(one + other) <= (usual or 0) * _TIMES_WHOLE


def _usual(table: Table, column: int, limits: Limits, rows: Mapping[int, list[str]]) -> Decimal | None:
    """What is usual in a column: the least of its other figures, else what is asked; None of what is no count."""
    code = table.columns[column].code if column in table.columns else ""
    least = None
    if code in limits:
        own = [each.threshold for each in limits[code] if not each.by_others and each.threshold > 0]
        least = min(own, default=_OTHERWISE)
    others = _others(table, column, least, rows)
    large = [figure for figure in others if figure >= _LARGE]
    if large and len(large) + 1 >= len(others):
        return min(large)
    return min(others, default=least) if least is not None else None


def _others(table: Table, column: int, least: Decimal | None, rows: Mapping[int, list[str]]) -> list[Decimal]:
    """The figures of a column but for those that may have been cut themselves."""
    found = []
    for number, row in rows.items():
        one, other = [*map(str.strip, row[column : column + 2]), "", ""][:2]
        if number < table.first or not _FIGURE.fullmatch(one):
            continue
        if not (_may_be_cut(one, other) and _too_small(one, other, least)):
            found.append(Decimal(one))
    return found


def _may_be_cut(one: str, other: str) -> bool:
    return bool(_GONE_ON.fullmatch(other) and _BEGUN.fullmatch(one))
