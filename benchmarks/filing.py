"""Filing a wide CSV: read, checked, stored and judged, against DuckDB's own reading and inserting of the same file.

Both sides write to a file that is theirs alone and are done when it is closed, with everything on the disk. DuckDB
guesses the types of all columns and inserts the rows as they stand in the file; here every cell is understood and held
against the policy, the register and the year before, and every figure is stored in a row of its own.
"""

import json
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Callable
from pathlib import Path
from unittest import mock

import duckdb
from sqlalchemy import Engine

from benchmarks import memory, programme
from benchmarks.timing import best, say
from tracking import database
from tracking.database import refresh
from tracking.filing import loading

YEARS = 10
SIZES = (1_000, 10_000, 100_000)
RUNS = 3


def run() -> None:
    """Print, for each size of file, what it takes: the ratio is to DuckDB's own, and 1,000 rows show how it grows."""
    for rows in SIZES:
        with tempfile.TemporaryDirectory() as folder:
            content, registered = Path(folder) / "filings.csv", Path(folder) / "registered.duckdb"
            engine = database.connect(f"duckdb:///{registered}", create=True)
            programme.enrol(engine, rows // YEARS, YEARS)
            programme.wide(engine, rows // YEARS, YEARS).to_csv(content, index=False)
            engine.dispose()
            bare = 0.0
            for work in WORKS:
                taken = _apart(work, content, registered, rows)
                seconds = taken["seconds"]
                bare = bare or seconds
                aim = " (aim 5)" if work == "read, checked and stored" and rows == 10_000 else ""
                remark = f"{seconds / bare:.1f} ×{aim}, {seconds / rows * 1e6:,.1f} ms and "
                remark += f"{taken['megabytes'] / rows * 1e3:,.1f} MB per 1,000 rows, {taken['megabytes']:,.0f} MB"
                say(f"{rows:,} rows {work}", seconds, remark)


def _inserted(content: Path, registered: Path, _rows: int) -> float:
    def insert() -> None:
        connection.execute("CREATE TABLE filings AS FROM read_csv(?) LIMIT 0", [str(content)])
        connection.execute("INSERT INTO filings FROM read_csv(?)", [str(content)])
        connection.close()

    seconds = []
    for number in range(RUNS):
        connection = duckdb.connect(registered.with_name(f"bare{number}.duckdb"))
        seconds.append(best(insert, runs=1))
    return min(seconds)


def _checked(content: Path, registered: Path, rows: int) -> float:
    def check(engine: Engine) -> None:
        report = loading.check(engine, content.read_bytes(), content.name)
        assert report.filings == rows, report.problems[:3]

    return _on_copies(registered, check)


def _stored(content: Path, registered: Path, rows: int) -> float:
    with mock.patch.object(refresh, "refresh"):
        return _judged(content, registered, rows)


def _judged(content: Path, registered: Path, rows: int) -> float:
    def load(engine: Engine) -> None:
        report = loading.load(engine, content.read_bytes(), content.name, by="benchmark")
        assert len(report.revisions) == rows, report.problems[:3]

    return _on_copies(registered, load)


def _on_copies(registered: Path, work: Callable[[Engine], None]) -> float:
    """Seconds of the quickest run, each on a database in which nothing is filed."""

    def once() -> None:
        work(engine)
        engine.dispose()

    seconds = []
    for _ in range(RUNS):
        # A folder each: loads that stand beside an earlier copy would be brought back into the next one.
        with tempfile.TemporaryDirectory(dir=registered.parent) as folder:
            path = Path(folder) / registered.name
            shutil.copy(registered, path)
            loads = f"{registered.name}.loads"
            shutil.copytree(registered.with_name(loads), path.with_name(loads))
            engine = database.connect(f"duckdb:///{path}")
            seconds.append(best(once, runs=1))
    return min(seconds)


def _apart(work: str, content: Path, registered: Path, rows: int) -> dict[str, float]:
    """The seconds and megabytes of one work, in a process of its own, so that its peak is its own."""
    command = [sys.executable, "-m", "benchmarks.filing", work, str(content), str(registered), str(rows)]
    taken: dict[str, float] = json.loads(subprocess.run(command, capture_output=True, check=True, text=True).stdout)
    return taken


def _measured(work: str, content: str, registered: str, rows: str) -> dict[str, float]:
    """The quickest of RUNS, and the most memory beyond what was held before."""
    before = memory.held()
    seconds = WORKS[work](Path(content), Path(registered), int(rows))
    return {"seconds": seconds, "megabytes": memory.peak() - before}


WORKS = {
    "by read_csv and insert": _inserted,
    "read and checked": _checked,
    "read, checked and stored": _stored,
    "read, checked, stored and judged": _judged,
}

if __name__ == "__main__":
    print(json.dumps(_measured(*sys.argv[1:])))
