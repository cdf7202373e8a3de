"""Errors for rows of delimited text whose cells stand in the wrong columns, and for rows that stand within a cell.

A comma inside a figure moves every figure behind it by one column; two stray quotation marks make one cell of all the
rows between them. Both leave a table that can be read, and is wrong.
"""

import re
from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from dataclasses import replace

from tracking.filing.interpreting import cut_figures, furniture
from tracking.filing.interpreting.findings import visible
from tracking.filing.spreadsheets import delimited
from tracking.filing.spreadsheets.grids import Grid, letter
from tracking.filing.spreadsheets.tables import Table
from tracking.words.problems import Problem

_DIGIT = re.compile(r"\d")
_FIGURE = re.compile(r"[\d,]+(\.\d+)?")
# Both parts of a figure that was cut at its comma.
_THOUSANDS, _HUNDREDS = re.compile(r"-?\d{1,3}"), re.compile(r"\d{3}(\.\d+)?")
# A header of these alone may be labels with their values beside them.
_OF_WHOM = frozenset({"space_id", "space_name", "year"})
# A line of fewer cells may be a sentence of somebody's note.
_LEAST = 3


def set_apart(
    grids: Sequence[Grid], find: Callable[[Grid], Table | None], limits: cut_figures.Limits = cut_figures.NO_LIMITS
) -> tuple[list[Grid], list[Problem]]:
    """The grids with such rows blank, so that nothing else is told of their cells, and an error for each.

    A row that has fewer cells than the header is read, and told with a warning: its end cells may be blank, or two of
    its figures one. `find` gives the table of a grid, whose header tells how many cells a row has; `limits`
    what is asked of its metrics.
    """
    problems: list[Problem] = []
    apart: list[Grid] = []
    for grid in grids:
        table = find(grid) if grid.delimiter else None
        found = list(_problems(grid, table, limits)) if grid.delimiter else []
        wrong = {problem.row for problem in found if problem.severity == "error"}
        rows = [[] if number in wrong else row for number, row in enumerate(grid.rows, start=1)] if wrong else grid.rows
        apart.append(replace(grid, rows=rows) if wrong else grid)
        problems += found
    return apart, problems


def _problems(grid: Grid, table: Table | None, limits: cut_figures.Limits) -> Iterator[Problem]:
    rows = {number: row for number, row in enumerate(grid.rows) if any(map(str.strip, row))}
    header = table.header if table else None
    if header is None:
        header = next((number for number, row in rows.items() if len(row) == _commonest(rows)), 0)
    within = {problem.row: problem for problem in _within_cells(grid, rows, header)}
    yield from within.values()
    yield from _wider(grid, {at: row for at, row in rows.items() if at >= header and at + 1 not in within}, header)
    in_remarks = {problem.row: problem for problem in _into_remarks(rows, table, grid)}
    yield from in_remarks.values()
    if table is not None and grid.delimiter == ",":
        others = {at: row for at, row in rows.items() if at + 1 not in in_remarks}
        yield from cut_figures.problems(others, table, limits)
    yield from _shorter(grid, {at: row for at, row in rows.items() if at > header and at + 1 not in within}, table)


def _wider(grid: Grid, rows: dict[int, list[str]], header: int) -> Iterator[Problem]:
    """An error for every row of figures that has more cells than the header, unless a delimiter ends each of them."""
    expected = len(grid.rows[header])
    # Asked first: of most files none is, and to look for figures in all of them takes longer than the rest.
    if not any(len(row) > expected for row in rows.values()):
        return
    figures = {number: row for number, row in rows.items() if number > header and _DIGIT.search("".join(row))}
    # A line of signatures has as many cells as it likes.
    figures = {number: row for number, row in figures.items() if not furniture.signatures(row)}
    wider = {number: row for number, row in figures.items() if len(row) > expected}
    if len(wider) > 1 and len(wider) == len(figures) and not _cut_alike(list(wider.values()), expected):
        return
    for number, row in wider.items():
        details = {"cells": len(row), "expected": expected, "header": header + 1}
        yield Problem("error", "row-shifted", grid.sheet, number + 1, details=details)


def _into_remarks(rows: dict[int, list[str]], table: Table | None, grid: Grid) -> Iterator[Problem]:
    """An error for every row that has a mere figure for a remark, and before it one that may have been cut in two."""
    if table is None:
        return
    columns = {each.column for each in table.passed_over if each.column is not None}
    columns |= {at for at, label in table.columns.items() if label.code.endswith("note")}
    last = max((at for at, text in enumerate(table.headers) if text.strip()), default=-1)
    if last not in columns:
        return
    for number, row in rows.items():
        if number < table.first or len(row) != last + 1 or not _FIGURE.fullmatch(row[last].strip()):
            continue
        pairs = zip(row[: last - 1], row[1:last], strict=True)
        if any(_THOUSANDS.fullmatch(one.strip()) and _HUNDREDS.fullmatch(other.strip()) for one, other in pairs):
            details = {"header": table.header + 1, "value": row[last].strip()}
            yield Problem("error", "figure-in-remarks", grid.sheet, number + 1, letter=letter(last), details=details)


def _shorter(grid: Grid, rows: dict[int, list[str]], table: Table | None) -> Iterator[Problem]:
    """A warning for every filing that has fewer cells than the header: two figures may have become one."""
    keys = [at for code in ("space_id", "year") if table and (at := table.index(code)) is not None]
    if table is None or not keys or not (table.qualified or _names_figures(table)):
        return
    expected = max(at for at, text in enumerate(table.headers) if text.strip()) + 1
    if len(keys) < 2:
        # Years in a second row of the header may reach further right than the names of the first.
        below = (row for number, row in rows.items() if number >= table.first)
        expected = max(expected, _commonest({at: _up_to_last(row) for at, row in enumerate(below)}))
    for number, row in rows.items():
        if number < table.first or not 1 < len(row) < expected:
            continue
        if all(at < len(row) and row[at].strip() for at in keys) and not furniture.signatures(row):
            details = {"cells": len(row), "expected": expected, "header": table.header + 1}
            yield Problem("warning", "row-shorter", grid.sheet, number + 1, details=details)


def _names_figures(table: Table) -> bool:
    return not _OF_WHOM.issuperset(label.code for label in table.columns.values())


def _cut_alike(rows: list[list[str]], expected: int) -> bool:
    """Whether all rows may have a figure that was cut in two in the same column, so that every one is a cell longer."""
    least = min(map(len, rows))
    return least == expected + 1 and any(
        all(_THOUSANDS.fullmatch(row[at].strip()) and _HUNDREDS.fullmatch(row[at + 1].strip()) for row in rows)
        for at in range(least - 1)
    )


def _within_cells(grid: Grid, rows: dict[int, list[str]], header: int) -> Iterator[Problem]:
    """An error for every cell with lines of its own that are rows of the table."""
    if not grid.several_lines:
        return
    whole = [row for number, row in rows.items() if number not in grid.several_lines and number > header]
    width = len(grid.rows[header])
    beginnings = {_shape(row[0]) for row in whole if _DIGIT.search(row[0])}
    for number in sorted(grid.several_lines):
        for column, text in enumerate(grid.rows[number]):
            # A mark that opens at the beginning of a row makes that one part of the cell too.
            inside = text.split("\n")[1 if column else 0 :]
            lines = [delimited.cells(line, grid.delimiter or ",") for line in inside]
            swallowed = [line for line in lines if _is_row(line, width, beginnings)]
            if swallowed:
                row = next(line for line in swallowed)
                value = visible((grid.delimiter or ",").join(row))
                details = {"rows": len(swallowed)}
                yield Problem(
                    "error", "rows-in-cell", grid.sheet, number + 1, value=value, letter=letter(column), details=details
                )


def _is_row(line: list[str], width: int, beginnings: set[str]) -> bool:
    if len(line) == width == 2 and _FIGURE.fullmatch(line[1].strip()):
        return True
    if len(line) < _LEAST or not _DIGIT.search("".join(line)):
        return False
    return len(line) >= width or _shape(line[0]) in beginnings


def _shape(text: str) -> str:
    """What a name looks like, whatever its letters and digits: SL00002 and SL00005 are alike."""
    return "".join("9" if sign.isdigit() else "a" if sign.isalpha() else sign for sign in text.strip())


def _up_to_last(row: list[str]) -> list[str]:
    """A row up to its last cell that is not blank."""
    return row[: max((at + 1 for at, text in enumerate(row) if text.strip()), default=0)]


def _commonest(rows: dict[int, list[str]]) -> int:
    widths = Counter(map(len, rows.values()))
    return max(widths, key=lambda width: (widths[width], width), default=0)
