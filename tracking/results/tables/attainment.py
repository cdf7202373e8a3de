"""The tables that go out: queries on the views of `schema.sql`, to frames in the contract's columns.

No status is computed here; the views say what every word means. In every frame a date is a
datetime64[s], a moment a datetime64[us], a count that can be missing an Int64.
"""

from collections.abc import Iterator, Sequence
from datetime import date
from itertools import chain
from typing import Any, Unpack

import pandas as pd
import sqlalchemy as sa
from sqlalchemy import Connection, Engine

from tracking import database
from tracking.database.loads import batches
from tracking.results.tables.columns import COLUMNS, MEANINGS, in_view
from tracking.results.tables.filters import Chosen, conditions
from tracking.words.language import Lang

# Row order: where two rows could tie, the next column decides, so that an export is the same every time.
_ORDER = {
    "attainment": "space_id, track, year, edition, position",
    "shortfalls": "consecutive_years DESC, absent DESC, attainment NULLS FIRST, "
    "space_id, track, year, edition, position",
    "evaluations": "space_id, track, year, edition",
    "verdicts": "space_id, track, edition",
    "filings": "space_id, year",
    "observations": "space_id, year, position, metric",
    "waivers": "space_id, track, year, edition, position, requirement",
    "rectifications": "space_id, track, year, edition, position, requirement",
}
# A double tells four decimals of what is below it, and schema.sql has in `exact` what is not.
_DOUBLE_TELLS = 1 << 39
_EXACT = {"value": "exact", "actual": "exact", "numerator": "numerator", "denominator": "denominator"}
# Spaces whose rows are put in order at one time where a whole table goes out.
BATCH = 2_000


def attainment(engine: Engine, as_of: date, **chosen: Unpack[Chosen]) -> pd.DataFrame:
    """Every requirement of every year of every enrolment, as of a day.

    Columns ATTAINMENT: required, actual, gap and needed_per_year in the metric's own unit, shares as
    fractions of 1, yes as 1. Source: reading.md, Bases and Statuses.
    """
    return _read(engine, as_of, "attainment", chosen)


def shortfalls(engine: Engine, as_of: date, **chosen: Unpack[Chosen]) -> pd.DataFrame:
    """The mandatory requirements missed as of a day, worst first.

    Columns SHORTFALLS: those of `attainment` and consecutive_years. Source: reading.md, Statuses.
    """
    return _read(engine, as_of, "shortfalls", chosen)


def evaluations(engine: Engine, as_of: date, **chosen: Unpack[Chosen]) -> pd.DataFrame:
    """The result and exit warning of every year of every enrolment, as of a day.

    Columns EVALUATIONS. Source: reading.md, Years and periods.
    """
    return _read(engine, as_of, "evaluations", chosen)


def verdicts(engine: Engine, as_of: date, **chosen: Unpack[Chosen]) -> pd.DataFrame:
    """The verdict on every enrolment as of a day; `years` keeps those whose period has one of them.

    Columns VERDICTS. Source: reading.md, A requirement over the period.
    """
    return _read(engine, as_of, "verdicts", chosen)


def filings(engine: Engine, as_of: date, **chosen: Unpack[Chosen]) -> pd.DataFrame:
    """What was filed, and what was not, for every year that an enrolment covers, as of a day.

    Columns FILINGS. `tracks` and `editions` keep the years covered by such an enrolment.
    """
    return _read(engine, as_of, "filings", chosen)


def observations(engine: Engine, as_of: date, **chosen: Unpack[Chosen]) -> pd.DataFrame:
    """Every figure of every filing as last revised, and the shares that they make, each with its two counts.

    Columns OBSERVATIONS: a row per space, year and metric. `tracks` and `editions` keep the years covered by such
    an enrolment, without the year before it. What was filed does not depend on the day.
    """
    return _read(engine, as_of, "observations", chosen)


def waivers(engine: Engine, as_of: date, **chosen: Unpack[Chosen]) -> pd.DataFrame:
    """Every waiver as it was given last, as of a day, beside the status, which is as it would be without it.

    Columns WAIVERS.
    """
    return _read(engine, as_of, "waivers", chosen)


def rectifications(engine: Engine, as_of: date, **chosen: Unpack[Chosen]) -> pd.DataFrame:
    """What was to be put right, and what came of it as of a day.

    Columns RECTIFICATIONS; requirement is empty where it is of a year as a whole.
    """
    return _read(engine, as_of, "rectifications", chosen)


def meant(engine: Engine, as_of: date, *, table: str, **chosen: Unpack[Chosen]) -> pd.DataFrame:
    """The rows of a table with what their codes mean: its columns in COLUMNS, then those in MEANINGS."""
    with database.reading(engine, as_of) as connection:
        return read_meant(connection, table, chosen)


def read_meant(connection: Connection, table: str, chosen: Chosen) -> pd.DataFrame:
    """As `meant`, as of the connection's day."""
    rows = database.frame(connection, _statement(table, chosen, meanings=True))
    return database.typed(rows, COLUMNS[table] | MEANINGS[table])


def _read(engine: Engine, as_of: date, table: str, chosen: Chosen) -> pd.DataFrame:
    with database.reading(engine, as_of) as connection:
        return read(connection, table, chosen)


def read(
    connection: Connection,
    table: str,
    chosen: Chosen,
    *,
    limit: int | None = None,
    offset: int = 0,
    order: str | None = None,
    descending: bool = False,
    columns: Sequence[str] = (),
    exact: bool = False,
) -> pd.DataFrame:
    """One of the tables in COLUMNS, as of the connection's day: all of it, or `limit` rows behind `offset`.

    The rows are in the table's own order, or in that of a column of it, blanks last; `columns` are all where none is
    named. Where `exact`, a column in which a filed figure has more digits than a double is one of objects, that figure
    a Decimal. Raises KeyError for another column.
    """
    statement = _statement(table, chosen, order, descending, columns=columns, exact=exact)
    return typed(database.frame(connection, statement.limit(limit).offset(offset or None)), _columns(table, columns))


def frames(
    connection: Connection,
    table: str,
    chosen: Chosen,
    also: Sequence[sa.ColumnElement[bool]] = (),
    *,
    order: str | None = None,
    descending: bool = False,
    columns: Sequence[str] = (),
    exact: bool = False,
) -> Iterator[pd.DataFrame]:
    """All rows of `read`, database.CHUNK in a frame; one without rows where there are none.

    `also` is what else the rows must meet.
    Until the last one is taken the connection must not be asked for anything else.
    """
    parts: list[Sequence[sa.ColumnElement[bool]]] = [also]
    if not also and order is None and _ORDER[table].startswith("space_id"):
        # In parts, since to put rows in order a database holds them all.
        spaces = batches(connection, BATCH)
        parts = [[sa.column("space_id").between(first, last)] for first, last in spaces] if len(spaces) > 1 else [()]
    statement = _statement(table, chosen, order, descending, columns=columns, exact=exact)
    pieces = chain.from_iterable(database.frames(connection, statement.where(*part)) for part in parts)
    first = next(pieces, pd.DataFrame())
    for rows in chain([first], pieces):
        yield typed(rows, _columns(table, columns))


def typed(rows: pd.DataFrame, columns: dict[str, str]) -> pd.DataFrame:
    """The rows in the columns' types, but for figures that stand beside them exactly."""
    frame = database.typed(rows, columns)
    for name in columns:
        exact = rows.get(exactly(name))
        if exact is not None and exact.notna().any():
            frame[name] = frame[name].astype(object).where(exact.isna(), exact)
    return frame


def exactly(name: str) -> str:
    """What the column is called that has beside a column of a frame what it has not the digits for."""
    return f"{name} exactly"


def _columns(table: str, columns: Sequence[str]) -> dict[str, str]:
    return {name: COLUMNS[table][name] for name in columns} if columns else COLUMNS[table]


def _statement(
    table: str,
    chosen: Chosen,
    order: str | None = None,
    descending: bool = False,
    *,
    meanings: bool = False,
    columns: Sequence[str] = (),
    exact: bool = False,
) -> sa.Select[*tuple[Any, ...]]:
    shown = _columns(table, columns) | (MEANINGS[table] if meanings else {})
    lang = chosen.get("lang", "zh")
    beside = [_selected_exactly(name) for name in shown if exact and name in _EXACT]
    selected: sa.Select[*tuple[Any, ...]] = sa.select(
        *(_selected(name, kind, lang) for name, kind in shown.items()), *beside
    )
    statement = selected.select_from(sa.table(table)).where(*conditions(table, chosen))
    if order is not None:
        # In a column's own type: a label would be taken for the column of the view, which it hides.
        first: sa.ColumnElement[Any] = _selected(order, COLUMNS[table][order], lang).element
        statement = statement.order_by((first.desc() if descending else first.asc()).nulls_last())
    return statement.order_by(sa.text(_ORDER[table]))


def count(connection: Connection, table: str, chosen: Chosen) -> int:
    """How many rows `read` gives of a table without a limit."""
    counted = sa.select(sa.func.count()).select_from(sa.table(table)).where(*conditions(table, chosen))
    return int(connection.execute(counted).scalar_one())


def _selected(name: str, kind: str, lang: Lang) -> sa.Label[Any]:
    column: sa.ColumnElement[object] = sa.column(in_view(name, lang))
    # Exact on the way in and in every comparison; a frame takes doubles.
    return (sa.cast(column, sa.Double) if kind == "float64" else column).label(name)


def _selected_exactly(name: str) -> sa.Label[Any]:
    """A column that is NULL but where a double does not tell what was filed."""
    column: sa.ColumnElement[Any] = sa.column(_EXACT[name])
    return sa.case((sa.func.abs(column) >= _DOUBLE_TELLS, column)).label(exactly(name))
