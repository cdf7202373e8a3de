"""What may come, kept honest: paces that are exact, lines that are only a hint, nothing from too little.

Nothing here is a status. The formulas are told to people by the sentences `outlook.*`.
"""

import math
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from statistics import linear_regression

import sqlalchemy as sa
from sqlalchemy import Engine

from tracking import database
from tracking.access import people

# A line through two points always fits, and says nothing.
FEWEST_YEARS = 3

# What each remaining year would have to bring is held against it.
_BEST_YEARS = sa.text("""
SELECT
    requirement,
    best
FROM best_year
WHERE
    edition = :edition
    AND track = :track
""")


def _best(among: str = "TRUE") -> sa.TextClause:
    """The best of the spaces of a track that meet a condition, told where none or at least five of them are not seen:
    beside those that are seen, the best of fewer would tell of one."""
    return sa.text(f"""
SELECT
    stored_outcome.requirement,
    MAX(stored_outcome.best) AS best
FROM stored_outcome
LEFT JOIN visible_space
    ON stored_outcome.space_id = visible_space.space_id
WHERE
    stored_outcome.edition = :edition
    AND stored_outcome.track = :track
    AND stored_outcome.best IS NOT NULL
    AND {among}
GROUP BY stored_outcome.requirement
HAVING COUNT(*) - COUNT(visible_space.space_id) NOT BETWEEN 1 AND 4
""")


_BEST_SEEN = _best()
# To who sees what is approved alone: of spaces of which every filing is.
_BEST_APPROVED = _best("stored_outcome.space_id NOT IN (SELECT space_id FROM open_years)")


@dataclass(frozen=True)
class Hint:
    """Where a straight line through the years filed would lead in `year`, give or take `spread`."""

    year: int
    value: float
    spread: float


def hint(years: Sequence[int], values: Sequence[float], year: int, most: float = math.inf) -> Hint | None:
    """The least-squares line through the figures, read off in a later year; None from fewer than three.

    `spread` is the largest distance of a figure from the line. No figure is less than 0, nor more than `most`.
    """
    if len(years) < FEWEST_YEARS:
        return None
    # From the first year on: through years as they are numbered a line begins two thousand years away.
    since = [each - years[0] for each in years]
    slope, start = linear_regression(since, values)
    spread = max(abs(start + slope * each - value) for each, value in zip(since, values, strict=True))
    return Hint(year, min(most, max(0.0, start + slope * (year - years[0]))), spread)


def best_years(engine: Engine, as_of: date, *, edition: str, track: str) -> dict[str, float]:
    """By cumulative requirement of a track, the most that any space on it ever filed for one year."""
    with database.reading(engine, as_of) as connection:
        track_of = {"edition": edition, "track": track}
        rows = connection.execute(_BEST_APPROVED if people.approved_only(engine) else _BEST_YEARS, track_of).all()
        # Asked only where not every space is seen: it takes three times as long.
        if any(best is None for _, best in rows):
            rows = connection.execute(_BEST_SEEN, track_of).all()
    return {requirement: float(best) for requirement, best in rows}
