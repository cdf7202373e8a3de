"""Delimited text to rows: which delimiter it is, and which rows go over several lines."""

import csv
import io
import re
from collections import Counter
from collections.abc import Iterator
from contextlib import suppress
from dataclasses import dataclass, field
from typing import Any

from tracking.filing.spreadsheets.same_texts import SameTexts
from tracking.filing.spreadsheets.sheets import UnreadableError

# Half-width ones first; the others are what a Chinese keyboard types.
DELIMITERS = ",;\t|，；"
# So much of a file shows what it is delimited by.
_HEAD = 100_000
_HEAD_ROWS = 50


@dataclass(frozen=True, slots=True)
class TextLimits:
    """What a text may hold: rows, columns of a row, cells, and signs in a cell."""

    rows: int
    columns: int
    cells: int
    longest: int


_AS_A_FORMULA = re.compile('="([^"=]*)"')


@dataclass(frozen=True, slots=True)
class DelimitedText:
    """The rows of a text, what delimits them, and those (from 0) that a line break in quotation marks makes longer."""

    rows: list[list[str]]
    delimiter: str
    several_lines: frozenset[int] = field(default=frozenset())


def read(text: str, limits: TextLimits) -> DelimitedText:
    """The records of delimited text; each is a row to a spreadsheet, however many lines its quotation marks hold.

    Raises UnreadableError where it is more than the limits allow, or a quotation mark has no partner.
    """
    delimiter = _delimiter(text)
    if "\r" in text:
        text = text.replace("\r\n", "\n").replace("\r", "\n")
    csv.field_size_limit(limits.longest)
    rows: list[list[str]] = []
    several: set[int] = set()
    lines = cells = 0
    same = SameTexts()
    reader = _reader(text, delimiter)
    try:
        for record in reader:
            cells += len(record)
            if len(record) > limits.columns:
                details = {"row": len(rows) + 1, "columns": len(record), "most": limits.columns}
                raise UnreadableError("file-too-wide", **details)
            if len(rows) == limits.rows:
                raise UnreadableError("file-too-long", most=limits.rows)
            if cells > limits.cells:
                raise UnreadableError("file-too-many-cells", cells=cells, most=limits.cells)
            if reader.line_num > lines + 1:
                several.add(len(rows))
            lines = reader.line_num
            rows.append(same.of([_plain(each) for each in record] if '="' in "".join(record) else record))
    except csv.Error as error:
        code = "file-cell-too-long" if "field limit" in str(error) else "file-quotation"
        raise UnreadableError(code, row=len(rows) + 1, longest=limits.longest) from error
    return DelimitedText(rows, delimiter, frozenset(several))


def _plain(cell: str) -> str:
    """A text that was written as a formula, so that a spreadsheet leaves its zeros in front: ="00012"."""
    written = _AS_A_FORMULA.fullmatch(cell)
    return written[1] if written else cell


def cells(line: str, delimiter: str) -> list[str]:
    """The cells of one line, as far as its quotation marks let them be told."""
    with suppress(csv.Error):
        return next(_reader(line, delimiter), [])
    return line.split(delimiter)


def _reader(text: str, delimiter: str) -> Any:
    # Strict: a quotation mark without its partner would make one cell of many rows, and no one would know. A blank
    # behind a delimiter is no part of a cell: with it, a quotation mark would be one.
    return csv.reader(io.StringIO(text, newline=""), delimiter=delimiter, strict=True, skipinitialspace=True)


def _delimiter(text: str) -> str:
    """The delimiter that cuts most rows of the head alike; of two such, the one that cuts them finer."""
    head = text[:_HEAD].replace("\r", "\n")
    return max(DELIMITERS, key=lambda delimiter: _evenness(head, delimiter))


def _evenness(head: str, delimiter: str) -> tuple[float, int]:
    """The share of rows that are cut to no more than the commonest width above one, and that width.

    A short row is one whose last cells were left out.
    """
    widths: Counter[int] = Counter(map(len, _head(head, delimiter)))
    _, width = max(((rows, width) for width, rows in widths.items() if width > 1), default=(0, 0))
    cut = sum(rows for each, rows in widths.items() if 1 < each <= width)
    return cut / max(widths.total(), 1), width


def _head(head: str, delimiter: str) -> Iterator[list[str]]:
    """The first rows that say something."""
    left = _HEAD_ROWS
    # A quotation mark that does not end at a delimiter ends the count: the head is cut there, or this delimits nothing.
    with suppress(csv.Error):
        for record in _reader(head, delimiter):
            if any(record):
                yield record
                left -= 1
            if not left:
                return
