"""Whether whoever opened an embedded database has closed it: a mark in its folder of loads, from opening to closing.

DuckDB's own log tells an unclean end only where something was being written. The mark lies where the next load's file
will, so that whatever power cut keeps that file has kept the mark too.
"""

import logging
import uuid
from pathlib import Path

from tracking.database import placing

_OURS = f"open-{uuid.uuid4().hex}"
_log = logging.getLogger(__name__)


def left(folder: Path) -> list[Path]:
    """The marks of processes that opened the database and never closed it; one that has it open now is none of them.

    To be asked once the database is ours alone.
    """
    return [path for path in folder.glob("open-*") if path.name != _OURS]


def put(folder: Path) -> None:
    """Mark the database as open in this process; on a disk that takes no more, it is opened without."""
    try:
        if not folder.is_dir():
            folder.mkdir(mode=0o700)
        (folder / _OURS).touch(placing.PRIVATE)
    except OSError as error:
        _log.warning("an unclean end may go unnoticed: %s", error)


def take(folder: Path) -> None:
    """The database is closed."""
    try:
        (folder / _OURS).unlink(missing_ok=True)
    except OSError as error:
        _log.warning("an unclean end will be told of a clean one: %s", error)
