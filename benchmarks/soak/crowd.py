"""`python -m benchmarks.soak.crowd [MINUTES]`: what a page costs the server, and how long people wait for one another.

600 spaces over 3 years. First one person opens each page by themselves; then 20 people click on one dashboard with
DuckDB, 50 on two with PostgreSQL, each every four seconds. The aim is that 19 of 20 pages stand within 2 seconds.
"""

import statistics
import sys
import tempfile
import threading
import time
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path

from benchmarks import programme
from benchmarks.soak import ground
from benchmarks.soak.__main__ import CLICK_EVERY, server
from benchmarks.soak.people import Person, Seen, read
from benchmarks.soak.servers import Dashboard
from benchmarks.soak.tab import Tab
from tracking import database

SPACES = 600
ON_DUCKDB, ON_POSTGRESQL = (20, 1), (50, 2)
AIM = 2.0
# While everybody signs in and each page is drawn for the first time nothing is measured.
WARMING = 60.0
PAGES = ("overview", "space", "shortfalls", "decisions", "filing", "review")
VISITS = 10


def main() -> None:
    """Both, one after the other."""
    minutes = float(sys.argv[1]) if len(sys.argv) > 1 else 3
    with tempfile.TemporaryDirectory(ignore_cleanup_errors=True) as name:
        folder = Path(name)
        url = f"duckdb:///{folder / 'crowd.duckdb'}"
        print(f"DuckDB, {SPACES} spaces", flush=True)
        names = _lay(url, ON_DUCKDB[0])
        with _running(url, 1, folder) as dashboards:
            _alone(dashboards[0])
        with _running(url, ON_DUCKDB[1], folder) as dashboards:
            _crowd(names, dashboards, minutes)
        with server(folder) as running:
            print(f"PostgreSQL, {SPACES} spaces", flush=True)
            url = running.get_uri().replace("postgresql://", "postgresql+psycopg://")
            names = _lay(url, ON_POSTGRESQL[0])
            with _running(url, ON_POSTGRESQL[1], folder) as dashboards:
                _crowd(names, dashboards, minutes)


def _lay(url: str, people: int) -> list[str]:
    engine = database.connect(url, create=True)
    programme.fill(engine, SPACES, ground.YEARS)
    names = ground.readers_of(engine, people)
    ground.decider(engine)
    engine.dispose()
    return names


@contextmanager
def _running(url: str, many: int, folder: Path) -> Iterator[list[Dashboard]]:
    dashboards = [Dashboard(url, folder / f"{number}.log") for number in range(many)]
    try:
        for each in dashboards:
            each.wait()
        yield dashboards
    finally:
        for each in dashboards:
            each.stop()


def _alone(dashboard: Dashboard) -> None:
    """What a visit of each page costs in processor time: the first, and those after it on average."""
    tab = Tab(dashboard.port, ground.DECIDER, ground.PASSWORD)
    for page in PAGES:
        taken = []
        for _ in range(VISITS):
            before = dashboard.cpu()
            tab.open(page)
            taken.append(dashboard.cpu() - before)
        print(
            f"  {page:<12} {taken[0] * 1e3:>6,.0f} ms of CPU first {statistics.mean(taken[1:]) * 1e3:>6,.0f} ms again",
            flush=True,
        )
    tab.close()


def _crowd(names: Sequence[str], dashboards: Sequence[Dashboard], minutes: float) -> None:
    seen = Seen(until=time.monotonic() + WARMING + 60 * minutes + 600)
    over = threading.Event()
    ports = [each.port for each in dashboards]
    people = [Person(name, ports, seen) for name in names]
    threads = [threading.Thread(target=read, args=(each, over, CLICK_EVERY)) for each in people]
    for thread in threads:
        thread.start()
        time.sleep(WARMING / 2 / len(threads))
    time.sleep(WARMING / 2)
    seen.pages.clear()
    cpu, begun = sum(each.cpu() for each in dashboards), time.monotonic()
    memory = max(each.memory() for each in dashboards)
    time.sleep(60 * minutes)
    pages, passed = list(seen.pages), time.monotonic() - begun
    cpu = sum(each.cpu() for each in dashboards) - cpu
    _say(len(people), len(dashboards), pages, passed, cpu)
    print(
        f"  memory of a dashboard: {memory:.0f} MB warm, {max(each.memory() for each in dashboards):.0f} MB at the end"
    )
    over.set()
    for thread in threads:
        thread.join()
    for each in dict.fromkeys(seen.wrong):
        print(f"    {each}", flush=True)


def _say(people: int, dashboards: int, pages: Sequence[float], passed: float, cpu: float) -> None:
    cuts = statistics.quantiles(pages, n=100)
    print(
        f"  {people} people on {dashboards}: {len(pages) / passed:.2f} pages a second, "
        f"p50 {cuts[49]:.2f} s, p95 {cuts[94]:.2f} s (aim {AIM:g}), p99 {cuts[98]:.2f} s, "
        f"{cpu / len(pages) * 1e3:,.0f} ms of CPU each",
        flush=True,
    )


if __name__ == "__main__":
    main()
