"""A programme with a closing of its year."""

import pytest
from sqlalchemy import Engine

from tests import databases
from tests.tracking.closings.about import DAY, EDITION, YEAR, filled
from tracking.closings import closing


@pytest.fixture
def decided(any_engine: Engine) -> Engine:
    """Three spaces that filed, and a closing of that year."""
    databases.filled(any_engine, filled)
    made = closing.close(any_engine, edition=EDITION, year=YEAR, by="Ms Li", as_of=DAY)
    assert (made.number, made.before) == (1, None)
    return any_engine
