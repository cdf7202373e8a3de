"""The tables that go out: queries on the views of `schema.sql`, to frames in the contract's columns.

No status is computed here; the views say what every word means. In every frame a date is a
datetime64[s], a moment a datetime64[us], a count that can be missing an Int64.
"""

from collections.abc import Iterator, Sequence
from datetime import date
from itertools import chain
from typing import Any, TypedDict, Unpack

import pandas as pd
import sqlalchemy as sa
from sqlalchemy import Connection, Engine

from tracking import database
from tracking.batches import batches
from tracking.language import Lang

PLACE = {"space_id": "str", "space_name": "str", "district": "str"}
ENROLMENT = {**PLACE, "edition": "str", "track": "str"}
ATTAINMENT = {
    **ENROLMENT,
    "year": "int64",
    "period_year": "int64",
    "phase": "str",
    "stage": "str",
    "requirement": "str",
    "clause": "str",
    "metric": "str",
    "metric_name": "str",
    "unit": "str",
    "basis": "str",
    "comparison": "str",
    "threshold": "float64",
    "required": "float64",
    "actual": "float64",
    "numerator": "float64",
    "denominator": "float64",
    "gap": "float64",
    "short_by": "Int64",
    "needed_per_year": "float64",
    "attainment": "float64",
    "status": "str",
    "mandatory": "bool",
    "years_missing": "str",
    "revision": "Int64",
    "filed_at": "datetime64[us]",
}
SHORTFALLS = {**ATTAINMENT, "consecutive_years": "int64"}
EVALUATIONS = {
    **ENROLMENT,
    "year": "int64",
    "evaluation_year": "int64",
    "period_year": "int64",
    "phase": "str",
    "result": "str",
    "due": "datetime64[s]",
    "filed_at": "datetime64[us]",
    "met": "int64",
    "on_pace": "int64",
    "behind_pace": "int64",
    "short": "int64",
    "baseline": "int64",
    "unreported": "int64",
    "unfiled": "int64",
    "forgone": "int64",
    "exit_warning": "str",
}
VERDICTS = {
    **ENROLMENT,
    "start_year": "int64",
    "end_year": "int64",
    "verdict": "str",
    "fulfilled": "int64",
    "on_track": "int64",
    "at_risk": "int64",
    "failed": "int64",
    "unknown": "int64",
    "years_failed": "str",
    "exit_warning": "str",
}
FILINGS = {
    **PLACE,
    "year": "int64",
    "state": "str",
    "due": "datetime64[s]",
    "filed_at": "datetime64[us]",
    "revision": "Int64",
    "revisions": "Int64",
    "filed_by": "str",
    "source": "str",
    "sha256": "str",
    "observations": "Int64",
}
OBSERVATIONS = {
    **PLACE,
    "year": "int64",
    "metric": "str",
    "metric_name": "str",
    "unit": "str",
    "kind": "str",
    "value": "float64",
    "numerator": "float64",
    "denominator": "float64",
    "evidence": "str",
    "note": "str",
    "revision": "int64",
    "filed_at": "datetime64[us]",
    "source": "str",
    "load_id": "int64",
}
COLUMNS = {
    "attainment": ATTAINMENT,
    "shortfalls": SHORTFALLS,
    "evaluations": EVALUATIONS,
    "verdicts": VERDICTS,
    "filings": FILINGS,
    "observations": OBSERVATIONS,
}
# The column of each table that `statuses` chooses by; observations have none.
STATUS = {
    "attainment": "status",
    "shortfalls": "status",
    "evaluations": "result",
    "verdicts": "verdict",
    "filings": "state",
}
# Row order: where two rows could tie, the next column decides, so that an export is the same every time.
_ORDER = {
    "attainment": "space_id, track, year, edition, position",
    "shortfalls": "consecutive_years DESC, absent DESC, attainment NULLS FIRST, "
    "space_id, track, year, edition, position",
    "evaluations": "space_id, track, year, edition",
    "verdicts": "space_id, track, edition",
    "filings": "space_id, year",
    "observations": "space_id, year, position, metric",
}
# Spaces whose rows are put in order at one time where a whole table goes out.
BATCH = 1_000
# Columns of the views that stand there once per language.
_BILINGUAL = ("metric_name", "unit")


class Chosen(TypedDict, total=False):
    """What to show of a table; an empty filter means all. `lang` is of metric_name and unit.

    Where a table has no such column, `phases`, `requirements` and `at_least` (consecutive_years) choose nothing out.
    `search` is part of a space's ID or name or, where there is one, of a metric's name; in any letters' case.
    """

    spaces: Sequence[str]
    tracks: Sequence[str]
    editions: Sequence[str]
    districts: Sequence[str]
    years: Sequence[int]
    statuses: Sequence[str]
    phases: Sequence[str]
    requirements: Sequence[str]
    at_least: int
    search: str
    lang: Lang


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
) -> pd.DataFrame:
    """One of the tables in COLUMNS, as of the connection's day: all of it, or `limit` rows behind `offset`.

    The rows are in the table's own order, or in that of a column of it, blanks last. Raises KeyError for another one.
    """
    statement = _statement(table, chosen, order, descending).limit(limit).offset(offset or None)
    return typed(database.frame(connection, statement), COLUMNS[table])


def frames(
    connection: Connection, table: str, chosen: Chosen, also: Sequence[sa.ColumnElement[bool]] = ()
) -> Iterator[pd.DataFrame]:
    """All rows of `read`, database.CHUNK in a frame; one without rows where there are none.

    `also` is what else the rows must meet.
    Until the last one is taken the connection must not be asked for anything else.
    """
    parts: list[Sequence[sa.ColumnElement[bool]]] = [also]
    if not also and _ORDER[table].startswith("space_id"):
        # In parts, since to put rows in order a database holds them all.
        spaces = batches(connection, BATCH)
        parts = [[sa.column("space_id").between(first, last)] for first, last in spaces] if len(spaces) > 1 else [()]
    told = chain.from_iterable(database.frames(connection, _statement(table, chosen).where(*part)) for part in parts)
    first = next(told, pd.DataFrame())
    for rows in chain([first], told):
        yield typed(rows, COLUMNS[table])


def _statement(
    table: str, chosen: Chosen, order: str | None = None, descending: bool = False
) -> sa.Select[*tuple[Any, ...]]:
    columns = COLUMNS[table]
    lang = chosen.get("lang", "zh")
    selected: sa.Select[*tuple[Any, ...]] = sa.select(*(_selected(name, kind, lang) for name, kind in columns.items()))
    statement = selected.select_from(sa.table(table)).where(*conditions(table, chosen))
    if order is not None:
        first: sa.ColumnElement[Any] = _selected(order, columns[order], lang)
        statement = statement.order_by((first.desc() if descending else first.asc()).nulls_last())
    return statement.order_by(sa.text(_ORDER[table]))


def count(connection: Connection, table: str, chosen: Chosen) -> int:
    """How many rows `read` gives of a table without a limit."""
    counted = sa.select(sa.func.count()).select_from(sa.table(table)).where(*conditions(table, chosen))
    return int(connection.execute(counted).scalar_one())


def typed(frame: pd.DataFrame, columns: dict[str, str]) -> pd.DataFrame:
    """The frame with each column in its declared type, whichever engine it came from."""
    if frame.empty:
        # A text without a chunk, as Arrow gives it, is what pandas 3.1 can neither merge nor join.
        return pd.DataFrame({name: pd.Series(dtype=kind) for name, kind in columns.items()})
    # Most are so already, and to cast them all costs a frame of few rows more than reading it did.
    are = frame.dtypes.to_dict()
    others = {name: frame[name].astype(kind) for name, kind in columns.items() if are[name] != kind}
    return frame.assign(**others)[list(columns)]


def _selected(name: str, kind: str, lang: Lang) -> sa.ColumnElement[object]:
    column: sa.ColumnElement[object] = sa.column(f"{name}_{lang}" if name in _BILINGUAL else name)
    # Exact on the way in and in every comparison; a frame takes doubles.
    return (sa.cast(column, sa.Double) if kind == "float64" else column).label(name)


def conditions(table: str, chosen: Chosen) -> list[sa.ColumnElement[bool]]:
    """What the rows of a table must meet to be chosen."""
    filters: dict[str, Sequence[object]] = {
        "space_id": chosen.get("spaces", ()),
        "district": chosen.get("districts", ()),
    }
    for column, asked in (("phase", "phases"), ("requirement", "requirements")):
        if column in COLUMNS[table]:
            filters[column] = chosen.get(asked, ())  # type: ignore[assignment]
    if table in STATUS:
        filters[STATUS[table]] = chosen.get("statuses", ())
    enrolment: dict[str, Sequence[object]] = {
        "track": chosen.get("tracks", ()),
        "edition": chosen.get("editions", ()),
    }
    years = list(chosen.get("years", ()))
    found: list[sa.ColumnElement[bool]] = [*_searched(table, chosen.get("search", ""), chosen.get("lang", "zh"))]
    if "consecutive_years" in COLUMNS[table] and chosen.get("at_least", 1) > 1:
        found.append(sa.column("consecutive_years", sa.Integer) >= chosen["at_least"])
    if "track" in COLUMNS[table]:
        filters |= enrolment
    elif any(enrolment.values()):
        covered_year = sa.table("enrolment_year", sa.column("space_id"), sa.column("year"))
        covered = sa.select(covered_year.c.space_id, covered_year.c.year).where(
            *(sa.column(name).in_(list(values)) for name, values in enrolment.items() if values)
        )
        found.append(sa.tuple_(sa.column("space_id"), sa.column("year")).in_(covered))
    if table != "verdicts":
        filters["year"] = years
    elif years:
        first: sa.ColumnElement[int] = sa.column("start_year")
        last: sa.ColumnElement[int] = sa.column("end_year")
        found.append(sa.or_(*(sa.literal(year).between(first, last) for year in years)))
    return found + [_among(name, values) for name, values in filters.items() if values]


def _searched(table: str, search: str, lang: Lang) -> Iterator[sa.ColumnElement[bool]]:
    wanted = search.strip().lower()
    if wanted:
        names = ["space_id", "space_name", *([f"metric_name_{lang}"] if "metric_name" in COLUMNS[table] else [])]
        yield sa.or_(*(sa.func.lower(sa.column(name)).contains(wanted, autoescape=True) for name in names))


def _among(name: str, values: Sequence[object]) -> sa.ColumnElement[bool]:
    """Whether a column says one of some values. One alone is an equality: past it, DuckDB reads the whole table."""
    column: sa.ColumnElement[Any] = sa.column(name)
    return column == values[0] if len(values) == 1 else column.in_(list(values))
