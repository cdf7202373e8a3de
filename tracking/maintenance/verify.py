"""Every invariant of the database, asked of the database itself."""

from collections.abc import Sequence
from dataclasses import dataclass

import sqlalchemy as sa
from sqlalchemy import Connection, Engine

from tracking import database
from tracking.access import acts, trail
from tracking.database import loads, recovery, refresh, seals
from tracking.maintenance import invariants
from tracking.policy import loading as policies

# A machine's clock that once ran ahead breaks it too, and from then on nobody could file any more.
_BY_A_CLOCK = ("corrections-stamped-after",)


@dataclass(frozen=True)
class Finding:
    """One invariant: its name, how many rows break it, 0 where it holds, and where it is of loads, which."""

    invariant: str
    broken: int
    loads: Sequence[int] = ()

    @property
    def forbids_storing(self) -> bool:
        """Whether the database may only be read until somebody has looked."""
        return bool(self.broken) and self.invariant not in _BY_A_CLOCK


def verify(engine: Engine, against: database.Head | None = None) -> list[Finding]:
    """Every invariant with what was found; with `against` also whether that head, printed earlier, still stands.

    Raises DatabaseUnavailable, Forbidden but for the keeper.
    """
    acts.keepers(engine)
    with database.reading(engine) as connection:
        counted = [
            Finding(name, int(connection.execute(sa.text(query)).scalar_one()))
            for name, query in invariants.BROKEN.items()
        ]
        differing = refresh.differences(connection)
        stored = [Finding(f"{table.replace('_', '-')}-as-defined", differing.get(table, 0)) for table in refresh.STORED]
        return [
            *counted,
            *stored,
            Finding("policy-as-its-folder", policies.altered(connection)),
            *as_sealed(connection, against),
            Finding("trail-chained", len(trail.broken(connection))),
            Finding("loads-beside", recovery.lacking(engine, connection)),
        ]


def as_sealed(connection: Connection, against: database.Head | None = None) -> list[Finding]:
    """Of the invariants those that say whether anything was altered since it came in."""
    found = seals.findings(connection)
    return [
        Finding("documents-as-they-came", _altered(connection)),
        Finding("loads-as-sealed", len(found.altered), found.altered),
        Finding("loads-chained", len(found.unchained), found.unchained),
        *([] if against is None else [Finding("head-as-printed", 0 if _stands(connection, against) else 1)]),
    ]


def _stands(connection: Connection, head: database.Head) -> bool:
    """Whether a head that was printed still stands: of the loads, or of the trail; it does not say of which."""
    return seals.stands(connection, head) or trail.stands(connection, trail.Head(*head))


def _altered(connection: Connection) -> int:
    """Documents whose bytes no longer give their SHA-256, and loads without their document."""
    altered = sum(document.altered for few in loads.documents(connection) for document in few)
    missing = sa.text("SELECT COUNT(*) FROM load WHERE sha256 NOT IN (SELECT sha256 FROM document)")
    return altered + int(connection.execute(missing).scalar_one())
