"""What the rows of some spaces would turn into: shortfalls that open or close, and figures that change."""

from collections.abc import Sequence

import pandas as pd
import sqlalchemy as sa
from sqlalchemy import Connection

from tracking import database
from tracking.filing import stored
from tracking.words.language import Lang

COLUMNS = {
    "space_id": "str",
    "space_name": "str",
    "track": "str",
    "year": "int64",
    "change": "str",
    "metric_name": "str",
    "unit": "str",
    "basis": "str",
    "required": "float64",
    "actual_before": "float64",
    "actual_after": "float64",
    "status_before": "str",
    "status_after": "str",
}
# A shortfall that would open is told before one that would close, and both before a mere figure.
_ORDER = ("opened", "closed", "changed")
_KEYS = ["space_id", "edition", "track", "year", "requirement"]

# What is owed to some spaces, and which of it is a shortfall.
_OWED = """
WITH missed AS (
    SELECT
        space_id,
        edition,
        track,
        year,
        requirement
    FROM shortfalls
    {only}
),

owed AS (
    SELECT
        space_id,
        space_name,
        edition,
        track,
        year,
        requirement,
        position,
        metric_name_{lang} AS metric_name,
        unit_{lang} AS unit,
        basis,
        CAST(required AS DOUBLE PRECISION) AS required,
        actual,
        status
    FROM attainment
    {only}
)

SELECT
    owed.space_id,
    owed.space_name,
    owed.edition,
    owed.track,
    owed.year,
    owed.requirement,
    owed.metric_name,
    owed.unit,
    owed.basis,
    owed.required,
    owed.actual,
    owed.status,
    missed.space_id IS NOT NULL AS missed
FROM owed
LEFT JOIN missed
    ON owed.space_id = missed.space_id
    AND owed.edition = missed.edition
    AND owed.track = missed.track
    AND owed.year = missed.year
    AND owed.requirement = missed.requirement
ORDER BY
    owed.space_id,
    owed.track,
    owed.year,
    owed.position
"""
_ONLY = "WHERE space_id IN :spaces"


def owed(connection: Connection, spaces: Sequence[str], lang: Lang) -> pd.DataFrame:
    """Every row of attainment of some spaces, and whether it is a shortfall (`missed`), for `between`."""
    if len(spaces) > stored.FEW_SPACES:
        rows = database.frame(connection, sa.text(_OWED.format(lang=lang, only="")))
        return rows[rows["space_id"].isin(spaces)]
    only = sa.text(_OWED.format(lang=lang, only=_ONLY))
    return database.frame(connection, only.bindparams(sa.bindparam("spaces", list(spaces), sa.String, expanding=True)))


def between(before: pd.DataFrame, after: pd.DataFrame) -> pd.DataFrame:
    """What differs between two states of the same spaces, as `owed` gives them: columns COLUMNS.

    What is owed on one side alone has no status on the other.
    """
    either = pd.concat([before[_KEYS], after[_KEYS]]).drop_duplicates()
    both = either.merge(before, on=_KEYS, how="left")
    return _changes(both.merge(after, on=_KEYS, how="left", suffixes=("_before", "_after")))


def _changes(both: pd.DataFrame) -> pd.DataFrame:
    before, after = both["actual_before"].astype("float64"), both["actual_after"].astype("float64")
    same = (both["status_before"] == both["status_after"]) & ((before == after) | before.isna() & after.isna())
    named = ("space_name", "metric_name", "unit", "basis", "required")
    names = {name: both[f"{name}_after"].combine_first(both[f"{name}_before"]) for name in named}
    was, will = both["missed_before"].eq(True), both["missed_after"].eq(True)
    change = pd.Series("changed", both.index).mask(will & ~was, "opened").mask(was & ~will, "closed")
    changed = both.assign(change=change, **names)[~same]
    changed = changed.sort_values("change", key=lambda codes: codes.map(_ORDER.index), kind="stable")
    return database.typed(changed[list(COLUMNS)].reset_index(drop=True), COLUMNS)
