"""Rows go into tables as they are, whatever form they come in."""

from pathlib import Path

import pyarrow
import pytest
import sqlalchemy as sa
from sqlalchemy import Engine

from tracking import database
from tracking.database import rows


def test_a_column_in_pieces_of_which_some_are_empty_is_stored_as_it_is(any_engine: Engine) -> None:
    pieces = [[], [None], ["甲"], []]
    incoming = pyarrow.table(
        {
            "place": pyarrow.chunked_array([["a", "b"]], pyarrow.string()),
            "word": pyarrow.chunked_array(pieces, pyarrow.large_string()),
        }
    )
    with any_engine.begin() as connection:
        connection.execute(sa.text("CREATE TEMPORARY TABLE pieces (place TEXT, word TEXT)"))
        database.append(connection, "pieces", incoming)
        stored = connection.execute(sa.text("SELECT place, word FROM pieces ORDER BY place")).all()
        connection.rollback()
    assert [tuple(row) for row in stored] == [("a", None), ("b", "甲")]


def test_a_reader_who_leaves_halfway_leaves_nothing_open(engine: Engine, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(rows, "CHUNK", 1)
    many = sa.select(sa.literal_column("1").label("one")).select_from(sa.text("generate_series(1, 20000) AS numbers"))
    with database.reading(engine) as connection:
        half = database.frames(connection, many)
        next(half)
    with database.reading(engine) as connection:
        assert len(database.frame(connection, many)) == 20_000


def test_a_value_leaves_the_connection_free_for_the_next_rows(any_engine: Engine) -> None:
    several = sa.text("SELECT number FROM (VALUES (1), (2), (3)) AS numbers (number) ORDER BY number")
    with any_engine.connect() as connection:
        assert database.value(connection, several) == 1
        assert database.frame(connection, several)["number"].tolist() == [1, 2, 3]
        assert database.value(connection, sa.text("SELECT 1 WHERE FALSE")) is None


def test_no_room_leaves_a_result_open() -> None:
    package = Path(database.__file__).parents[1]
    open_results = [path.name for path in package.rglob("*.py") if ".scalar()" in path.read_text(encoding="utf-8")]
    assert open_results == []
