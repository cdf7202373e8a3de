"""The model explains itself, in the file and in the database."""

import re

from sqlalchemy import Engine

from tracking import database

SCHEMA = database.SCHEMA.read_text(encoding="utf-8")
OBJECTS = re.findall(r"((?:^-- .*\n)+)CREATE (?:OR REPLACE VIEW|TABLE IF NOT EXISTS) (\w+)", SCHEMA, flags=re.MULTILINE)


def test_every_table_and_view_opens_with_what_a_row_is() -> None:
    created = re.findall(r"CREATE (?:OR REPLACE VIEW|TABLE IF NOT EXISTS) (\w+)", SCHEMA)
    assert [name for _, name in OBJECTS] == created


def test_the_database_says_what_the_file_says() -> None:
    comments = dict(re.findall(r"COMMENT ON (?:TABLE|VIEW) (\w+) IS '((?:[^']|'')+)';", SCHEMA))
    headers = {
        name: " ".join(line[3:] for line in header.splitlines()).removeprefix(f"{name}: ") for header, name in OBJECTS
    }
    assert {name: text.replace("''", "'") for name, text in comments.items()} == headers


def test_running_the_schema_again_changes_nothing(any_engine: Engine) -> None:
    with any_engine.begin() as connection:
        connection.exec_driver_sql("INSERT INTO load VALUES (1, 'policy', 'p', 'x', 'me', '2024-01-01')")
    database.initialise(any_engine)
    with database.reading(any_engine) as connection:
        assert database.data_version(connection) == 1
