"""Metrics side by side in a header: the space or the year beside the table, years over metrics, metrics over years."""

from collections.abc import Mapping, Sequence
from dataclasses import replace

import numpy as np

from tracking.filing.interpreting import furniture
from tracking.filing.interpreting.findings import visible
from tracking.filing.interpreting.layouts import keys
from tracking.filing.interpreting.layouts.canonical import Cell
from tracking.filing.interpreting.layouts.headings import Headings
from tracking.filing.interpreting.layouts.keys import Base
from tracking.filing.interpreting.layouts.made import RecognisedTable
from tracking.filing.interpreting.layouts.sheets import Part, View
from tracking.filing.interpreting.layouts.understood import Layout, Understood
from tracking.filing.spreadsheets.grids import letter
from tracking.filing.spreadsheets.tables import Label, Places, Table
from tracking.words.problems import Problem

_NAMES = {"space_id": "空间编号", "year": "年度"}


def read(table: Table, part: Part, view: View, headings: Headings) -> list[RecognisedTable]:
    """The readings of a table whose header names metrics, and lacks a space or a year: one for each year that the
    header names, else one. `part` is what was cut out of the sheet for it, `view` the whole sheet."""
    return _Across(table, part, view, headings).read()


class _Across:
    def __init__(self, table: Table, part: Part, view: View, headings: Headings) -> None:
        self.table, self.part, self.view = table, part, view
        self.headings = headings
        self.sheet = part.grid.sheet
        self.problems: list[Problem] = []
        self.stated = headings.around(view, [int(part.rows[row]) for row in range(self._top())])
        self.bases: dict[str, Base | None] = {
            code: keys.base(code, self.stated, headings, self.sheet, self.problems)
            for code in ("space_id", "year")
            if table.index(code) is None
        }

    def read(self) -> list[RecognisedTable]:
        """The readings; the problems of all are with the first."""
        years = sorted({each.year for each in self.table.qualified.values() if each.year and not each.word})
        if not years or self.table.index("year") is not None:
            layout: Layout = "long" if self.table.index("value") is not None else "wide"
            return [self._reading(self.table, self.bases, layout, self.problems)]
        wanted = self._wanted(years)
        readings = [self._of_year(year) for year in wanted]
        if readings:
            readings[0].problems += self.problems
            return readings
        return [RecognisedTable(Understood(self.sheet, "not_understood"), None, self.problems)]

    def _top(self) -> int:
        """The first row of the header, groups above the names included."""
        rows = [self.table.header, *self.table.named_in.values()]
        rows += [mention.row for mention in self.table.mentions if mention.row is not None and mention.columns]
        rows += [int(self.part.rows.searchsorted(self._year_cell(index).row)) for index in self.table.qualified]
        return max(min(rows), 0)

    def _wanted(self, years: Sequence[int]) -> list[int]:
        """The years that the table is about: of those in its header the one that is stated beside it, else all."""
        base = self.bases["year"]
        if base is None:
            return list(years)
        wanted = [year for year in years if str(year) == base.value]
        others = [index for index, each in self.table.qualified.items() if each.year and str(each.year) != base.value]
        cell = self._year_cell(others[0]) if others else None
        if cell is not None and not wanted:
            self.problems.append(keys.disagreeing("year", cell, keys.cell_words(cell), base.words, self.sheet))
        elif cell is not None:
            shown = visible(cell.text)
            details = {"header": shown, "figures": len(others), "year": base.value}
            code, place = "column-of-another-year", letter(cell.column)
            self.problems.append(Problem("warning", code, self.sheet, cell.row + 1, shown, shown, place, details))
        return wanted

    def _of_year(self, year: int) -> RecognisedTable:
        table = self.table
        own = sorted(index for index, each in table.qualified.items() if each.year == year and not each.word)
        columns = dict(table.columns) | {index: Label(table.qualified[index].code) for index in own}
        qualified = {index: each for index, each in table.qualified.items() if each.word or not each.year}
        one = replace(table, columns=dict(sorted(columns.items())), qualified=qualified)
        cell = self._year_cell(own[0])
        base = Base(cell._replace(text=str(year)), str(year), "cells", keys.cell_words(cell))
        return self._reading(one, self.bases | {"year": base}, self._grouped(), [])

    def _grouped(self) -> Layout:
        index, first = min(self.table.qualified.items())
        group = self._year_cell(index)
        name = int(self.part.rows[self.table.named_in.get(index, self.table.header)])
        return "metrics_over_years" if first.year and group.row > name else "years_over_metrics"

    def _year_cell(self, index: int) -> Cell:
        """The cell of the header that says the year of a column, over it or over a group that begins further left."""
        year = str(self.table.qualified[index].year or "")
        top, end = max(self.table.header - 3, 0), min(self.table.header + 2, len(self.part.rows))
        for row in self.part.rows[top:end].tolist():
            for column in range(index, -1, -1):
                place = self.view.first(row, column)
                text = self.view.own(*place)
                if text.strip():
                    if year and year in text:
                        return Cell(text.strip(), *place)
                    break
        return Cell(self.table.headers[index], int(self.part.rows[self.table.header]), index)

    def _reading(
        self, table: Table, bases: Mapping[str, Base | None], layout: Layout, problems: list[Problem]
    ) -> RecognisedTable:
        # A year that a person chose for the whole file, the rows themselves are read by.
        found = {
            code: base
            for code, base in bases.items()
            if base is not None and (base.source != "choice" or code == "space_id")
        }
        space, year = bases.get("space_id"), bases.get("year")
        understood = Understood(
            self.sheet,
            layout,
            space_from=space.source if space else "cells" if table.index("space_id") is not None else None,
            year_from=year.source if year else "cells" if table.index("year") is not None else None,
            space=space.value if space else None,
            year=int(year.value) if year and year.value.isdigit() else None,
        )
        return RecognisedTable(understood, _beside(table, self.part, found, self.headings), problems)


def _beside(table: Table, part: Part, bases: Mapping[str, Base], headings: Headings) -> Table:
    """The table with a column for each key that is stated for all of it."""
    places = part.places()
    if not bases:
        return replace(table, places=places)
    width = places.rows.shape[1]
    texts = [base.cell.text for base in bases.values()]
    first, blank = table.first, [""] * len(texts)
    wanted = _Filed(table, headings)
    below = [[*row, *[""] * (width - len(row)), *(texts if wanted(row) else blank)] for row in table.grid.rows[first:]]
    rows = [*table.grid.rows[:first], *below]
    shape = (len(rows), len(bases))
    beside = Places(
        np.concatenate([places.rows, _all(shape, [base.cell.row for base in bases.values()])], axis=1),
        np.concatenate([places.columns, _all(shape, [base.cell.column for base in bases.values()])], axis=1),
    )
    headers = [*table.headers, *[""] * (width - len(table.headers)), *(_NAMES[code] for code in bases)]
    columns = dict(table.columns) | {width + number: Label(code) for number, code in enumerate(bases)}
    return replace(table, grid=replace(table.grid, rows=rows), headers=headers, columns=columns, places=beside)


class _Filed:
    """Whether a row below a header is one of figures, and no total, signature or remark."""

    def __init__(self, table: Table, headings: Headings) -> None:
        self._keys = [(code, index) for code in ("space_id", "year") if (index := table.index(code)) is not None]
        codes = {*(code for code, _ in self._keys), "space_name"}
        self._figures = [index for index, label in table.columns.items() if label.code not in codes]
        self._headings = headings

    def __call__(self, row: Sequence[str]) -> bool:
        """Whether the row is one of figures."""
        for code, index in self._keys:
            text = row[index] if index < len(row) else ""
            if text.strip() and self._headings.understood(code, text):
                return True
        if furniture.signatures(row) or furniture.remark(row) or self._headings.total(row):
            return False
        return any(index < len(row) and row[index].strip() for index in self._figures)


def _all(shape: tuple[int, int], row: Sequence[int]) -> np.ndarray:
    return np.broadcast_to(np.array(row, dtype=np.int32), shape)
