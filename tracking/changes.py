"""Two data versions compared: which shortfalls opened, closed, grew or shrank, and which load made it so.

The earlier state is brought back and the loads after it are replayed in their order, so that the same views judge
every state, and each difference belongs to the load after which it first stood.
"""

from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import date
from typing import Unpack

import numpy as np
import pandas as pd
import sqlalchemy as sa
from sqlalchemy import Connection, Engine

from tracking import attainment, database, versions
from tracking.attainment import Chosen
from tracking.language import Lang

COLUMNS = {
    **attainment.ENROLMENT,
    "year": "int64",
    "requirement": "str",
    "metric": "str",
    "metric_name": "str",
    "unit": "str",
    "change": "str",
    "status_before": "str",
    "status_after": "str",
    "actual_before": "float64",
    "actual_after": "float64",
    "gap_before": "float64",
    "gap_after": "float64",
    "load_id": "int64",
    "load_kind": "str",
    "source": "str",
    "loaded_by": "str",
    "loaded_at": "datetime64[us]",
}
CHANGES = ("opened", "closed", "grew", "shrank", "changed")
_KEY = ["space_id", "edition", "track", "year", "requirement"]
# Told as the later state names them, or as the earlier where the requirement is owed no more.
_LABELS = ["space_name", "district", "metric", "metric_name", "unit", "position"]
_JUDGED = ["status", "actual", "gap"]
_SIDE = {
    "space_id": "str",
    "edition": "str",
    "track": "str",
    "year": "int64",
    "requirement": "str",
    "space_name": "str",
    "district": "str",
    "metric": "str",
    "metric_name": "str",
    "unit": "str",
    "position": "int64",
    "status": "str",
    "actual": "float64",
    "gap": "float64",
    "missed": "bool",
}
_OWED = """
SELECT
    attainment.space_id,
    attainment.edition,
    attainment.track,
    attainment.year,
    attainment.requirement,
    attainment.space_name,
    attainment.district,
    attainment.metric,
    attainment.metric_name_{lang} AS metric_name,
    attainment.unit_{lang} AS unit,
    attainment.position,
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
WHERE attainment.mandatory
"""
_LOADS = sa.text("SELECT load_id, kind AS load_kind, source, loaded_by, loaded_at FROM load")
_TOUCHED = sa.text("""
SELECT load_id, space_id FROM filing WHERE load_id > :earlier AND load_id <= :later
UNION
SELECT load_id, space_id FROM space WHERE load_id > :earlier AND load_id <= :later
UNION
SELECT load_id, space_id FROM enrolment WHERE load_id > :earlier AND load_id <= :later
""")
_POLICIES = sa.text("SELECT load_id FROM load WHERE kind = 'policy' AND load_id > :earlier AND load_id <= :later")


@dataclass
class _Batch:
    """Loads in a row, up to `last`, that touch no space twice: by space, the load that touches it.

    A policy is a batch of its own and may touch every space.
    """

    last: int = 0
    loads: dict[str, int] = field(default_factory=dict)
    policy: bool = False

    @property
    def spaces(self) -> list[str] | None:
        """The spaces touched, None where that may be any."""
        return None if self.policy else list(self.loads)


def changes(engine: Engine, earlier: int, later: int | None, as_of: date, **chosen: Unpack[Chosen]) -> pd.DataFrame:
    """The shortfalls in which two data versions differ, both seen as of one day, each with the load that did it.

    Columns COLUMNS, a row per requirement, enrolment and year. change is opened, closed, grew or shrank by the gap,
    or changed where both sides are shortfalls whose gaps do not tell them apart; `statuses` chooses by it. status is
    empty on a side on which the requirement was not owed. `later` None is the newest version. Raises UnknownVersion,
    also where `earlier` is the later.
    """
    with database.reading(engine) as source:
        newest = database.data_version(source)
        later = newest if later is None else later
        for version, highest in ((later, newest), (earlier, later)):
            if not 0 <= version <= highest:
                raise versions.UnknownVersion(version, highest)
        batches = list(_batches(source, earlier, later))
        loads = database.frame(source, _LOADS)
        replayed = versions.state(engine, earlier)
        before, after, causes = _replay(source, replayed, batches, earlier, as_of, chosen.get("lang", "zh"))
    told = _differences(before, after).merge(causes, on=_KEY).merge(loads, on="load_id")
    return attainment.typed(_kept(told, chosen)[list(COLUMNS)], COLUMNS)


def _batches(source: Connection, earlier: int, later: int) -> Iterator[_Batch]:
    between = {"earlier": earlier, "later": later}
    policies = set(source.execute(_POLICIES, between).scalars().all())
    touched: dict[int, list[str]] = {}
    for load_id, space_id in source.execute(_TOUCHED, between).all():
        touched.setdefault(load_id, []).append(space_id)
    batch = _Batch()
    for load_id in range(earlier + 1, later + 1):
        spaces = touched.get(load_id, [])
        if batch.last and (batch.policy or load_id in policies or not batch.loads.keys().isdisjoint(spaces)):
            yield batch
            batch = _Batch()
        batch.last = load_id
        batch.loads |= dict.fromkeys(spaces, load_id)
        batch.policy = load_id in policies
    if batch.last:
        yield batch


def _replay(
    source: Connection, replayed: Engine, batches: list[_Batch], earlier: int, as_of: date, lang: Lang
) -> tuple[pd.DataFrame, pd.DataFrame, pd.DataFrame]:
    """What was owed to the touched spaces before and after, and by key the last load that made a difference."""
    anywhere = any(batch.policy for batch in batches)
    touched = None if anywhere else sorted({space for batch in batches for space in batch.loads})
    before = _side(replayed, as_of, touched, lang)
    causes = [before[_KEY].head(0).assign(load_id=0)]
    for batch in batches:
        state = _side(replayed, as_of, batch.spaces, lang)
        with replayed.begin() as target:
            versions.advance(source, target, earlier, batch.last, batch.spaces)
        earlier = batch.last
        differing = _differences(state, _side(replayed, as_of, batch.spaces, lang))[_KEY]
        causes.append(differing.assign(load_id=differing["space_id"].map(batch.loads).fillna(batch.last).astype(int)))
    after = _side(replayed, as_of, touched, lang)
    return before, after, pd.concat(causes).drop_duplicates(_KEY, keep="last")


def _side(replayed: Engine, as_of: date, spaces: list[str] | None, lang: Lang) -> pd.DataFrame:
    """Every mandatory requirement owed to the spaces, and whether it is a shortfall."""
    owed = _OWED.format(lang=lang)
    statement = sa.text(owed)
    if spaces is not None:
        only = "AND attainment.space_id IN :spaces"
        statement = sa.text(owed + only).bindparams(sa.bindparam("spaces", spaces, sa.String, expanding=True))
    with database.reading(replayed, as_of) as connection:
        return attainment.typed(database.frame(connection, statement), _SIDE)


def _differences(before: pd.DataFrame, after: pd.DataFrame) -> pd.DataFrame:
    """The keys whose shortfall is not the same on both sides, with what both sides say and the change."""
    pairs = before.merge(after, how="outer", on=_KEY, suffixes=("_before", "_after"))
    for name in _LABELS:
        pairs[name] = pairs[f"{name}_after"].fillna(pairs[f"{name}_before"])
    was, now = pairs["missed_before"].eq(True), pairs["missed_after"].eq(True)
    pairs["change"] = np.select(
        [
            ~was & now,
            was & ~now,
            pairs["gap_after"] > pairs["gap_before"],
            pairs["gap_after"] < pairs["gap_before"],
        ],
        CHANGES[:4],
        default=CHANGES[4],
    )
    same = pd.Series(True, index=pairs.index)
    for name in _JUDGED:
        earlier, later = pairs[f"{name}_before"], pairs[f"{name}_after"]
        same &= earlier.eq(later) | (earlier.isna() & later.isna())
    return pairs[(was != now) | (was & now & ~same)]


def _kept(told: pd.DataFrame, chosen: Chosen) -> pd.DataFrame:
    """The rows that are chosen, in the order of attainment."""
    filters = {
        "space_id": chosen.get("spaces", ()),
        "track": chosen.get("tracks", ()),
        "edition": chosen.get("editions", ()),
        "district": chosen.get("districts", ()),
        "year": chosen.get("years", ()),
        "change": chosen.get("statuses", ()),
    }
    for name, values in filters.items():
        if values:
            told = told[told[name].isin(list(values))]
    return told.sort_values(["space_id", "track", "year", "edition", "position", "requirement"], ignore_index=True)
