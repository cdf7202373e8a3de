"""The model explains itself, in the file and in the database."""

import re

import sqlalchemy as sa
from sqlalchemy import Engine

from tracking import database
from tracking.database import schema

SCRIPT = schema.FILE.read_text(encoding="utf-8")
COMMENTS = {
    "duckdb": "SELECT table_name, comment FROM duckdb_tables() UNION ALL "
    "SELECT view_name, comment FROM duckdb_views() WHERE NOT internal",
    "postgresql": "SELECT relname, OBJ_DESCRIPTION(pg_class.oid) FROM pg_class "
    "JOIN pg_namespace ON relnamespace = pg_namespace.oid WHERE relkind IN ('r', 'v') AND nspname = 'public'",
}


def test_every_table_and_view_opens_with_what_a_row_is() -> None:
    created = re.findall(r"CREATE (?:OR REPLACE VIEW|TABLE IF NOT EXISTS) (\w+)", SCRIPT)
    assert list(schema.headers(SCRIPT)) == created
    assert [name for name in created if f"\n-- {name}: " not in SCRIPT] == []


def test_the_database_says_what_the_file_says(any_engine: Engine) -> None:
    with any_engine.connect() as connection:
        rows = connection.execute(sa.text(COMMENTS[any_engine.dialect.name])).all()
    comments = {str(name): comment for name, comment in rows}
    assert comments == schema.headers(SCRIPT)
    assert comments["unit"] == "one row per unit of measure of an edition, as a person reads it."
    assert comments["clause"].startswith("one row per numbered clause of a track and stage, in the policy's own words;")


def test_running_the_schema_again_changes_nothing(any_engine: Engine) -> None:
    with any_engine.begin() as connection:
        connection.exec_driver_sql("INSERT INTO load VALUES (1, 'policy', 'p', 'x', 'me', '2024-01-01')")
    database.initialise(any_engine)
    with database.reading(any_engine) as connection:
        assert database.data_version(connection) == 1
