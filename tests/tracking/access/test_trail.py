"""The audit trail: whoever tampers with it is found, from the trail itself or from a head that was printed earlier."""

import pytest
import sqlalchemy as sa
from sqlalchemy import Connection, Engine

from tracking import database
from tracking.access import trail


def written(engine: Engine) -> trail.Head:
    """Five lines, and the head that was printed after the fourth."""

    def work(connection: Connection) -> trail.Head:
        for account in (1, 2, 1, None):
            trail.note(connection, account, "sign-in")
        printed = trail.head(connection)
        trail.note(connection, 1, "grant", "2 operator space SL00001")
        return printed

    return database.write_beside(engine, work)


TAMPERED = {
    "edited": ["UPDATE audit_event SET account = 3 WHERE number = 2"],
    "deleted": ["DELETE FROM audit_event WHERE number = 2"],
    "inserted": [
        "INSERT INTO audit_event SELECT 6, happened_at, 9, event, subject, sha256 FROM audit_event WHERE number = 5"
    ],
    "reordered": [
        "UPDATE audit_event SET account = CASE number WHEN 2 THEN 1 ELSE 2 END WHERE number IN (2, 3)",
    ],
    "cut": ["DELETE FROM audit_event WHERE number >= 4"],
    "anew": [],
}


@pytest.mark.parametrize("how", TAMPERED)
def test_what_was_done_to_the_trail_is_found_from_one_earlier_head(any_engine: Engine, how: str) -> None:
    printed = written(any_engine)
    with database.reading(any_engine) as connection:
        assert trail.broken(connection) == []
        assert trail.stands(connection, printed)
        # As PDFs print it.
        number, _, beginning = printed.short.partition(":")
        printed = trail.Head(int(number), beginning)
        assert trail.stands(connection, printed)
    with any_engine.begin() as connection:
        for statement in TAMPERED[how]:
            connection.execute(sa.text(statement))
    if how == "anew":
        with any_engine.begin() as connection:
            connection.execute(sa.text("CREATE TABLE kept AS SELECT * FROM audit_event"))
            connection.execute(sa.text("DROP TABLE audit_event"))
            connection.execute(sa.text("CREATE TABLE audit_event AS SELECT * FROM kept WHERE 1 = 0"))
            for _ in range(5):
                trail.note(connection, 2, "sign-in")
    with database.reading(any_engine) as connection:
        assert trail.broken(connection) or not trail.stands(connection, printed)
        if how in ("cut", "anew"):
            # By itself such a trail holds.
            assert trail.broken(connection) == []


def test_two_different_lines_never_have_the_same_bytes() -> None:
    assert trail._chained("", ["ab", "c"]) != trail._chained("", ["a", "bc"])
    assert trail._chained("", [None, ""]) != trail._chained("", ["", None])
