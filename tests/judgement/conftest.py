"""Who judges a programme made of worked figures: plain fractions, or the product."""

from collections.abc import Iterator

import pytest
from sqlalchemy import Engine

from tests import answers, databases
from tests.answers import Judge


@pytest.fixture(scope="module")
def emptied() -> Iterator[Engine]:
    """One DuckDB for all cases: each empties it before it begins."""
    engine = databases.empty()
    yield engine
    engine.dispose()


@pytest.fixture(scope="module", params=["fractions", "database"])
def judge(request: pytest.FixtureRequest) -> Judge:
    """What says how a programme stands: plain fractions, or the product."""
    if request.param == "fractions":
        return answers.of_the_oracle
    return answers.judge_in(request.getfixturevalue("emptied"))
