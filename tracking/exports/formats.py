"""Frames to files: CSV, JSON, XLSX, Parquet. The same rows give the same bytes, every time, in one frame or in many.

In a frame a datetime64[s] is a date and a datetime64[us] a moment, as `attainment` makes them.
"""

import io
import tempfile
from collections.abc import Callable, Iterable, Iterator
from decimal import Decimal
from itertools import chain
from typing import IO

import pandas as pd
import pyarrow as pa
import pyarrow.compute as pc
import pyarrow.parquet
from sqlalchemy import Connection

from tracking import database
from tracking.exports import cells, covers, provenance, workbook
from tracking.exports.covers import Cover
from tracking.exports.provenance import Closing, Provenance
from tracking.results.tables import attainment, observations
from tracking.results.tables.columns import COLUMNS
from tracking.results.tables.filters import Chosen

# Rows that are held at one time, and that stand together in a file of Parquet.
CHUNK = database.CHUNK
# Bytes of a file that waits to be sent on.
MOST_IN_MEMORY = 1 << 24
# Rows after which the progress is told: a third of a second of a workbook.
_STEP = 2_000
# The formats that have a place for what the rows rest on.
_TELLING = ("xlsx", "parquet")
# Where a file of Parquet says what it rests on, as JSON.
METADATA = b"tracking"
About = Cover | Provenance


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
    if form == "xlsx":
        workbook.check_fits(rows)


def to_csv(frame: pd.DataFrame) -> bytes:
    """UTF-8 with a byte-order mark and CRLF, so that a spreadsheet opens Chinese as Chinese; text defused."""
    return written([frame], "csv")


def _write_csv(frames: Iterable[pd.DataFrame], out: IO[bytes], _: About | None) -> None:
    """UTF-8 with a byte-order mark and CRLF, so that a spreadsheet opens Chinese as Chinese; text defused."""
    for at, frame in enumerate(_chunks(frames)):
        if at == 0:
            out.write(f"\ufeff{','.join(cells.csv(str(name)) for name in frame.columns)}\r\n".encode())
        columns = [cells.texts(column, cells.csv) for _, column in frame.items()]
        ends = [","] * (len(columns) - 1) + ["\r\n"]
        out.write(_lines(chain.from_iterable(zip(columns, ends, strict=True)), ""))


def _write_json(frames: Iterable[pd.DataFrame], out: IO[bytes], _: About | None) -> None:
    """A list with an object per line; numbers as numbers, null where there is none. Text is not defused."""
    between = ",\n"
    out.write(b"[\n")
    for at, frame in enumerate(_chunks(frames)):
        names = [f"{', ' if nth else between + '{'}{cells.json(str(name))}: " for nth, name in enumerate(frame.columns)]
        values = [cells.texts(column, cells.json) for _, column in frame.items()]
        lines = _lines([*chain.from_iterable(zip(names, values, strict=True)), "}"], "null")
        out.write(lines if at else lines[len(between) :])
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


def _lines(parts: Iterable[pa.StringArray | str], missing: str) -> memoryview:
    """The bytes of all lines, one behind the other, each of them its parts in their order; `missing` is for a null."""
    lines = pc.binary_join_element_wise(*parts, "", null_handling="replace", null_replacement=missing)
    # Arrow holds texts so already: to join them would write each of them twice.
    return memoryview(lines.buffers()[2])[: pc.sum(pc.binary_length(lines)).as_py() or 0]


FORMATS: dict[str, Callable[[Iterable[pd.DataFrame], IO[bytes], About | None], None]] = {
    "csv": _write_csv,
    "json": _write_json,
    "xlsx": workbook.write,
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


def _as_doubles(frame: pd.DataFrame) -> pd.DataFrame:
    """The frame with its exact figures as near as a double comes: a column of Parquet has one type."""
    exact = [name for name, column in frame.items() if column.dtype == object and column.map(type).eq(Decimal).any()]
    return frame.astype(dict.fromkeys(exact, "float64"))
