"""Bytes of any spreadsheet to grids of cells that remember their place. What the cells mean is not looked at."""

import os
from collections.abc import Iterable
from dataclasses import dataclass, replace
from functools import lru_cache
from pathlib import PurePath
from typing import Any

from tracking.filing.spreadsheets import delimited, limited, workbooks
from tracking.filing.spreadsheets.encodings import NotTextError, decode
from tracking.filing.spreadsheets.sheets import FORMULA_WITHOUT_RESULT, OF_THE_FILE, Note, UnreadableError
from tracking.words import language, spelling
from tracking.words.language import LANGUAGES
from tracking.words.problems import Problem, Refusal

__all__ = ["FORMULA_WITHOUT_RESULT", "SIZE_LIMIT", "Grid", "cell", "index_of", "letter", "read"]

# One setting, in MB; the filing page says it too.
SIZE_LIMIT = int(os.environ.get("TRACKING_UPLOAD_LIMIT_MB", "50")) * 1_000_000
# A workbook is a ZIP: what it unpacks to is what it costs. Figures unpack to some eight times their size.
UNPACKED_LIMIT = 10 * SIZE_LIMIT
MOST_COLUMNS = 2_000
# What a spreadsheet itself can show.
MOST_ROWS = 1_048_576
LONGEST_CELL = 32_767
# Rows times columns, blank ones between included: some 100,000 rows of 200 columns.
MOST_CELLS = 20_000_000

_OTHER_KINDS = (
    b"%pdf",
    b"\x89png",
    b"\xff\xd8\xff",
    b"gif8",
    b"rar!",
    b"7z\xbc\xaf",
    b"\x1f\x8b",
    b"{\\rtf",
)


@dataclass(frozen=True, slots=True)
class Grid:
    """One sheet as rows of texts, ragged; rows[0] is the row that a spreadsheet numbers 1.

    A typed cell is told as the text a person would type for it: 20, 0.7, TRUE, 2023-03-01.
    merged: the first row and column of every merge of cells, and the last. struck, raised: the cells of which text was
    left out, since it is struck through, or a superscript. unseen: the cells whose letters have the colour of what is
    behind them. All of these, as what is hidden, count from 0.
    remarks: codes of warnings about the file as a whole, which its first sheet tells.
    notes: what stands on the sheet and in none of its cells.
    delimiter, several_lines: of delimited text, what delimits it, and the rows that go over several lines.
    """

    sheet: str | None
    rows: list[list[str]]
    merged: tuple[tuple[int, int, int, int], ...] = ()
    hidden: bool = False
    hidden_rows: frozenset[int] = frozenset()
    hidden_columns: frozenset[int] = frozenset()
    struck: frozenset[tuple[int, int]] = frozenset()
    raised: frozenset[tuple[int, int]] = frozenset()
    unseen: frozenset[tuple[int, int]] = frozenset()
    remarks: tuple[str, ...] = ()
    delimiter: str | None = None
    several_lines: frozenset[int] = frozenset()
    notes: tuple[Note, ...] = ()


def read(content: bytes, name: str, limit: int = SIZE_LIMIT) -> list[Grid]:
    """The sheets of a file, known by what is in it, whatever its name ends in.

    Raises Refusal, in bounded time and memory, where it cannot be read. A few files are read at once, others wait.
    """
    if spelling.misleading(name):
        raise _refusal("file-name-misleading", spelling.shown(name))
    if len(content) > limit:
        raise _refusal("file-too-large", name, megabytes=-(-len(content) // 1_000_000), limit=limit // 1_000_000)
    if not content.strip(b"\x00 \t\r\n\xef\xbb\xbf\xff\xfe"):
        raise _refusal("file-empty", name)
    with limited.turn:
        grids = _grids(content, name)
    # A sheet that is saved as text leaves its own name to the file: 填报（千元）.csv.
    called = Note(PurePath(name).stem, OF_THE_FILE, OF_THE_FILE)
    return [replace(grid, notes=(*grid.notes, called)) for grid in grids]


def _grids(content: bytes, name: str) -> list[Grid]:
    if workbooks.is_workbook(content):
        return _workbook(content, name)
    if content[:100].lstrip(b"\xef\xbb\xbf \t\r\n").lower().startswith(_OTHER_KINDS):
        raise _refusal("file-not-a-spreadsheet", name)
    try:
        text = decode(content)
    except NotTextError as error:
        raise _refusal(error.code, name, row=error.row, place=_place("near-line", row=error.row)) from error
    limits = delimited.TextLimits(MOST_ROWS, MOST_COLUMNS, MOST_CELLS, LONGEST_CELL)
    try:
        found = delimited.read(text, limits)
    except UnreadableError as error:
        raise _refusal(error.code, name, **error.details) from error
    return [Grid(None, found.rows, delimiter=found.delimiter, several_lines=found.several_lines)]


@lru_cache(MOST_COLUMNS)
def letter(index: int) -> str:
    """The letter over a spreadsheet's column; index 0 is A. Empty for no column at all."""
    letters = ""
    while index >= 0:
        index, place = divmod(index, 26)
        letters, index = chr(ord("A") + place) + letters, index - 1
    return letters


def index_of(letters: str) -> int:
    """The index of a column by the letter over it; A is 0."""
    index = 0
    for each in letters:
        index = index * 26 + ord(each) - ord("A") + 1
    return index - 1


def cell(grids: Iterable[Grid], place: tuple[str | None, int, str]) -> str:
    """What a cell says, as it was typed: by its sheet, row and column's letter; blank where there is none."""
    sheet, number, letters = place
    index = index_of(letters)
    for grid in grids:
        if grid.sheet == sheet and number <= len(grid.rows):
            row = grid.rows[number - 1]
            return row[index] if index < len(row) else ""
    return ""


def _workbook(content: bytes, name: str) -> list[Grid]:
    limits = {"unpacked": UNPACKED_LIMIT, "columns": MOST_COLUMNS, "cells": MOST_CELLS, "longest": LONGEST_CELL}
    try:
        sheets = workbooks.sheets(content, **limits)
    except UnreadableError as error:
        raise _refusal(error.code, name, **_placed(error.details)) from error
    return [Grid(**sheet) for sheet in sheets]


def _placed(details: dict[str, Any]) -> dict[str, Any]:
    """What a sentence needs, with the words for the cell, where the details name one."""
    column = details.get("column")
    if column is None:
        return details
    named = {"row": details["row"], "letter": letter(column)}
    return {"sheet": details["sheet"], **named, "place": _place("cell", **named)}


def _place(kind: str, **values: object) -> dict[str, str]:
    return {lang: language.text(f"place.{kind}", lang, **values) for lang in LANGUAGES}


def _refusal(
    code: str, name: str, *, sheet: str | None = None, row: int | None = None, letter: str | None = None, **details: Any
) -> Refusal:
    return Refusal([Problem("error", code, sheet, row, value=name, letter=letter, details=details)])
