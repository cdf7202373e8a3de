"""A waiver and a rectification of two clauses of every year, as if somebody had given them: half are over."""

import sqlalchemy as sa
from sqlalchemy import Connection, Engine

from tracking import database

KEYS = "space_id, edition, track, year, requirement"
# Each is a load of its own, with a file beside the database: of every requirement they would take ten seconds.
OF_CLAUSES = "requirement LIKE '%.target.4.%' OR requirement LIKE '%.target.5.%'"
SAID = {
    "waiver": ("act, reason, until_day", "'waive', 'why', {day}"),
    "rectification": ("act, body, by_day", "'rectify', 'why', {day}"),
}


def lay(engine: Engine) -> None:
    """Put them straight into the tables: through the acts of people it takes long."""
    database.write(engine, _insert)


def _insert(connection: Connection) -> None:
    for table, (columns, said) in SAID.items():
        before = database.data_version(connection)
        number = f"{before} + ROW_NUMBER() OVER (ORDER BY {KEYS}) AS load_id"
        numbered = f"SELECT {KEYS}, {number} FROM stored_attainment WHERE {OF_CLAUSES}"
        day = "CASE WHEN load_id % 2 = 0 THEN DATE '2030-01-01' ELSE DATE '2020-01-01' END"
        rows = f"SELECT load_id, {KEYS}, {said.format(day=day)} FROM ({numbered}) AS numbered"
        connection.execute(sa.text(f"INSERT INTO {table} (load_id, {KEYS}, {columns}) {rows}"))
        load = "SELECT load_id, 'review', 'x', 'x', 'tests', LOCALTIMESTAMP FROM"
        connection.execute(sa.text(f"INSERT INTO load {load} {table} WHERE load_id > {before}"))
