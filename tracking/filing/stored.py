"""What is stored that a file is held against: the years before, other spaces of its tracks, and its own filings."""

import pandas as pd
import sqlalchemy as sa
from sqlalchemy import Connection

from tracking import database
from tracking.filing.interpreting import cells

# Up to so many spaces are named in a query; past it, the whole year is read.
FEW_SPACES = 500
# The highest of spaces of which fewer than that are not seen is not told: beside those that are, it would tell of one.
FEWEST_UNSEEN = 5


def year_before(connection: Connection, filings: pd.DataFrame) -> pd.DataFrame:
    """What is stored for the years before those of the filings, in ten-thousandths."""
    stored = sa.table("current_observation", *map(sa.column, ("space_id", "year", "metric", "value")))
    value = sa.cast(stored.c.value, sa.Double).label("value")
    years = [int(year) - 1 for year in set(filings["year"])]
    statement = sa.select(stored.c.space_id, stored.c.year, stored.c.metric, value).where(
        stored.c.value.is_not(None), stored.c.year.in_(years)
    )
    if filings["space_id"].nunique() <= FEW_SPACES:
        statement = statement.where(sa.column("space_id").in_(sorted(set(filings["space_id"]))))
    before = database.frame(connection, statement)
    return before.assign(value=(before["value"] * cells.SCALE).round().astype("Int64"))


def peers(connection: Connection, figures: pd.DataFrame) -> tuple[pd.DataFrame, pd.DataFrame]:
    """The tracks of the spaces of some figures, and the highest that others of those tracks have stored.

    Where a few of them are not seen, the highest is soon known for one's: it is not told.
    """
    spaces = sorted(figures["space_id"].unique())
    enrolled_in = sa.table("current_enrolment", *map(sa.column, ("space_id", "track")))
    stored = sa.table("current_observation", *map(sa.column, ("space_id", "year", "metric", "value")))
    own: sa.ColumnElement[bool] = sa.true()
    others: sa.ColumnElement[bool] = sa.true()
    if len(spaces) <= FEW_SPACES:
        own, others = enrolled_in.c.space_id.in_(spaces), stored.c.space_id.not_in(spaces)
    tracks = database.frame(connection, sa.select(enrolled_in.c.space_id, enrolled_in.c.track).where(own).distinct())
    highest = sa.func.max(sa.cast(stored.c.value, sa.Double)).label("value")
    keys = (enrolled_in.c.track, stored.c.year, stored.c.metric)
    statement = (
        sa.select(*keys, highest)
        .select_from(stored.join(enrolled_in, stored.c.space_id == enrolled_in.c.space_id))
        .where(
            others,
            stored.c.value > 0,
            enrolled_in.c.track.in_(sorted(set(tracks["track"]))),
            stored.c.year.in_([int(year) for year in figures["year"].unique()]),
            stored.c.metric.in_(sorted(figures["metric"].unique())),
        )
        .group_by(*keys)
    )
    if database.value(connection, sa.text("SELECT 1 FROM limited_viewer LIMIT 1")):
        open_ones = sa.table("provisional_filing", sa.column("space_id", sa.String), sa.column("year", sa.Integer))
        filing = sa.tuple_(stored.c.space_id, stored.c.year)
        statement = statement.where(filing.not_in(sa.select(open_ones.c.space_id, open_ones.c.year)))
    if not database.value(connection, sa.text("SELECT 1 FROM viewer WHERE scope = 'city'")):
        seen: sa.Select[str] = sa.select(sa.column("space_id")).select_from(sa.table("visible_space"))
        unseen = sa.func.count(sa.distinct(sa.case((stored.c.space_id.not_in(seen), stored.c.space_id))))
        statement = statement.having(sa.or_(unseen >= FEWEST_UNSEEN, unseen == 0))
    found = database.frame(connection, statement)
    return tracks, found.assign(value=(found["value"] * cells.SCALE).round())


def filed(connection: Connection, filings: pd.DataFrame) -> pd.DataFrame:
    """What is stored of filings: space_id, year, metric, value in ten-thousandths, evidence, note."""
    names = ("space_id", "year", "metric", "value", "evidence", "note")
    stored = sa.table("current_observation", *map(sa.column, names))
    # Exactly: it is stored again.
    value = sa.cast(stored.c.value * cells.SCALE, sa.BigInteger).label("value")
    columns = [value if name == "value" else stored.c[name] for name in names]
    years = sorted({int(year) for year in filings["year"]})
    statement = sa.select(*columns).where(stored.c.year.in_(years))
    if filings["space_id"].nunique() <= FEW_SPACES:
        statement = statement.where(stored.c.space_id.in_(sorted(set(filings["space_id"]))))
    rows = database.frame(connection, statement)
    there = pd.MultiIndex.from_frame(filings[["space_id", "year"]])
    rows = rows[pd.MultiIndex.from_frame(rows[["space_id", "year"]]).isin(there)]
    return rows.assign(value=rows["value"].astype("Int64"))
