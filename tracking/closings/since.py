"""Since the closing: what later revisions, register changes, readings or rules change in what was decided.

The state that was closed is brought back in memory and judged by the rules in force: where that differs from what was
frozen, the rules do it. Then the loads after it are done again in their order, and each names what it moves. A filing
for a later year is no revision of what was decided, and is left out.
"""

from datetime import date

import pandas as pd
import sqlalchemy as sa
from sqlalchemy import Connection, Engine

from tracking import database
from tracking.closings import frozen as closings
from tracking.closings.frozen import Frozen
from tracking.database import states
from tracking.results.tables import replay, versions
from tracking.results.tables.columns import SINCE_CLOSING
from tracking.words.language import Lang

# Who sees what is approved alone: of spaces of which all is, up to the year, by now and when it was closed.
_VISIBLE = sa.text("""
SELECT space_id
FROM visible_space
WHERE
    NOT approved_only
    OR (
        space_id NOT IN (SELECT space_id FROM withheld_year WHERE year <= :year)
        AND (SELECT COALESCE(provisional, 0) = 0 FROM closing WHERE closing = :closing)
    )
""")
_KEY = "space_id, track, part, requirement"
# What is decided of a data year: each status, each result and warning, and the verdict as it stands.
_STANDING = """
SELECT space_id, track, 'status' AS part, requirement, status AS decided, required, actual
FROM attainment
WHERE edition = :edition AND year = :year
UNION ALL
SELECT space_id, track, 'result', '', result, NULL, NULL
FROM evaluations
WHERE edition = :edition AND year = :year
UNION ALL
SELECT space_id, track, 'exit_warning', '', exit_warning, NULL, NULL
FROM evaluations
WHERE edition = :edition AND year = :year
UNION ALL
SELECT space_id, track, 'verdict', '', verdict, NULL, NULL
FROM verdicts
WHERE edition = :edition AND :year BETWEEN start_year AND end_year
"""
_TABLE = """
CREATE TABLE {name} (
    space_id TEXT,
    track TEXT,
    part TEXT,
    requirement TEXT,
    decided TEXT,
    required DOUBLE PRECISION,
    actual DOUBLE PRECISION
)
"""
_DIFFER = " OR ".join(f"before.{name} IS DISTINCT FROM after.{name}" for name in ("decided", "required", "actual"))
_MOVED = f"""
INSERT INTO moved
SELECT {_KEY}, {{load_id}}
FROM {{before}} AS before
FULL JOIN {{after}} AS after USING ({_KEY})
{{of}}
WHERE {_DIFFER}
"""
_NEXT = (
    f"CREATE OR REPLACE TEMPORARY TABLE standing_next AS SELECT * FROM ({_STANDING}) AS latest "
    "WHERE space_id IN (SELECT space_id FROM touched)",
    _MOVED.format(
        before="(SELECT * FROM standing WHERE space_id IN (SELECT space_id FROM touched))",
        after="standing_next",
        load_id="touched.load_id",
        of="INNER JOIN touched USING (space_id)",
    ),
    "DELETE FROM standing WHERE space_id IN (SELECT space_id FROM touched)",
    "INSERT INTO standing SELECT * FROM standing_next",
    "DELETE FROM touched",
)
_COMPARED = f"""
WITH last_moved AS (
    SELECT {_KEY}, MAX(load_id) AS load_id
    FROM moved
    GROUP BY {_KEY}
)

SELECT
    space_id,
    track,
    part,
    COALESCE(before.requirement, after.requirement) AS requirement,
    current_space.space_name,
    current_space.district,
    current_requirement.metric_name_{{lang}} AS metric_name,
    current_requirement.unit_{{lang}} AS unit,
    before.decided AS decided_before,
    after.decided AS decided_after,
    before.required AS required_before,
    after.required AS required_after,
    before.actual AS actual_before,
    after.actual AS actual_after,
    NULLIF(last_moved.load_id, 0) AS load_id,
    COALESCE(load.kind, 'rules') AS load_kind,
    load.source,
    load.loaded_by,
    load.loaded_at
FROM decided AS before
FULL JOIN standing AS after USING ({_KEY})
LEFT JOIN last_moved USING ({_KEY})
LEFT JOIN load
    ON last_moved.load_id = load.load_id
LEFT JOIN current_space USING (space_id)
LEFT JOIN current_requirement
    ON current_requirement.edition = :edition
    AND current_requirement.requirement = COALESCE(before.requirement, after.requirement)
WHERE {_DIFFER}
ORDER BY
    space_id,
    track,
    CASE part WHEN 'verdict' THEN 1 WHEN 'result' THEN 2 WHEN 'exit_warning' THEN 3 ELSE 4 END,
    current_requirement.position,
    COALESCE(before.requirement, after.requirement)
"""


def since(engine: Engine, _: date, *, closing: int, lang: Lang) -> pd.DataFrame:
    """What differs today from what a closing decided, as of its own day: columns SINCE_CLOSING.

    A row per status, result, exit warning and verdict that differs, with the last load that moved it; load_id is
    empty where it is the rules alone. Raises UnknownClosing.
    """
    with database.reading(engine) as source:
        frozen = closings.find(source, closing)
        scope = {"edition": frozen.scope.edition, "year": frozen.scope.year}
        visible = source.execute(_VISIBLE, {**scope, "closing": closing}).scalars().all()
        # All of it is replayed; what is shown of it is the reader's.
        replayed = database.opened(states.state(engine, frozen.data_version))
        with replayed.begin() as target:
            database.look(target, [database.CITY], frozen.scope.as_of)
            _begin(target, _decided(source, frozen), scope)
        earlier = frozen.data_version
        for batch in replay.batches(source, earlier, database.data_version(source)):
            with replayed.begin() as target:
                states.advance(source, target, earlier, batch.last, batch.spaces, last_year=frozen.scope.year)
                batch.note(target)
                _run(target, _NEXT, scope)
            earlier = batch.last
    with replayed.begin() as connection:
        rows = database.frame(connection, sa.text(_COMPARED.format(lang=lang)), edition=frozen.scope.edition)
    replayed.dispose()
    by_space = rows["load_kind"].isin(versions.OF_SPACES)
    shown = rows.assign(**scope, loaded_by=rows["loaded_by"].where(by_space | closings.whole(engine)))
    return database.typed(shown[shown["space_id"].isin(visible)], SINCE_CLOSING)


def between(source: Connection, before: Frozen, after: Frozen) -> pd.DataFrame:
    """In what two closings differ: space_id, track, part, requirement, then decided, required, actual on both sides."""
    keys = _KEY.split(", ")
    one, other = _decided(source, before), _decided(source, after)
    joined = one.merge(other, on=keys, how="outer", suffixes=("_before", "_after"))
    sides = [(joined[f"{name}_before"], joined[f"{name}_after"]) for name in ("decided", "required", "actual")]
    differs = pd.concat([(left != right) & ~(left.isna() & right.isna()) for left, right in sides], axis=1).any(axis=1)
    return joined[differs].reset_index(drop=True)


def _decided(source: Connection, frozen: Frozen) -> pd.DataFrame:
    """What a closing decided, as _STANDING has it."""
    closed = closings.opened(source, frozen)
    with database.reading(closed, frozen.scope.as_of) as connection:
        scope = {"edition": frozen.scope.edition, "year": frozen.scope.year}
        rows = database.frame(connection, sa.text(_STANDING), **scope)
    closed.dispose()
    return rows


def _begin(target: Connection, decided: pd.DataFrame, scope: dict[str, object]) -> None:
    for name in ("decided", "standing"):
        target.execute(sa.text(_TABLE.format(name=name)))
    target.execute(sa.text("CREATE TABLE touched (load_id INTEGER, space_id TEXT)"))
    target.execute(sa.text(f"CREATE TABLE moved AS SELECT {_KEY}, 0 AS load_id FROM decided LIMIT 0"))
    database.append(target, "decided", decided)
    target.execute(sa.text(f"INSERT INTO standing {_STANDING}"), scope)
    target.execute(sa.text(_MOVED.format(before="decided", after="standing", load_id="0", of="")))


def _run(target: Connection, statements: tuple[str, ...], scope: dict[str, object]) -> None:
    for statement in statements:
        target.execute(sa.text(statement), scope if ":edition" in statement else {})
