"""Warnings for what the eye does not count and so is not counted: text struck through, footnotes, and what comes along
with a file; and for what it does not see and is read all the same."""

from collections.abc import Iterable, Iterator

from tracking.filing.spreadsheets import grids
from tracking.filing.spreadsheets.grids import Grid
from tracking.words.problems import Problem

# So many places are named; who needs more sees them in the sheet.
MOST_PLACES = 10


def warnings(grid: Grid) -> Iterator[Problem]:
    """Those of one sheet, each kind told once, with its places."""
    for code, cells in (("struck-through", grid.struck), ("superscript", grid.raised), ("unseen-text", grid.unseen)):
        if cells:
            row, column = min(cells)
            places = {"places": _places(sorted(cells)), "cells": len(cells)}
            yield Problem("warning", code, grid.sheet, row + 1, letter=grids.letter(column), details=places)


def of_the_file(grids: Iterable[Grid]) -> Iterator[Problem]:
    """Those of the file as a whole: macros, and links to other files."""
    for grid in grids:
        yield from (Problem("warning", code) for code in grid.remarks)


def _places(cells: list[tuple[int, int]]) -> str:
    """Cells as a spreadsheet names them, those beside each other as one: A2:C2, C5."""
    spans: list[list[tuple[int, int]]] = []
    for row, column in cells:
        if spans and spans[-1][-1] == (row, column - 1):
            spans[-1].append((row, column))
        elif len(spans) == MOST_PLACES:
            return ", ".join(map(_span, spans)) + ", …"
        else:
            spans.append([(row, column)])
    return ", ".join(map(_span, spans))


def _span(cells: list[tuple[int, int]]) -> str:
    first, last = (f"{grids.letter(column)}{row + 1}" for row, column in (cells[0], cells[-1]))
    return first if first == last else f"{first}:{last}"
