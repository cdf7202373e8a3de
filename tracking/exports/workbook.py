"""A table as a workbook of XLSX: typed cells, statuses in their colours, a cover before it.

TooManyRows    a sheet cannot hold so many rows
"""

import tempfile
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from datetime import datetime
from decimal import Decimal
from functools import partial
from itertools import chain
from typing import IO

import pandas as pd
import xlsxwriter
from xlsxwriter.exceptions import FileCreateError

from tracking.exports import cells
from tracking.exports.covers import Cover
from tracking.exports.provenance import Provenance
from tracking.words import looks, numbers

# What a sheet of XLSX can hold, its header included.
MOST_ROWS = 1_048_576
# What a cell of it tells of a number.
_DIGITS = 15
_MADE = datetime(2000, 1, 1)


class TooManyRows(Exception):
    """A sheet cannot hold so many rows; `rows` are asked for, `most` fit."""

    def __init__(self, rows: int) -> None:
        super().__init__(f"{rows} rows")
        self.rows = rows
        self.most = MOST_ROWS - 1


def check_fits(rows: int) -> None:
    """Raises TooManyRows where a sheet does not hold so many, before any of them is written."""
    if rows >= MOST_ROWS:
        raise TooManyRows(rows)


def write(frames: Iterable[pd.DataFrame], out: IO[bytes], cover: Cover | Provenance | None) -> None:
    """A sheet with typed cells, frozen header, filters, widths that fit; a cover before it.

    A status stands there in its colour and with its sign; what the cell holds is the code alone. A text that looks
    like a formula is marked as text, so that it stays one when somebody edits the cell.
    """
    frames = iter(frames)
    first = next(frames)
    check_fits(len(first))
    with _workbook(out) as book:
        if isinstance(cover, Cover):
            cover.draw(book)
        sheet = book.add_worksheet(cover.table if cover else "data")
        for index, name in enumerate(first.columns):
            sheet.set_column(index, index, _width(first[name]))
        sheet.write_row(0, 0, [str(name) for name in first.columns], book.add_format({"bold": True, "bottom": 1}))
        writers = [_writer(book, sheet, column) for _, column in first.items()]
        rows = 0
        for chunk in chain([first], frames):
            # What is past the last row would be left out without a word.
            check_fits(rows + len(chunk))
            for row in zip(*(cells.values(column) for _, column in chunk.items()), strict=True):
                rows += 1
                for index, value in enumerate(row):
                    if value is not None:
                        writers[index](rows, index, value)
        sheet.freeze_panes(1, 0)
        sheet.autofilter(0, 0, rows, max(len(first.columns) - 1, 0))


@contextmanager
def _workbook(out: IO[bytes]) -> Iterator[xlsxwriter.Workbook]:
    """A workbook whose rows wait on the disk; nothing of it stays there, whatever happens. Raises OSError."""
    with tempfile.TemporaryDirectory() as folder:
        # A text stays a text, whatever it begins with.
        texts = {"strings_to_formulas": False, "strings_to_urls": False}
        try:
            with xlsxwriter.Workbook(out, {"constant_memory": True, "tmpdir": folder, **texts}) as book:
                # A million rows with their texts are more than the two gigabytes that a plain ZIP takes.
                book.use_zip64()
                book.set_properties({"created": _MADE})
                yield book
        except FileCreateError as error:
            (refused,) = error.args
            raise refused from error


def _writer(
    book: xlsxwriter.Workbook, sheet: xlsxwriter.worksheet.Worksheet, column: pd.Series
) -> Callable[[int, int, object], None]:
    """What puts a value of a column into a cell, by row and column."""
    if pd.api.types.is_datetime64_dtype(column):
        pattern = "yyyy-mm-dd" if str(column.dtype).endswith("[s]") else "yyyy-mm-dd hh:mm:ss"
        return partial(_write_time, sheet, book.add_format({"num_format": pattern}))
    return partial(_write_cell, sheet, _marks(book, str(column.name)), book.add_format({"quote_prefix": True}))


def _marks(book: xlsxwriter.Workbook, column: str) -> dict[str, object]:
    """By code of a column, the format that shows its sign before it, in its colour."""
    return {
        code: book.add_format({"bg_color": look.colour, "font_color": look.ink, "num_format": f'@;@;@;"{look.sign} "@'})
        for code, look in (looks.of(column) or {}).items()
    }


def _write_time(
    sheet: xlsxwriter.worksheet.Worksheet, shown: xlsxwriter.format.Format, row: int, at: int, value: datetime
) -> None:
    sheet.write_datetime(row, at, value, shown)


def _write_cell(
    sheet: xlsxwriter.worksheet.Worksheet,
    marks: dict[str, object],
    text: xlsxwriter.format.Format,
    row: int,
    at: int,
    value: object,
) -> None:
    if isinstance(value, str):
        sheet.write_string(row, at, value, text if value.startswith(cells.FORMULA_SIGNS) else marks.get(value))
    elif isinstance(value, bool):
        sheet.write_boolean(row, at, value)
    else:
        sheet.write_number(row, at, float(value))  # type: ignore[arg-type]
        if isinstance(value, Decimal) and len(numbers.digits(value).replace(".", "")) > _DIGITS:
            sheet.write_comment(row, at, numbers.digits(value))


def _width(column: pd.Series) -> float:
    """Characters, a Chinese one counting twice, of the header and the first rows; never a whole screen."""
    texts = [str(column.name), *map(str, column.head(200).dropna())]
    longest = max(sum(2 if ord(sign) > 0x2E7F else 1 for sign in text) for text in texts)
    return min(max(longest + 2, 8), 48)
