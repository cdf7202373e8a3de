"""Two data versions compared: which are there, and which rows of the comparison are chosen."""

import pytest
from sqlalchemy import Engine

from tests import entering
from tests.tracking.results.tables.moved import ALL_DUE, BEGUN, compared, filed
from tracking.database import states
from tracking.results.tables import changes


def test_the_filters_choose_rows_of_the_comparison(engine: Engine) -> None:
    steps = [*BEGUN, filed(9, 5, "A1"), filed(9, 5, "B2")]
    assert compared(engine, steps, 2, 4, spaces=["B2"], statuses=["closed"]) == [("B2", "firms", "closed", 4)]


@pytest.mark.parametrize(("earlier", "later"), [(0, 3), (-1, 1), (2, 1)])
def test_versions_that_are_not_there_are_told_apart(engine: Engine, earlier: int, later: int) -> None:
    entering.enter(engine, BEGUN)
    with pytest.raises(states.UnknownVersion):
        changes.changes(engine, earlier, later, ALL_DUE)
