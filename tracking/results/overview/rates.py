"""The rates of a data year, what they are of, how they changed and how they went over the years."""

from dataclasses import dataclass
from datetime import date
from typing import Unpack

import pandas as pd
from sqlalchemy import Engine

from tracking.results.overview.rows import read
from tracking.results.tables.filters import Chosen

# Years that the small line runs over.
YEARS = 5

# owing: the years' enrolments that owe a filing, whether it is due yet or not; only those who are judged are counted.
# resting: the mandatory cultivation targets one by one, of years in which some rest on a filing not approved; of all
# other years the stored counts say as much. Entry conditions are asked once in a period and would make one year
# worse than the next by being asked.
# together: those judged in the year who were judged in the one before as well.
_RATES = """
WITH owing AS (
    SELECT
        evaluations.space_id,
        evaluations.edition,
        evaluations.track,
        evaluations.year,
        evaluations.passed,
        evaluations.failed,
        evaluations.not_filed,
        evaluations.provisional,
        evaluations.targets,
        evaluations.targets_missed,
        evaluations.targets_provisional,
        evaluations.due < reporting_day.as_of AS judged
    FROM evaluations
    CROSS JOIN reporting_day
    WHERE
        evaluations.year BETWEEN :first AND :year
        AND evaluations.due IS NOT NULL
        AND {in_scope}
),

resting AS (
    SELECT
        space_id,
        edition,
        track,
        year,
        COUNT(*) AS owed,
        COUNT(*) FILTER (WHERE missed AND NOT withheld) AS missed,
        COUNT(*) FILTER (WHERE provisional) AS provisional
    FROM marked_attainment
    INNER JOIN target_requirement
        USING (edition, position)
    WHERE
        year BETWEEN :first AND :year
        -- Asked once, so that a server reads no target where all results are final.
        AND EXISTS (SELECT 1 FROM owing WHERE owing.targets_provisional)
        AND (space_id, year) IN (SELECT owing.space_id, owing.year FROM owing WHERE owing.targets_provisional)
        AND {in_scope}
    GROUP BY
        space_id,
        edition,
        track,
        year
),

counted AS (
    SELECT
        owing.space_id,
        owing.edition,
        owing.track,
        owing.year,
        CASE WHEN owing.passed THEN 1 ELSE 0 END AS passed,
        CASE WHEN owing.failed THEN 1 ELSE 0 END AS failed,
        CASE WHEN owing.not_filed THEN 1 ELSE 0 END AS not_filed,
        CASE WHEN owing.provisional THEN 1 ELSE 0 END AS provisional,
        COALESCE(resting.provisional, 0) AS provisional_targets,
        CASE WHEN owing.targets_provisional THEN COALESCE(resting.owed, 0) ELSE owing.targets END AS owed,
        CASE WHEN owing.targets_provisional THEN COALESCE(resting.missed, 0) ELSE owing.targets_missed END AS missed
    FROM owing
    LEFT JOIN resting
        ON owing.space_id = resting.space_id
        AND owing.edition = resting.edition
        AND owing.track = resting.track
        AND owing.year = resting.year
    WHERE owing.judged
),

years AS (
    SELECT
        year,
        COUNT(*) AS enrolments,
        COUNT(DISTINCT CASE WHEN year = :year THEN space_id END) AS spaces,
        SUM(passed) AS passed,
        SUM(failed) AS failed,
        SUM(not_filed) AS not_filed,
        SUM(owed) AS owed,
        SUM(missed) AS missed,
        SUM(provisional) AS provisional,
        SUM(provisional_targets) AS provisional_targets
    FROM counted
    GROUP BY year
),

together AS (
    SELECT
        COUNT(*) AS twice,
        COALESCE(SUM(counted.passed), 0) AS passed_twice,
        COALESCE(SUM(counted.failed), 0) AS failed_twice,
        COALESCE(SUM(counted.not_filed), 0) AS not_filed_twice,
        COALESCE(SUM(counted.owed), 0) AS owed_twice,
        COALESCE(SUM(counted.missed), 0) AS missed_twice,
        COALESCE(SUM(earlier.passed), 0) AS passed_before,
        COALESCE(SUM(earlier.failed), 0) AS failed_before,
        COALESCE(SUM(earlier.not_filed), 0) AS not_filed_before,
        COALESCE(SUM(earlier.provisional), 0) AS provisional_before,
        COALESCE(SUM(earlier.owed), 0) AS owed_before,
        COALESCE(SUM(earlier.missed), 0) AS missed_before
    FROM counted
    INNER JOIN counted AS earlier
        ON counted.space_id = earlier.space_id
        AND counted.edition = earlier.edition
        AND counted.track = earlier.track
    WHERE
        counted.year = :year
        AND earlier.year = :year - 1
),

-- One row, also where nobody is judged.
open_year AS (
    SELECT COUNT(*) AS to_come
    FROM owing
    WHERE
        year = :year
        AND NOT judged
)

SELECT *
FROM open_year
CROSS JOIN together
LEFT JOIN years
    ON TRUE
ORDER BY years.year
"""


@dataclass(frozen=True)
class Proportion:
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
    now: Proportion
    both: Proportion
    before: Proportion
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
    rows = read(engine, as_of, _RATES, chosen, first=year - YEARS + 1, year=year)
    to_come = int(rows["to_come"].iloc[0])
    rows = rows.dropna(subset="year").astype("int64").set_index("year")
    shown = rows.loc[year] if year in rows.index else pd.Series(0, index=rows.columns)
    of_results = ("enrolments", "twice", "twice", "provisional")
    counts = {name: _rate(name, *of_results, rows, shown) for name in ("passed", "failed", "not_filed")}
    missed = _rate("missed", "owed", "owed_twice", "owed_before", "provisional_targets", rows, shown)
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
        Proportion(int(shown[name]), int(shown[of]), int(shown[rests])),
        Proportion(int(shown[f"{name}_twice"]), int(shown[both])),
        Proportion(int(shown[f"{name}_before"]), int(shown[before])),
        tuple((int(year), float(row[name] / row[of])) for year, row in rows.iterrows() if row[of]),
        frozenset(int(year) for year in rows.index[rows[rests] > 0]),
    )
