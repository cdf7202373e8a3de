"""Frames to files: CSV, JSON, XLSX, Parquet. The same rows give the same bytes, every time, in one frame or in many.

In a frame a datetime64[s] is a date and a datetime64[us] a moment, as `attainment` makes them.
"""

import io
import json
import tempfile
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from datetime import date, datetime
from decimal import Decimal
from functools import partial
from itertools import chain
from typing import IO

import pandas as pd
import pyarrow as pa
import pyarrow.compute as pc
import pyarrow.parquet
import xlsxwriter
from sqlalchemy import Connection
from xlsxwriter.exceptions import FileCreateError

from tracking import database
from tracking.exports import covers, provenance
from tracking.exports.covers import Cover
from tracking.exports.provenance import Closing, Provenance
from tracking.results.tables import attainment, observations
from tracking.results.tables.columns import COLUMNS
from tracking.results.tables.filters import Chosen
from tracking.words import looks, numbers

# Text that begins so is run as a formula by some spreadsheet, full-width as well. Source: OWASP, CSV injection.
FORMULA_SIGNS = ("=", "+", "-", "@", "\t", "\r", "\n", "＝", "＋", "－", "＠")
# What a sheet of XLSX can hold, its header included.
MOST_XLSX_ROWS = 1_048_576
# What a cell of it tells of a number.
_XLSX_DIGITS = 15
# Rows that are held at one time, and that stand together in a file of Parquet.
CHUNK = database.CHUNK
# Bytes of a file that waits to be sent on.
MOST_IN_MEMORY = 1 << 24
# Rows after which the progress is told: a third of a second of a workbook.
_STEP = 2_000
_QUOTE = '"'
# What a cell of CSV cannot hold without quotes; some spreadsheets part at a semicolon and a tab as well.
_QUOTED = (",", ";", "\t", _QUOTE, "\r", "\n")
_MADE = datetime(2000, 1, 1)
# The formats that have a place for what the rows rest on.
_TELLING = ("xlsx", "parquet")
# Where a file of Parquet says what it rests on, as JSON.
METADATA = b"tracking"
About = Cover | Provenance


class TooManyRows(Exception):
    """A sheet cannot hold so many rows; `rows` are asked for, `most` fit."""

    def __init__(self, rows: int) -> None:
        super().__init__(f"{rows} rows")
        self.rows = rows
        self.most = MOST_XLSX_ROWS - 1


def write(frames: Iterable[pd.DataFrame], form: str, out: IO[bytes], cover: About | None = None) -> None:
    """Write a table that comes in frames as a file of one of FORMATS; no more than CHUNK rows are held for it.

    There is at least one frame; the first tells the columns. The cover, or what else is told of what the rows rest on,
    stands where the format has a place for it. Raises TooManyRows.
    """
    FORMATS[form](frames, out, cover)


def written(frames: Iterable[pd.DataFrame], form: str, cover: About | None = None) -> bytes:
    """The bytes that `write` writes."""
    out = io.BytesIO()
    write(frames, form, out, cover)
    return out.getvalue()


def export(
    connection: Connection,
    table: str,
    chosen: Chosen,
    form: str,
    out: IO[bytes],
    progress: Callable[[int], None] | None = None,
    closing: Closing | None = None,
) -> None:
    """Write one of attainment.COLUMNS or observations_wide as chosen, as of the connection's day and data.

    What it rests on stands where the format has a place for it. `progress` is told now and then how
    many rows are done; `closing` is what a closed year was decided by. Raises TooManyRows, before any is read.
    """
    wide = table == "observations_wide"
    about: About | None = None
    if form in _TELLING:
        about = rests_on = provenance.of(connection, table, chosen, closing=closing)
    if form == "xlsx":
        rows = observations.count(connection, chosen) if wide else attainment.count(connection, table, chosen)
        check_fits(form, rows)
        columns = observations.columns(connection, chosen) if wide else COLUMNS[table]
        about = covers.cover(connection, rests_on, chosen, columns, rows)
    frames = (
        observations.frames(connection, chosen, exact=True)
        if wide
        else attainment.frames(connection, table, chosen, exact=True)
    )
    write(frames if progress is None else _watched(frames, progress), form, out, about)


def spooled(write: Callable[[IO[bytes]], None]) -> IO[bytes]:
    """What is written, whole, to be read from its start and closed: a large file stands on the disk till then.

    Raises OSError with the folder where that disk has no room.
    """
    out = tempfile.SpooledTemporaryFile(max_size=MOST_IN_MEMORY)  # noqa: SIM115 - closed by who reads it
    try:
        write(out)
        out.seek(0)
    except OSError as error:
        out.close()
        raise OSError(error.errno, error.strerror or str(error), tempfile.gettempdir()) from error
    except BaseException:
        out.close()
        raise
    return out


def check_fits(form: str, rows: int) -> None:
    """Raises TooManyRows where a file of the format does not hold so many, before any of them is written."""
    if form == "xlsx" and rows >= MOST_XLSX_ROWS:
        raise TooManyRows(rows)


def to_csv(frame: pd.DataFrame) -> bytes:
    """UTF-8 with a byte-order mark and CRLF, so that a spreadsheet opens Chinese as Chinese; text defused."""
    return written([frame], "csv")


def _write_csv(frames: Iterable[pd.DataFrame], out: IO[bytes], _: About | None) -> None:
    """UTF-8 with a byte-order mark and CRLF, so that a spreadsheet opens Chinese as Chinese; text defused."""
    for at, frame in enumerate(_chunks(frames)):
        if at == 0:
            out.write(f"\ufeff{','.join(_cell(str(name)) for name in frame.columns)}\r\n".encode())
        cells = [_texts(column, _cell) for _, column in frame.items()]
        lines = pc.binary_join_element_wise(*cells, ",", null_handling="replace")
        out.write(_joined(pc.binary_join_element_wise(lines, "", "\r\n"), ""))


def _write_json(frames: Iterable[pd.DataFrame], out: IO[bytes], _: About | None) -> None:
    """A list with an object per line; numbers as numbers, null where there is none. Text is not defused."""
    out.write(b"[\n")
    for at, frame in enumerate(_chunks(frames)):
        names = [f"{'{' if first == 0 else ', '}{_json(str(name))}: " for first, name in enumerate(frame.columns)]
        values = [_texts(column, _json) for _, column in frame.items()]
        parts = [*chain.from_iterable(zip(names, values, strict=True)), "}", ""]
        lines = pc.binary_join_element_wise(*parts, null_handling="replace", null_replacement="null")
        out.write(b",\n" if at else b"")
        out.write(_joined(lines, ",\n"))
    out.write(b"\n]\n")


def _write_parquet(frames: Iterable[pd.DataFrame], out: IO[bytes], cover: About | None) -> None:
    """Typed, a day as a date; text is not defused. What the rows rest on is in the metadata, under METADATA."""
    frames = map(_as_doubles, frames)
    first = next(frames)
    schema = pa.Schema.from_pandas(first, preserve_index=False)
    # Parquet has no moments in seconds: what is a day would come back as midnight.
    days = [field.with_type(pa.date32()) if field.type == pa.timestamp("s") else field for field in schema]
    metadata = dict(schema.metadata)
    if cover:
        rests_on = cover.provenance if isinstance(cover, Cover) else cover
        metadata[METADATA] = rests_on.as_json().encode()
    with pa.parquet.ParquetWriter(out, pa.schema(days, metadata)) as file:
        for chunk in _chunks(chain([first], frames)):
            table = pa.Table.from_pandas(chunk, schema, preserve_index=False)
            file.write_table(table.cast(file.schema))


def _write_xlsx(frames: Iterable[pd.DataFrame], out: IO[bytes], cover: About | None) -> None:
    """A sheet with typed cells, frozen header, filters, widths that fit; a cover before it.

    A status stands there in its colour and with its sign; what the cell holds is the code alone. A text that looks
    like a formula is marked as text, so that it stays one when somebody edits the cell.
    """
    frames = iter(frames)
    first = next(frames)
    check_fits("xlsx", len(first))
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
            check_fits("xlsx", rows + len(chunk))
            for row in zip(*(_values(column) for _, column in chunk.items()), strict=True):
                rows += 1
                for index, value in enumerate(row):
                    if value is not None:
                        writers[index](rows, index, value)
        sheet.freeze_panes(1, 0)
        sheet.autofilter(0, 0, rows, max(len(first.columns) - 1, 0))


FORMATS: dict[str, Callable[[Iterable[pd.DataFrame], IO[bytes], About | None], None]] = {
    "csv": _write_csv,
    "json": _write_json,
    "xlsx": _write_xlsx,
    "parquet": _write_parquet,
}


def _watched(frames: Iterable[pd.DataFrame], progress: Callable[[int], None]) -> Iterator[pd.DataFrame]:
    done = 0
    for frame in frames:
        for first in range(0, max(len(frame), 1), _STEP):
            piece = frame.iloc[first : first + _STEP]
            yield piece
            done += len(piece)
            progress(done)


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


def _chunks(frames: Iterable[pd.DataFrame]) -> Iterator[pd.DataFrame]:
    """The rows CHUNK by CHUNK, however they came; a frame without rows where there are none."""
    rest, any_rows = pd.DataFrame(), False
    for frame in frames:
        rest = pd.concat([rest, frame]) if len(rest) else frame
        while len(rest) >= CHUNK:
            yield rest.iloc[:CHUNK]
            rest, any_rows = rest.iloc[CHUNK:], True
    if len(rest) or not any_rows:
        yield rest


def _joined(lines: pa.StringArray, between: str) -> bytes:
    whole = pc.binary_join(pa.ListArray.from_arrays(pa.array([0, len(lines)], pa.int32()), lines), between)[0]
    return bytes(whole.as_buffer())


def _as_doubles(frame: pd.DataFrame) -> pd.DataFrame:
    """The frame with its exact figures as near as a double comes: a column of Parquet has one type."""
    exact = [name for name, column in frame.items() if column.dtype == object and column.map(type).eq(Decimal).any()]
    return frame.astype(dict.fromkeys(exact, "float64"))


def _values(column: pd.Series) -> list[object]:
    """What the cells of a column say, None where one says nothing."""
    if column.dtype == object:
        return [None if pd.isna(value) else value for value in column]
    values = pa.Array.from_pandas(column)
    cells: list[object] = values.to_pylist()
    return cells


def _texts(column: pd.Series, write: Callable[[object], str]) -> pa.StringArray:
    """The values of a column as text, null where there is none. A value that comes often is written once."""
    if column.dtype == object:
        return pa.array([None if value is None else write(value) for value in _values(column)], pa.string())
    values = pa.Array.from_pandas(column)
    encoded = (values.combine_chunks() if isinstance(values, pa.ChunkedArray) else values).dictionary_encode()
    days = str(column.dtype) == "datetime64[s]"
    distinct = encoded.dictionary.to_pylist()
    return pa.array([write(value.date() if days else value) for value in distinct], pa.string()).take(encoded.indices)


def _cell(value: object) -> str:
    """A value as CSV has it: a text defused, and in quotes where it needs them."""
    match value:
        case str():
            text = f"'{value}" if value.startswith(FORMULA_SIGNS) else value
            return f'"{text.replace(_QUOTE, _QUOTE * 2)}"' if any(sign in text for sign in _QUOTED) else text
        case bool():
            return "true" if value else "false"
        case float():
            # The shortest text that reads back to the same number, without a .0 behind a whole one.
            return repr(value).removesuffix(".0")
        case Decimal():
            return numbers.digits(value)
        case date():
            return value.isoformat()
        case _:
            return str(value)


def _json(value: object) -> str:
    """A value as JSON has it."""
    match value:
        case float() if value.is_integer():
            return str(int(value))
        case Decimal():
            return numbers.digits(value)
        case datetime():
            return f'"{value.isoformat(timespec="seconds")}"'
        case date():
            return f'"{value.isoformat()}"'
        case _:
            return json.dumps(value, ensure_ascii=False)


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
        sheet.write_string(row, at, value, text if value.startswith(FORMULA_SIGNS) else marks.get(value))
    elif isinstance(value, bool):
        sheet.write_boolean(row, at, value)
    else:
        sheet.write_number(row, at, float(value))  # type: ignore[arg-type]
        if isinstance(value, Decimal) and len(numbers.digits(value).replace(".", "")) > _XLSX_DIGITS:
            sheet.write_comment(row, at, numbers.digits(value))


def _width(column: pd.Series) -> float:
    """Characters, a Chinese one counting twice, of the header and the first rows; never a whole screen."""
    texts = [str(column.name), *map(str, column.head(200).dropna())]
    longest = max(sum(2 if ord(sign) > 0x2E7F else 1 for sign in text) for text in texts)
    return min(max(longest + 2, 8), 48)
