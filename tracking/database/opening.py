"""Opening a database, and closing it: after an unclean end it is mended before anybody is served."""

import atexit
import os
import threading
from collections import defaultdict
from datetime import datetime
from pathlib import Path
from weakref import WeakKeyDictionary, WeakSet

import sqlalchemy as sa
from sqlalchemy import Engine
from sqlalchemy.engine import make_url
from sqlalchemy.exc import ArgumentError

from tracking.database import engine as engines
from tracking.database import journal, marks, placing, recovery, schema, steps, transactions, unavailable, upgrades
from tracking.database.engine import DEFAULT_URL
from tracking.database.recovery import Mended
from tracking.database.unavailable import DatabaseUnavailable, disk_told, failures_told
from tracking.database.upgrades import Upgrade

# How DuckDB says that a file is damaged. One that a newer DuckDB wrote is not: that names its version.
_DAMAGED = ("checksum", "corrupt", "not a valid duckdb", "could not read", "deserializ", "wal replay", "replaying wal")
# By file that this process has open, its engines: the file's log is its own work.
_opened: defaultdict[Path, WeakSet[Engine]] = defaultdict(WeakSet)
_unclean: set[Path] = set()
_one_opens = threading.Lock()
_found: WeakKeyDictionary[Engine, list[Mended]] = WeakKeyDictionary()


def connect(url: str = DEFAULT_URL, *, create: bool = False) -> Engine:
    """An engine on a database that answers, and is whole. `duckdb://` alone is a fresh one in memory.

    An embedded one that was not stopped cleanly is mended first, from the folder of loads beside it; what was found
    is in `found`. Raises DatabaseUnavailable, also for a newer one; without `create`, also where there is no database
    of ours yet, or an older one, which `initialise` brings up, or one that was judged by other rules.
    """
    file = _file(url)
    if file is None:
        engine = engines.connect(url, create=create)
    else:
        try:
            engine = _open(url, file, create)
        except DatabaseUnavailable as unavailable:
            if not _damaged(unavailable) or not journal.numbers(_folder(file)):
                raise
            return _anew(url, file)
        # One that is not current was opened to be made, or to be brought up.
        if not create or _is_current(engine):
            _mend(engine, file)
    if not create:
        _check_rules(engine)
    return engine


def _open(url: str, file: Path, create: bool) -> Engine:
    with _one_opens:
        first = not _opened.get(file)
        logged = file.with_name(f"{file.name}.wal").exists()
        engine = engines.connect(url, create=create)
        # Nobody else has it open by now.
        if first and (logged or marks.left(_folder(file))):
            _unclean.add(file)
        _keep_open(engine, file)
        return engine


def _is_current(engine: Engine) -> bool:
    with engine.connect() as connection:
        return steps.standing(connection) == "current"


def _check_rules(engine: Engine) -> None:
    """Nobody is answered by mixed rules. Raises DatabaseUnavailable."""
    try:
        with transactions.reading(engine) as connection:
            judged_by = upgrades.judged_by(connection)
        if judged_by != schema.rules():
            raise DatabaseUnavailable("rules", unavailable.shown(engine.url), judged_by or "")
    except DatabaseUnavailable:
        engine.dispose()
        raise


def initialise(engine: Engine) -> Upgrade | None:
    """`upgrades.initialise`, after which an embedded database has its folder of loads."""
    upgrade = upgrades.initialise(engine)
    if file := placing.file_of(engine):
        if upgrade:
            with failures_told(engine), disk_told(engine):
                recovery.complete(engine)
        _mend(engine, file.resolve())
    return upgrade


def found(engine: Engine) -> list[Mended]:
    """What was mended when this engine was opened."""
    return _found.get(engine, [])


@atexit.register
def close() -> None:
    """Close every embedded database that this process has open."""
    for engine in [engine for every in list(_opened.values()) for engine in every]:
        engine.dispose()
    # An engine that nobody holds any more was let go of without a word.
    for file in list(_opened):
        _closed(file)


def _keep_open(engine: Engine, file: Path) -> None:
    """The file is open in this process until the last of its engines is disposed of."""
    _opened[file].add(engine)
    marks.put(_folder(file))

    @sa.event.listens_for(engine, "engine_disposed")
    def disposed(_: Engine) -> None:
        _opened[file].discard(engine)
        if not _opened[file]:
            _closed(file)


def _closed(file: Path) -> None:
    _opened.pop(file, None)
    marks.take(_folder(file))


def _mend(engine: Engine, file: Path) -> None:
    # Whoever is writing has the next load's file there before the load.
    with transactions.one_writer, failures_told(engine), disk_told(engine):
        unclean = file in _unclean
        if unclean or recovery.differs(engine):
            _found[engine] = recovery.recover(engine, unclean=unclean)
            _settled(file)


def _settled(file: Path) -> None:
    _unclean.discard(file)
    for mark in marks.left(_folder(file)):
        mark.unlink(missing_ok=True)


def _anew(url: str, file: Path) -> Engine:
    """Set a file aside that cannot be read, and make the database anew from its loads."""
    aside = f"unreadable-{datetime.now():%Y%m%d-%H%M%S}"
    for each in (file, file.with_name(f"{file.name}.wal")):
        if each.exists():
            os.replace(each, each.with_name(f"{each.name}.{aside}"))
    engine = engines.connect(url, create=True)
    _keep_open(engine, file)
    upgrades.initialise(engine)
    _found[engine] = recovery.recover(engine, anew=True)
    _settled(file)
    return engine


def _damaged(unavailable: DatabaseUnavailable) -> bool:
    words = unavailable.detail.lower()
    return (
        unavailable.reason in ("broken", "place") and any(each in words for each in _DAMAGED) and "version" not in words
    )


def _folder(file: Path) -> Path:
    return file.with_name(f"{file.name}.loads")


def _file(url: str) -> Path | None:
    try:
        address = make_url(url)
    except (ArgumentError, ValueError):
        return None
    name = address.database or ""
    embedded = address.get_backend_name() == "duckdb" and name and not name.startswith(":memory:")
    return Path(name).resolve() if embedded else None
