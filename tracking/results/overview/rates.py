"""The rates of a data year, what they are of, how they changed and how they went over the years."""

from dataclasses import dataclass
from datetime import date
from typing import Unpack

import pandas as pd
from sqlalchemy import Engine

from tracking.results.overview.rows import JUDGED, read
from tracking.results.tables.filters import Chosen

# Years that the small line runs over.
YEARS = 5

# targets: how many mandatory cultivation targets of a year were owed, and how many were missed. Entry conditions are
# asked once in a period and would make one year worse than the next by being asked.
# compared: every judged year beside the one before it, where that was judged as well; NULL where it was not.
_RATES = f"""
WITH {JUDGED},

targets AS (
    SELECT
        space_id,
        edition,
        track,
        year,
        COUNT(*) AS owed,
        COUNT(*) FILTER (WHERE missed) AS missed,
        COUNT(*) FILTER (WHERE provisional) AS provisional
    FROM attainment
    WHERE
        mandatory
        AND stage = 'target'
        AND year BETWEEN :first AND :year
        AND {{in_scope}}
    GROUP BY
        space_id,
        edition,
        track,
        year
),

counted AS (
    SELECT
        judged.space_id,
        judged.edition,
        judged.track,
        judged.year,
        CASE WHEN judged.passed THEN 1 ELSE 0 END AS passed,
        CASE WHEN judged.failed THEN 1 ELSE 0 END AS failed,
        CASE WHEN judged.not_filed THEN 1 ELSE 0 END AS not_filed,
        CASE WHEN judged.provisional THEN 1 ELSE 0 END AS provisional,
        COALESCE(targets.provisional, 0) AS provisional_targets,
        COALESCE(targets.owed, 0) AS owed,
        COALESCE(targets.missed, 0) AS missed
    FROM judged
    LEFT JOIN targets
        ON judged.space_id = targets.space_id
        AND judged.edition = targets.edition
        AND judged.track = targets.track
        AND judged.year = targets.year
),

compared AS (
    SELECT
        counted.*,
        earlier.year IS NOT NULL AS twice,
        earlier.passed AS passed_before,
        earlier.failed AS failed_before,
        earlier.not_filed AS not_filed_before,
        earlier.provisional AS provisional_before,
        earlier.owed AS owed_before,
        earlier.missed AS missed_before
    FROM counted
    LEFT JOIN counted AS earlier
        ON counted.space_id = earlier.space_id
        AND counted.edition = earlier.edition
        AND counted.track = earlier.track
        AND counted.year = earlier.year + 1
)

SELECT
    year,
    COUNT(*) AS enrolments,
    COUNT(DISTINCT space_id) AS spaces,
    SUM(passed) AS passed,
    SUM(failed) AS failed,
    SUM(not_filed) AS not_filed,
    SUM(owed) AS owed,
    SUM(missed) AS missed,
    SUM(provisional) AS provisional,
    SUM(provisional_targets) AS provisional_targets,
    COUNT(*) FILTER (WHERE twice) AS twice,
    COALESCE(SUM(passed) FILTER (WHERE twice), 0) AS passed_twice,
    COALESCE(SUM(failed) FILTER (WHERE twice), 0) AS failed_twice,
    COALESCE(SUM(not_filed) FILTER (WHERE twice), 0) AS not_filed_twice,
    COALESCE(SUM(owed) FILTER (WHERE twice), 0) AS owed_twice,
    COALESCE(SUM(missed) FILTER (WHERE twice), 0) AS missed_twice,
    COALESCE(SUM(passed_before), 0) AS passed_before,
    COALESCE(SUM(failed_before), 0) AS failed_before,
    COALESCE(SUM(not_filed_before), 0) AS not_filed_before,
    COALESCE(SUM(provisional_before), 0) AS provisional_before,
    COALESCE(SUM(owed_before), 0) AS owed_before,
    COALESCE(SUM(missed_before), 0) AS missed_before
FROM compared
GROUP BY year
ORDER BY year
"""


_OPEN = """
SELECT COUNT(*)
FROM evaluations
CROSS JOIN reporting_day
WHERE
    evaluations.year = :year
    AND evaluations.due >= reporting_day.as_of
    AND {in_scope}
"""


@dataclass(frozen=True)
class Part:
    """A count, what it is of, and how many of these rest on a filing that is not approved."""

    count: int
    of: int
    provisional: int = 0

    @property
    def share(self) -> float | None:
        """The count as a fraction of 1; None of nothing."""
        return self.count / self.of if self.of else None


@dataclass(frozen=True)
class Rate:
    """One rate: its part of a year, and of those judged in both years that and the year before; the shares by year.

    `provisional` are the years of the line in which some of what the share is of rests on a filing not approved.
    """

    name: str
    now: Part
    both: Part
    before: Part
    line: tuple[tuple[int, float], ...]
    provisional: frozenset[int] = frozenset()

    @property
    def change(self) -> float | None:
        """How the share changed among those judged in both years, as a fraction of 1; None without a year before."""
        if self.both.share is None or self.before.share is None:
            return None
        return self.both.share - self.before.share


@dataclass(frozen=True)
class Rates:
    """The rates of a data year: of `enrolments` judged (of `spaces` spaces), `twice` of them also in the year before.

    `to_come` more are not due yet. passed, failed and not_filed are of enrolments, missed is of the mandatory
    cultivation targets they owed. provisional and, of those judged in the year before as well, provisional_before
    are how many results rest on a filing that is not approved.
    """

    year: int
    enrolments: int
    spaces: int
    twice: int
    to_come: int
    passed: Rate
    failed: Rate
    not_filed: Rate
    missed: Rate
    provisional: int = 0
    provisional_before: int = 0

    @property
    def all(self) -> tuple[Rate, ...]:
        """The rates in the order in which they are shown."""
        return self.passed, self.failed, self.not_filed, self.missed


def rates(engine: Engine, as_of: date, *, year: int, **chosen: Unpack[Chosen]) -> Rates:
    """The rates of a data year among what is chosen; all of nothing where no enrolment of it is judged yet."""
    rows = read(engine, as_of, _RATES, chosen, first=year - YEARS + 1, year=year).astype("int64").set_index("year")
    shown = rows.loc[year] if year in rows.index else pd.Series(0, index=rows.columns)
    of_results = ("enrolments", "twice", "twice", "provisional")
    counts = {name: _rate(name, *of_results, rows, shown) for name in ("passed", "failed", "not_filed")}
    missed = _rate("missed", "owed", "owed_twice", "owed_before", "provisional_targets", rows, shown)
    to_come = int(read(engine, as_of, _OPEN, chosen, year=year).iloc[0, 0])
    return Rates(
        year,
        int(shown["enrolments"]),
        int(shown["spaces"]),
        int(shown["twice"]),
        to_come,
        **counts,
        missed=missed,
        provisional=int(shown["provisional"]),
        provisional_before=int(shown["provisional_before"]),
    )


def _rate(name: str, of: str, both: str, before: str, rests: str, rows: pd.DataFrame, shown: pd.Series) -> Rate:
    return Rate(
        name,
        Part(int(shown[name]), int(shown[of]), int(shown[rests])),
        Part(int(shown[f"{name}_twice"]), int(shown[both])),
        Part(int(shown[f"{name}_before"]), int(shown[before])),
        tuple((int(year), float(row[name] / row[of])) for year, row in rows.iterrows() if row[of]),
        frozenset(int(year) for year in rows.index[rows[rests] > 0]),
    )
