"""The figures of a sheet in which metrics stand one under the other, each with the cells that say whose it is."""

from tracking.filing.interpreting import cells
from tracking.filing.interpreting.findings import visible
from tracking.filing.interpreting.layouts import columns, keys, pairs
from tracking.filing.interpreting.layouts.canonical import NOWHERE, Cell, Figure
from tracking.filing.interpreting.layouts.columns import Column
from tracking.filing.interpreting.layouts.downward import Downward
from tracking.filing.interpreting.layouts.signs import Sign
from tracking.filing.spreadsheets.grids import letter
from tracking.words import spelling
from tracking.words.problems import Problem

_NO_UNIT = cells.BLANK | cells.YES | cells.NO


def take_row(sheet: Downward, row: int) -> None:
    """The figures of a row, beside each metric that it names."""
    view, filled = sheet.view, sheet.view.filled(row)
    if not filled:
        return
    if columns.is_codes(view, row) or sheet.signed(row):
        sheet.pass_over(row)
        return
    for number, stub in enumerate(sheet.stubs):
        until = sheet.stubs[number + 1] if number + 1 < len(sheet.stubs) else view.width
        beside = [column for column in sheet.columns if stub < column.index < until]
        figures = [column for column in beside if column.role == "figure"]
        _figures(sheet, row, view.first(row, stub), figures, beside)


def _figures(sheet: Downward, row: int, name: tuple[int, int], figures: list[Column], beside: list[Column]) -> None:
    view = sheet.view
    label = Cell(view.own(*name), *name)
    sign = view.sign(*name)
    values = [(column, Cell(view.own(row, column.index), row, column.index)) for column in figures]
    filled = [(column, cell) for column, cell in values if cell.text.strip()]
    if sign.kind == "total":
        sheet.tell("warning", "totals-row", label)
        sheet.no_figures(row)
        return
    unit, evidence, note = (sheet.beside(row, beside, role) for role in ("unit", "evidence", "note"))
    if sheet.signs.of(unit.text).figure and spelling.tidy(unit.text).casefold() not in _NO_UNIT:
        sheet.tell("error", "cell-out-of-place", unit)
    # A key that stands in the column of the metrics gives one value to all, and is read with the heading.
    if sign.kind != "metric" and (not filled or sign.kind == "key"):
        _another_header(sheet, sign, filled)
        if sheet.signs.glued(label.text):
            sheet.tell("error", "cell-out-of-place", label)
        return
    if not filled:
        _shifted(sheet, row, beside)
    _shorter(sheet, row, beside)
    if (evidence.text or note.text) and len({column.index for column in figures}) > 1:
        sheet.tell("error", "evidence-of-which", evidence if evidence.text else note)
        evidence = note = NOWHERE
    sheet.roles.add("metric", *name)
    filed = values if sign.kind == "metric" else filled
    for column, cell in [each for each in filed if each[0].index in sheet.filled or evidence.text or note.text]:
        _merged(sheet, cell, figures, label)
        sheet.figures.append(_figure(sheet, column, label, cell, unit, evidence, note, row))


def _another_header(sheet: Downward, sign: Sign, filled: list[tuple[Column, Cell]]) -> None:
    """An error for a header within the table, but for its own once more, as on every page of a print."""
    other = [cell for column, cell in filled if cell.text.strip() != column.header.text.strip()]
    if sign.code == "metric" and other:
        sheet.tell("error", "second-table", other[0])


def _shifted(sheet: Downward, row: int, beside: list[Column]) -> None:
    """An error where a row without a figure has one in a column of codes that follow each other: 01, 02, 6."""
    for column in beside:
        number, before = (sheet.view.own(each, column.index).strip() for each in (row, row - 1))
        codes = column.role == "passed_over" and number.isdecimal() and before.isdecimal()
        if codes and int(number) != int(before) + 1:
            sheet.tell("error", "cell-out-of-place", Cell(number, row, column.index))


def _shorter(sheet: Downward, row: int, beside: list[Column]) -> None:
    """A warning where a line of a text ends before the last column of figures: two of them may have become one."""
    sums = (column.index for column in beside if column.role in ("figure", "left_out"))
    count, expected = len(sheet.view.grid.rows[row]), max((at + 1 for at in sums if at in sheet.filled), default=0)
    if sheet.view.grid.delimiter and count < expected:
        details = {"cells": count, "expected": expected, "header": sheet.start}
        sheet.problems.append(Problem("warning", "row-shorter", sheet.sheet_name, row + 1, details=details))


def _figure(
    sheet: Downward,
    column: Column,
    label: Cell,
    cell: Cell,
    unit: Cell,
    evidence: Cell,
    note: Cell,
    row: int,
) -> Figure:
    own = {each.key: sheet.filled_cell(row, each.index) for each in sheet.columns if each.role == "key"}
    spaces = any(each.space.text for each in sheet.columns if each.role in ("figure", "left_out"))
    space = own.get("space_id") or column.space
    if not space.text and not spaces and not own.get("space_id"):
        space = keys.of(sheet.space)
        if column.name.text and (space_id := sheet.signs.space(column.name.text)):
            space = column.name._replace(text=space_id)
    year = own.get("year") or column.year
    if not year.text and "year" not in own:
        year = keys.of(sheet.year)
    name = own.get("space_name") or column.name
    if not name.text and not spaces and sheet.names and "space_id" not in own:
        name = Cell(sheet.names[0].text, sheet.names[0].row, sheet.names[0].column)
    return Figure(space, year, label, cell, name, _unit(sheet, label, unit, column), evidence, note)


def _unit(sheet: Downward, label: Cell, unit: Cell, column: Column) -> Cell:
    """The unit of a figure: its row's, else its column's where that can measure the metric."""
    metric = sheet.signs.words.metrics.get(sheet.signs.of(label.text).code)
    if spelling.tidy(unit.text).casefold() not in cells.BLANK:
        return unit
    measures = metric is not None and sheet.signs.words.units.factor(column.unit.text, metric) is not None
    return column.unit if column.unit.text and measures else NOWHERE


def _merged(sheet: Downward, cell: Cell, figures: list[Column], label: Cell) -> None:
    """An error for a figure in merged cells that are several figures' places."""
    view = sheet.view
    right = view.span(cell.row, cell.column)
    bottom = cell.row
    while view.first(bottom + 1, cell.column) == (cell.row, cell.column) and bottom + 1 < view.height:
        bottom += 1
    across = [column for column in figures if cell.column <= column.index < right]
    down = [row for row in range(cell.row, bottom + 1) if view.sign(row, label.column).kind == "metric"]
    labels = {view.first(row, label.column) for row in down}
    if len(across) > 1 or len(labels) > 1:
        cellswide = f"{letter(cell.column)}{cell.row + 1}:{letter(right - 1)}{bottom + 1}"
        sheet.tell("error", "merged-figure", cell, metric=visible(label.text), cells=cellswide)


def take_pairs(sheet: Downward) -> None:
    """The figures that stand right beside their names, in a sheet without a header."""
    found = pairs.read(sheet.view, [row for row in sheet.rows if not sheet.signed(row)], sheet.stubs)
    for pair in found.pairs if any(pair.value.text for pair in found.pairs) else ():
        name = sheet.names[0] if sheet.names else None
        if pair.value.text:
            _merged(sheet, pair.value, [], pair.metric)
        sheet.figures.append(
            Figure(
                keys.of(sheet.space),
                keys.of(sheet.year),
                pair.metric,
                pair.value,
                Cell(name.text, name.row, name.column) if name else NOWHERE,
                pair.unit,
            )
        )
    for pair in found.pairs:
        sheet.roles.add("metric", pair.metric.row, pair.metric.column)
    for metric, cell in found.unclear:
        sheet.tell("error", "figures-unclear", cell, metric=visible(metric.text))
    alone = [Cell(sheet.view.own(row, at), row, at) for row in sheet.rows for at in sheet.view.filled(row)]
    for cell in alone:
        if sheet.signs.glued(cell.text):
            sheet.tell("error", "cell-out-of-place", cell)
    for cell in found.strays:
        sheet.tell("error", "unnamed-column", cell)
    for row in sheet.rows:
        if sheet.signed(row):
            sheet.pass_over(row)
