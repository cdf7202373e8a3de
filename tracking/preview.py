"""What a file would change: stored in a transaction, looked at, and rolled back."""

from dataclasses import dataclass
from datetime import date
from typing import Any

import pandas as pd
import sqlalchemy as sa
from sqlalchemy import Connection, Engine

from tracking import attainment, database, loading, loads, reading
from tracking.language import Lang
from tracking.problems import Refusal

KEYS = ["space_id", "edition", "track", "year", "requirement"]
MISSED = ("short", "behind_pace", "unreported", "unfiled")
# For more spaces than a person would look through, the counts alone are told.
MOST_SPACES = 50


@dataclass(frozen=True)
class Preview:
    """The report on a file, as a check gives it, and what would be different after loading it.

    changes: a row per requirement and year whose status or figure would change: space_id, space_name, track, year,
    metric_name, unit, actual_before, actual_after, required, status_before, status_after; empty with errors.
    figures: every figure as understood: space_id, year, metric_name, unit, value, year_before, evidence, note.
    """

    report: loading.Report
    changes: pd.DataFrame
    figures: pd.DataFrame
    closed: int = 0
    opened: int = 0


def preview(engine: Engine, content: bytes, name: str, as_of: date, lang: Lang) -> Preview:
    """See what loading a file would do; nothing is stored. Raises DatabaseUnavailable."""
    try:
        grids = reading.read(content, name)
    except Refusal as refusal:
        refused = loading.Report(name, loads.sha256(content), loaded=False, problems=refusal.problems)
        return Preview(refused, pd.DataFrame(), pd.DataFrame())

    def work(connection: Connection) -> Preview:
        report = loading.take_in(connection, grids, content, name, by="preview")
        spaces = sorted(set(report.revisions["space_id"]))
        if not 0 < len(spaces) <= MOST_SPACES:
            return Preview(report, pd.DataFrame(), pd.DataFrame())
        with database.reading(engine, as_of) as stored:
            before = attainment.read(stored, "attainment", {"spaces": spaces, "lang": lang})
        after = attainment.read(connection, "attainment", {"spaces": spaces, "lang": lang})
        both = before.merge(after, on=KEYS, suffixes=("_before", "_after"), validate="one_to_one")
        was = both["status_before"].isin(MISSED) & both["mandatory_before"]
        will = both["status_after"].isin(MISSED) & both["mandatory_after"]
        figures = _figures(connection, report.load_id, lang)
        return Preview(report, _changes(both), figures, int((was & ~will).sum()), int((will & ~was).sum()))

    return database.rehearse(engine, work, as_of)


def _changes(both: pd.DataFrame) -> pd.DataFrame:
    same = (both["status_before"] == both["status_after"]) & (
        (both["actual_before"] == both["actual_after"]) | both["actual_before"].isna() & both["actual_after"].isna()
    )
    names = {"space_name_after": "space_name", "metric_name_after": "metric_name", "unit_after": "unit"}
    told = both[~same].rename(columns=names | {"required_after": "required"})
    columns = ["space_id", "space_name", "track", "year", "metric_name", "unit", "actual_before", "actual_after"]
    return told[[*columns, "required", "status_before", "status_after"]].reset_index(drop=True)


_FIGURES = """
SELECT
    observation.space_id,
    observation.year,
    COALESCE(MIN(metric.name_{lang}), observation.metric) AS metric_name,
    MIN(unit.name_{lang}) AS unit,
    CAST(MIN(observation.value) AS DOUBLE PRECISION) AS value,
    CAST(MIN(before.value) AS DOUBLE PRECISION) AS year_before,
    MIN(observation.evidence) AS evidence,
    MIN(observation.note) AS note
FROM observation
LEFT JOIN current_observation AS before
    ON observation.space_id = before.space_id
    AND observation.year - 1 = before.year
    AND observation.metric = before.metric
LEFT JOIN metric
    ON observation.metric = metric.metric
LEFT JOIN unit
    ON metric.unit = unit.unit
    AND metric.edition = unit.edition
    AND metric.load_id = unit.load_id
WHERE observation.load_id = :load_id
GROUP BY
    observation.space_id,
    observation.year,
    observation.metric
ORDER BY
    observation.space_id,
    observation.year,
    MIN(metric.position)
"""


def _figures(connection: Connection, load_id: int | None, lang: Lang) -> pd.DataFrame:
    values: dict[str, Any] = {"load_id": load_id}
    return database.frame(connection, sa.text(_FIGURES.format(lang=lang)), **values)
