"""What a table on a person's sheet was taken for, as plain data: its layout, and the role of every cell of it."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field, replace
from typing import Literal, NamedTuple, get_args

import numpy as np

from tracking.filing.spreadsheets.grids import letter
from tracking.filing.spreadsheets.tables import Table

Layout = Literal[
    "wide", "long", "transposed", "form", "label_value", "years_over_metrics", "metrics_over_years", "not_understood"
]
# What a cell was taken for. `passed_over` is no figure and was not expected to be one (a serial number, a signature, a
# total); `left_out` is a figure that is not stored (a plan, another year's).
Role = Literal["space", "name", "year", "metric", "unit", "figure", "evidence", "note", "passed_over", "left_out"]
# Where the space, or the year, of a table's figures stands.
Source = Literal["cells", "heading", "sheet", "cover", "choice"]
ROLES: tuple[Role, ...] = get_args(Role)


class Area(NamedTuple):
    """A rectangle of cells; rows and columns count from 0, the last ones included."""

    top: int
    left: int
    bottom: int
    right: int

    def __str__(self) -> str:
        """As a spreadsheet names it: B3, or B3:C14."""
        first, last = (f"{letter(column)}{row + 1}" for row, column in (self[:2], self[2:]))
        return first if first == last else f"{first}:{last}"


@dataclass(frozen=True)
class Understood:
    """One table of a sheet as it was understood; a sheet of several tables has several.

    sheet: None in delimited text. areas: by role, the cells of that role; no cell is in two areas, those that are in
    none say nothing that counts. space_from, year_from: where the space and the year of the figures stand; in cells of
    the table itself, in its heading, in the sheet's name, on another sheet, its cover, without figures, or in nothing
    but a person's choice; None where they were not found. space, year: what they are where they are the whole table's.
    """

    sheet: str | None
    layout: Layout
    areas: Mapping[Role, tuple[Area, ...]] = field(default_factory=dict)
    space_from: Source | None = None
    year_from: Source | None = None
    space: str | None = None
    year: int | None = None

    def as_dict(self) -> dict[str, object]:
        """The object of `check --json`: sheet, layout, space_from, year_from, space, year, cells (areas by role)."""
        return {
            "sheet": self.sheet,
            "layout": self.layout,
            "space_from": self.space_from,
            "year_from": self.year_from,
            "space": self.space,
            "year": self.year,
            "cells": {role: [str(area) for area in areas] for role, areas in self.areas.items()},
        }

    def role(self, row: int, column: int) -> Role | None:
        """What a cell was taken for; row and column count from 0. To draw a sheet, go through the areas instead."""
        for role, areas in self.areas.items():
            if any(top <= row <= bottom and left <= column <= right for top, left, bottom, right in areas):
                return role
        return None


def of_form(table: Table, there: np.ndarray, understood: Understood) -> Understood:
    """What a table with a header above its columns was taken for, with its areas; `there` tells the rows of filings."""
    roles: dict[Role, list[Area]] = {}
    shift = table.number(None, 0) - 1 - table.header
    long = table.index("value") is not None
    for index, label in table.columns.items():
        role = _role_of_column(label.code)
        cell = table.beside(index)
        if cell is not None:
            if cell[0] >= 0:
                roles.setdefault(role, []).append(Area(*cell, *cell))
            continue
        if role == "figure" or long and role == "metric":
            header = table.named_in.get(index, table.header)
            roles.setdefault("metric", []).append(Area(header, index, header, index))
        runs = [(table.first + first, table.first + end) for first, end in _runs(there)]
        roles.setdefault(role, []).extend(Area(first, index, end, index) for first, end in runs)
    for first, end in _runs(~there):
        top, bottom = table.first + first, table.first + end
        width = max(map(len, table.grid.rows[top : bottom + 1]), default=0)
        if width:
            roles.setdefault("passed_over", []).append(Area(top, 0, bottom, width - 1))
    areas = {role: tuple(joined(_moved(each, shift))) for role, each in roles.items()}
    return replace(understood, areas=areas)


def _moved(areas: Iterable[Area], rows: int) -> list[Area]:
    return [Area(top + rows, left, bottom + rows, right) for top, left, bottom, right in areas]


def joined(areas: Iterable[Area]) -> Iterator[Area]:
    """The areas, those side by side in the same rows as one, and those one under the other in the same columns."""
    beside: list[Area] = []
    for area in sorted(areas, key=lambda each: (each.top, each.bottom, each.left)):
        last = beside[-1] if beside else None
        if last and (last.top, last.bottom, last.right + 1) == (area.top, area.bottom, area.left):
            beside[-1] = last._replace(right=area.right)
        else:
            beside.append(area)
    waiting: dict[tuple[int, int], Area] = {}
    for area in beside:
        key = (area.left, area.right)
        last = waiting.get(key)
        if last and last.bottom + 1 == area.top:
            waiting[key] = last._replace(bottom=area.bottom)
            continue
        if last:
            yield last
        waiting[key] = area
    yield from waiting.values()


def _role_of_column(code: str) -> Role:
    keys: Mapping[str, Role] = {
        "space_id": "space",
        "space_name": "name",
        "year": "year",
        "metric": "metric",
        "value": "figure",
        "unit": "unit",
    }
    if code in keys:
        return keys[code]
    if code == "evidence" or code.endswith("_evidence"):
        return "evidence"
    return "note" if code == "note" or code.endswith("_note") else "figure"


def _runs(true: np.ndarray) -> list[tuple[int, int]]:
    """The first and the last of every run of true ones."""
    edges = np.flatnonzero(np.diff(np.concatenate(([False], true, [False])).astype(np.int8)))
    return [(int(first), int(end) - 1) for first, end in edges.reshape(-1, 2)]
