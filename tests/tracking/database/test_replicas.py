"""What is no copy of the database is not read in its place (a real standby: tests/pages/test_replica.py)."""

import pytest
from sqlalchemy import Engine

from tests.policies import SHANGHAI
from tracking.database import replicas
from tracking.policy import loading as policies


def test_another_database_is_no_replica(postgres: Engine, second_postgres: Engine) -> None:
    for engine, by in ((postgres, "one"), (second_postgres, "another")):
        policies.load(engine, SHANGHAI, by=by)
    replicas.follow(postgres, second_postgres.url.render_as_string(hide_password=False))
    assert replicas.current(postgres) is postgres
    # The same loads, sealed alike.
    replicas.follow(postgres, postgres.url.render_as_string(hide_password=False))
    assert replicas.to_read(replicas.current(postgres)) is not None


@pytest.mark.parametrize("replica", ["duckdb:///copy.duckdb", "copy"])
def test_only_a_server_can_have_one(replica: str) -> None:
    server = "postgresql+psycopg://one/tracking"
    assert not replicas.fits(server, replica)
    assert not replicas.fits("duckdb:///here.duckdb", server)
    assert replicas.fits(server, server)
    assert replicas.fits("duckdb://", "")
