"""A real standby of PostgreSQL: what is read there is what the first server has, and a page says how old it is."""

import time
from collections.abc import Callable, Iterator

import pytest
import sqlalchemy as sa
from sqlalchemy import Engine

from pages.shared import data
from tests import databases, system_servers
from tests.pages.conftest import OpenPage, said
from tests.tracking.results.test_brands import HEADER
from tracking import database
from tracking.access import people
from tracking.database import Scope, replicas
from tracking.filing import loading, register
from tracking.maintenance import dashboard
from tracking.policy import loading as policies

pytestmark = pytest.mark.skipif(not system_servers.PROGRAMS, reason="PostgreSQL of the system is not installed")
PATIENCE = 30


@pytest.fixture
def servers() -> Iterator[str]:
    """The folder of a server with two spaces and its replica."""
    with system_servers.folder() as at, system_servers.server(at) as first:
        engine = database.connect(first, create=True)
        database.initialise(engine)
        policies.load(engine, databases.SHANGHAI, by="tests")
        rows = "".join(f"S{n},S{n},A,o,,branding,2024,2026\n" for n in (1, 2))
        assert register.load(engine, (HEADER + rows).encode(), "register.csv", by="tests").loaded
        file(engine, 1)
        engine.dispose()
        with system_servers.replica(at):
            yield at


def file(engine: Engine, figure: int) -> None:
    content = f"space_id,year,funded_firms\nS1,2024,{figure}\nS2,2024,{figure}\n"
    assert loading.load(engine, content.encode(), f"{figure}.csv", by="tests").loaded


def wait(until: Callable[[], bool]) -> None:
    over = time.monotonic() + PATIENCE
    while not until():
        assert time.monotonic() < over
        time.sleep(0.05)


def test_a_replica_is_read_as_far_as_it_has_what_was_seen_and_stored(
    servers: str, open_page: OpenPage, monkeypatch: pytest.MonkeyPatch
) -> None:
    first, second = (system_servers.address(servers, system_servers.PORT + n) for n in (0, 1))
    monkeypatch.setenv(dashboard.REPLICA, second)
    elsewhere, standby = database.connect(first), sa.create_engine(second, isolation_level="AUTOCOMMIT")
    engine = dashboard.connect(first)
    replica = replicas.follower(engine)
    assert replica is not None
    with database.reading(elsewhere) as connection:
        version = database.data_version(connection)
    wait(lambda: replica.version() == version)

    # The same views by the same scopes, from the server that takes no rows; what is stored goes to the other.
    for scopes, spaces in (((database.CITY,), ["S1", "S2"]), ((Scope("space", "S2"),), ["S2"]), ((), [])):
        with database.reading(replicas.current(database.seen_by(engine, scopes))) as connection:
            assert connection.execute(sa.text("SELECT pg_is_in_recovery()")).scalar_one()
            seen = connection.execute(sa.text("SELECT DISTINCT space_id FROM attainment ORDER BY space_id"))
            assert list(seen.scalars()) == spaces
    file(replicas.at_replica(people.seen_by(engine, people.KEEPER)), 2)
    version += 1
    wait(lambda: replica.version() == version)

    with standby.connect() as connection:
        connection.execute(sa.text("SELECT pg_wal_replay_pause()"))
    page = open_page(first, "shortfalls")
    assert f"数据版本 {version}，最新" in said(page)
    # Somebody else files: who has seen none of it reads on, and is told.
    file(elsewhere, 3)
    assert f"（数据版本 {version}）" in said(page.run())
    assert "尚未同步：1 次" in said(page)
    # A session that begins, one that shows what is to be stored on, and one whose process stores read what is newest.
    assert "数据库副本" not in said(open_page(first, "shortfalls"))
    file(data._engine(first), 4)
    assert "数据库副本" not in said(page.run())
    assert replicas.current(engine) is engine
    with standby.connect() as connection:
        connection.execute(sa.text("SELECT pg_wal_replay_resume()"))
    wait(lambda: replica.version() == version + 2)
    assert f"数据版本 {version + 2}，最新" in said(page.run())

    standby.dispose()
    system_servers.stop(servers, "replica")
    with database.reading(replicas.at_replica(engine)) as connection:
        assert database.data_version(connection) == version + 2
    assert "数据库副本" not in said(page.run())
    assert not page.exception
    for each in (elsewhere, engine, data._engine(first)):
        each.dispose()
