"""Which loads are done again together: as many in a row as touch no space twice, and a policy by itself."""

from collections.abc import Collection
from datetime import datetime

import pytest
import sqlalchemy as sa
from sqlalchemy import Engine

from tracking import database
from tracking.results.tables import replay

LOAD = sa.text("INSERT INTO load VALUES (:number, :kind, 'x', 'x', 'x', :at)")
FILED = sa.text("INSERT INTO filing VALUES (:number, :space, :number, 1, 1)")


@pytest.fixture
def loaded(engine: Engine) -> Engine:
    """Loads that file for one space or two, a policy, and an act of review, which touches nobody's figures."""
    touched = {1: "AB", 2: "A", 3: "B", 4: "A", 5: "policy", 6: "B", 7: "review", 8: "A"}
    with engine.begin() as connection:
        for number, what in touched.items():
            kind = what if what in ("policy", "review") else "filing"
            connection.execute(LOAD, {"number": number, "kind": kind, "at": datetime(2024, 1, number)})
            for space in what if kind == "filing" else "":
                connection.execute(FILED, {"number": number, "space": space})
    return engine


@pytest.mark.parametrize(
    ("earlier", "later", "spaces", "expected"),
    [
        (0, 4, "", [(1, {"A": 1, "B": 1}), (3, {"A": 2, "B": 3}), (4, {"A": 4})]),
        (3, 8, "", [(4, {"A": 4}), (5, None), (8, {"B": 6, "A": 8})]),
        (1, 8, "B", [(3, {"B": 3}), (5, None), (6, {"B": 6})]),
        (6, 7, "", []),
        (4, 4, "", []),
    ],
    ids=["no space twice", "a policy alone", "of one space", "review alone", "nothing between"],
)
def test_loads_are_replayed_together_as_far_as_each_space_is_touched_once(
    loaded: Engine, earlier: int, later: int, spaces: Collection[str], expected: list[tuple[int, dict[str, int] | None]]
) -> None:
    with database.reading(loaded) as source:
        several = list(replay.batches(source, earlier, later, spaces))
    assert [(each.last, None if each.policy else each.loads) for each in several] == expected
    assert [each.spaces for each in several] == [None if touched is None else list(touched) for _, touched in expected]
