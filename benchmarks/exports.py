"""Writing the attainment of a country, by format: rows a second, peak memory, and DuckDB's own COPY beside it.

Each is measured in a process of its own (`python -m benchmarks.exports URL FORMAT ROWS`), so that its peak is its own.
What a sheet cannot hold is told at once, so XLSX is measured over fewer rows.
"""

import io
import json
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterable, Iterator
from datetime import date

import duckdb
import pandas as pd
from sqlalchemy.engine import make_url

from benchmarks import memory
from benchmarks.timing import best, say
from tracking import database
from tracking.exports import formats, workbook
from tracking.results.tables import attainment
from tracking.results.tables.columns import ATTAINMENT

ROWS = 1_200_000
# A sheet holds no more than 1,048,575, and takes its time.
XLSX_ROWS = 100_000
AS_OF = date(2024, 6, 1)
_COLUMNS = ", ".join(f"{name}_zh" if name in ("metric_name", "unit") else name for name in ATTAINMENT)
_ORDER = "space_id, track, year, edition, position"


def run(url: str) -> None:
    """Print what each format takes to read and write; `url` is of a DuckDB file that no process holds."""
    path = make_url(url).database or ""
    for form in formats.FORMATS:
        rows = XLSX_ROWS if form == "xlsx" else ROWS
        done = subprocess.run(
            [sys.executable, "-m", "benchmarks.exports", url, form, str(rows)],
            capture_output=True,
            check=True,
            text=True,
        )
        taken = json.loads(done.stdout)
        rows = taken["rows"]
        remark = f"{rows / taken['seconds']:,.0f} rows a second, {taken['megabytes']:,} MB at most"
        if form in ("csv", "parquet"):
            remark += f", {taken['seconds'] / _copy(path, form, rows):.2f} × COPY (aim 3)"
        say(f"attainment as {form}, {rows:,} rows", taken["seconds"], remark)
    _refusing(url)


def _refusing(url: str) -> None:
    """How soon it is told that a sheet does not hold the whole, where it does not."""
    engine = database.connect(url)
    with database.reading(engine, AS_OF) as connection:
        if attainment.count(connection, "attainment", {}) >= workbook.MOST_ROWS:
            started = time.perf_counter()
            try:
                formats.export(connection, "attainment", {}, "xlsx", io.BytesIO())
            except workbook.TooManyRows as refusal:
                remark = f"{refusal.most:,} fit"
                say(f"attainment as xlsx, {refusal.rows:,} rows, refused", time.perf_counter() - started, remark)
    engine.dispose()


def _copy(path: str, form: str, rows: int) -> float:
    """Seconds that DuckDB takes to write the same rows in the same order."""
    with tempfile.TemporaryDirectory() as folder, duckdb.connect(path) as connection:
        query = f"SELECT {_COLUMNS} FROM attainment ORDER BY {_ORDER} LIMIT {rows}"
        connection.execute("SET enable_progress_bar = false")
        # Who sees the city, until it is closed: to anybody else there are no rows.
        connection.begin()
        connection.execute("INSERT INTO chosen_viewer VALUES ('city', '')")
        taken = best(lambda: connection.execute(f"COPY ({query}) TO '{folder}/copy.{form}' (FORMAT {form})"), runs=2)
        connection.rollback()
        return taken


def _measured(url: str, form: str, rows: int) -> dict[str, float]:
    written: list[int] = []
    started = time.perf_counter()
    with database.reading(database.connect(url), AS_OF) as connection:
        frames = _first(rows, attainment.frames(connection, "attainment", {}), written)
        with tempfile.TemporaryFile() as out:
            formats.write(frames, form, out)
    return {"rows": sum(written), "seconds": time.perf_counter() - started, "megabytes": round(memory.peak())}


def _first(rows: int, frames: Iterable[pd.DataFrame], counted: list[int]) -> Iterator[pd.DataFrame]:
    """The first frames, as many as together have so many rows."""
    for frame in frames:
        counted.append(len(frame))
        yield frame
        if sum(counted) >= rows:
            return


if __name__ == "__main__":
    print(json.dumps(_measured(sys.argv[1], sys.argv[2], int(sys.argv[3]))))
