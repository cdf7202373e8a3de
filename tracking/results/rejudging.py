"""What the rules of another release change, told before they are in force, and kept when they are."""

from collections.abc import Callable

import pandas as pd
import sqlalchemy as sa
from sqlalchemy import Connection, Engine

import tracking
from tracking import database
from tracking.access import acts
from tracking.database import loads, refresh, states, upgrades

KEY = ["space_id", "edition", "track", "year", "requirement"]
_COMPARED = ["status", "missed", "actual", "gap"]
# In the words that every release has had for its tables.
_STANDING = sa.text("""
SELECT
    attainment.space_id,
    attainment.edition,
    attainment.track,
    attainment.year,
    attainment.requirement,
    attainment.mandatory,
    attainment.status,
    attainment.actual,
    attainment.gap,
    shortfalls.space_id IS NOT NULL AS missed
FROM attainment
LEFT JOIN shortfalls
    ON attainment.space_id = shortfalls.space_id
    AND attainment.edition = shortfalls.edition
    AND attainment.track = shortfalls.track
    AND attainment.year = shortfalls.year
    AND attainment.requirement = shortfalls.requirement
""")


def difference(engine: Engine) -> pd.DataFrame | None:
    """The requirements that these rules judge otherwise than those by which a database is judged, as of today.

    KEY, mandatory, and status, missed, actual, gap `_before` and `_after`; status is None on a side on which the
    requirement is not owed. None where the database is judged by these rules, or by none. The database stays as it
    is, also one that an older release made. Raises DatabaseUnavailable, Forbidden but for the keeper.
    """
    acts.keepers(engine)
    there = sa.inspect(engine)
    if not all(there.has_table(name) for name in ("judged_by", "attainment", "shortfalls")):
        return None
    with database.reading(database.seen_by(engine, [])) as source:
        # An older release knew who looks by this table alone, or not at all: then its views show all.
        if there.has_table("chosen_viewer"):
            source.execute(sa.text("INSERT INTO chosen_viewer VALUES ('city', '')"))
        if upgrades.judged_by(source) in (None, database.rules()):
            return None
        before = database.frame(source, _STANDING)
        judged = _judged_anew(source, set(there.get_table_names()))
    with database.reading(judged) as connection:
        after = database.frame(connection, _STANDING)
    judged.dispose()
    joined = before.merge(after, on=KEY, how="outer", suffixes=("_before", "_after"))
    joined["mandatory"] = joined["mandatory_after"].fillna(joined["mandatory_before"]).astype(bool)
    for name in ("missed_before", "missed_after"):
        joined[name] = joined[name].eq(True)
    both = [(joined[f"{name}_before"], joined[f"{name}_after"]) for name in ("status", "actual", "gap")]
    differs = pd.concat([(one != other) & ~(one.isna() & other.isna()) for one, other in both], axis=1).any(axis=1)
    columns = [f"{name}_{side}" for name in _COMPARED for side in ("before", "after")]
    rows = joined.loc[differs, [*KEY, "mandatory", *columns]]
    return rows.sort_values(KEY, ignore_index=True)


def _judged_anew(source: Connection, tables: set[str]) -> Engine:
    """A database in memory with all that came in, judged by these rules; older tables lack what came since."""
    engine = database.scratch()
    with engine.begin() as target:
        for table in states.INCOMING:
            if table in tables:
                for rows in database.stored(source, table):
                    database.append(target, table, rows)
        refresh.refresh(target)
    return engine


def follow(engine: Engine, rows: pd.DataFrame | None, *, by: str) -> None:
    """Judge everything by these rules where it is not, and keep what `difference` found, as a load of its own.

    Raises DatabaseUnavailable, Forbidden but for the keeper.
    """
    acts.keepers(engine)
    refresh.follow_schema(engine, None if rows is None else _noted(rows, by))


def _noted(rows: pd.DataFrame, by: str) -> Callable[[Connection], None]:
    def note(connection: Connection) -> None:
        load_id = loads.record(connection, "rules", tracking.RELEASE, database.SCHEMA.read_bytes(), by=by)
        database.append(connection, "rejudged", rows.assign(load_id=load_id))

    return note


def spaces(rows: pd.DataFrame) -> int:
    """How many spaces have a status that changes."""
    return int(rows.loc[changed(rows), "space_id"].nunique())


def changed(rows: pd.DataFrame) -> pd.Series:
    """Of which rows the status itself changes, not the figures alone."""
    return rows["status_before"].fillna("") != rows["status_after"].fillna("")
