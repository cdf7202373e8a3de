"""What a table can be filtered by, as conditions on its rows, and whether what is asked for exists.

A code that names nothing is told, never answered with an empty table.
"""

from collections.abc import Iterator, Sequence
from typing import Any, TypedDict

import sqlalchemy as sa
from sqlalchemy import Connection

from tracking.results.tables.columns import COLUMNS, STATUS
from tracking.words.language import Lang


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


# How many of the codes that exist an answer names.
_NAMED = 50


class UnknownCode(Exception):
    """There is no such space, track and so on, as `kind` says; `known` are the first that there are."""

    def __init__(self, kind: str, code: str, known: Sequence[str]) -> None:
        super().__init__(f"{kind}: {code}")
        self.kind = kind
        self.code = code
        self.known = known


def check_codes(connection: Connection, chosen: Chosen) -> None:
    """Raises UnknownCode for the first space, track, edition, district or requirement that is not there."""
    _check(connection, "space", "current_space", "space_id", chosen.get("spaces", ()))
    _check(connection, "track", "current_requirement", "track", chosen.get("tracks", ()))
    _check(connection, "edition", "current_edition", "edition", chosen.get("editions", ()))
    _check(connection, "district", "current_space", "district", chosen.get("districts", ()))
    _check(connection, "requirement", "current_requirement", "requirement", chosen.get("requirements", ()))


def _check(connection: Connection, kind: str, table: str, column: str, asked: Sequence[str]) -> None:
    if not asked:
        return
    code: sa.ColumnElement[str] = sa.column(column, sa.String)
    there = sa.select(code).select_from(sa.table(table)).distinct()
    found = set(connection.execute(there.where(code.in_(list(asked)))).scalars().all())
    missing = next((each for each in asked if each not in found), None)
    if missing is not None:
        raise UnknownCode(
            kind, missing, connection.execute(there.where(code != "").order_by(code).limit(_NAMED)).scalars().all()
        )
