"""What a space's coming year would be with figures that somebody types: filed and judged in memory."""

import csv
import io
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, timedelta

import pandas as pd
import sqlalchemy as sa
from sqlalchemy import Connection, Engine

from tracking import database
from tracking.database import states
from tracking.filing import loading
from tracking.filing.spreadsheets.grids import read
from tracking.policy.in_force import OWED
from tracking.results.tables import attainment
from tracking.results.tables.filters import Chosen
from tracking.words.language import Lang
from tracking.words.problems import Problem

NAME = "what-if.csv"

_OWED_METRICS = """
WITH {owed}

SELECT
    metric.metric,
    metric.name_{lang} AS metric_name,
    metric.unit_{lang} AS unit,
    metric.kind,
    MAX(CAST(before.value AS DOUBLE PRECISION)) AS year_before
FROM owed
INNER JOIN current_metric AS metric
    ON owed.edition = metric.edition
    AND owed.filed = metric.metric
LEFT JOIN current_observation AS before
    ON owed.space_id = before.space_id
    AND owed.year - 1 = before.year
    AND metric.metric = before.metric
    AND (before.space_id, before.year) NOT IN (SELECT space_id, year FROM withheld_year)
GROUP BY
    metric.metric,
    metric.name_{lang},
    metric.unit_{lang},
    metric.kind
ORDER BY MIN(owed.position)
"""


@dataclass(frozen=True)
class Outcome:
    """What the figures lead to once the year is due, in the columns of the tables and their meanings; what is wrong."""

    problems: tuple[Problem, ...]
    evaluations: pd.DataFrame
    attainment: pd.DataFrame
    verdicts: pd.DataFrame


def owed(engine: Engine, as_of: date, *, space: str, year: int, lang: Lang = "zh") -> pd.DataFrame:
    """The metrics that a space's year asks for: metric, metric_name, unit, kind, year_before (empty where none)."""
    with database.reading(engine, as_of) as connection:
        return database.frame(connection, sa.text(_OWED_METRICS.format(lang=lang, owed=OWED)), space=space, year=year)


def outcome(
    engine: Engine, as_of: date, *, space: str, year: int, due: date, figures: Mapping[str, str], lang: Lang = "zh"
) -> Outcome:
    """What a filing of these figures, by metric as one types them, would make of a year, the day after it is due.

    A figure that is blank is unreported. Nothing is stored. Raises DatabaseUnavailable.
    """
    content = _file(space, year, figures)
    chosen: Chosen = {"spaces": (space,), "lang": lang}

    day = max(as_of, due + timedelta(days=1))

    def work(connection: Connection) -> Outcome:
        report = loading.compared(connection, read(content, NAME), content, NAME)
        problems = tuple(each for each in report.problems if each.severity == "error")
        with states.trial(engine, connection, day, [space]) as (standing, target):
            if report.refused:
                return _outcome(standing, problems, chosen)
            loading.carry(connection, target, report, content)
            return _outcome(target, problems, chosen)

    return database.rehearse(engine, work, day)


def _outcome(connection: Connection, problems: tuple[Problem, ...], chosen: Chosen) -> Outcome:
    years, rows = (attainment.read_meant(connection, table, chosen) for table in ("evaluations", "attainment"))
    return Outcome(problems, years, rows, attainment.read(connection, "verdicts", chosen))


def _file(space: str, year: int, figures: Mapping[str, str]) -> bytes:
    out = io.StringIO()
    writer = csv.writer(out, lineterminator="\n")
    writer.writerow(["space_id", "year", "metric", "value"])
    writer.writerows([space, year, metric, value] for metric, value in figures.items())
    return out.getvalue().encode()
