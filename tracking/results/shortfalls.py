"""The shortfalls as an analyst looks at them: a page of the list, groups of it, and where in the policy they are."""

from datetime import date
from typing import Any, Unpack

import pandas as pd
import sqlalchemy as sa
from sqlalchemy import Connection, Engine

from tracking import database
from tracking.results.tables import attainment
from tracking.results.tables.columns import SHORTFALLS, in_view
from tracking.results.tables.filters import Chosen, applied, conditions
from tracking.words import looks

PAGE = 50
# What tells one of them from another.
KEY = ["space_id", "edition", "track", "year", "requirement"]
# Of each group, behind the columns that tell it from another.
GROUPS = {
    "shortfalls": "int64",
    "spaces": "int64",
    "short": "int64",
    "behind_pace": "int64",
    "unreported": "int64",
    "unfiled": "int64",
    "consecutive_years": "int64",
    "gaps": "float64",
    "unit": "str",
    "provisional": "int64",
}
# Those of them that count the shortfalls of one status each.
STATUSES = tuple(name for name in GROUPS if name in looks.STATUSES)
# By what the list can be grouped: the columns that tell a group from another.
BY = {
    "requirement": ("requirement", "clause", "metric_name"),
    "space": ("space_id", "space_name"),
    "district": ("district",),
    "track": ("track",),
    "year": ("year",),
}
# Bases whose gaps are no amounts.
WITHOUT_SUM = ("share", "attested")
WHERE = {"requirement": "str", "metric_name": "str", "track": "str", "year": "int64", "shortfalls": "int64"}
WHERE |= dict.fromkeys(STATUSES, "int64") | {"provisional": "int64"}
# How many rest on filings that are not approved.
_PROVISIONAL = sa.func.sum(sa.case((sa.column("provisional", sa.Boolean), 1), else_=0)).label("provisional")


def pages(rows: int) -> int:
    """How many pages of PAGE so many rows are; one where there are none."""
    return max(1, -(-rows // PAGE))


def page(
    engine: Engine, as_of: date, *, number: int, order: str | None, descending: bool, **chosen: Unpack[Chosen]
) -> pd.DataFrame:
    """One page of PAGE shortfalls (columns attainment.SHORTFALLS), the first being 1."""
    with database.reading(engine, as_of) as connection:
        # All are put in order by their keys alone; every column of a country's would be carried along.
        keys = attainment.read(
            connection,
            "shortfalls",
            chosen,
            limit=PAGE,
            offset=(number - 1) * PAGE,
            order=order,
            descending=descending,
            columns=KEY,
        )
        of_spaces: Chosen = {"spaces": tuple(keys["space_id"].unique()) or ("",), "lang": chosen.get("lang", "zh")}
        rows = attainment.read(connection, "shortfalls", of_spaces)
    return keys.merge(rows, how="left", on=KEY)[list(SHORTFALLS)]


def grouped(engine: Engine, as_of: date, *, by: str, number: int, **chosen: Unpack[Chosen]) -> tuple[pd.DataFrame, int]:
    """One page of the groups of the shortfalls chosen, the largest first, and how many groups there are in all.

    Columns BY[by], then GROUPS. A page after the last is the last. consecutive_years is the longest streak; gaps is
    the sum of the gaps that are known, in the one unit that all of the group have, and both are empty where units
    differ or it is shares or answers of yes and no, which have no sum. provisional is how many of them rest on filings
    that are not approved. A cumulative gap holds those of the years
    before it, so that only the latest that is known counts.
    """
    with database.reading(engine, as_of) as connection:
        frame = database.frame(connection, _groups(by, chosen).limit(PAGE).offset((number - 1) * PAGE))
    if frame.empty and number > 1:
        _, total = grouped(engine, as_of, by=by, number=1, **chosen)
        return grouped(engine, as_of, by=by, number=pages(total), **chosen)
    columns = group_columns(by)
    return database.typed(frame[list(columns)], columns), 0 if frame.empty else int(frame["groups"].iloc[0])


def groups(connection: Connection, by: str, chosen: Chosen) -> pd.DataFrame:
    """Every group, as `grouped` gives them, as of the connection's day."""
    columns = group_columns(by)
    return database.typed(database.frame(connection, _groups(by, chosen))[list(columns)], columns)


def group_columns(by: str) -> dict[str, str]:
    """What is told of each group: what tells it from another, and GROUPS."""
    return {name: SHORTFALLS[name] for name in BY[by]} | GROUPS


def _groups(by: str, chosen: Chosen) -> sa.Select[*tuple[Any, ...]]:
    lang = chosen.get("lang", "zh")
    keys: list[sa.Label[Any]] = [sa.column(in_view(name, lang)).label(name) for name in BY[by]]
    basis: sa.ColumnElement[str] = sa.column("basis")
    gap: sa.ColumnElement[float] = sa.column("gap")
    year: sa.ColumnElement[int] = sa.column("year")
    latest_known = sa.func.max(sa.case((gap.is_not(None), year))).over(
        partition_by=[sa.column(name) for name in ("space_id", "edition", "track", "requirement")]
    )
    rows = (
        sa.select(sa.literal_column("*"), latest_known.label("latest_known"))
        .select_from(sa.table("shortfalls"))
        .where(*conditions("shortfalls", chosen))
        .subquery()
    )
    counts = sa.or_(basis != "cumulative", year == sa.column("latest_known"))
    unit: sa.ColumnElement[str] = sa.column(in_view("unit", lang))
    one_unit = sa.and_(
        sa.func.min(unit) == sa.func.max(unit),
        sa.func.sum(sa.case((basis.in_(WITHOUT_SUM), 1), else_=0)) == 0,
    )
    figures: list[sa.ColumnElement[Any]] = [
        sa.func.count().label("shortfalls"),
        sa.func.count(sa.distinct(sa.column("space_id"))).label("spaces"),
        *_of_each_status(),
        sa.func.max(sa.column("consecutive_years")).label("consecutive_years"),
        sa.case((one_unit, sa.func.sum(sa.case((counts, gap))))).label("gaps"),
        sa.case((one_unit, sa.func.min(unit))).label("unit"),
        _PROVISIONAL,
    ]
    selected: sa.Select[*tuple[Any, ...]] = sa.select(*keys, *figures, sa.func.count().over().label("groups"))
    of_each = selected.select_from(rows).group_by(*(key.element for key in keys))
    return of_each.order_by(sa.desc("shortfalls"), *(key.element for key in keys))


def where(engine: Engine, as_of: date, **chosen: Unpack[Chosen]) -> pd.DataFrame:
    """How many of the chosen there are by requirement and data year: columns WHERE, in the policy's order.

    STATUSES is how many of them have each status, provisional how many rest on filings that are not approved.

    A requirement that several editions have is one, under one of their names for it.
    """
    lang = chosen.get("lang", "zh")
    keys: list[sa.ColumnElement[Any]] = [sa.column("track"), sa.column("requirement"), sa.column("year")]
    statement: sa.Select[*tuple[Any, ...]] = (
        sa.select(
            *keys,
            sa.func.min(sa.column(in_view("metric_name", lang))).label("metric_name"),
            sa.func.count().label("shortfalls"),
            *_of_each_status(),
            _PROVISIONAL,
        )
        .select_from(sa.table(_counted(chosen)))
        .where(*conditions("shortfalls", chosen))
        .group_by(*keys)
        .order_by(sa.column("track"), sa.func.min(sa.column("position")), *keys[1:])
    )
    with database.reading(engine, as_of) as connection:
        return database.typed(database.frame(connection, statement)[list(WHERE)], WHERE)


def _of_each_status() -> list[sa.Label[Any]]:
    status: sa.ColumnElement[str] = sa.column("status")
    return [sa.func.sum(sa.case((status == code, 1), else_=0)).label(code) for code in STATUSES]


def _counted(chosen: Chosen) -> str:
    """Where the chosen are counted: where nobody asks since when, without what that costs."""
    in_a_row = any(each.column == "consecutive_years" for each, _ in applied("shortfalls", chosen))
    return "shortfalls" if in_a_row else "counted_shortfalls"
