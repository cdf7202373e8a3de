"""From every kind of database into every kind: empty, half filled, filled, extreme columns come back as they were."""

import tempfile
from collections import Counter
from collections.abc import Iterator
from datetime import date, datetime
from decimal import Decimal
from functools import cache
from pathlib import Path
from typing import Any

import pytest
import sqlalchemy as sa
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from sqlalchemy import Engine

from tests import databases
from tracking.database import loads, seals, states
from tracking.maintenance import backup

ROWS = 4
MOST = Decimal("99999999999999.9999")
# Signs that stand for something else on some way: what is missing, an end of data, a quote, a delimiter.
SIGNS = [
    "",
    " ",
    "NULL",
    "\\N",
    "\\.",
    "\n\\.\n",
    '"',
    '""',
    "'",
    ",",
    "\r\n",
    "\ue000",
    "nan",
    "①㎡（𠮷）",
    "x" * 5000,
]
WORDS = st.sampled_from(SIGNS) | st.text(st.characters(exclude_categories=["Cs"], exclude_characters="\0"), max_size=8)
NUMBERS = st.sampled_from([-(2**31), 2**31 - 1, 0])
VALUES: dict[type, st.SearchStrategy[Any]] = {
    sa.Integer: NUMBERS,
    sa.Float: st.sampled_from([1 / 3, -1e300, 5e-324, 0.0]),
    sa.Numeric: st.sampled_from([MOST, -MOST, Decimal(0), Decimal("0.0001")]),
    sa.DateTime: st.sampled_from([datetime(1, 1, 1), datetime(9999, 12, 31, 23, 59, 59), datetime(2024, 2, 29)]),
    sa.Date: st.sampled_from([date(1, 1, 1), date(9999, 12, 31), date(2024, 2, 29)]),
    sa.Boolean: st.booleans(),
    sa.String: WORDS,
}
# Columns that do not take any value of their type.
CHECKED: dict[tuple[str, str], st.SearchStrategy[Any]] = {
    ("load", "kind"): st.sampled_from(["policy", "register", "filing", "rules", "closing", "review"]),
    ("question", "act"): st.sampled_from(["ask", "answer", "resolve"]),
    ("evidence", "act"): st.sampled_from(["attach", "remove"]),
    ("rectification_file", "act"): st.sampled_from(["attach", "remove"]),
    ("waiver", "act"): st.sampled_from(["waive", "unwaive"]),
    ("rectification", "act"): st.sampled_from(["rectify", "plan", "report", "accept", "send_back", "withdraw"]),
    ("review", "act"): st.sampled_from(["check", "approve", "return", "reopen"]),
    ("metric", "kind"): st.sampled_from(["whole", "decimal", "yes_no", "share"]),
    ("clause", "stage"): st.sampled_from(["entry", "target"]),
    ("requirement", "stage"): st.sampled_from(["entry", "target"]),
    ("requirement", "basis"): st.sampled_from(["annual", "share"]),
    ("requirement", "comparison"): st.sampled_from([">=", ">"]),
    ("requirement", "counted"): st.sampled_from(["period", "cultivation"]),
    ("enrolment", "start_year"): st.just(2020),
    ("enrolment", "end_year"): st.just(2029),
    ("enrolment", "exit_year"): st.integers(2020, 2029),
    ("conversion", "factor"): st.sampled_from([Decimal("9999999999.99999999"), Decimal("0.00000001")]),
}
Programme = dict[str, list[dict[str, Any]]]


@st.composite
def programmes(draw: st.DrawFn) -> Programme:
    """Rows for every table: no column that may be empty is left out of being empty, half filled and filled."""
    filled = {}
    for table, (keys, columns) in _shape().items():
        rows: list[dict[str, Any]] = [{} for _ in range(ROWS)]
        for column in columns:
            name = column["name"]
            kind = next(kind for kind in VALUES if isinstance(column["type"], kind))
            # What one table says of an edition or a space is nothing to another, so that nothing is judged of it.
            key = (lambda at: at) if kind is sa.Integer else (lambda at, table=table: f"{table} {at}")
            value = CHECKED.get((table, name), VALUES[kind])
            blank = draw(st.sampled_from([0, ROWS // 2, ROWS])) if column["nullable"] else 0
            for at, row in enumerate(rows):
                if name in keys and (table, name) not in CHECKED:
                    row[name] = key(at + 1)
                else:
                    row[name] = None if at < blank else draw(value)
        filled[table] = rows
    return filled


@cache
def _shape() -> dict[str, tuple[set[str], list[Any]]]:
    """By table, its key and its columns."""
    engine = databases.empty()
    found = sa.inspect(engine)
    shape = {
        table: ({*found.get_pk_constraint(table)["constrained_columns"], "load_id"}, found.get_columns(table))
        for table in states.INCOMING
        if table != "seal"
    }
    engine.dispose()
    return shape


@pytest.fixture(params=["engine", "postgres"])
def source(request: pytest.FixtureRequest) -> Engine:
    return request.getfixturevalue(request.param)


@pytest.fixture(params=["embedded", "second_postgres"])
def target(request: pytest.FixtureRequest) -> Engine:
    return request.getfixturevalue(request.param)


@pytest.fixture
def embedded() -> Iterator[Engine]:
    """Another DuckDB in memory than the source."""
    fresh = databases.empty()
    yield fresh
    fresh.dispose()


@settings(
    suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow],
    max_examples=max(1, settings().max_examples // 15),
)
@given(programmes(), st.binary(max_size=40))
def test_everything_comes_back_as_it_was(source: Engine, target: Engine, filled: Programme, content: bytes) -> None:
    for row in filled["load"]:
        row["sha256"] = loads.sha256(content)
    for engine in (source, target):
        _empty(engine)
    with source.begin() as connection:
        for table, rows in filled.items():
            names = ", ".join(rows[0])
            marks = ", ".join(f":{name}" for name in rows[0])
            connection.execute(sa.text(f"INSERT INTO {table} ({names}) VALUES ({marks})"), rows)
        loads.keep(connection, [loads.Document(loads.sha256(content), content)])
        seals.seal(connection, range(1, ROWS + 1))
    with tempfile.TemporaryDirectory() as folder:
        head = backup.backup(source, Path(folder) / "backup.zip")
        assert head.load_id == ROWS
        # Held against the seals that were made on the other side.
        assert backup.restore(target, Path(folder) / "backup.zip") == head
    with target.connect() as connection:
        for table, rows in filled.items():
            brought = connection.execute(sa.text(f"SELECT {', '.join(rows[0])} FROM {table}")).all()
            assert Counter(map(tuple, brought)) == Counter(tuple(row.values()) for row in rows), table
        assert [(each.sha256, each.content) for few in loads.documents(connection) for each in few] == [
            (loads.sha256(content), content)
        ]


def _empty(engine: Engine) -> None:
    with engine.begin() as connection:
        for table in (*states.INCOMING, "document"):
            connection.execute(sa.text(f"DELETE FROM {table}"))
