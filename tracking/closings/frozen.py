"""What was closed, and a closed year as a database to be read: whatever was filed or released since."""

import threading
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, replace
from datetime import date
from weakref import WeakKeyDictionary

import pandas as pd
import sqlalchemy as sa
from sqlalchemy import Connection, Engine

from tracking import database
from tracking.closings import archive
from tracking.closings.archive import ClosedYear
from tracking.closings.unknown import UnknownClosing
from tracking.database import refresh, schema, states
from tracking.exports.provenance import Closing
from tracking.results.tables.columns import CLOSINGS
from tracking.words.language import Lang

_CLOSED = """
SELECT
    closing.closing,
    closing.edition,
    closing.year,
    closing.as_of,
    closing.data_version,
    closing.rules,
    closing.release,
    CASE
        WHEN EXISTS (
            SELECT 1
            FROM viewer
            WHERE
                viewer.scope = 'city'
                OR (viewer.scope = 'edition' AND viewer.code = closing.edition)
        ) THEN load.loaded_by
    END AS closed_by,
    load.loaded_at AS closed_at,
    load.sha256,
    closing.load_id,
    closing.provisional
FROM closing
INNER JOIN load
    ON closing.load_id = load.load_id
WHERE
    EXISTS (SELECT 1 FROM viewer WHERE scope = 'city')
    OR closing.edition IN (
        SELECT current_enrolment.edition
        FROM current_enrolment
        INNER JOIN visible_space
            ON current_enrolment.space_id = visible_space.space_id
    )
ORDER BY closing.closing
"""
_CONTENT = sa.text("""
SELECT document.content
FROM closing
INNER JOIN load
    ON closing.load_id = load.load_id
INNER JOIN document
    ON load.sha256 = document.sha256
WHERE closing.closing = :closing
""")
# What a closed year is read beside: the register and the policy of its day, by which rows are chosen and named.
_BESIDE = tuple(table for table in schema.INCOMING if table not in ("observation", "choice", "rejudged", "closing"))

# What was closed never changes, so the databases of the closings that were read last stay open, with the hash of what
# they were made from. One that makes way goes with its last reader.
KEPT = 2
_kept: WeakKeyDictionary[Engine, dict[tuple[int, str], Engine]] = WeakKeyDictionary()
_one_opens = threading.Lock()


@dataclass(frozen=True)
class Frozen:
    """A closing: what it is of, what it rests on, when it was made, and its file."""

    number: int
    scope: ClosedYear
    data_version: int
    rules: str
    release: str
    sha256: str
    content: bytes

    @property
    def basis(self) -> Closing:
        """As its exports name it."""
        return Closing(self.number, self.rules, self.release)

    def given_back(self, table: str, lang: Lang) -> bytes:
        """A table's file of Parquet, byte for byte as it was frozen."""
        return archive.given_back(self.content, table, lang)


def closings(connection: Connection) -> pd.DataFrame:
    """The closings of editions under which the reader sees a space, in their order: columns CLOSINGS.

    By whom is told to who sees all of the edition.
    """
    return database.typed(database.frame(connection, sa.text(_CLOSED)), CLOSINGS)


def editions(connection: Connection) -> list[str]:
    """The editions of which a year can be closed."""
    return list(connection.execute(sa.text("SELECT edition FROM current_edition ORDER BY edition")).scalars().all())


def listed(engine: Engine, _: date) -> pd.DataFrame:
    """As `closings`; the day is none of it."""
    with database.reading(engine) as connection:
        return closings(connection)


def find(connection: Connection, number: int) -> Frozen:
    """The closing of that number, with its file. Raises UnknownClosing."""
    known = closings(connection)
    found = known[known["closing"] == number].to_dict("records")
    if not found:
        raise UnknownClosing(number, int(known["closing"].max()) if len(known) else 0)
    row = found[0]
    return Frozen(
        number=number,
        scope=ClosedYear(row["edition"], row["year"], row["as_of"].date()),
        data_version=row["data_version"],
        rules=row["rules"],
        release=row["release"],
        sha256=row["sha256"],
        content=bytes(connection.execute(_CONTENT, {"closing": number}).scalar_one()),
    )


def opened(source: Connection, frozen: Frozen) -> Engine:
    """A database in memory whose tables archive.TABLES are the closed year's, beside the register of its day."""
    engine = database.scratch()
    with engine.begin() as target:
        for table in _BESIDE:
            database.transfer(source, target, table, frozen.data_version)
        refresh.reviewed(target, [])
        # What stood there in views stands there as it was, typed as the views are; whoever reads sees their spaces.
        for table in archive.TABLES:
            target.execute(sa.text(f"CREATE TABLE frozen_{table} AS SELECT * FROM {table} LIMIT 0"))
            database.append(target, f"frozen_{table}", archive.rows(frozen.content, table))
        for table in archive.TABLES:
            visible = f"SELECT space_id FROM visible_space WHERE NOT (approved_only AND frozen_{table}.provisional)"
            visible_rows = f"SELECT * FROM frozen_{table} WHERE space_id IN ({visible})"
            target.execute(sa.text(f"CREATE OR REPLACE VIEW {table} AS {visible_rows}"))
    return engine


def whole(engine: Engine) -> bool:
    """Whether whoever reads through an engine sees every space, and so may have the file itself."""
    return database.CITY in database.scopes(engine)


@contextmanager
def reading(engine: Engine, number: int) -> Iterator[tuple[Connection, Frozen]]:
    """A connection on a closed year as of its day, and the closing; it shows what the engine's reader sees.

    The closing has its file for whoever sees every space alone. Raises UnknownClosing.
    """
    with database.reading(engine) as source:
        frozen = find(source, number)
        seen = states.as_seen(_open(engine, source, frozen), source)
    with database.reading(seen, frozen.scope.as_of) as connection:
        yield connection, frozen if whole(engine) else replace(frozen, content=b"")


def _open(engine: Engine, source: Connection, frozen: Frozen) -> Engine:
    """`opened`, or what it gave before."""
    key = frozen.number, frozen.sha256
    with _one_opens:
        kept = _kept.setdefault(database.opened(engine), {})
        found = kept.pop(key, None) or opened(source, frozen)
        kept[key] = found
        for oldest in [*kept][:-KEPT]:
            del kept[oldest]
        return found
