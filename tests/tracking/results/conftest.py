"""The made-up programme, for the questions whose answers are held against the exported tables."""

from collections.abc import Iterator
from datetime import date

import pytest
from sqlalchemy import Engine

from tests import databases

# All that it filed is in, and its last data year is due.
TODAY = date(2026, 6, 1)


@pytest.fixture(scope="session")
def programme() -> Iterator[Engine]:
    """The made-up programme."""
    engine = databases.programme()
    yield engine
    engine.dispose()
