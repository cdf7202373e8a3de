"""What would stand otherwise of an edition under another reading or with a rule changed, row by row.

The same `schema.sql` in memory, filled with what came in: there is no second set of rules.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass

import pandas as pd
import sqlalchemy as sa
from sqlalchemy import Connection, Engine

from tracking import database
from tracking.database import states
from tracking.results.tables.filters import FILTERS, Chosen
from tracking.words.language import Lang

_STATUSES = """
SELECT
    attainment.space_id,
    attainment.space_name,
    attainment.district,
    current_space.brand,
    attainment.edition,
    attainment.track,
    attainment.year,
    attainment.phase,
    attainment.requirement,
    attainment.metric_name_{lang} AS metric_name,
    attainment.status,
    attainment.provisional
FROM attainment
INNER JOIN current_space
    ON attainment.space_id = current_space.space_id
WHERE
    attainment.edition = :edition
    AND NOT attainment.withheld
    {and_of_clause}
ORDER BY
    attainment.year DESC,
    attainment.space_id,
    attainment.position
"""
# Alternatives stand in one clause: where one is read otherwise, another may change its status.
_OF_CLAUSE = """
    AND EXISTS (
        SELECT 1
        FROM current_requirement
        INNER JOIN reading
            ON current_requirement.edition = reading.edition
            AND current_requirement.requirement = reading.requirement
        INNER JOIN current_edition
            ON reading.edition = current_edition.edition
            AND reading.load_id = current_edition.load_id
        WHERE
            reading.edition = :edition
            AND reading.reading = :reading
            AND current_requirement.track = attainment.track
            AND current_requirement.stage = attainment.stage
            AND current_requirement.clause = attainment.clause
    )
"""
_RESULTS = sa.text("""
SELECT
    evaluations.space_id,
    evaluations.space_name,
    evaluations.district,
    current_space.brand,
    evaluations.edition,
    evaluations.track,
    evaluations.year,
    evaluations.phase,
    evaluations.result,
    evaluations.exit_warning,
    evaluations.passed,
    evaluations.must_leave,
    evaluations.provisional
FROM evaluations
INNER JOIN current_space
    ON evaluations.space_id = current_space.space_id
WHERE
    evaluations.edition = :edition
    AND NOT evaluations.withheld
ORDER BY
    evaluations.year DESC,
    evaluations.space_id,
    evaluations.track
""")


@dataclass(frozen=True)
class Difference:
    """What another reading, or another rule, would change: only rows that differ.

    statuses: PLACE, year, phase, requirement, metric_name, status, status_otherwise.
    results: PLACE, year, phase, and result, exit_warning, passed, must_leave, each with `_otherwise` beside it.
    PLACE is space_id, space_name, district, brand, edition, track. provisional is of what stands.
    """

    statuses: pd.DataFrame
    results: pd.DataFrame

    def within(self, chosen: Chosen) -> "Difference":
        """Of the editions, tracks, districts, brands, years and phases chosen alone, and of approved filings alone."""
        return Difference(_chosen(self.statuses, chosen), _chosen(self.results, chosen))

    def by_year(self) -> pd.DataFrame:
        """The latest year first: year, better, worse, exits_fewer."""
        years = sorted({*self.results["year"]}, reverse=True)
        of_years = [(year, self.within({"years": [year]})) for year in years]
        rows = [(year, of_year.better, of_year.worse, of_year.exits_fewer) for year, of_year in of_years]
        return pd.DataFrame(rows, columns=["year", "better", "worse", "exits_fewer"])

    @property
    def better(self) -> int:
        """Yearly results that would be a pass and are none."""
        return int((~self.results["passed"] & self.results["passed_otherwise"]).sum())

    @property
    def worse(self) -> int:
        """Yearly results that are a pass and would be none."""
        return int((self.results["passed"] & ~self.results["passed_otherwise"]).sum())

    @property
    def exits_fewer(self) -> int:
        """How many fewer yearly results would carry an exit; below 0 where they are more."""
        return int(self.results["must_leave"].sum()) - int(self.results["must_leave_otherwise"].sum())


def _chosen(rows: pd.DataFrame, chosen: Chosen) -> pd.DataFrame:
    for each in FILTERS:
        values = chosen.get(each.keyword)
        if each.several and values and each.column in rows:
            rows = rows[rows[each.column].isin(list(values))]  # type: ignore[call-overload]
        elif each.kind is bool and values:
            rows = rows[~rows[each.column].astype("bool")]
    return rows.reset_index(drop=True)


def standing(connection: Connection, edition: str, lang: Lang, reading: str | None = None) -> Difference:
    """All that stands of an edition, in the columns of what differs; of a reading, the statuses that it can change."""
    only = {} if reading is None else {"reading": reading}
    statuses = sa.text(_STATUSES.format(lang=lang, and_of_clause=_OF_CLAUSE if only else ""))
    return Difference(
        database.frame(connection, statuses, edition=edition, **only),
        database.frame(connection, _RESULTS, edition=edition),
    )


def compared(before: Difference, after: Difference) -> Difference:
    """What differs between all that stands on one side and on the other."""
    return Difference(
        _differing(before.statuses, after.statuses, ["requirement"], ["status"]),
        _differing(before.results, after.results, [], ["result", "exit_warning"], ["passed", "must_leave"]),
    )


def in_memory(source: Connection, change: Callable[[Connection], None]) -> Engine:
    """A database in memory, filled with what came in, after a change that judges it anew."""
    engine = database.scratch()
    with engine.begin() as target:
        for table in states.INCOMING:
            database.transfer(source, target, table, database.data_version(source))
        change(target)
    return engine


def _differing(
    before: pd.DataFrame, after: pd.DataFrame, keys: list[str], columns: list[str], meanings: Sequence[str] = ()
) -> pd.DataFrame:
    """The rows of which something told differs, with what it and its meanings would be otherwise beside it."""
    keys = ["space_id", "track", "year", *keys]
    joined = before.merge(after[[*keys, *columns, *meanings]], on=keys, suffixes=("", "_otherwise"))
    differs = pd.concat([joined[name] != joined[f"{name}_otherwise"] for name in columns], axis=1).any(axis=1)
    beside = [each for name in (*columns, *meanings) for each in (name, f"{name}_otherwise")]
    return joined.loc[differs, [*joined.columns.drop(beside), *beside]].reset_index(drop=True)
