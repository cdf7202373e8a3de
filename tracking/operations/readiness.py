"""Whether a proxy may send people to this server: its database answers, is of this version, and there is room."""

import shutil
from collections.abc import Callable
from pathlib import Path
from typing import Literal, NamedTuple

from sqlalchemy import Engine

from tracking import database
from tracking.database import DatabaseUnavailable
from tracking.operations import stopping

# A load at the city's size takes some of it at once: its document, its log beside the file, what is spilled.
LEAST_LEFT = 200_000_000

State = Literal["ok", "failed", "older", "newer", "nothing", "full", "draining"]


class Check(NamedTuple):
    """What was looked at, and how it was found."""

    name: str
    state: State


def checks(engine: Callable[[], Engine], room: Path) -> list[Check]:
    """Everything that must be ok; `engine` may raise DatabaseUnavailable, `room` is the folder that must have room."""
    return [
        Check("draining", "draining" if stopping.draining() else "ok"),
        Check("disk", "ok" if disk_left(room) >= LEAST_LEFT else "full"),
        *_of_database(engine),
    ]


def ready(found: list[Check]) -> bool:
    """Whether nothing is in the way."""
    return all(check.state == "ok" for check in found)


def disk_left(room: Path) -> int:
    """Bytes that are left where a folder is."""
    return shutil.disk_usage(room).free


def _of_database(engine: Callable[[], Engine]) -> list[Check]:
    try:
        with database.reading(engine()) as connection:
            standing = database.standing(connection)
    except DatabaseUnavailable as error:
        state: State = error.reason if error.reason in ("older", "newer") else "failed"  # type: ignore[assignment]
        return [Check("database", "failed" if state == "failed" else "ok"), Check("schema", state)]
    return [Check("database", "ok"), Check("schema", "ok" if standing == "current" else standing)]
