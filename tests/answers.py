"""The five tables as plain rows, from the oracle or from a database, so that the two can be compared with `==`."""

import math
from collections.abc import Callable, Hashable, Sequence
from datetime import date
from itertools import zip_longest

import pandas as pd
from sqlalchemy import Engine

from tests.entering import clear, enter
from tests.oracle import tables
from tests.oracle.programme import Step, after
from tests.oracle.tables import Row
from tracking.results.tables import attainment


class Tables(dict[str, list[Row]]):
    """The tables by name, each computed when it is first asked for."""

    def __init__(self, compute: Callable[[str], list[Row]]) -> None:
        super().__init__()
        self._compute = compute

    def __missing__(self, name: str) -> list[Row]:
        self[name] = self._compute(name)
        return self[name]


Judge = Callable[[Sequence[Step], date], Tables]

TABLES: dict[str, tuple[Callable[..., list[Row]], Callable[..., pd.DataFrame]]] = {
    "attainment": (tables.attainment, attainment.attainment),
    "shortfalls": (tables.shortfalls, attainment.shortfalls),
    "evaluations": (tables.evaluations, attainment.evaluations),
    "verdicts": (tables.verdicts, attainment.verdicts),
    "filings": (tables.filings, attainment.filings),
}
# What the oracle does not know: labels, and where a filing came from.
BEYOND_THE_ORACLE = {"metric_name", "unit", "filed_by", "source", "sha256"}


def of_the_oracle(steps: Sequence[Step], as_of: date) -> Tables:
    """What plain fractions say of a programme that nobody reviews."""
    programme = after(steps, as_of)
    return Tables(lambda name: [{**row, "provisional": False} for row in TABLES[name][0](programme)])


def of_the_database(engine: Engine, as_of: date) -> Tables:
    """What the product says, without the columns that the oracle does not know."""
    return Tables(lambda name: _rows(TABLES[name][1](engine, as_of)))


def judge_in(engine: Engine) -> Judge:
    """A judge that enters the steps into this database, emptied, and asks the product."""

    def judge(steps: Sequence[Step], as_of: date) -> Tables:
        clear(engine)
        enter(engine, steps)
        return of_the_database(engine, as_of)

    return judge


def _rows(frame: pd.DataFrame) -> list[Row]:
    known = frame[[column for column in frame.columns if column not in BEYOND_THE_ORACLE]]
    return [{str(column): _plain(column, value) for column, value in row.items()} for row in known.to_dict("records")]


def _plain(column: Hashable, value: object) -> object:
    """Missing values of every kind and empty lists of years as None, days and moments as Python's own."""
    if value is pd.NaT or value is pd.NA or value == "" or (isinstance(value, float) and math.isnan(value)):
        return None
    if isinstance(value, pd.Timestamp):
        return value.date() if column == "due" else value.to_pydatetime()
    return value


def differences(told: Tables, expected: dict[str, list[Row]]) -> list[str]:
    """A line for every row that is not the expected one, with what differs; of a missing row, the row."""
    return [
        f"{name} row {place}: told {_apart(row, wanted)}, expected {_apart(wanted, row)}"
        for name in TABLES
        for place, (row, wanted) in enumerate(zip_longest(told[name], expected[name], fillvalue=Row()))
        if row != wanted
    ]


def _apart(row: Row, other: Row) -> Row:
    keys = ("space_id", "track", "edition", "year", "requirement")
    return {column: value for column, value in row.items() if column in keys or value != other.get(column)}
