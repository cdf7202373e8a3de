"""Opening a database: after an unclean end it is mended before anybody is served."""

import os
from datetime import datetime
from pathlib import Path
from weakref import WeakKeyDictionary

from sqlalchemy import Engine
from sqlalchemy.engine import make_url
from sqlalchemy.exc import ArgumentError

from tracking.database import engine as engines
from tracking.database import journal, placing, recovery, schema, steps, transactions, unavailable, upgrades
from tracking.database.engine import DEFAULT_URL
from tracking.database.recovery import Mended
from tracking.database.unavailable import DatabaseUnavailable
from tracking.database.upgrades import Upgrade

# How DuckDB says that a file is damaged. One that a newer DuckDB wrote is not: that names its version.
_DAMAGED = ("checksum", "corrupt", "not a valid duckdb", "could not read", "deserializ", "wal replay", "replaying wal")
# Files that this process opened: their log is its own work.
_opened: set[Path] = set()
_unclean: set[Path] = set()
_found: WeakKeyDictionary[Engine, list[Mended]] = WeakKeyDictionary()


def connect(url: str = DEFAULT_URL, *, create: bool = False) -> Engine:
    """An engine on a database that answers, and is whole. `duckdb://` alone is a fresh one in memory.

    An embedded one that was not stopped cleanly is mended first, from the folder of loads beside it; what was found
    is in `found`. Raises DatabaseUnavailable, also for a newer one; without `create`, also where there is no database
    of ours yet, or an older one, which `initialise` brings up, or one that was judged by other rules.
    """
    file = _file(url)
    if file and file not in _opened and file.with_name(f"{file.name}.wal").exists():
        _unclean.add(file)
    try:
        engine = engines.connect(url, create=create)
    except DatabaseUnavailable as unavailable:
        if file is None or not _damaged(unavailable) or not journal.numbers(file.with_name(f"{file.name}.loads")):
            raise
        return _anew(url, file)
    if file:
        _opened.add(file)
        with engine.connect() as connection:
            current = steps.standing(connection) == "current"
        if current:
            _mend(engine, file)
    if not create:
        _check_rules(engine)
    return engine


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
            recovery.complete(engine)
        _mend(engine, file.resolve())
    return upgrade


def found(engine: Engine) -> list[Mended]:
    """What was mended when this engine was opened."""
    return _found.get(engine, [])


def _mend(engine: Engine, file: Path) -> None:
    # Whoever is writing has the next load's file there before the load.
    with transactions.one_writer:
        if file in _unclean or recovery.differs(engine):
            _found[engine] = recovery.recover(engine)
            _unclean.discard(file)


def _anew(url: str, file: Path) -> Engine:
    """Set a file aside that cannot be read, and make the database anew from its loads."""
    aside = f"unreadable-{datetime.now():%Y%m%d-%H%M%S}"
    for each in (file, file.with_name(f"{file.name}.wal")):
        if each.exists():
            os.replace(each, each.with_name(f"{each.name}.{aside}"))
    engine = engines.connect(url, create=True)
    _opened.add(file)
    upgrades.initialise(engine)
    _found[engine] = recovery.recover(engine, anew=True)
    _unclean.discard(file)
    return engine


def _damaged(unavailable: DatabaseUnavailable) -> bool:
    words = unavailable.detail.lower()
    return (
        unavailable.reason in ("broken", "place") and any(each in words for each in _DAMAGED) and "version" not in words
    )


def _file(url: str) -> Path | None:
    try:
        address = make_url(url)
    except (ArgumentError, ValueError):
        return None
    name = address.database or ""
    embedded = address.get_backend_name() == "duckdb" and name and not name.startswith(":memory:")
    return Path(name).resolve() if embedded else None
