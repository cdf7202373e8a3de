"""The words of Shanghai's policy, read once."""

from collections.abc import Iterator

import pytest

from tests import databases
from tracking.policy import loading as policies
from tracking.policy.vocabulary import Vocabulary


@pytest.fixture(scope="session")
def words() -> Iterator[Vocabulary]:
    """What the metrics are called, and their units."""
    engine = databases.shanghai()
    with engine.connect() as connection:
        yield policies.vocabulary(connection)
    engine.dispose()
