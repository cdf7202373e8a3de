"""The loads between two data versions done again, to find which of them moved which shortfall.

The earlier state is brought back in memory and the loads after it are replayed in their order, so that the same views
judge every state. Only the spaces that those loads touch are brought back: a judgement rests on the space's own rows
and on the policy.
"""

from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass, field
from datetime import date

import pandas as pd
import sqlalchemy as sa
from sqlalchemy import Connection, Engine

from tracking import database
from tracking.database import states
from tracking.words.language import Lang

_TOUCHED = sa.text("""
SELECT load_id, space_id FROM filing WHERE load_id > :earlier AND load_id <= :later
UNION
SELECT load_id, space_id FROM space WHERE load_id > :earlier AND load_id <= :later
UNION
SELECT load_id, space_id FROM enrolment WHERE load_id > :earlier AND load_id <= :later
UNION
SELECT load_id, space_id FROM rejudged WHERE load_id > :earlier AND load_id <= :later
""")
# The filings that stand on either side and that review has not approved by now.
_UNAPPROVED = sa.text("""
WITH standing AS (
    SELECT space_id, year, MAX(load_id) AS load_id FROM filing WHERE load_id <= :earlier GROUP BY space_id, year
    UNION
    SELECT space_id, year, MAX(load_id) AS load_id FROM filing WHERE load_id <= :later GROUP BY space_id, year
)

SELECT DISTINCT
    filing.space_id,
    filing.year
FROM standing
INNER JOIN filing
    USING (space_id, year, load_id)
LEFT JOIN moved_filing
    ON filing.space_id = moved_filing.space_id
    AND filing.year = moved_filing.year
    AND filing.revision = moved_filing.revision
WHERE
    (SELECT in_use FROM review_in_use)
    AND moved_filing.state IS DISTINCT FROM 'approved'
""")
_POLICIES = sa.text("SELECT load_id FROM load WHERE kind = 'policy' AND load_id > :earlier AND load_id <= :later")

_KEY = "space_id, edition, track, year, requirement"
# What is told of a requirement on either side, in the language asked for.
_ONE_SIDE = f"""{_KEY}, position, space_name, district, metric,
    metric_name_{{lang}} AS metric_name, unit_{{lang}} AS unit, status, actual, exact, gap"""
# A shortfall has a status, so it also tells a row that stands on one side alone.
_DIFFER = " OR ".join(f"before.{name} IS DISTINCT FROM after.{name}" for name in ("status", "actual", "exact", "gap"))

# The state that the comparison starts from, and what is known so far: missed is the list as it stands after the loads
# replayed, cause has a row for every time that a load moved a shortfall.
_BEGUN = f"""
CREATE TABLE touched (load_id INTEGER, space_id TEXT);
CREATE TABLE unapproved (space_id TEXT, year INTEGER);
CREATE TABLE cause AS SELECT {_KEY}, 0 AS load_id FROM attainment LIMIT 0;
CREATE TABLE owed_earlier AS SELECT {_KEY}, status, actual, exact, gap FROM attainment WHERE mandatory;
CREATE TABLE missed_earlier AS
SELECT
    {_ONE_SIDE}
FROM shortfalls;
CREATE TABLE missed AS SELECT {_KEY}, status, actual, exact, gap FROM missed_earlier;
"""
# The list after a batch of loads takes the place of the one before it, for the spaces touched.
_FOLLOWED = f"""
CREATE TEMPORARY TABLE missed_next AS
SELECT {_KEY}, status, actual, exact, gap FROM shortfalls WHERE space_id IN (SELECT space_id FROM touched);
INSERT INTO cause
SELECT {_KEY}, load_id
FROM (SELECT * FROM missed WHERE space_id IN (SELECT space_id FROM touched)) AS before
FULL JOIN missed_next AS after USING ({_KEY})
INNER JOIN touched USING (space_id)
WHERE {_DIFFER};
DELETE FROM missed WHERE space_id IN (SELECT space_id FROM touched);
INSERT INTO missed SELECT * FROM missed_next;
DROP TABLE missed_next;
DELETE FROM touched;
"""
# Told as the later state names it, or as the earlier where the requirement is owed no more. The last load that moved a
# shortfall is the one after which it first stood as it stands.
_COMPARED = f"""
CREATE TABLE change AS
WITH owed_later AS (
    SELECT
        {_ONE_SIDE}
    FROM attainment
    WHERE mandatory
),

last_cause AS (
    SELECT {_KEY}, MAX(load_id) AS load_id
    FROM cause
    GROUP BY {_KEY}
)

SELECT
    {_KEY},
    COALESCE(owed_later.position, before.position) AS position,
    COALESCE(owed_later.space_name, before.space_name) AS space_name,
    COALESCE(owed_later.district, before.district) AS district,
    COALESCE(owed_later.metric, before.metric) AS metric,
    COALESCE(owed_later.metric_name, before.metric_name) AS metric_name,
    COALESCE(owed_later.unit, before.unit) AS unit,
    CASE
        WHEN before.status IS NULL THEN 'opened'
        WHEN after.status IS NULL THEN 'closed'
        WHEN after.gap > before.gap THEN 'grew'
        WHEN after.gap < before.gap THEN 'shrank'
        ELSE 'changed'
    END AS change,
    owed_earlier.status AS status_before,
    owed_later.status AS status_after,
    owed_earlier.actual AS actual_before,
    owed_later.actual AS actual_after,
    owed_earlier.gap AS gap_before,
    owed_later.gap AS gap_after,
    owed_earlier.exact AS exact_before,
    owed_later.exact AS exact_after,
    load_id,
    load.kind AS load_kind,
    load.source,
    load.loaded_by,
    load.loaded_at
FROM missed_earlier AS before
FULL JOIN missed AS after USING ({_KEY})
INNER JOIN last_cause USING ({_KEY})
INNER JOIN load USING (load_id)
LEFT JOIN owed_earlier USING ({_KEY})
LEFT JOIN owed_later USING ({_KEY})
WHERE {_DIFFER};
"""
# What the rules of another release made of it when they came into force, as they stand there: a row of its own beside
# what a filing made of the same requirement. Every other row is judged by these rules on both sides.
_BY_RULES = """
INSERT INTO change
SELECT
    rejudged.space_id,
    rejudged.edition,
    rejudged.track,
    rejudged.year,
    rejudged.requirement,
    current_requirement.position,
    current_space.space_name,
    current_space.district,
    current_requirement.metric,
    current_requirement.metric_name_{lang},
    current_requirement.unit_{lang},
    CASE
        WHEN NOT missed_before THEN 'opened'
        WHEN NOT missed_after THEN 'closed'
        WHEN gap_after > gap_before THEN 'grew'
        WHEN gap_after < gap_before THEN 'shrank'
        ELSE 'changed'
    END,
    status_before,
    status_after,
    actual_before,
    actual_after,
    gap_before,
    gap_after,
    CAST(NULL AS DECIMAL(18, 4)),
    CAST(NULL AS DECIMAL(18, 4)),
    load_id,
    load.kind,
    load.source,
    load.loaded_by,
    load.loaded_at
FROM rejudged
INNER JOIN load USING (load_id)
LEFT JOIN current_requirement
    ON rejudged.edition = current_requirement.edition
    AND rejudged.requirement = current_requirement.requirement
LEFT JOIN current_space
    ON rejudged.space_id = current_space.space_id
WHERE
    rejudged.load_id > :earlier
    AND (missed_before OR missed_after)
    AND rejudged.mandatory
"""
_NO_MORE = ("cause", "owed_earlier", "missed_earlier", "missed", "observation", "stored_attainment")


@dataclass
class Batch:
    """Loads in a row, up to `last`, that touch no space twice: by space, the load that touches it.

    A policy is a batch of its own and may touch every space.
    """

    last: int = 0
    loads: dict[str, int] = field(default_factory=dict)
    policy: bool = False

    @property
    def spaces(self) -> list[str] | None:
        """The spaces that it touches, None where it may touch any."""
        return None if self.policy else list(self.loads)

    def note(self, target: Connection) -> None:
        """Fill the table `touched` of a replayed state: by space, the load that touches it."""
        if self.policy:
            everywhere = sa.text("INSERT INTO touched SELECT :load_id, space_id FROM current_space")
            target.execute(everywhere, {"load_id": self.last})
        else:
            loads = pd.DataFrame(self.loads.items(), columns=["space_id", "load_id"])
            database.append(target, "touched", loads)


def replay(
    engine: Engine, earlier: int, later: int | None, as_of: date, *, spaces: Collection[str] = (), lang: Lang = "zh"
) -> Engine:
    """A database in memory whose table `change` has the shortfalls in which two data versions differ, as of a day.

    A row per requirement, enrolment and year, with the load that did it; of `spaces` alone, where there are some.
    `later` None is the newest version. Raises UnknownVersion, also where `earlier` is the later.
    """
    with database.reading(engine) as source:
        newest = database.data_version(source)
        later = newest if later is None else later
        for version, highest in ((later, newest), (earlier, later)):
            if not 0 <= version <= highest:
                raise states.UnknownVersion(version, highest)
        several = list(batches(source, earlier, later, spaces))
        # All of it is replayed; what is shown of it is the reader's.
        replayed = database.opened(states.state(engine, earlier, _all_touched(several, spaces)))
        seen = states.as_seen(replayed, source)
        unapproved = database.frame(source, _UNAPPROVED, earlier=earlier, later=later)
        begun = earlier
        with replayed.begin() as target:
            database.look(target, [database.CITY], as_of)
            _run(target, _BEGUN, lang)
            database.append(target, "unapproved", unapproved)
        for batch in several:
            with replayed.begin() as target:
                _follow(source, target, earlier, batch)
            earlier = batch.last
    with replayed.begin() as target:
        _run(target, _COMPARED, lang)
        target.execute(sa.text(_BY_RULES.format(lang=lang)), {"earlier": begun})
    # A comparison can be kept for a while, and all but its outcome is large.
    with replayed.begin() as target:
        target.execute(sa.text("DELETE FROM chosen_viewer"))
        for table in _NO_MORE:
            target.execute(sa.text(f"DROP TABLE {table}"))
    return seen


def batches(source: Connection, earlier: int, later: int, spaces: Collection[str] = ()) -> Iterator[Batch]:
    """The loads that touch one of the spaces, in their order."""
    between = {"earlier": earlier, "later": later}
    policies = set(source.execute(_POLICIES, between).scalars().all())
    touched: dict[int, list[str]] = {load_id: [] for load_id in policies}
    for load_id, space_id in source.execute(_TOUCHED, between).all():
        if not spaces or space_id in spaces:
            touched.setdefault(load_id, []).append(space_id)
    batch = Batch()
    for load_id in sorted(touched):
        policy = load_id in policies
        if batch.last and (batch.policy or policy or not batch.loads.keys().isdisjoint(touched[load_id])):
            yield batch
            batch = Batch()
        batch = Batch(load_id, batch.loads | dict.fromkeys(touched[load_id], load_id), policy)
    if batch.last:
        yield batch


def _all_touched(several: Sequence[Batch], spaces: Collection[str]) -> Sequence[str] | None:
    """The spaces whose rows the comparison needs, None where these are all."""
    if any(batch.policy for batch in several):
        return list(spaces) or None
    return sorted({space_id for batch in several for space_id in batch.loads})


def _follow(source: Connection, target: Connection, earlier: int, batch: Batch) -> None:
    """Bring the replayed state from behind the load `earlier` to behind the batch, and note what that moved."""
    states.advance(source, target, earlier, batch.last, batch.spaces)
    batch.note(target)
    _run(target, _FOLLOWED)


def _run(target: Connection, script: str, lang: Lang = "zh") -> None:
    for statement in script.format(lang=lang).split(";"):
        if statement.strip():
            target.execute(sa.text(statement))
