"""Files that take the place of files: written beside, flushed to the disk, then put there at once."""

import os
import uuid
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

# What only its owner may read: databases and all that is made of them whole.
PRIVATE = 0o600


@contextmanager
def placed(path: Path, mode: int | None = None) -> Iterator[Path]:
    """A path beside `path` to write to, which takes its place when the block ends, with the rights `mode` if given.

    Whoever opens `path` has the old file or the new one, each whole, also after the power failed. Where the block
    fails nothing is left beside, and the old one stays. Raises OSError.
    """
    place = path.resolve()
    half = place.with_name(f".{place.name}.{uuid.uuid4().hex[:8]}.half")
    try:
        if mode is not None:
            os.close(os.open(half, os.O_CREAT | os.O_EXCL | os.O_WRONLY, mode))
        yield half
        flush(half)
        os.replace(half, place)
        flush(place.parent)
    finally:
        half.unlink(missing_ok=True)


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
