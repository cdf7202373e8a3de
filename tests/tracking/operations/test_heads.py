"""The heads of both chains are noted once a day, and later where the database did not answer."""

from datetime import date

from sqlalchemy import Engine

from tests.tracking.operations.conftest import Noted
from tracking import database
from tracking.access import trail
from tracking.database import DatabaseUnavailable
from tracking.operations.heads import Daily

MONDAY, TUESDAY = date(2025, 3, 3), date(2025, 3, 4)


def test_each_day_has_its_heads(engine: Engine, noted: Noted) -> None:
    answers = [False]

    def opened() -> Engine:
        if not answers[0]:
            raise DatabaseUnavailable("unreachable", "postgresql://nowhere")
        return engine

    daily = Daily(opened)
    daily.look(MONDAY)
    assert noted.of("trail-head") == noted.of("seal-head") == []
    answers[0] = True
    with engine.begin() as connection:
        first = trail.note(connection, None, "backup")
    for day in (MONDAY, MONDAY, TUESDAY):
        daily.look(day)
    assert noted.of("trail-head") == [{"head": str(first)}] * 2
    with database.reading(engine) as connection:
        assert noted.of("seal-head") == [{"head": str(database.head(connection))}] * 2
