"""Filing a wide CSV: read, checked, stored and judged, against DuckDB's own reading and inserting of the same file."""

import multiprocessing
import resource
import tempfile
from collections.abc import Callable
from pathlib import Path

import duckdb
from sqlalchemy import Engine

from benchmarks import programme
from benchmarks.timing import best, say
from tracking import database, loading

YEARS = 10
SIZES = (1_000, 10_000, 100_000)


def run() -> None:
    """Print, for each size of file, what it takes and how much memory."""
    for rows in SIZES:
        with tempfile.TemporaryDirectory() as folder:
            path = Path(folder) / "filings.csv"
            programme.wide(_registered(rows), rows // YEARS, YEARS).to_csv(path, index=False)
            bare = best(lambda path=path: _bare(path))  # type: ignore[misc]
            for what, work in (("read and checked", _checked), ("read, checked, stored and judged", _loaded)):
                seconds, memory = _apart(work, path, rows)
                remark = f"{seconds / bare:.1f} × read_csv and insert; {rows / seconds:,.0f} rows/s, {memory:,.0f} MB"
                say(f"{rows:,} rows {what}", seconds, remark)


def _bare(path: Path) -> None:
    with duckdb.connect() as connection:
        connection.execute("CREATE TABLE filings AS FROM read_csv(?) LIMIT 0", [str(path)])
        connection.execute("INSERT INTO filings FROM read_csv(?)", [str(path)])


def _checked(path: Path, rows: int) -> float:
    engine = _registered(rows)

    def check() -> None:
        report = loading.check(engine, path.read_bytes(), path.name)
        assert report.filings == rows, report.problems[:3]

    return best(check, runs=1)


def _loaded(path: Path, rows: int) -> float:
    engine = _registered(rows)

    def load() -> None:
        report = loading.load(engine, path.read_bytes(), path.name, by="benchmark")
        assert report.filings == rows, report.problems[:3]

    return best(load, runs=1)


def _registered(rows: int) -> Engine:
    engine = database.connect("duckdb://", create=True)
    programme.enrol(engine, rows // YEARS, YEARS)
    return engine


def _apart(work: Callable[[Path, int], float], path: Path, rows: int) -> tuple[float, float]:
    """Seconds, and the most memory in MB that it took beyond what was there before, in a process of its own."""
    with multiprocessing.get_context("spawn").Pool(1) as pool:
        return pool.apply(_measured, (work, path, rows))


def _measured(work: Callable[[Path, int], float], path: Path, rows: int) -> tuple[float, float]:
    before = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    seconds = work(path, rows)
    return seconds, (resource.getrusage(resource.RUSAGE_SELF).ru_maxrss - before) / 1024
