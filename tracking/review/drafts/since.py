"""What is otherwise than when a draft was last looked at: what came in since, and what the same check leads to now."""

from collections.abc import Collection
from typing import NamedTuple

import pandas as pd
import sqlalchemy as sa
from sqlalchemy import Engine

from tracking import database
from tracking.review.drafts.written import Shown, Told

LOADS = {"kind": "str", "by": "str", "at": "datetime64[us]"}
# What depends on what was typed, and so is compared only where all of it was checked.
_TYPED = frozenset({"value", "status"})

_SINCE = """
WITH touched AS (
    SELECT load_id, space_id FROM filing WHERE load_id > :version
    UNION
    SELECT load_id, space_id FROM review WHERE load_id > :version
    UNION
    SELECT load_id, space_id FROM window_exception WHERE load_id > :version
)

SELECT
    load.kind,
    CASE WHEN load.kind IN ('filing', 'review') THEN load.loaded_by END AS by,
    MAX(load.loaded_at) AS at
FROM load
LEFT JOIN touched
    ON load.load_id = touched.load_id
LEFT JOIN visible_space
    ON touched.space_id = visible_space.space_id
WHERE
    load.load_id > :version
    AND (
        load.kind IN ('policy', 'register', 'rules')
        OR (visible_space.space_id IS NOT NULL AND visible_space.space_id IN :spaces)
    )
GROUP BY
    load.kind,
    CASE WHEN load.kind IN ('filing', 'review') THEN load.loaded_by END
ORDER BY
    MAX(load.loaded_at),
    load.kind
"""


class FigureChange(NamedTuple):
    """One thing that stood beside a figure and is otherwise now; `of` names the requirement where it is of one."""

    space_id: str
    year: int
    metric: str
    what: str
    of: str
    before: str | float | None
    after: str | float | None


def loads_since(engine: Engine, *, version: int, spaces: Collection[str]) -> pd.DataFrame:
    """What came in after a load and may bear on a draft of these spaces: columns LOADS, a row per kind and person.

    Of the policy, the register and the rules it is not said who.
    """
    named: sa.BindParameter[str] = sa.bindparam("spaces", [*spaces] or [""], expanding=True)
    statement = sa.text(_SINCE).bindparams(named, sa.bindparam("version", version))
    with database.reading(engine) as connection:
        return database.typed(database.frame(connection, statement), LOADS)


def differences(before: Shown, now: Shown) -> list[FigureChange]:
    """What stands otherwise, in the order in which it is shown. Of a figure that is not shown any more, or was not,
    nothing is said."""
    return [
        FigureChange(*key, before.items[key], value)
        for key, value in now.items.items()
        if key in before.items and not _same(before.items[key], value) and (before.checked or key[3] not in _TYPED)
    ]


def new_problems(before: Shown, now: Shown) -> frozenset[Told]:
    """The problems that there were not; none where something was typed since that was not checked."""
    return now.problems - before.problems if before.checked and before.whole else frozenset()


def _same(one: str | float | None, other: str | float | None) -> bool:
    if isinstance(one, float) and isinstance(other, float):
        return abs(one - other) <= 1e-9 * max(abs(one), abs(other))
    return one == other
