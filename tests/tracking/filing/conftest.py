"""The words of Shanghai's policy, read once."""

from collections.abc import Iterator

import pytest
from sqlalchemy import Engine

from tests.conftest import SHANGHAI
from tracking import database
from tracking.policy import loading as policies
from tracking.policy.vocabulary import Vocabulary


@pytest.fixture(scope="session")
def words() -> Iterator[Vocabulary]:
    """What the metrics are called, and their units."""
    engine: Engine = database.connect("duckdb://", create=True)
    database.initialise(engine)
    policies.load(engine, SHANGHAI, by="tests")
    with engine.connect() as connection:
        yield policies.vocabulary(connection)
    engine.dispose()
