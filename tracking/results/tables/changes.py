"""Two data versions compared: which shortfalls opened, closed, grew or shrank, and which load made it so."""

from collections.abc import Iterator
from datetime import date
from itertools import chain
from typing import Any, Unpack

import pandas as pd
import sqlalchemy as sa
from sqlalchemy import Connection, Engine

from tracking import database
from tracking.results.tables import columns, replay
from tracking.results.tables.attainment import exactly, typed
from tracking.results.tables.filters import Chosen, conditions
from tracking.results.tables.versions import NAMED

COLUMNS = columns.CHANGES
CHANGES = ("opened", "closed", "grew", "shrank", "changed")
# As attainment has it.
_ORDER = "space_id, track, year, edition, position, requirement"
# Who sees what is approved alone: nothing of a year up to which a filing of either version is not.
_SEEN: sa.ColumnElement[bool] = sa.literal_column(
    """
space_id IN (SELECT space_id FROM visible_space)
AND NOT EXISTS (
    SELECT 1
    FROM unapproved
    INNER JOIN visible_space
        ON unapproved.space_id = visible_space.space_id
    WHERE
        visible_space.approved_only
        AND unapproved.space_id = change.space_id
        AND unapproved.year <= change.year
)
""",
    sa.Boolean,
)
_SHOWN: dict[str, sa.ColumnElement[Any]] = {
    "loaded_by": sa.literal_column(NAMED.format(kind="load_kind", by="loaded_by"), sa.Text).label("loaded_by")
}


def replayed(engine: Engine, earlier: int, later: int | None, as_of: date, chosen: Chosen) -> Engine:
    """The comparison behind `changes`, made once and in memory, to be read by `count`, `read` and `frames`.

    Of `chosen` it needs `spaces` and `lang` alone: any other filter can be put to it. Raises UnknownVersion.
    """
    lang = chosen.get("lang", "zh")
    return replay.replay(engine, earlier, later, as_of, spaces=chosen.get("spaces", ()), lang=lang)


def changes(engine: Engine, earlier: int, later: int | None, as_of: date, **chosen: Unpack[Chosen]) -> pd.DataFrame:
    """The shortfalls in which two data versions differ, both seen as of one day, each with the load that did it.

    Columns COLUMNS, a row per requirement, enrolment and year: both sides are judged by the rules in force. What the
    rules of another release made of one when they came into force is a row of its own, of kind `rules`. change is
    opened, closed, grew or shrank by the gap, or changed where both sides are shortfalls whose gaps do not tell them
    apart; `statuses` chooses by it. status is empty on a side on which the requirement was not owed. `later` None is
    the newest version. Raises UnknownVersion, also where `earlier` is the later.
    """
    compared = replayed(engine, earlier, later, as_of, chosen)
    with database.reading(compared) as connection:
        rows = read(connection, chosen)
    compared.dispose()
    return rows


def count(connection: Connection, chosen: Chosen) -> int:
    """How many rows `read` gives of a comparison without a limit."""
    counted = sa.select(sa.func.count()).select_from(sa.table("change")).where(_SEEN, *conditions("changes", chosen))
    return int(connection.execute(counted).scalar_one())


def read(connection: Connection, chosen: Chosen, *, limit: int | None = None, offset: int = 0) -> pd.DataFrame:
    """The rows of a comparison as `changes` gives them: all that are chosen, or `limit` behind `offset`.

    A filed figure that a double has not the digits for is a Decimal.
    """
    statement = _statement(chosen).limit(limit).offset(offset or None)
    return typed(database.frame(connection, statement), COLUMNS)


def frames(connection: Connection, chosen: Chosen) -> Iterator[pd.DataFrame]:
    """All rows of `read`, database.CHUNK in a frame; one without rows where there are none."""
    pieces = database.frames(connection, _statement(chosen))
    for rows in chain([next(pieces, pd.DataFrame())], pieces):
        yield typed(rows, COLUMNS)


def _statement(chosen: Chosen) -> sa.Select[*tuple[Any, ...]]:
    shown = [_SHOWN.get(name, sa.column(name)) for name in COLUMNS]
    beside: list[sa.ColumnElement[Any]] = [
        sa.column(f"exact_{side}").label(exactly(f"actual_{side}")) for side in ("before", "after")
    ]
    selected: sa.Select[*tuple[Any, ...]] = sa.select(*shown, *beside)
    met = (_SEEN, *conditions("changes", chosen))
    return selected.select_from(sa.table("change")).where(*met).order_by(sa.text(_ORDER))
