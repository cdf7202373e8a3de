"""A scratch database is what `schema.sql` makes, and nobody else's."""

import shutil

import sqlalchemy as sa
from sqlalchemy import Engine

from tracking import database
from tracking.database import in_memory

WHAT_IS_THERE = sa.text("""
SELECT 'table' AS kind, table_name AS name, sql, comment FROM duckdb_tables() WHERE NOT internal
UNION ALL
SELECT 'view', view_name, NULL, comment FROM duckdb_views() WHERE NOT internal
ORDER BY kind, name
""")


def shape(engine: Engine) -> list[tuple]:
    with engine.connect() as connection:
        return [tuple(row) for row in connection.execute(WHAT_IS_THERE)]


def rows(engine: Engine) -> list[int]:
    with engine.connect() as connection:
        return list(connection.execute(sa.text("SELECT load_id FROM load")).scalars())


def test_it_has_the_tables_views_and_comments_of_the_schema() -> None:
    made, expected = database.scratch(), database.connect("duckdb://", create=True)
    database.initialise(expected)
    assert shape(made) == shape(expected)
    with database.reading(made) as connection:
        assert database.standing(connection) == "current"


def test_what_is_written_into_one_is_in_no_other() -> None:
    one, other = database.scratch(), database.scratch()
    with one.begin() as connection:
        connection.execute(sa.text("INSERT INTO load VALUES (1, 'register', 'a', 'b', 'c', TIMESTAMP '2024-01-01')"))
    assert (rows(one), rows(other), rows(database.scratch())) == ([1], [], [])


def test_temporary_files_that_were_tidied_away_are_made_again() -> None:
    database.scratch()
    assert in_memory._original is not None
    shutil.rmtree(in_memory._original[1].name)
    assert rows(database.scratch()) == []
