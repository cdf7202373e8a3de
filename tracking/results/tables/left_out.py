"""What is left out of a table as not approved, by the switch or by the grants: said wherever it is."""

from dataclasses import dataclass
from datetime import date
from typing import Any, Unpack, cast

import sqlalchemy as sa
from sqlalchemy import Connection, Engine

from tracking import database
from tracking.results.tables.filters import FILTERS, Chosen, conditions

# Filters that tell of a space, of its enrolments or of text in its name: they choose filings too.
_OF_FILINGS = frozenset(each.keyword for each in FILTERS if each.of in ("space", "enrolment") or each.name == "search")
# The views whose rows a table has that is none itself.
_LIMITED = sa.text("SELECT 1 FROM limited_viewer LIMIT 1")
_VIEWS = {"observations_wide": "observations", "decisions": "evaluations"}


@dataclass(frozen=True)
class LeftOut:
    """How many rows are left out, and how many filings of what is chosen are not approved, up to its last year.

    rows is None to who sees what is approved alone: of one space and status it would say what the row does.
    """

    rows: int | None
    filings: int

    @property
    def counts(self) -> dict[str, int]:
        """The counts by name, those that are told."""
        return {"filings": self.filings} if self.rows is None else {"rows": self.rows, "filings": self.filings}


def of_table(engine: Engine, as_of: date, *, table: str, **chosen: Unpack[Chosen]) -> LeftOut | None:
    """As `left_out`, as of a day."""
    with database.reading(engine, as_of) as connection:
        return left_out(connection, table, chosen)


def left_out(connection: Connection, table: str, chosen: Chosen) -> LeftOut | None:
    """What is left out of a table's rows as chosen; None where nothing is to be. In the wide form a row is a filing."""
    if database.value(connection, _LIMITED) is not None:
        filings = _filings(connection, chosen, sa.column("withheld", sa.Boolean))
        return LeftOut(None, filings) if filings else None
    if not chosen.get("approved_only"):
        return None
    view = _VIEWS.get(table, table)
    whole = cast(Chosen, {**chosen, "approved_only": False})
    marked: sa.Select[*tuple[Any, ...]] = sa.select(sa.literal(1)).select_from(sa.table(view))
    marked = marked.where(sa.column("provisional", sa.Boolean), *conditions(view, whole))
    if table == "decisions":
        marked = marked.where(sa.column("due").is_not(None))
    elif view != table:
        marked = marked.add_columns(sa.column("space_id"), sa.column("year")).distinct()
    counted = sa.select(sa.func.count()).select_from(marked.subquery())
    return LeftOut(int(connection.execute(counted).scalar_one()), _filings(connection, chosen))


def _filings(connection: Connection, chosen: Chosen, also: sa.ColumnElement[bool] | None = None) -> int:
    of_spaces = cast(Chosen, {name: value for name, value in chosen.items() if name in _OF_FILINGS})
    met = [sa.column("provisional", sa.Boolean), *conditions("filings", {**of_spaces, "withheld": True})]
    if also is not None and not chosen.get("approved_only"):
        met.append(also)
    if years := chosen.get("years"):
        met.append(sa.column("year", sa.Integer) <= max(years))
    counted = sa.select(sa.func.count()).select_from(sa.table("filings")).where(*met)
    return int(connection.execute(counted).scalar_one())
