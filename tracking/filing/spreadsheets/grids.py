"""Bytes of any spreadsheet to grids of cells that remember their place. What the cells mean is not looked at."""

import csv
import io
import os
from collections import Counter
from collections.abc import Iterator
from contextlib import suppress
from dataclasses import dataclass
from typing import Any

from tracking.filing.spreadsheets import limited, workbooks
from tracking.filing.spreadsheets.encodings import NotTextError, decode
from tracking.filing.spreadsheets.same_texts import SameTexts
from tracking.filing.spreadsheets.sheets import FORMULA_WITHOUT_RESULT, UnreadableError
from tracking.words import language
from tracking.words.language import LANGUAGES
from tracking.words.problems import Problem, Refusal

__all__ = ["FORMULA_WITHOUT_RESULT", "SIZE_LIMIT", "Grid", "index_of", "letter", "read"]

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
    b"<html",
    b"<!doctype",
    b"<?xml",
)
_DELIMITERS = ",;\t"
# So much of a file shows what it is delimited by.
_HEAD = 100_000
_HEAD_ROWS = 50


@dataclass(frozen=True, slots=True)
class Grid:
    """One sheet as rows of texts, ragged; rows[0] is the row that a spreadsheet numbers 1.

    A typed cell is told as the text a person would type for it: 20, 0.7, TRUE, 2023-03-01.
    merged: the first row and column of every merge of cells, and the last. struck, raised: the cells of which text was
    left out, since it is struck through, or a superscript. All of these, as what is hidden, count from 0.
    remarks: codes of warnings about the file as a whole, which its first sheet tells.
    """

    sheet: str | None
    rows: list[list[str]]
    merged: tuple[tuple[int, int, int, int], ...] = ()
    hidden: bool = False
    hidden_rows: frozenset[int] = frozenset()
    hidden_columns: frozenset[int] = frozenset()
    struck: frozenset[tuple[int, int]] = frozenset()
    raised: frozenset[tuple[int, int]] = frozenset()
    remarks: tuple[str, ...] = ()


def read(content: bytes, name: str, limit: int = SIZE_LIMIT) -> list[Grid]:
    """The sheets of a file, known by what is in it, whatever its name ends in.

    Raises Refusal, in bounded time and memory, where it cannot be read. A few files are read at once, others wait.
    """
    if len(content) > limit:
        raise _refusal("file-too-large", name, megabytes=-(-len(content) // 1_000_000), limit=limit // 1_000_000)
    if not content.strip(b"\x00 \t\r\n\xef\xbb\xbf\xff\xfe"):
        raise _refusal("file-empty", name)
    with limited.turn:
        return _grids(content, name)


def _grids(content: bytes, name: str) -> list[Grid]:
    if workbooks.is_workbook(content):
        return _workbook(content, name)
    if content[:100].lstrip(b"\xef\xbb\xbf \t\r\n").lower().startswith(_OTHER_KINDS):
        raise _refusal("file-not-a-spreadsheet", name)
    try:
        text = decode(content)
    except NotTextError as error:
        raise _refusal(error.code, name, row=error.row, place=_place("near-line", row=error.row)) from error
    return [Grid(None, list(_records(text, name)))]


def letter(index: int) -> str:
    """The letter over a spreadsheet's column; index 0 is A."""
    letters = ""
    while index >= 0:
        letters = chr(ord("A") + index % 26) + letters
        index = index // 26 - 1
    return letters


def index_of(letters: str) -> int:
    """The index of a column by the letter over it; A is 0."""
    position = 0
    for sign in letters:
        position = position * 26 + ord(sign) - ord("A") + 1
    return position - 1


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


def _records(text: str, name: str) -> Iterator[list[str]]:
    """The records of delimited text; each is a row to a spreadsheet, however many lines its quotation marks hold."""
    delimiter = _delimiter(text)
    if "\r" in text:
        text = text.replace("\r\n", "\n").replace("\r", "\n")
    csv.field_size_limit(LONGEST_CELL)
    row = cells = 0
    same = SameTexts()
    try:
        # Strict: a quotation mark without its partner would make one cell of many rows, and no one would know.
        for record in csv.reader(io.StringIO(text, newline=""), delimiter=delimiter, strict=True):
            row += 1
            cells += len(record)
            if len(record) > MOST_COLUMNS:
                raise _refusal("file-too-wide", name, row=row, columns=len(record), most=MOST_COLUMNS)
            if row > MOST_ROWS:
                raise _refusal("file-too-long", name, most=MOST_ROWS)
            if cells > MOST_CELLS:
                raise _refusal("file-too-many-cells", name, cells=cells, most=MOST_CELLS)
            yield same.of(record)
    except csv.Error as error:
        code = "file-cell-too-long" if "field limit" in str(error) else "file-quotation"
        raise _refusal(code, name, row=row + 1, longest=LONGEST_CELL) from error


def _delimiter(text: str) -> str:
    """The delimiter that cuts most rows of the head alike; of two such, the one that cuts them finer."""
    return max(_DELIMITERS, key=lambda delimiter: _evenness(text[:_HEAD], delimiter))


def _evenness(head: str, delimiter: str) -> tuple[float, int]:
    """The share of rows cut to the commonest width above one, and that width."""
    widths: Counter[int] = Counter()
    # A quotation mark that does not end at a delimiter ends the count: the head is cut there, or this delimits nothing.
    with suppress(csv.Error):
        for record in csv.reader(io.StringIO(head.replace("\r", "\n"), newline=""), delimiter=delimiter, strict=True):
            widths[len(record)] += 1
            if widths.total() == _HEAD_ROWS:
                break
    rows, width = max(((rows, width) for width, rows in widths.items() if width > 1), default=(0, 0))
    return rows / max(widths.total(), 1), width


def _refusal(
    code: str, name: str, *, sheet: str | None = None, row: int | None = None, letter: str | None = None, **details: Any
) -> Refusal:
    return Refusal([Problem("error", code, sheet, row, value=name, letter=letter, details=details)])
