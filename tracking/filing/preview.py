"""What a file would change: stored in a transaction, looked at, and rolled back."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from datetime import date

import pandas as pd
import sqlalchemy as sa
from sqlalchemy import Connection, Engine

from tracking import database
from tracking.database import loads
from tracking.filing import choices as chosen
from tracking.filing import loading
from tracking.filing.choices import Choices
from tracking.filing.interpreting import fitting
from tracking.filing.spreadsheets.grids import Grid, read
from tracking.policy import loading as policies
from tracking.words import numbers
from tracking.words.language import Lang
from tracking.words.problems import Refusal

# Figures of so many filings are shown; nobody looks through more of them one by one.
MOST_FILINGS = 200

CHANGES = {
    "space_id": "str",
    "space_name": "str",
    "track": "str",
    "year": "int64",
    "change": "str",
    "metric_name": "str",
    "unit": "str",
    "basis": "str",
    "required": "float64",
    "actual_before": "float64",
    "actual_after": "float64",
    "status_before": "str",
    "status_after": "str",
}
FIGURES = {
    "space_id": "str",
    "space_name": "str",
    "year": "int64",
    "metric": "str",
    "metric_name": "str",
    "unit": "str",
    "kind": "str",
    "typed": "str",
    "value": "float64",
    "stored": "float64",
    "year_before": "float64",
    "evidence": "str",
    "note": "str",
    "requirement": "str",
    "track": "str",
    "asked_name": "str",
    "asked_unit": "str",
    "basis": "str",
    "comparison": "str",
    "threshold": "float64",
    "required": "float64",
    "actual": "float64",
    "status": "str",
}
# A shortfall that would open is told before one that would close, and both before a mere figure.
_ORDER = ("opened", "closed", "changed")
_KEYS = ["space_id", "edition", "track", "year", "requirement"]
_FIGURE = ["space_id", "year", "metric"]

# What is owed to some spaces, and which of it is a shortfall.
_OWED = """
WITH missed AS (
    SELECT
        space_id,
        edition,
        track,
        year,
        requirement
    FROM shortfalls
    {only}
),

owed AS (
    SELECT
        space_id,
        space_name,
        edition,
        track,
        year,
        requirement,
        position,
        metric_name_{lang} AS metric_name,
        unit_{lang} AS unit,
        basis,
        CAST(required AS DOUBLE PRECISION) AS required,
        actual,
        status
    FROM attainment
    {only}
)

SELECT
    owed.space_id,
    owed.space_name,
    owed.edition,
    owed.track,
    owed.year,
    owed.requirement,
    owed.metric_name,
    owed.unit,
    owed.basis,
    owed.required,
    owed.actual,
    owed.status,
    missed.space_id IS NOT NULL AS missed
FROM owed
LEFT JOIN missed
    ON owed.space_id = missed.space_id
    AND owed.edition = missed.edition
    AND owed.track = missed.track
    AND owed.year = missed.year
    AND owed.requirement = missed.requirement
ORDER BY
    owed.space_id,
    owed.track,
    owed.year,
    owed.position
"""
_ONLY = "WHERE space_id IN :spaces"

# Every figure of the new revisions, and every one that they would need and do not have: once for each
# requirement that it serves, a share being served by two.
_FIGURES = """
WITH new_filing AS (
    SELECT
        load_id,
        space_id,
        year,
        revision
    FROM filing
    WHERE load_id = :load_id
    ORDER BY
        space_id,
        year
    LIMIT :most
),

served AS (
    SELECT
        edition,
        requirement,
        filed AS metric
    FROM current_requirement
    UNION ALL
    SELECT
        edition,
        requirement,
        denominator AS metric
    FROM current_requirement
    WHERE denominator IS NOT NULL
),

asked AS (
    SELECT
        attainment.space_id,
        attainment.year,
        served.metric,
        attainment.requirement,
        attainment.track,
        attainment.position,
        attainment.metric_name_{lang} AS asked_name,
        attainment.unit_{lang} AS asked_unit,
        attainment.basis,
        attainment.comparison,
        attainment.threshold,
        attainment.required,
        attainment.actual,
        attainment.status
    FROM attainment
    INNER JOIN new_filing
        ON attainment.space_id = new_filing.space_id
        AND attainment.year = new_filing.year
    INNER JOIN served
        ON attainment.edition = served.edition
        AND attainment.requirement = served.requirement
),

said AS (
    SELECT
        observation.space_id,
        observation.year,
        observation.metric
    FROM observation
    INNER JOIN new_filing
        ON observation.load_id = new_filing.load_id
        AND observation.space_id = new_filing.space_id
        AND observation.year = new_filing.year
    UNION
    SELECT
        space_id,
        year,
        metric
    FROM asked
)

SELECT
    said.space_id,
    visible_space.space_name,
    said.year,
    said.metric,
    figure.value AS exact,
    CAST(figure.value AS DOUBLE PRECISION) AS value,
    CAST(stored.value AS DOUBLE PRECISION) AS stored,
    CAST(before.value AS DOUBLE PRECISION) AS year_before,
    figure.evidence,
    figure.note,
    asked.requirement,
    asked.track,
    asked.asked_name,
    asked.asked_unit,
    asked.basis,
    asked.comparison,
    CAST(asked.threshold AS DOUBLE PRECISION) AS threshold,
    CAST(asked.required AS DOUBLE PRECISION) AS required,
    asked.actual,
    asked.status
FROM said
INNER JOIN new_filing
    ON said.space_id = new_filing.space_id
    AND said.year = new_filing.year
INNER JOIN visible_space
    ON said.space_id = visible_space.space_id
LEFT JOIN observation AS figure
    ON new_filing.load_id = figure.load_id
    AND said.space_id = figure.space_id
    AND said.year = figure.year
    AND said.metric = figure.metric
LEFT JOIN filing AS replaced
    ON said.space_id = replaced.space_id
    AND said.year = replaced.year
    AND new_filing.revision - 1 = replaced.revision
LEFT JOIN observation AS stored
    ON replaced.load_id = stored.load_id
    AND said.space_id = stored.space_id
    AND said.year = stored.year
    AND said.metric = stored.metric
LEFT JOIN current_observation AS before
    ON said.space_id = before.space_id
    AND said.year - 1 = before.year
    AND said.metric = before.metric
LEFT JOIN asked
    ON said.space_id = asked.space_id
    AND said.year = asked.year
    AND said.metric = asked.metric
ORDER BY
    said.space_id,
    said.year,
    asked.track NULLS LAST,
    asked.position NULLS LAST,
    said.metric
"""


def _none(columns: dict[str, str]) -> pd.DataFrame:
    return database.typed(pd.DataFrame(), columns)


@dataclass(frozen=True)
class Preview:
    """The report on a file, as a check gives it, and what would be different after loading it.

    closed, opened: how many shortfalls there would be less, and more.
    changes: a row per requirement and year whose status or figure would change: columns CHANGES; empty with errors.
    `change` is opened, closed or changed, in this order.
    figures: columns FIGURES, a row per figure of the new revisions and requirement that it serves, also where the
    figure is missing. `typed` is the figure as a cell may say it, `stored` what the revision before says, `year_before`
    what the year before says; from `requirement` on, empty for a figure that serves none. Those of the first
    MOST_FILINGS filings.
    grids: the file as it was read, with the corrections typed since; empty where it could not be read.
    """

    report: loading.Report
    grids: Sequence[Grid] = ()
    changes: pd.DataFrame = field(default_factory=lambda: _none(CHANGES))
    figures: pd.DataFrame = field(default_factory=lambda: _none(FIGURES))
    closed: int = 0
    opened: int = 0


def preview(
    engine: Engine,
    content: bytes,
    name: str,
    as_of: date,
    lang: Lang,
    step: Callable[[str], None] = lambda _: None,
    choices: Choices = chosen.NONE,
) -> Preview:
    """See what loading a file would do with a person's choices; nothing is stored. Raises DatabaseUnavailable.

    `step` is told what is being done: reading, checking, judging.
    """
    step("reading")
    try:
        grids = read(content, name)
    except Refusal as refusal:
        return Preview(loading.Report(name, loads.sha256(content), loaded=False, problems=refusal.problems))

    meant = fitting.as_meant(grids, choices)

    def work(connection: Connection) -> Preview:
        step("checking")
        report = loading.take_in(connection, grids, content, name, by="preview", choices=choices)
        if report.load_id is None:
            return Preview(report, meant)
        step("judging")
        spaces = sorted(set(report.revisions["space_id"]))
        with database.reading(engine, as_of) as stored:
            before = _owed(stored, spaces, lang)
        both = before.merge(_owed(connection, spaces, lang), on=_KEYS, suffixes=("_before", "_after"))
        changes = _changes(both)
        closed, opened = (int((changes["change"] == change).sum()) for change in ("closed", "opened"))
        return Preview(report, meant, changes, _figures(connection, report.load_id, lang), closed, opened)

    return database.rehearse(engine, work, as_of)


def _owed(connection: Connection, spaces: Sequence[str], lang: Lang) -> pd.DataFrame:
    if len(spaces) > loading.FEW_SPACES:
        rows = database.frame(connection, sa.text(_OWED.format(lang=lang, only="")))
        return rows[rows["space_id"].isin(spaces)]
    only = sa.text(_OWED.format(lang=lang, only=_ONLY))
    return database.frame(connection, only.bindparams(sa.bindparam("spaces", list(spaces), expanding=True)))


def _changes(both: pd.DataFrame) -> pd.DataFrame:
    before, after = both["actual_before"].astype("float64"), both["actual_after"].astype("float64")
    same = (both["status_before"] == both["status_after"]) & ((before == after) | before.isna() & after.isna())
    names = {f"{name}_after": name for name in ("space_name", "metric_name", "unit", "basis", "required")}
    was, will = both["missed_before"], both["missed_after"]
    change = pd.Series("changed", both.index).mask(will & ~was, "opened").mask(was & ~will, "closed")
    told = both.assign(change=change)[~same].rename(columns=names)
    told = told.sort_values("change", key=lambda codes: codes.map(_ORDER.index), kind="stable")
    return database.typed(told[list(CHANGES)].reset_index(drop=True), CHANGES)


def _figures(connection: Connection, load_id: int, lang: Lang) -> pd.DataFrame:
    rows = database.frame(connection, sa.text(_FIGURES.format(lang=lang)), load_id=load_id, most=MOST_FILINGS)
    metrics = {metric.code: metric for metric in reversed(policies.vocabulary(connection).metrics)}
    known = [metrics.get(code) for code in rows["metric"]]
    rows["metric_name"] = [each and (each.name_zh if lang == "zh" else each.name_en) for each in known]
    rows["unit"] = [each and (each.unit_zh if lang == "zh" else each.unit_en) for each in known]
    rows["kind"] = [each and each.kind for each in known]
    rows["typed"] = [_typed(value, kind, lang) for value, kind in zip(rows["exact"], rows["kind"], strict=True)]
    return database.typed(rows[list(FIGURES)], FIGURES)


def _typed(exact: object, kind: str, lang: Lang) -> str | None:
    if pd.isna(exact):
        return None
    if kind == "yes_no":
        return numbers.filed(1 if exact else 0, kind, lang)
    return f"{exact:f}".rstrip("0").rstrip(".")


def distinct(figures: pd.DataFrame) -> pd.DataFrame:
    """Each figure once, whatever the number of requirements that it serves."""
    return figures.drop_duplicates(_FIGURE).reset_index(drop=True)
