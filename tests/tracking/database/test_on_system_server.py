"""PostgreSQL as Debian ships it, which compiles queries to machine code: the one from PyPI cannot."""

import json
from collections.abc import Iterator

import pytest
import sqlalchemy as sa
from sqlalchemy import Engine

from tests import system_servers
from tests.tracking.database.test_upgrades import DAY, FIXTURES
from tracking import database
from tracking.database import refresh
from tracking.exports import formats
from tracking.results.tables import attainment

pytestmark = pytest.mark.skipif(not system_servers.PROGRAMS, reason="PostgreSQL of the system is not installed")


@pytest.fixture
def system_server() -> Iterator[str]:
    """The address of an empty database on a server of the system's own programs, reached by a socket."""
    with system_servers.folder() as at, system_servers.server(at) as address:
        yield address


@pytest.fixture
def filled(system_server: str) -> Iterator[Engine]:
    """A database of the first shape, brought up."""
    other = sa.create_engine(system_server)
    with other.begin() as connection:
        connection.connection.cursor().execute((FIXTURES / "0" / "database.sql").read_text(encoding="utf-8"))
    other.dispose()
    engine = database.connect(system_server, create=True)
    database.initialise(engine)
    refresh.follow_schema(engine)
    yield engine
    engine.dispose()


def test_it_answers_as_any_other_and_compiles_nothing(filled: Engine) -> None:
    with database.reading(filled, DAY) as connection:
        evaluations = formats.to_csv(attainment.read(connection, "evaluations", {"lang": "en"})).decode("utf-8-sig")
        plan = connection.execute(sa.text("EXPLAIN (ANALYZE, FORMAT JSON) SELECT * FROM shortfalls")).scalar_one()
        # Left to itself it compiles: the ground on which the line above says something.
        connection.execute(sa.text("SET LOCAL jit = on"))
        compiled = connection.execute(sa.text("EXPLAIN (ANALYZE, FORMAT JSON) SELECT * FROM shortfalls")).scalar_one()
    then = (FIXTURES / "0" / "evaluations.csv").read_text(encoding="utf-8-sig")
    assert [line.split(",")[:10] for line in evaluations.splitlines()] == [
        line.split(",")[:10] for line in then.splitlines()
    ]
    assert "JIT" not in json.dumps(plan)
    assert "JIT" in json.dumps(compiled)


def test_a_space_is_found_by_an_index(filled: Engine) -> None:
    with filled.connect() as connection:
        connection.execute(sa.text("SET LOCAL enable_seqscan = off"))
        for table in ("observation", *refresh.STORED):
            question = sa.text(f"EXPLAIN (FORMAT JSON) SELECT * FROM {table} WHERE space_id = 'SL00001'")
            plan = json.dumps(connection.execute(question).scalar_one())
            assert f"{table}_space" in plan, table
