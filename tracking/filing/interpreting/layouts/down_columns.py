"""The columns of a sheet in which metrics stand one under the other: which are not understood, which are left out."""

from tracking.filing.interpreting import cells
from tracking.filing.interpreting.layouts import keys, pairs
from tracking.filing.interpreting.layouts.canonical import Cell
from tracking.filing.interpreting.layouts.columns import Column
from tracking.filing.interpreting.layouts.downward import Downward


def check(sheet: Downward) -> None:
    """Errors for columns that say something and are not understood, warnings for those of no figures."""
    for column in sheet.columns:
        filled = [row for row in sheet.body() if sheet.view.own(row, column.index).strip()]
        if column.otherwise.text:
            code = "year" if cells.year(column.otherwise.text) else "space_id"
            first = column.year if code == "year" else column.space
            sheet.problems.append(
                keys.disagreeing(
                    code, first, keys.cell_words(first), keys.cell_words(column.otherwise), sheet.sheet_name
                )
            )
        if column.role == "blank" and filled and column.index < sheet.stubs[0]:
            _left(sheet, column, filled)
        elif column.role == "blank" and filled:
            if all(sheet.view.sign(row, column.index).kind == "unit" for row in filled):
                column.role = "unit"
            else:
                text = sheet.view.own(filled[0], column.index)
                sheet.tell("error", "unnamed-column", Cell(text, filled[0], column.index))
        elif column.role == "metric" and any(sheet.view.sign(row, column.index).figure for row in filled):
            # 指标 stands over figures: the header is a cell further than the rows.
            sheet.tell("error", "cell-out-of-place", column.header)
        elif column.role == "unknown" and filled:
            nearest = sheet.signs.words.nearest(column.header.text)
            sheet.tell("error", "unknown-column", column.header, nearest=nearest)
        elif column.role == "left_out" and filled:
            sheet.tell("warning", "column-no-figures", column.header, figures=len(filled))
        elif filled and _is_nobodys(sheet, column):
            column.role = "unknown"
            text = sheet.view.own(filled[0], column.index)
            sheet.tell("error", "unnamed-column", Cell(text, filled[0], column.index))
        if column.role == "passed_over":
            sheet.pass_over_column(column.index, filled, column.header)
        elif column.role == "left_out":
            sheet.roles.add("left_out", column.header.row, column.header.column)
            for row in filled:
                sheet.roles.add("left_out", row, column.index)


def _is_nobodys(sheet: Downward, column: Column) -> bool:
    """Whether figures stand under no space where others do, as when the row of spaces is a cell shorter."""
    if column.role != "figure" or column.space.text or column.name.text:
        return False
    return any(each.space.text and each.role == "figure" for each in sheet.columns) and not any(
        each.key == "space_id" for each in sheet.columns
    )


def _left(sheet: Downward, column: Column, filled: list[int]) -> None:
    """A column before the metrics without a name: numbers of rows, or groups of metrics; no figures."""
    figures = [row for row in filled if sheet.view.sign(row, column.index).figure]
    if not pairs.are_numbered([sheet.view.own(row, column.index) for row in figures]):
        cell = Cell(sheet.view.own(figures[0], column.index), figures[0], column.index)
        sheet.tell("error", "unnamed-column", cell)
    sheet.pass_over_column(column.index, figures)


def leave_out_years(sheet: Downward) -> None:
    """Leave out the columns of other years than the one that the file is about."""
    figures = [column for column in sheet.columns if column.role == "figure"]
    absolute = [column for column in figures if column.year.text]
    year = sheet.year.value if sheet.year else None
    kept = [each for each in absolute if year is None or _spelled(each) == year]
    if absolute and not kept and not any(each.ago == 0 and not each.year.text for each in figures):
        assert sheet.year is not None
        cell = absolute[0].year
        sheet.problems.append(keys.disagreeing("year", cell, keys.cell_words(cell), sheet.year.words, sheet.sheet_name))
        return
    for column in figures:
        others = column.ago is not None and column.ago < 0
        if others or column.year.text and column not in kept:
            column.role = "left_out"
            filled = [row for row in sheet.body() if sheet.view.own(row, column.index).strip()]
            if filled:
                own = year or ""
                sheet.tell("warning", "column-of-another-year", column.header, figures=len(filled), year=own)
            for row in [column.header.row, *filled]:
                sheet.roles.add("left_out", row, column.index)
        elif column.ago == 0:
            sheet.roles.add("year", column.header.row, column.header.column)


def _spelled(column: Column) -> str:
    return str(cells.year(column.year.text) or column.year.text)
