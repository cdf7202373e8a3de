"""An earlier state of the database: the same `schema.sql` in memory, filled with the loads up to a number."""

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from datetime import date

import sqlalchemy as sa
from sqlalchemy import Connection, Engine

from tracking import database
from tracking.database import Scope, refresh
from tracking.database.drivers import is_server
from tracking.database.rows import filled
from tracking.database.schema import INCOMING as INCOMING

# Those of them that have a space_id.
_OF_SPACES = (
    "space",
    "enrolment",
    "filing",
    "observation",
    "rejudged",
    "review",
    "returned_cell",
    "window_exception",
    "question",
    "waiver",
    "rectification",
    "rectification_file",
    "scan",
    "evidence",
)

# Those by which nothing is judged: how it came in, and how it once was.
_OF_THE_PAST = ("choice", "rejudged", "closing", "warning", "seal")

# Those that are of what was filed for a year.
_OF_YEARS = ("filing", "observation")


# The first load by which filings were reviewed at all, as review_in_use has it.
_REVIEWED_SINCE = sa.text("""
SELECT MIN(load_id)
FROM (
    SELECT load_id FROM review
    UNION ALL
    SELECT load_id FROM filing_window
    UNION ALL
    SELECT author.load_id
    FROM author
    INNER JOIN load
        ON author.load_id = load.load_id
    WHERE load.kind = 'filing'
) AS reviewed
""")
_SEEN = sa.text("SELECT space_id, approved_only FROM visible_space ORDER BY space_id")
# By one of them it is known that filings are reviewed at all, whichever space it is of.
_FIRST_REVIEWED = sa.text("SELECT space_id FROM review ORDER BY load_id, space_id LIMIT 1")


class UnknownVersion(Exception):
    """There is no load of that number; `newest` is the highest there is."""

    def __init__(self, version: int, newest: int) -> None:
        super().__init__(f"data version {version} of {newest}")
        self.version = version
        self.newest = newest


def state(engine: Engine, version: int, space_ids: Sequence[str] | None = None) -> Engine:
    """A database in memory as this one stood after the load `version`; every table reads as it did then.

    With `space_ids` it knows of these spaces alone. It shows whoever sees some spaces now the same ones.
    Raises UnknownVersion.
    """
    earlier = database.scratch()
    with database.reading(engine) as source, earlier.begin() as target:
        newest = database.data_version(source)
        if not 0 <= version <= newest:
            raise UnknownVersion(version, newest)
        advance(source, target, 0, version, space_ids)
        return as_seen(earlier, source, version)


@contextmanager
def trial(
    engine: Engine, source: Connection, as_of: date, space_ids: Sequence[str]
) -> Iterator[tuple[Connection, Connection]]:
    """What stands of some spaces, and a database in memory into which what is tried may come, to be judged there.

    Both tell as of that day, as the source does, and to whoever looks through the engine. What stands is to be asked
    before anything comes in. Nobody waits for it or sees it, and all of it is gone afterwards.
    """
    beside = database.scratch()
    try:
        with beside.begin() as target:
            judged_by = [table for table in INCOMING if table not in _OF_THE_PAST]
            _learn(source, target, 0, database.data_version(source), space_ids, judged_by)
            if is_server(source):
                # What is divided may end in another last digit there than here.
                refresh.refresh(target, space_ids)
        with beside.connect() as target:
            database.look(target, database.scopes(engine), as_of)
            yield target if is_server(source) else source, target
    finally:
        beside.dispose()


def as_seen(other: Engine, source: Connection, version: int | None = None) -> Engine:
    """Another database in which just those spaces are seen that the reader of a connection sees.

    `version` is the load that it stands after, where it is an earlier state: before filings were reviewed none was
    approved, so that whoever sees what is approved alone sees nothing of it.
    """
    chosen = [Scope(*row) for row in source.execute(sa.text("SELECT scope, code FROM viewer")).all()]
    if database.CITY in chosen:
        return database.seen_by(other, [database.CITY])
    seen = [Scope("space", space_id, approved_only) for space_id, approved_only in source.execute(_SEEN).all()]
    if version is not None and any(each.approved_only for each in seen):
        since = source.execute(_REVIEWED_SINCE).scalar_one()
        if since is not None and version < since:
            seen = [each for each in seen if not each.approved_only]
    return database.seen_by(other, seen)


def advance(
    source: Connection,
    target: Connection,
    after: int,
    version: int,
    space_ids: Sequence[str] | None = None,
    *,
    last_year: int | None = None,
) -> None:
    """Bring a database that stands after the load `after` to where the source stood after the load `version`.

    With `space_ids` it learns of these spaces alone; None where the loads in between may touch any. With `last_year`
    it learns nothing of what they file for later years.
    """
    _learn(source, target, after, version, space_ids)
    for table in _OF_YEARS if last_year is not None else ():
        later = sa.text(f"DELETE FROM {table} WHERE load_id > :after AND year > :last_year")
        target.execute(later, {"after": after, "last_year": last_year})
    refresh.refresh(target, space_ids)


def _learn(
    source: Connection,
    target: Connection,
    after: int,
    version: int,
    space_ids: Sequence[str] | None,
    tables: Sequence[str] = INCOMING,
) -> None:
    # A load brings rows of a few tables, and each that is asked costs as much as one that has some.
    for table in sorted(filled(source, tables, f"load_id > {after:d} AND load_id <= {version:d}")):
        some = space_ids if table in _OF_SPACES else None
        if some is not None and table == "review":
            some = [*some, *source.execute(_FIRST_REVIEWED).scalars().all()]
        database.transfer(source, target, table, version, after, some)
