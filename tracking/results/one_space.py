"""One space over its whole period: what stands behind each of its requirements."""

from datetime import date
from typing import Unpack

import numpy as np
import pandas as pd
import sqlalchemy as sa
from sqlalchemy import Engine

from tracking import database
from tracking.access import people
from tracking.results.tables import attainment
from tracking.results.tables.filters import Chosen, in_scope
from tracking.words.language import Lang

# Fewer than these are no spread, and would name somebody.
FEWEST_PEERS = 5
QUARTILES = (0.25, 0.5, 0.75)
# A list to choose from is no longer.
MOST = 1_000
# What is still to be reached before what was asked once, on entry.
STAGES = ("target", "entry")

_SPACES = """
WITH enrolled AS (
    SELECT
        visible_space.space_id,
        visible_space.space_name,
        visible_space.district,
        current_enrolment.edition,
        current_enrolment.track,
        current_enrolment.start_year,
        current_enrolment.end_year
    FROM visible_space
    INNER JOIN current_enrolment
        ON visible_space.space_id = current_enrolment.space_id
)

SELECT DISTINCT
    space_id,
    space_name
FROM enrolled
WHERE {in_scope}
ORDER BY space_id
LIMIT :most
"""

_CLAUSES = """
SELECT
    requirement,
    track,
    stage,
    clause,
    clause_{lang} AS clause_text,
    note_{lang} AS note,
    alternative,
    counted,
    filed,
    denominator
FROM current_requirement
WHERE edition = :edition
ORDER BY position
"""

_FIGURES = sa.text("""
SELECT
    current_observation.year,
    current_observation.metric,
    CAST(current_observation.value AS DOUBLE PRECISION) AS value,
    current_observation.evidence,
    current_observation.note,
    filing.revision,
    load.loaded_at AS filed_at,
    load.loaded_by AS filed_by,
    load.source,
    load.sha256,
    provisional_filing.year IS NOT NULL AS provisional
FROM current_observation
INNER JOIN filing
    ON current_observation.space_id = filing.space_id
    AND current_observation.year = filing.year
    AND current_observation.load_id = filing.load_id
INNER JOIN load
    ON current_observation.load_id = load.load_id
INNER JOIN visible_space
    ON current_observation.space_id = visible_space.space_id
LEFT JOIN provisional_filing
    ON current_observation.space_id = provisional_filing.space_id
    AND current_observation.year = provisional_filing.year
WHERE
    current_observation.space_id = :space
    -- As withheld_year has it, without its joins once more.
    AND NOT (visible_space.approved_only AND provisional_filing.year IS NOT NULL)
ORDER BY
    current_observation.year,
    current_observation.metric
""")

_ACTUALS = sa.text("""
SELECT
    requirement,
    CAST(period_year AS INTEGER) AS period_year,
    actuals
FROM actuals
WHERE
    edition = :edition
    AND track = :track
ORDER BY
    requirement,
    period_year
""")

# Where one to four of them are not seen, no spread is told: beside those that are seen it would tell of one.
_ACTUALS_SEEN = sa.text("""
SELECT
    stored_attainment.requirement,
    CAST(stored_attainment.period_year AS INTEGER) AS period_year,
    ARRAY_AGG(stored_attainment.actual) AS actuals
FROM stored_attainment
LEFT JOIN visible_space
    ON stored_attainment.space_id = visible_space.space_id
LEFT JOIN open_years
    ON stored_attainment.space_id = open_years.space_id
WHERE
    stored_attainment.edition = :edition
    AND stored_attainment.track = :track
    AND stored_attainment.basis <> 'attested'
    AND stored_attainment.actual IS NOT NULL
    AND (NOT CAST(:approved_only AS BOOLEAN) OR (COALESCE(open_years.years, 0) & stored_attainment.rests_on) = 0)
GROUP BY
    stored_attainment.requirement,
    stored_attainment.period_year
HAVING COUNT(*) - COUNT(visible_space.space_id) NOT BETWEEN 1 AND 4
ORDER BY
    stored_attainment.requirement,
    stored_attainment.period_year
""")


def spaces(engine: Engine, as_of: date, **chosen: Unpack[Chosen]) -> pd.DataFrame:
    """The enrolled spaces to choose from, by ID: space_id, space_name; at most MOST of them.

    What is chosen is as of `verdicts`; whether their filings are approved makes no difference to which there are.
    """
    chosen.pop("approved_only", None)
    chosen["withheld"] = True
    met, chosen_values = in_scope("verdicts", chosen)
    return _frame(engine, as_of, sa.text(_SPACES.format(in_scope=met)), **chosen_values, most=MOST)


def owed(engine: Engine, as_of: date, **chosen: Unpack[Chosen]) -> pd.DataFrame:
    """The rows of `attainment` with their meanings, to be cut into many: by year, by requirement."""
    return with_objects(attainment.meant(engine, as_of, table="attainment", **chosen))


def clauses(engine: Engine, as_of: date, *, edition: str, lang: Lang = "zh") -> pd.DataFrame:
    """What an edition's requirements rest on, in the policy's order.

    Columns requirement, track, stage, clause, clause_text (the clause in its own words), note (how it is read),
    alternative, counted, filed (the metric that a filing carries) and denominator.
    """
    return with_objects(_frame(engine, as_of, sa.text(_CLAUSES.format(lang=lang)), edition=edition))


def figures(engine: Engine, as_of: date, *, space: str) -> pd.DataFrame:
    """Every figure that a space's current filings say something about, and where it comes from.

    Columns year, metric, value (empty where a blank is only explained), evidence, note, revision, filed_at,
    filed_by, source, sha256 (the file's, as `receipts.document` takes it), provisional.
    """
    return with_objects(_frame(engine, as_of, _FIGURES, space=space))


def actuals(engine: Engine, as_of: date, *, edition: str, track: str, approved_only: bool = False) -> pd.DataFrame:
    """What all spaces on a track reached in each year of their period: the same whichever of them is looked at.

    Columns requirement, period_year, actuals (every actual there is, in no order).
    """
    approved_only = approved_only or people.approved_only(engine)
    with database.reading(engine, as_of) as connection:
        which = {"edition": edition, "track": track}
        # Asked only where not every space is seen: it takes three times as long.
        if not approved_only and (rows := database.frame(connection, _ACTUALS, **which))["actuals"].notna().all():
            return rows
        return database.frame(connection, _ACTUALS_SEEN, **which, approved_only=approved_only)


def approved_only(engine: Engine, as_of: date, *, space: str) -> bool:
    """Whether of a space whoever looks sees what rests on approved filings alone."""
    with database.reading(engine, as_of) as connection:
        statement = sa.text("SELECT approved_only FROM visible_space WHERE space_id = :space")
        return bool(database.value(connection, statement, {"space": space}))


def peers(of_track: pd.DataFrame, rows: pd.DataFrame) -> pd.DataFrame:
    """How the other spaces on a track did in the same year of their period, where at least FEWEST_PEERS did.

    `rows` are the enrolment's own of `attainment`: the space itself is no peer of its own. Columns requirement,
    period_year, spaces (how many), lower, median, upper: the quartiles of actual, between two figures by straight
    line as SQL's PERCENTILE_CONT has them.
    """
    own = rows.set_index(["requirement", "period_year"])["actual"].dropna().to_dict()
    spreads = []
    for requirement, period_year, actuals in of_track.itertuples(index=False):
        others = np.asarray(actuals)
        # It is not among them where a load came between the two questions.
        if (requirement, period_year) in own:
            others = np.delete(others, np.flatnonzero(others == own[requirement, period_year])[:1])
        if len(others) >= FEWEST_PEERS:
            spreads.append((requirement, period_year, len(others), *np.quantile(others, QUARTILES)))
    return pd.DataFrame(spreads, columns=["requirement", "period_year", "spaces", "lower", "median", "upper"])


def sources(rows: pd.DataFrame, clauses: pd.DataFrame, figures: pd.DataFrame) -> pd.DataFrame:
    """What stands behind an enrolment's rows of `attainment`: what was filed, by whom, in which file.

    A row per row: requirement, metric_name, year, value, numerator, denominator (these of a share, value of what is
    none), status, source, revision, filed_at, filed_by, evidence, note (of a share what was said of either count),
    required, actual, sha256. Empty from source on where nothing was filed.
    """
    keys, filing = ["requirement", "year"], ["source", "revision", "filed_at", "filed_by", "sha256"]
    joined = rows[[*keys, "metric_name", "basis", "numerator", "denominator", "status", "required", "actual"]]
    for part in ("filed", "denominator"):
        of_part = clauses[["requirement", part]].rename(columns={part: "metric"}).merge(figures, on="metric")
        joined = joined.merge(of_part, on=keys, how="left", suffixes=("", "_whole"))
    for name in filing:
        joined[name] = joined[name].where(joined[name].notna(), joined[f"{name}_whole"])
    for name in ("evidence", "note"):
        both = joined[[name, f"{name}_whole"]].astype("object").to_numpy()
        joined[name] = [" · ".join(each for each in remarks if not pd.isna(each)) or None for remarks in both]
    joined["value"] = joined["value"].where(joined["basis"] != "share")
    counts = ["value", "numerator", "denominator"]
    ends = ["evidence", "note", "required", "actual", "sha256"]
    return joined[["requirement", "metric_name", "year", *counts, "status", *filing[:-1], *ends]]


def _frame(engine: Engine, as_of: date, query: sa.TextClause, **values: object) -> pd.DataFrame:
    with database.reading(engine, as_of) as connection:
        return database.frame(connection, query, **values)


def with_objects(frame: pd.DataFrame) -> pd.DataFrame:
    """The frame with its texts as plain objects: each text column of its own makes a cut through a frame cost more,
    and a page of cards cuts hundreds of times.
    """
    # To cast them one by one takes as long again as to read them; the copy lays columns of a kind side by side.
    columns = {
        name: pd.Series(column.to_numpy(dtype=object), frame.index, dtype=object) if column.dtype == "str" else column
        for name, column in frame.items()
    }
    return pd.DataFrame(columns, frame.index, copy=True)
