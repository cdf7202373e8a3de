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
from tracking.results.tables import comparing
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
            _run(target, comparing.BEGUN, lang)
            database.append(target, "unapproved", unapproved)
        for batch in several:
            with replayed.begin() as target:
                _follow(source, target, earlier, batch)
            earlier = batch.last
    with replayed.begin() as target:
        _run(target, comparing.COMPARED, lang)
        target.execute(sa.text(comparing.BY_RULES.format(lang=lang)), {"earlier": begun})
    # A comparison can be kept for a while, and all but its outcome is large.
    with replayed.begin() as target:
        target.execute(sa.text("DELETE FROM chosen_viewer"))
        for table in comparing.NO_MORE:
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
    _run(target, comparing.FOLLOWED)


def _run(target: Connection, script: str, lang: Lang = "zh") -> None:
    for statement in script.format(lang=lang).split(";"):
        if statement.strip():
            target.execute(sa.text(statement))
