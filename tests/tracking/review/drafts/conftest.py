"""Drafts in a small programme."""

import pytest
from sqlalchemy import Engine

from tests import reviewed


@pytest.fixture
def enrolled(any_engine: Engine) -> Engine:
    """A programme with people, in which nothing is filed yet."""
    return reviewed.enrolled(any_engine)
