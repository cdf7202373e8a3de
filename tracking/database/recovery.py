"""After an unclean end: an embedded database is held against its folder of loads and its own rules, and mended.

A transaction that was being committed when the process was killed can be there by half. What stands in the folder was
written before the commit, so nothing that a receipt was shown for is lost.
"""

import json
import logging
from collections import Counter
from collections.abc import Callable, Sequence
from datetime import datetime
from pathlib import Path
from typing import Literal, NamedTuple, TypeVar

import sqlalchemy as sa
from sqlalchemy import Connection, Engine

from tracking.database import journal, loads, placing, refresh, seals, transactions
from tracking.database.schema import INCOMING

# What was mended is told for so many days.
MENTIONED_DAYS = 7
_LOG = "mended.jsonl"
_log = logging.getLogger(__name__)

Result = TypeVar("Result")
Kind = Literal[
    "rows-without-load",
    "load-brought",
    "judged-anew",
    "file-made-anew",
    "load-lost",
    "database-made-anew",
    "unclean-end",
]


class Mended(NamedTuple):
    """One thing that was mended: what, of which load (0 where of none), how many rows, and when.

    unclean-end: the last run was cut off, and nothing had to be mended.
    """

    kind: Kind
    load_id: int
    rows: int
    at: str


def differs(engine: Engine) -> bool:
    """Whether the folder and the database name another newest load: one of them was stopped halfway."""
    folder = journal.folder_of(engine)
    if folder is None:
        return False
    with engine.connect() as connection:
        newest = transactions.data_version(connection)
    numbers = journal.numbers(folder)
    return newest != (numbers[-1] if numbers else 0)


def recover(engine: Engine, *, anew: bool = False, unclean: bool = False) -> list[Mended]:
    """Mend what an unclean end left of an embedded database; what was found, empty where it is whole.

    `anew` says that the database's file could not be read, and is an empty one now; `unclean` that the last run is
    known to have been cut off, which is told also where nothing was lost by it.
    Raises DatabaseUnavailable, OSError.
    """
    folder = journal.folder_of(engine)
    if folder is None:
        return []
    found: list[Mended] = []
    with transactions.one_writer, placing.private():
        journal.drop_unfinished(folder)
        broken = _set_aside(folder)
        stray = _in_one(engine, lambda connection: _strays(connection, folder))
        for load_id, rows in sorted(stray.items()):
            found.append(_mended("rows-without-load", load_id, rows))
        brought = _in_one(engine, lambda connection: _bring_missing(connection, folder))
        found += [_mended("load-brought", load_id, rows) for load_id, rows in brought]
        found += _in_one(engine, lambda connection: _void(connection, sorted({*stray, *broken})))
        found += _in_one(engine, lambda connection: _judge(connection, whole=bool(brought)))
        found += _in_one(engine, lambda connection: _write_missing(connection, folder, broken))
    if anew:
        found = [_mended("database-made-anew", 0, len(brought)), *(each for each in found if each.kind == "load-lost")]
    if unclean and not found:
        found = [_mended("unclean-end")]
    _tell(folder, found)
    return found


def complete(engine: Engine) -> None:
    """Write the files of loads that have none, or one from before there were seals. Raises OSError."""
    folder = journal.folder_of(engine)
    if folder is not None:
        with transactions.one_writer, placing.private():
            broken = _set_aside(folder)
            _tell(folder, _in_one(engine, lambda connection: _write_missing(connection, folder, broken)))


def lacking(engine: Engine, connection: Connection) -> int:
    """How many loads have no whole file beside an embedded database, or one of another head of the chain."""
    folder = journal.folder_of(engine)
    if folder is None:
        return 0
    count = 0
    sealed = sa.text("SELECT load.load_id, seal.head FROM load LEFT JOIN seal ON load.load_id = seal.load_id")
    for load_id, head in connection.execute(sealed).all():
        try:
            count += journal.prove(journal.file_of(folder, load_id)).head != head
        except journal.UnreadableLoad:
            count += 1
    return count


def _mended(kind: Kind, load_id: int = 0, rows: int = 0) -> Mended:
    return Mended(kind, load_id, rows, datetime.now().isoformat(timespec="seconds"))


def _in_one(engine: Engine, work: Callable[[Connection], Result]) -> Result:
    # What goes and what comes under one key do so in transactions of their own: in one, DuckDB takes them for the same.
    with engine.begin() as connection:
        return work(connection)


def _set_aside(folder: Path) -> list[int]:
    """Loads whose files cannot be read; the files are kept under another name."""
    broken = []
    for load_id in journal.numbers(folder):
        path = journal.file_of(folder, load_id)
        try:
            journal.prove(path)
        except journal.UnreadableLoad:
            path.rename(path.with_suffix(".unreadable"))
            broken.append(load_id)
    return broken


def _strays(connection: Connection, folder: Path) -> dict[int, int]:
    """Take away the rows of loads that are not recorded, or are recorded but not as their files have them; by load."""
    strays: Counter[int] = Counter()
    recorded = set(connection.execute(sa.text("SELECT load_id FROM load")).scalars().all())
    there: dict[int, dict[str, int]] = {load_id: {"load": 1} for load_id in recorded}
    for table in INCOMING[1:]:
        counted = sa.text(f"SELECT load_id, COUNT(*) AS rows_of FROM {table} GROUP BY load_id")
        for load_id, count in connection.execute(counted).all():
            there.setdefault(load_id, {})[table] = count
    for load_id, counts in there.items():
        if load_id not in recorded or not _as_promised(connection, folder, load_id, counts):
            strays[load_id] = sum(counts.values())
    for load_id in strays:
        for table in INCOMING:
            connection.execute(sa.text(f"DELETE FROM {table} WHERE load_id = :load_id"), {"load_id": load_id})
    return dict(strays)


def _as_promised(connection: Connection, folder: Path, load_id: int, counts: dict[str, int]) -> bool:
    """Whether a recorded load is there as its file says; without a file there is nothing to hold it against."""
    path = journal.file_of(folder, load_id)
    if not path.exists():
        return True
    promised = journal.manifest(path)
    if not promised.head:
        # From before there were seals.
        return True
    if {table: count for table, count in promised.rows.items() if table != "document"} != counts:
        return False
    # Only the newest can have been stopped halfway; to read them all anew takes as long as loading them.
    newest = load_id == journal.numbers(folder)[-1]
    return not newest or seals.as_sealed(connection, load_id, promised.head)


def _bring_missing(connection: Connection, folder: Path) -> list[tuple[int, int]]:
    """Load what has a file and is not recorded; by load, its rows."""
    recorded = set(connection.execute(sa.text("SELECT load_id FROM load")).scalars().all())
    missing = [load_id for load_id in journal.numbers(folder) if load_id not in recorded]
    brought = [journal.bring(connection, journal.file_of(folder, load_id)) for load_id in missing]
    seals.seal(connection, [each.load_id for each in brought if not each.head])
    return [(each.load_id, sum(each.rows.values())) for each in brought]


def _void(connection: Connection, numbers: Sequence[int]) -> list[Mended]:
    """Numbers that no load has after all are never used again; nor those of which neither folder nor database knows."""
    taken = set(connection.execute(sa.text("SELECT load_id FROM load")).scalars().all()) | set(loads.voided(connection))
    lost = sorted({*numbers, *range(1, max(taken, default=0))} - taken)
    loads.void(connection, lost)
    return [_mended("load-lost", number) for number in lost]


def _judge(connection: Connection, *, whole: bool) -> list[Mended]:
    """Judge everything anew where what is stored is not what the views say."""
    connection.execute(sa.text("DELETE FROM document WHERE sha256 NOT IN (SELECT sha256 FROM load)"))
    differing = sum(refresh.differences(connection).values())
    if differing or whole:
        refresh.refresh(connection)
    return [_mended("judged-anew", 0, differing)] if differing and not whole else []


def _write_missing(connection: Connection, folder: Path, broken: Sequence[int]) -> list[Mended]:
    """Write the files of loads that have none, or one from before there were seals."""
    recorded = connection.execute(sa.text("SELECT load_id FROM load ORDER BY load_id")).scalars().all()
    there = {number for number in journal.numbers(folder) if journal.manifest(journal.file_of(folder, number)).head}
    for load_id in recorded:
        if load_id not in there:
            journal.write(connection, folder, load_id)
    return [_mended("file-made-anew", load_id) for load_id in broken if load_id in recorded]


def _tell(folder: Path, found: Sequence[Mended]) -> None:
    if not found:
        return
    for each in found:
        _log.warning("after an unclean end: %s, load %s, %s rows", each.kind, each.load_id, each.rows)
    folder.mkdir(mode=0o700, exist_ok=True)
    with (folder / _LOG).open("a", encoding="utf-8") as file:
        file.writelines(json.dumps(each._asdict()) + "\n" for each in found)


def mended(engine: Engine) -> list[Mended]:
    """What was mended in the last MENTIONED_DAYS days, the oldest first."""
    folder = journal.folder_of(engine)
    if folder is None or not (folder / _LOG).exists():
        return []
    lines = (folder / _LOG).read_text(encoding="utf-8").splitlines()
    every = [Mended(**json.loads(line)) for line in lines]
    return [each for each in every if (datetime.now() - datetime.fromisoformat(each.at)).days < MENTIONED_DAYS]
