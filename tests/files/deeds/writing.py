"""Deeds that write: the right figure, name, unit, space or year.

What only a person can know the machine takes from the figures that are right.
"""

import re
from collections.abc import Callable
from dataclasses import replace
from decimal import Decimal

from tests.files.clean import BY_CODE, MONEY, PLATFORM
from tests.files.damages.units import FACTORS
from tests.files.deeds.taking import Place, clear_cell, clear_column, delete_column
from tests.files.sheets import Cell
from tracking.filing.spreadsheets.grids import letter
from tracking.words.problems import Problem

_OTHER_UNIT = re.compile("千元|亿元|(?<!万)(?<!千)(?<!亿)(?<!美)元")


def right_figure(at: Place) -> None:
    """The figure, in digits alone and in the metric's own unit; blank where there is none."""
    cell = at.cell
    clear_cell(at)
    value = at.truth.get(cell.key) if cell.key else None
    if value is None:
        return
    cell.text = f"{value.normalize():f}"
    if cell.key and cell.key[2] == PLATFORM.code:
        cell.text = "是" if value else "否"


def right_figures(at: Place) -> None:
    """Every figure of the column, in the metric's own unit."""
    for number, row in enumerate(at.sheet.rows, start=1):
        if 0 <= at.column < len(row) and row[at.column].key:
            _right(at, number, right_figure)


def _right(at: Place, row: int, deed: Callable[[Place], None]) -> None:
    problem = Problem("error", at.problem.code, at.problem.sheet, row, letter=at.problem.letter)
    deed(Place(at.file, problem, at.truth))


def right_key(at: Place) -> None:
    """The number of the space, or the year: that of the row's figures."""
    cell = at.cell
    key = next((each.key for each in at.row if each.role in ("figure", "blank") and each.key), cell.key)
    # In a table that runs across, the figures of a space or a year stand below it.
    below = [row[at.column] for row in at.sheet.rows if 0 <= at.column < len(row)]
    if cell.role in ("space", "year") and at.file.layout in ("transposed", "years_across"):
        key = next((each.key for each in below if each.role in ("figure", "blank") and each.key), cell.key)
    if not key:
        return clear_cell(at)
    year = cell.role == "year" or at.problem.column == "year"
    cell.text = str(key[1]) if year else key[0]
    return None


def right_name(at: Place) -> None:
    """No name beside the number of the space."""
    clear_cell(at)


def nearest_name(at: Place) -> None:
    """The name that the hint offers; where it offers none, the column is not the machine's to name."""
    offered = re.search("最接近的是“([^”]+)”", at.problem.hint("zh"))
    if offered:
        at.cell.text = offered[1]
        at.cell.raw = False
    else:
        delete_column(at)


def own_unit(at: Place) -> None:
    """The figures in the metric's own unit, and that unit behind its name, or in place of another in the row."""
    cell = at.cell
    if cell.metric in BY_CODE and cell.role == "metric":
        metric = BY_CODE[cell.metric]
        cell.text = f"{metric.zh}（{metric.unit}）"
    elif cell.role == "unit":
        cell.text = BY_CODE[cell.metric].unit
    for row in at.sheet.rows:
        for column, each in enumerate(row):
            if each.key and each.key[2] == cell.metric:
                number = at.sheet.rows.index(row) + 1
                there = Problem("error", at.problem.code, at.problem.sheet, number, letter=letter(column))
                right_figure(Place(at.file, there, at.truth))


def unmerge(at: Place) -> None:
    """No merged cells; each figure in its own cell."""
    at.sheet.merged = []
    for number, row in enumerate(at.sheet.rows, start=1):
        for column, cell in enumerate(row):
            if cell.key:
                there = Problem("error", at.problem.code, at.problem.sheet, number, letter=letter(column))
                right_figure(Place(at.file, there, at.truth))


def fill_down(at: Place) -> None:
    """The number of the space, or the year, in every row below that leaves it blank."""
    before = ""
    for row in at.sheet.rows[at.sheet.first :]:
        if 0 <= at.column < len(row) and any(cell.text for cell in row):
            row[at.column].text = before = row[at.column].text or before


def general_format(at: Place) -> None:
    """The format General; the figure is checked."""
    at.cell.form = ""
    right_figure(at)


def add_column(at: Place) -> None:
    """The column that is missing, in front, with what belongs into it."""
    column = at.problem.value
    if column not in ("space_id", "year") or at.file.layout not in ("wide", "long"):
        return
    cells = [Cell() for _ in at.sheet.rows[at.sheet.header :]]
    cells[0] = Cell(column, "label")
    for cell, row in zip(cells[1:], at.sheet.rows[at.sheet.header + 1 :], strict=True):
        key = next((each.key for each in row if each.role in ("figure", "blank") and each.key), None)
        if key:
            cell.text, cell.role = (key[0], "space") if column == "space_id" else (str(key[1]), "year")
    at.sheet.insert_column(0, cells)


def name_column(at: Place) -> None:
    """The name of the metric over its figures; a column of none is cleared."""
    cells = [row[at.column] for row in at.sheet.rows if 0 <= at.column < len(row)]
    metric = next((cell.metric for cell in cells if cell.role == "figure"), "")
    if not metric:
        return clear_column(at)
    header = at.sheet.rows[at.sheet.header]
    header.extend(Cell() for _ in range(at.column + 1 - len(header)))
    header[at.column] = Cell(BY_CODE[metric].zh, "metric", metric=metric)
    return None


def right_header(at: Place) -> None:
    """A metric by the name that the hint offers; a column that is no metric's is taken out."""
    if at.cell.role == "metric":
        nearest_name(at)
    else:
        delete_column(at)


def actual_figures(at: Place) -> None:
    """The metric under its name alone; the figures that were others than the year's are blank."""
    if at.cell.role == "metric":
        metric = BY_CODE[at.cell.metric]
        at.cell.text = metric.zh
        _blank(at, lambda cell: cell.metric == metric.code)
    else:
        delete_column(at)


def no_figures(at: Place) -> None:
    """Every figure blank, and the word out that made others of them."""
    _blank(at, lambda _: True)
    at.cell.text = "数值" if at.cell.role == "label" else ""


def _blank(at: Place, these: Callable[[Cell], bool]) -> None:
    for sheet, place in at.file.each("figure"):
        cell = sheet.at(place)
        if these(cell):
            cell.text, cell.role = "", "blank"


def begin_as_remark(at: Place) -> None:
    """注： before a remark, the number of its space before a record."""
    if any(cell.key and cell.role in ("figure", "blank") for cell in at.row):
        return right_key(at)
    said = next((cell for cell in at.row if cell.text), Cell())
    said.text = f"注：{said.text}"
    return None


def one_unit(at: Place) -> None:
    """Every other word for the unit of money in the file becomes the metric's own."""
    for sheet in at.file.sheets:
        sheet.name = _OTHER_UNIT.sub(MONEY.unit, sheet.name)
        for row in sheet.rows:
            for cell in row:
                cell.text = _OTHER_UNIT.sub(MONEY.unit, cell.text)


def units_behind_names(at: Place) -> None:
    """The unit out of the place where it fits nothing, and each metric's own behind its name; foreign money blank."""
    clear_cell(at)
    for sheet, place in at.file.each("metric"):
        metric = BY_CODE[sheet.at(place).metric]
        if metric is not PLATFORM:
            sheet.at(place).text = f"{metric.zh}（{metric.unit}）"
    _blank(at, lambda cell: cell.metric == MONEY.code)


def in_the_column_s_unit(at: Place) -> None:
    """The figure in the unit that the column is in."""
    factor = FACTORS.get(str(at.problem.details.get("other")))
    right_figure(at)
    if factor and at.cell.text:
        at.cell.text = f"{(Decimal(at.cell.text) / factor).normalize():f}"


def key_above(at: Place) -> None:
    """The number of the space and the year above the table."""
    key = next((at.sheet.at(place).key for place in at.sheet.places("figure")), None)
    if key:
        at.sheet.insert_row(0, [Cell("空间编号", "label"), Cell(key[0], "space", (key[0], 0, ""))])
        at.sheet.insert_row(1, [Cell("年度", "label"), Cell(str(key[1]), "year", ("", key[1], ""))])


def own_columns(at: Place) -> None:
    """Every figure of the row in its own column."""
    before = [number for number in range(at.sheet.first, len(at.sheet.rows)) if at.sheet.rows[number] is not at.row]
    like = next((at.sheet.rows[number] for number in before if at.sheet.rows[number]), [])
    key = next((cell.key for cell in at.row if cell.role in ("figure", "blank") and cell.key), None)
    if not key or not like:
        return
    right = []
    for cell in like:
        value = at.truth.get((*key[:2], cell.metric)) if cell.metric else None
        text = {"space": key[0], "year": str(key[1])}.get(cell.role, "" if value is None else f"{value:f}")
        right.append(Cell(text, cell.role, (*key[:2], cell.metric), cell.metric))
    at.row[:] = right


def one_figure(at: Place) -> None:
    """One figure behind the metric's name, and nothing else."""
    for cell in at.row:
        if cell.role not in ("metric", "figure", "blank"):
            cell.text = ""


def commas_out(at: Place) -> None:
    """No comma within a figure of the row, and quotation marks around what holds one."""
    at.row[:] = [cell for cell in at.row if cell.text or not cell.raw]
    for column, cell in enumerate(at.row):
        if cell.raw and cell.key:
            right_figure(Place(at.file, replace(at.problem, letter=letter(column)), at.truth))
            cell.raw = False
