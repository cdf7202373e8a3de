"""Figures that are far above those of every other space of a track, in the same year."""

from collections.abc import Callable, Iterator
from typing import NamedTuple

import numpy as np
import pandas as pd

# For some figures (space_id, year, metric), the tracks of their spaces (space_id, track), and of every track the
# highest that spaces which are not in the file have stored: track, year, metric, value in ten-thousandths.
Peers = Callable[[pd.DataFrame], tuple[pd.DataFrame, pd.DataFrame]]
_NOBODY = -2


def no_peers(_: pd.DataFrame) -> tuple[pd.DataFrame, pd.DataFrame]:
    """Nobody to be held against."""
    return pd.DataFrame(columns=["space_id", "track"]), pd.DataFrame(columns=["track", "year", "metric", "value"])


class _Highest(NamedTuple):
    """Of a track, by year and metric: the highest figure, whose it is, and the highest of any other space."""

    first: np.ndarray
    holder: np.ndarray
    second: np.ndarray

    def of_others(self, where: np.ndarray, spaces: np.ndarray) -> np.ndarray:
        """The highest of other spaces than these, each for the year and metric of its own; 0 where there is none."""
        others: np.ndarray = np.where(self.holder[where] == spaces, self.second[where], self.first[where])
        return others


def far_above(observations: pd.DataFrame, at: np.ndarray, peers: Peers, times: int) -> Iterator[tuple[int, float]]:
    """Of the figures `at` some rows those that are so many times the highest of any other space, with that highest.

    A space on several tracks is held against each; what is yielded is the highest of those that it is far above.
    """
    tracks, stored = peers(observations[["space_id", "year", "metric"]].iloc[at])
    if tracks.empty:
        return
    # Numbers throughout: there may be millions of figures, and mostly none of them is far above.
    space = observations["space_id"].cat.codes.to_numpy("int64")
    metric = observations["metric"].cat
    year = observations["year"].to_numpy("int64")
    begin, count = int(year.min()), len(metric.categories)
    shape = (int(year.max()) - begin + 1) * count
    where = (year - begin) * count + metric.codes.to_numpy("int64")
    values = observations["value"].to_numpy("float64", na_value=0)
    beside = (stored["year"].to_numpy("int64") - begin) * count + metric.categories.get_indexer(stored["metric"])
    known = stored["metric"].isin(metric.categories).to_numpy() & stored["year"].between(begin, year.max()).to_numpy()
    ids = observations["space_id"].cat.categories
    surpassed = np.zeros(len(at))
    for track in tracks["track"].unique():
        on_it = np.zeros(len(ids), dtype=bool)
        on_it[ids.get_indexer(tracks.loc[tracks["track"] == track, "space_id"])] = True
        filed = on_it[space] & (values > 0)
        of_track = known & (stored["track"] == track).to_numpy()
        highest = _highest(shape, where[filed], space[filed], values[filed])
        highest = _beside(highest, beside[of_track], stored["value"].to_numpy("float64")[of_track])
        others = highest.of_others(where[at], space[at])
        far = on_it[space[at]] & (others > 0) & (values[at] >= times * others)
        surpassed = np.where(far, np.maximum(surpassed, others), surpassed)
    for number in np.flatnonzero(surpassed):
        yield int(at[number]), float(surpassed[number])


def _highest(shape: int, where: np.ndarray, space: np.ndarray, values: np.ndarray) -> _Highest:
    first, second, holder = np.zeros(shape), np.zeros(shape), np.full(shape, _NOBODY)
    np.maximum.at(first, where, values)
    # Of several with the same figure any one: the highest of the others is that figure then.
    top = values == first[where]
    holder[where[top]] = space[top]
    rest = space != holder[where]
    np.maximum.at(second, where[rest], values[rest])
    return _Highest(first, holder, second)


def _beside(highest: _Highest, where: np.ndarray, values: np.ndarray) -> _Highest:
    """The same with the figures of spaces that are not in the file."""
    stored = np.zeros(len(highest.first))
    np.maximum.at(stored, where, values)
    above = stored > highest.first
    return _Highest(
        np.maximum(highest.first, stored),
        np.where(above, _NOBODY, highest.holder),
        np.maximum(highest.second, stored),
    )
