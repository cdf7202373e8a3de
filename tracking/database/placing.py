"""Files that take the place of files: written beside, flushed to the disk, then put there at once."""

import os
import stat
import threading
import uuid
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from sqlalchemy import Engine
from sqlalchemy.engine import make_url
from sqlalchemy.exc import ArgumentError

# What only its owner may read: databases, and what is made of them whole.
PRIVATE = 0o600
_one_mask = threading.RLock()


@contextmanager
def placed(path: Path, mode: int | None = None) -> Iterator[Path]:
    """A path beside `path` to write to, which takes its place when the block ends.

    Its rights are `mode`, else those of the file that it takes the place of. Whoever opens `path` has the old file or
    the new one, each whole, also after the power failed. Where the block fails the old one stays, and nothing beside.
    Raises OSError.
    """
    place = path.resolve()
    half = place.with_name(f".{place.name}.{uuid.uuid4().hex[:8]}.half")
    try:
        if mode is not None:
            os.close(os.open(half, os.O_CREAT | os.O_EXCL | os.O_WRONLY, mode))
        yield half
        put(half, place, mode)
    finally:
        half.unlink(missing_ok=True)


def put(made: Path, place: Path, mode: int | None = None) -> None:
    """Flush a file and put it in its place, in the same file system. Raises OSError."""
    if mode is None and place.exists():
        mode = stat.S_IMODE(place.stat().st_mode)
    if mode is not None:
        made.chmod(mode)
    flush(made)
    os.replace(made, place)
    flush(place.parent)


def flush(path: Path) -> None:
    """Have the disk hold what was written to a file, or which files are in a folder. Raises OSError."""
    if os.name == "nt" and path.is_dir():
        # There a folder cannot be opened, and need not be.
        return
    descriptor = os.open(path, os.O_RDONLY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)


@contextmanager
def private() -> Iterator[None]:
    """Files that are made meanwhile, by whatever library, are their owner's alone."""
    with _one_mask:
        before = os.umask(0o077)
        try:
            yield
        finally:
            os.umask(before)


def file_of(engine: Engine) -> Path | None:
    """The file of an embedded database; None for one in memory and for a server."""
    name = engine.url.database or ""
    return Path(name) if engine.dialect.name == "duckdb" and name and not name.startswith(":memory:") else None


def room_of(address: str) -> Path:
    """The folder in which a database grows; for a server the one that this process works in."""
    return Path(str(make_url(address).database)).resolve().parent if is_file(address) else Path.cwd()


def is_file(address: str) -> bool:
    """Whether the database at that address is a file, which one process alone can have open."""
    try:
        url = make_url(address)
    except ArgumentError:
        return False
    return url.get_backend_name() == "duckdb" and bool(url.database) and not str(url.database).startswith(":memory:")


def is_own(address: str, path: Path) -> bool:
    """Whether a path is the file of the database at that address, or one that belongs to it."""
    if not is_file(address):
        return False
    own = Path(str(make_url(address).database)).resolve()
    place = path.resolve()
    beside = own.with_name(f"{own.name}.loads")
    return place in (own, own.with_name(f"{own.name}.wal"), beside) or beside in place.parents or _same(own, place)


def _same(one: Path, other: Path) -> bool:
    return one.exists() and other.exists() and one.samefile(other)
