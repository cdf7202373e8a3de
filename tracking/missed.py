"""The shortfalls as an analyst looks at them: a page of the list, groups of it, and where in the policy they are."""

from datetime import date
from typing import Any, Unpack

import pandas as pd
import sqlalchemy as sa
from sqlalchemy import Engine

from tracking import attainment, database
from tracking.attainment import Chosen

PAGE = 200
GROUPS = {
    "shortfalls": "int64",
    "spaces": "int64",
    "short": "int64",
    "behind_pace": "int64",
    "unreported": "int64",
    "unfiled": "int64",
    "consecutive_years": "int64",
}
# By what the list can be grouped: the columns that tell a group from another.
BY = {
    "requirement": ("requirement", "clause", "metric_name", "unit"),
    "space": ("space_id", "space_name"),
    "district": ("district",),
    "track": ("track",),
    "year": ("year",),
}
WHERE = {"requirement": "str", "metric_name": "str", "track": "str", "year": "int64", "shortfalls": "int64"}


def page(
    engine: Engine, as_of: date, *, number: int, order: str | None, descending: bool, **chosen: Unpack[Chosen]
) -> tuple[pd.DataFrame, int]:
    """One page of PAGE shortfalls (columns attainment.SHORTFALLS), the first being 1, and how many there are in all."""
    with database.reading(engine, as_of) as connection:
        rows = attainment.read(
            connection,
            "shortfalls",
            chosen,
            limit=PAGE,
            offset=(number - 1) * PAGE,
            order=order,
            descending=descending,
        )
        return rows, attainment.count(connection, "shortfalls", chosen)


def grouped(engine: Engine, as_of: date, *, by: str, **chosen: Unpack[Chosen]) -> pd.DataFrame:
    """A row per group of the shortfalls chosen: the columns BY[by], then GROUPS, the largest group first.

    consecutive_years is the longest streak. Of a requirement also gap, the sum of the gaps that are known, in its
    metric's unit (empty for shares, which have no sum).
    """
    lang = chosen.get("lang", "zh")
    keys: list[sa.Label[Any]] = [
        sa.column(f"{name}_{lang}" if name in ("metric_name", "unit") else name).label(name) for name in BY[by]
    ]
    status: sa.ColumnElement[str] = sa.column("status")
    figures: list[sa.ColumnElement[Any]] = [
        sa.func.count().label("shortfalls"),
        sa.func.count(sa.distinct(sa.column("space_id"))).label("spaces"),
        *(
            sa.func.sum(sa.case((status == code, 1), else_=0)).label(code)
            for code in ("short", "behind_pace", "unreported", "unfiled")
        ),
        sa.func.max(sa.column("consecutive_years")).label("consecutive_years"),
    ]
    columns = {name: attainment.SHORTFALLS[name] for name in BY[by]} | GROUPS
    if by == "requirement":
        gap = sa.case((sa.column("basis") != "share", sa.column("gap")))
        figures.append(sa.func.sum(gap).label("gap"))
        columns |= {"gap": "float64"}
    statement: sa.Select[*tuple[Any, ...]] = (
        sa.select(*keys, *figures)
        .select_from(sa.table("shortfalls"))
        .where(*attainment.conditions("shortfalls", chosen))
        .group_by(*(key.element for key in keys))
        .order_by(sa.desc("shortfalls"), *(key.element for key in keys))
    )
    with database.reading(engine, as_of) as connection:
        return attainment.typed(database.frame(connection, statement), columns)


def where(engine: Engine, as_of: date, **chosen: Unpack[Chosen]) -> pd.DataFrame:
    """How many of the chosen there are by requirement and data year: columns WHERE, in the policy's order."""
    lang = chosen.get("lang", "zh")
    name: sa.ColumnElement[str] = sa.column(f"metric_name_{lang}")
    keys = [sa.column("edition"), sa.column("track"), sa.column("position"), sa.column("requirement"), name]
    statement: sa.Select[*tuple[Any, ...]] = (
        sa.select(
            sa.column("requirement"),
            name.label("metric_name"),
            sa.column("track"),
            sa.column("year"),
            sa.func.count().label("shortfalls"),
        )
        .select_from(sa.table("shortfalls"))
        .where(*attainment.conditions("shortfalls", chosen))
        .group_by(*keys, sa.column("year"))
        .order_by(*keys, sa.column("year"))
    )
    with database.reading(engine, as_of) as connection:
        return attainment.typed(database.frame(connection, statement), WHERE)
