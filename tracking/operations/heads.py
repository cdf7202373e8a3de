"""The heads of both chains, noted once a day: a log that is kept elsewhere holds the database to them later."""

from collections.abc import Callable
from datetime import date

from sqlalchemy import Engine

from tracking import database, events
from tracking.access import trail
from tracking.database import DatabaseUnavailable


class Daily:
    """Notes the heads at the first look of each day."""

    def __init__(self, engine: Callable[[], Engine]) -> None:
        self._engine = engine
        self._noted: date | None = None

    def look(self, today: date) -> None:
        """Note them, unless this day has them; a database that does not answer is looked at again."""
        if self._noted == today:
            return
        try:
            with database.reading(self._engine()) as connection:
                loads, lines = database.head(connection), trail.head(connection)
        except DatabaseUnavailable:
            return
        events.note("seal-head", head=str(loads))
        events.note("trail-head", head=str(lines))
        self._noted = today
