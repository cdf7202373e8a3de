"""A slow query is noted with its text, and never with what was looked for."""

import pytest
import sqlalchemy as sa
from sqlalchemy import Engine

from tracking import database, events
from tracking.database import timing


@pytest.mark.parametrize(("limit", "noted"), [("0", True), ("60", False)])
def test_what_takes_too_long_is_noted_without_its_values(
    any_engine: Engine, monkeypatch: pytest.MonkeyPatch, limit: str, noted: bool
) -> None:
    monkeypatch.setenv(timing.SLOW, limit)
    lines: list[str] = []
    monkeypatch.setattr(events, "note", lambda event, **fields: lines.append(f"{event} {fields}"))
    with database.reading(any_engine) as connection:
        lines.clear()
        statement = sa.text("SELECT space_id AS looked_for FROM space WHERE space_id = :space")
        database.frame(connection, statement, space="Wang Li")
        database.value(connection, statement, {"space": "Wang Li"})
    found = [line for line in lines if "looked_for" in line]
    assert [line.partition(" ")[0] for line in found] == ["slow-query"] * (2 if noted else 0)
    assert "Wang" not in "".join(lines)
