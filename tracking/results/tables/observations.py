"""The figures that were filed, in long form and in wide."""

from collections.abc import Iterator, Sequence
from decimal import Decimal
from typing import Any

import pandas as pd
import sqlalchemy as sa
from sqlalchemy import Connection

from tracking import database
from tracking.policy.vocabulary import vocabulary
from tracking.results.tables import attainment
from tracking.results.tables.columns import PLACE, PROVISIONAL
from tracking.results.tables.filters import Chosen, conditions

# What stands before the metrics, and what behind them.
WIDE = {
    **PLACE,
    "year": "int64",
    "revision": "int64",
    "filed_at": "datetime64[us]",
    "source": "str",
    "load_id": "int64",
}
LAST = PROVISIONAL
_FILING = ["space_id", "year"]


def long(connection: Connection, chosen: Chosen) -> pd.DataFrame:
    """A row per figure of every filing as last revised and per share that they make: attainment.OBSERVATIONS."""
    return attainment.read(connection, "observations", chosen)


def wide(connection: Connection, chosen: Chosen) -> pd.DataFrame:
    """A row per filing as last revised: columns WIDE, then one per metric, in the policy's own order, then LAST.

    Every metric of an edition in force has its column, whatever is chosen; one that only old filings know comes
    after them. Figures are in the metric's unit, yes is 1, a share a fraction of 1 beside its two counts.
    """
    return pd.concat(frames(connection, chosen), ignore_index=True)


def columns(connection: Connection, chosen: Chosen) -> list[str]:
    """The columns of `wide`."""
    in_force = [metric.code for metric in vocabulary(connection).metrics]
    filed = connection.execute(_distinct(chosen, "metric")).scalars().all()
    return [*WIDE, *in_force, *sorted(set(filed) - set(in_force)), *LAST]


def count(connection: Connection, chosen: Chosen) -> int:
    """How many rows `wide` has."""
    filings = _distinct(chosen, *_FILING).subquery()
    return int(connection.execute(sa.select(sa.func.count()).select_from(filings)).scalar_one())


def page(connection: Connection, chosen: Chosen, *, limit: int, offset: int = 0, exact: bool = False) -> pd.DataFrame:
    """The `limit` rows of `wide` behind `offset`, as `frames` has them: of all others no figure is read."""
    filings = _distinct(chosen, *_FILING).order_by(*map(sa.column, _FILING)).limit(limit).offset(offset)
    keys = connection.execute(filings).all()
    there = _between(keys[0], keys[-1]) if keys else [sa.false()]
    return pd.concat(frames(connection, chosen, there, exact=exact), ignore_index=True)


def _between(first: sa.Row[Any], last: sa.Row[Any]) -> list[sa.ColumnElement[bool]]:
    """What the figures of the filings from one to another meet, in the order of space_id and year."""
    space_id: sa.ColumnElement[str] = sa.column("space_id")
    year: sa.ColumnElement[int] = sa.column("year")
    return [
        space_id.between(first.space_id, last.space_id),
        sa.or_(space_id != first.space_id, year >= first.year),
        sa.or_(space_id != last.space_id, year <= last.year),
    ]


def frames(
    connection: Connection, chosen: Chosen, also: Sequence[sa.ColumnElement[bool]] = (), *, exact: bool = False
) -> Iterator[pd.DataFrame]:
    """All rows of `wide`, about database.CHUNK in a frame; one without rows where there are none.

    `also` is what else the figures must meet; `exact` is as of `attainment.read`.
    Until the last one is taken the connection must not be asked for anything else.
    """
    metrics = columns(connection, chosen)[len(WIDE) : -len(LAST)]
    waiting: list[pd.DataFrame] = []
    for figures in _filings(attainment.frames(connection, "observations", chosen, also, exact=exact)):
        waiting.append(_pivoted(figures, metrics))
        if sum(map(len, waiting)) >= database.CHUNK:
            yield pd.concat(waiting, ignore_index=True)
            waiting = []
    if waiting:
        yield pd.concat(waiting, ignore_index=True)


def _distinct(chosen: Chosen, *names: str) -> sa.Select[*tuple[Any, ...]]:
    figures: sa.Select[*tuple[Any, ...]] = sa.select(*map(sa.column, names)).select_from(sa.table("observations"))
    return figures.where(*conditions("observations", chosen)).distinct()


def _filings(figures: Iterator[pd.DataFrame]) -> Iterator[pd.DataFrame]:
    """Figures so cut that each filing's are in one frame: those of the last one may go on in the next."""
    rest = pd.DataFrame()
    for frame in figures:
        read = pd.concat([rest, frame], ignore_index=True) if len(rest) else frame
        last = (read[_FILING] == read[_FILING].iloc[-1]).all(axis="columns") if len(read) else []
        first = len(read) - int(sum(last))
        if first:
            yield read.iloc[:first]
        rest = read.iloc[first:]
    yield rest


def _pivoted(figures: pd.DataFrame, metrics: Sequence[str]) -> pd.DataFrame:
    filings = figures.drop_duplicates(_FILING)[[*WIDE, *LAST]]
    by_metric = figures.pivot(index=_FILING, columns="metric", values="value").reindex(columns=list(metrics))
    doubles = by_metric.astype(dict.fromkeys(by_metric.columns.difference(_exact(figures)), "float64"))
    joined = filings.join(doubles, on=_FILING).reset_index(drop=True)
    return joined[[*WIDE, *metrics, *LAST]]


def _exact(figures: pd.DataFrame) -> list[str]:
    """The metrics of which some figure has more digits than a double."""
    if figures["value"].dtype != object:
        return []
    return list(figures.loc[figures["value"].map(type) == Decimal, "metric"].unique())
