"""What a file holds besides its figures: what is hidden or passed over, and what must not be there."""

import re
from collections.abc import Iterator, Sequence

import numpy as np

from tracking.filing.enrolled import Register
from tracking.filing.interpreting import cells, left_out
from tracking.filing.interpreting.findings import visible
from tracking.filing.spreadsheets.grids import Grid
from tracking.filing.spreadsheets.grids import letter as letter_
from tracking.filing.spreadsheets.tables import Table
from tracking.words import language, personal_data, spelling
from tracking.words.language import LANGUAGES
from tracking.words.problems import Problem

# A filled-in sheet shows how it is done, or was done before: its figures are nobody's.
_NOT_FILED = re.compile("示例|样例|范例|举例|作废|废弃|停用|旧版|example|sample|obsolete|void", re.IGNORECASE)
_FIGURE = re.compile(r"[0-9][0-9,]*(\.[0-9]+)?")


def tables_to_read(
    grids: Sequence[Grid], found: Sequence[Table | None], register: Register
) -> tuple[list[Table], list[Problem]]:
    """The tables of a file that are filings, of those found in each grid, and what is to be told of the others.

    Where there is a table that a person sees, a hidden one is not what they mean to file, nor is one on a sheet that is
    named an example or void, and a cover that names no metric is no table.
    """
    whole = [table for table in found if table and not table.grid.hidden and _names_keys(table)]
    filed = [table for table in whole if not _NOT_FILED.search(table.grid.sheet or "")]
    read: list[Table] = []
    problems = list(left_out.of_the_file(grids))
    for grid, table in zip(grids, found, strict=True):
        if whole and grid.hidden and table:
            problems.append(Problem("warning", "hidden-sheet", grid.sheet, table.header + 1, value=grid.sheet))
        elif filed and table and _NOT_FILED.search(grid.sheet or ""):
            problems.append(Problem("warning", "sheet-not-filed", grid.sheet, table.header + 1, value=grid.sheet))
        elif table and (not whole or _names_keys(table) or not _covers(table)):
            read.append(table)
            problems += left_out.warnings(grid)
            if grid.hidden:
                problems.append(Problem("warning", "only-table-hidden", grid.sheet, table.header + 1, value=grid.sheet))
            continue
        elif whole:
            problems += _without_header(grid, register)
        problems += personal(grid, enumerate(grid.rows))
    return read, problems


def beside(table: Table, there: np.ndarray) -> Iterator[Problem]:
    """Warnings for hidden rows and columns that are read all the same, and personal data where no figure stands.

    `there` tells which rows below the header are filings.
    """
    grid, first = table.grid, table.first
    rows = [number for number in sorted(grid.hidden_rows) if 0 <= number - first < len(there) and there[number - first]]
    if rows:
        yield Problem("warning", "hidden-rows", grid.sheet, rows[0] + 1, details={"rows": len(rows)})
    columns = [
        index
        for index in sorted(grid.hidden_columns & table.columns.keys())
        if any(text.strip() for text in np.array(table.cells(index), dtype=object)[there])
    ]
    if columns:
        column, letter = table.columns[columns[0]].code, letter_(columns[0])
        details = {"columns": len(columns), "header": visible(table.headers[columns[0]])}
        yield Problem("warning", "hidden-columns", grid.sheet, table.header + 1, column, letter=letter, details=details)
    known = {*table.columns, *table.unknown}
    yield from personal(grid, enumerate(grid.rows[:first]))
    for_reference = [index for index in range(len(table.headers)) if index not in known]
    below = (
        (number, [row[index] for index in for_reference if index < len(row)])
        for number, row in enumerate(grid.rows[first:], start=first)
    )
    yield from personal(grid, below, for_reference) if for_reference else ()
    rows_over = [each.row for each in table.passed_over if each.row is not None]
    beside_them = {*for_reference}
    yield from personal(
        grid,
        (
            (number, ["" if index in beside_them else text for index, text in enumerate(grid.rows[number])])
            for number in rows_over
        ),
    )


def _names_keys(table: Table) -> bool:
    return all(table.index(code) is not None for code in ("space_id", "year"))


def _covers(table: Table) -> bool:
    """Whether a table names spaces or years alone, as the first page of a report does."""
    return all(label.code in ("space_id", "space_name", "year") for label in table.columns.values())


def _without_header(grid: Grid, register: Register) -> Iterator[Problem]:
    """An error where a sheet names a space and has figures that no header explains, so that none goes unseen.

    A hidden sheet may: lists to choose from stand in one.
    """
    if grid.hidden:
        return
    spaces = {space_id.casefold() for space_id in register.names}
    named = next(
        (
            Problem("error", "sheet-without-header", grid.sheet, row, value=visible(text), letter=letter_(column))
            for row, texts in enumerate(grid.rows, start=1)
            for column, text in enumerate(texts)
            if text.strip().casefold() in spaces
        ),
        None,
    )
    if named and any(_FIGURE.fullmatch(text) and not cells.year(text) for row in grid.rows for text in row):
        yield named


def personal(
    grid: Grid, rows: Iterator[tuple[int, list[str]]], columns: Sequence[int] | None = None
) -> Iterator[Problem]:
    """An error for the first cell of each column that holds personal data, since the file is kept as it is."""
    reported: set[int] = set()
    for number, texts in rows:
        for at, text in enumerate(texts):
            column = columns[at] if columns else at
            if (
                len(text) < personal_data.SHORTEST
                or column in reported
                or not (kind := personal_data.kind(spelling.tidy(text)))
            ):
                continue
            reported.add(column)
            details = {
                "header": {lang: language.text("outside-the-table.told", lang) for lang in LANGUAGES},
                "kind": {lang: language.text(f"personal-data.{kind}", lang) for lang in LANGUAGES},
            }
            letter = letter_(column)
            yield Problem("error", "personal-data", grid.sheet, number + 1, None, "***", letter, details)
