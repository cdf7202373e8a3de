"""Metrics one under the other: years or spaces across, the form of one space, or figures right beside their names."""

from collections.abc import Sequence

from tracking.filing.interpreting.layouts import canonical, down_columns, down_figures, keys
from tracking.filing.interpreting.layouts.canonical import Cell
from tracking.filing.interpreting.layouts.downward import Downward
from tracking.filing.interpreting.layouts.headings import Headings
from tracking.filing.interpreting.layouts.keys import Base
from tracking.filing.interpreting.layouts.made import RecognisedTable
from tracking.filing.interpreting.layouts.sheets import View
from tracking.filing.interpreting.layouts.signs import Signs
from tracking.filing.interpreting.layouts.understood import Layout, Role, Source, Understood
from tracking.words.problems import Problem

_ROLES: dict[str, Role] = {"space_id": "space", "space_name": "name", "year": "year"}


def read(view: View, rows: Sequence[int], signs: Signs, headings: Headings) -> RecognisedTable | None:
    """The figures of some rows of a sheet in which metrics stand one under the other; None where none does."""
    for row in rows:
        kinds = [view.sign(row, column) for column in view.filled(row)]
        if any(sign.kind == "metric" for sign in kinds):
            return _read(Downward(view, rows, row, signs, headings))
    # No metric is known, but a header says where they are.
    for row in rows:
        for column in view.filled(row):
            sign = view.sign(row, column)
            if sign.kind == "key" and sign.code == "metric" and row < rows[-1]:
                return _read(Downward(view, rows, row + 1, signs, headings, [column]))
    return None


def _read(sheet: Downward) -> RecognisedTable:
    """The table of the figures; every problem of the layout."""
    headed = bool(sheet.head.band) or any(column.role == "figure" for column in sheet.columns)
    sheet.space, sheet.year = _bases(sheet, headed)
    if headed:
        layout: Layout = "form" if _is_form(sheet) else "transposed"
        down_columns.check(sheet)
        down_columns.leave_out_years(sheet)
        # A column without a figure, as of a year that is still to come, is no filing.
        inside = list(sheet.body())
        sheet.filled = {
            column.index for column in sheet.columns if any(sheet.view.own(row, column.index).strip() for row in inside)
        }
        for row in sheet.rows:
            if row >= sheet.start and row not in sheet.head.keys:
                down_figures.take_row(sheet, row)
    else:
        layout = "label_value"
        down_figures.take_pairs(sheet)
    _hidden(sheet)
    return _reading(sheet, layout, _lacking(sheet))


def _bases(sheet: Downward, headed: bool) -> tuple[Base | None, Base | None]:
    header = {*sheet.head.band, *sheet.head.keys}
    above = [row for row in sheet.rows if row not in header and (row < sheet.start or not headed and row < sheet.first)]
    stated = sheet.headings.around(sheet.view, above)
    after = [row for row in sheet.rows if row not in header and row not in above]
    notes = [row for row in after if row not in sheet.labelled and not sheet.signed(row)]
    alone = {row for row in notes if len(sheet.view.filled(row)) == 1}
    stated += [each for each in sheet.headings.inside(sheet.view, after) if each.labelled or each.row in alone]
    sheet.names = [each for each in stated if each.code == "space_name"]
    for each in stated:
        if each.source == "heading":
            sheet.roles.add(_ROLES[each.code], each.row, each.column)
    found = [keys.base(code, stated, sheet.headings, sheet.sheet_name, sheet.problems) for code in ("space_id", "year")]
    return found[0], found[1]


def _lacking(sheet: Downward) -> frozenset[str]:
    """The keys that no cell gives to any figure; an error for each that no person chose either."""
    lacking = set()
    for code, base in (("space_id", sheet.space), ("year", sheet.year)):
        given = [getattr(each, code) for each in sheet.figures]
        # A year that a person chose for the whole file, the rows themselves are read by.
        chosen = code == "year" and base is not None and base.source == "choice" and {base.cell} == set(given)
        if given and (chosen or not any(cell.text or cell.row >= 0 for cell in given)):
            lacking.add(code)
            if not chosen:
                sheet.problems.append(keys.missing(code, sheet.sheet_name, sheet.first))
    return frozenset(lacking)


def _hidden(sheet: Downward) -> None:
    """Warnings for hidden rows and columns whose figures are read all the same."""
    grid = sheet.view.grid
    rows = sorted({each.value.row for each in sheet.figures} & grid.hidden_rows)
    hidden = sorted({each.value.column for each in sheet.figures} & grid.hidden_columns)
    if rows:
        sheet.problems.append(
            Problem("warning", "hidden-rows", sheet.sheet_name, rows[0] + 1, details={"rows": len(rows)})
        )
    if hidden:
        cell = next(each.value for each in sheet.figures if each.value.column == hidden[0])
        header = next((each.header for each in sheet.columns if each.index == hidden[0]), cell)
        sheet.tell("warning", "hidden-columns", header if header.text else cell, columns=len(hidden))


def _is_form(sheet: Downward) -> bool:
    figures = [column for column in sheet.columns if column.role == "figure"]
    return not any(column.space.text or column.name.text for column in figures) and not any(
        column.year.text and column.ago is None for column in figures
    )


def _reading(sheet: Downward, layout: Layout, lacking: frozenset[str]) -> RecognisedTable:
    table = None
    if sheet.figures:
        inside = {*(figure.value.row for figure in sheet.figures), *sheet.head.band, *sheet.head.keys, *sheet.labelled}
        heading = [
            [Cell(sheet.view.own(row, column), row, column) for column in sheet.view.filled(row)]
            for row in sheet.rows
            if row not in inside and sheet.view.filled(row)
        ]
        units = sheet.signs.words.units
        table = canonical.table(
            sheet.view.grid,
            heading,
            sheet.figures,
            sheet.roles,
            units,
            lacking,
            top=_below_titles(sheet),
            beside=_remarks_beside(sheet),
        )
    sources = _sources(sheet)
    understood = Understood(
        sheet.sheet_name,
        layout,
        sheet.roles.areas(),
        *sources,
        sheet.space.value if sheet.space and sources[0] != "cells" else None,
        int(sheet.year.value) if sheet.year and sources[1] != "cells" and sheet.year.value.isdigit() else None,
    )
    return RecognisedTable(understood, table, sheet.problems, lacking, sheet.passed_over)


def _remarks_beside(sheet: Downward) -> list[Cell]:
    """The cells beside the figures in columns that are passed over, one of each text: 备注 may say a unit."""
    aside = [column.index for column in sheet.columns if column.role == "passed_over"]
    remarks = {
        text: Cell(text, row, index)
        for row in {figure.value.row for figure in sheet.figures if figure.value.text.strip()}
        for index in aside
        if (text := sheet.view.own(row, index)).strip()
    }
    return list(remarks.values())


def _below_titles(sheet: Downward) -> int:
    """The first row that is no title's: of the header, or the first with a metric."""
    return min([sheet.first, *sheet.head.band, *sheet.head.keys])


def _sources(sheet: Downward) -> tuple[Source | None, Source | None]:
    def source(base: Base | None, cells_: list[Cell]) -> Source | None:
        if base and any(cell == base.cell for cell in cells_):
            return base.source
        return "cells" if any(cell.text for cell in cells_) else None

    return (
        source(sheet.space, [each.space_id for each in sheet.figures]),
        source(sheet.year, [each.year for each in sheet.figures]),
    )
