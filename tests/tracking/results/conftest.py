"""The made-up programme, and a city's, for the questions whose answers are held against the exported tables."""

from collections.abc import Iterator
from datetime import date

import pandas as pd
import pytest
from sqlalchemy import Engine

from tests import databases
from tracking import database
from tracking.results.tables import attainment, observations

# All that was filed is in, and its last data year is due.
TODAY = date(2026, 6, 1)
YEAR = 2025
KEYS = ["space_id", "edition", "track"]
MISSED, ABSENT = ("short", "behind_pace", "unreported", "unfiled"), ("unreported", "unfiled")


@pytest.fixture(scope="session")
def programme() -> Iterator[Engine]:
    """The made-up programme."""
    engine = databases.programme()
    yield engine
    engine.dispose()


@pytest.fixture(scope="session")
def city() -> Iterator[Engine]:
    """A city of 600 spaces, of which not everything is approved."""
    engine = databases.city()
    yield engine
    engine.dispose()


@pytest.fixture(scope="session")
def exported(city: Engine) -> dict[str, pd.DataFrame]:
    """The city's tables as anybody gets them."""
    return tables(city)


def tables(engine: Engine) -> dict[str, pd.DataFrame]:
    """All that anybody gets of a programme, by name."""
    names = ("attainment", "shortfalls", "evaluations", "verdicts", "filings")
    found = {name: getattr(attainment, name)(engine, TODAY) for name in names}
    with database.reading(engine, TODAY) as connection:
        found["observations"] = observations.long(connection, {})
    return found
