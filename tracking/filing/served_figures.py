"""The figures of new revisions, beside what was filed before and what each requirement makes of them."""

import pandas as pd
import sqlalchemy as sa
from sqlalchemy import Connection

from tracking import database
from tracking.policy import loading as policies
from tracking.policy.in_force import SERVED
from tracking.words import numbers
from tracking.words.language import Lang

# Figures of so many filings are shown; nobody looks through more of them one by one.
MOST_FILINGS = 200

COLUMNS = {
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
    "requirement_name": "str",
    "requirement_unit": "str",
    "basis": "str",
    "comparison": "str",
    "threshold": "float64",
    "required": "float64",
    "actual": "float64",
    "status": "str",
}
_KEYS = ["space_id", "year", "metric"]

# Every figure of the new revisions, and every one that they would need and do not have: once for each
# requirement that it serves, a share being served by two.
_SERVED_FIGURES = """
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

{served},

judged AS (
    SELECT
        attainment.space_id,
        attainment.year,
        served.metric,
        attainment.requirement,
        attainment.track,
        attainment.position,
        attainment.metric_name_{lang} AS requirement_name,
        attainment.unit_{lang} AS requirement_unit,
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

listed AS (
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
    FROM judged
)

SELECT
    listed.space_id,
    visible_space.space_name,
    listed.year,
    listed.metric,
    figure.value AS exact,
    CAST(figure.value AS DOUBLE PRECISION) AS value,
    CAST(stored.value AS DOUBLE PRECISION) AS stored,
    CAST(before.value AS DOUBLE PRECISION) AS year_before,
    figure.evidence,
    figure.note,
    judged.requirement,
    judged.track,
    judged.requirement_name,
    judged.requirement_unit,
    judged.basis,
    judged.comparison,
    CAST(judged.threshold AS DOUBLE PRECISION) AS threshold,
    CAST(judged.required AS DOUBLE PRECISION) AS required,
    judged.actual,
    judged.status
FROM listed
INNER JOIN new_filing
    ON listed.space_id = new_filing.space_id
    AND listed.year = new_filing.year
INNER JOIN visible_space
    ON listed.space_id = visible_space.space_id
LEFT JOIN observation AS figure
    ON new_filing.load_id = figure.load_id
    AND listed.space_id = figure.space_id
    AND listed.year = figure.year
    AND listed.metric = figure.metric
LEFT JOIN filing AS replaced
    ON listed.space_id = replaced.space_id
    AND listed.year = replaced.year
    AND new_filing.revision - 1 = replaced.revision
LEFT JOIN observation AS stored
    ON replaced.load_id = stored.load_id
    AND listed.space_id = stored.space_id
    AND listed.year = stored.year
    AND listed.metric = stored.metric
LEFT JOIN current_observation AS before
    ON listed.space_id = before.space_id
    AND listed.year - 1 = before.year
    AND listed.metric = before.metric
LEFT JOIN judged
    ON listed.space_id = judged.space_id
    AND listed.year = judged.year
    AND listed.metric = judged.metric
ORDER BY
    listed.space_id,
    listed.year,
    judged.track NULLS LAST,
    judged.position NULLS LAST,
    listed.metric
"""


def served(connection: Connection, load_id: int, lang: Lang) -> pd.DataFrame:
    """The figures of a load's filings, once for each requirement that they serve: columns COLUMNS."""
    rows = database.frame(
        connection, sa.text(_SERVED_FIGURES.format(lang=lang, served=SERVED)), load_id=load_id, most=MOST_FILINGS
    )
    metrics = {metric.code: metric for metric in reversed(policies.vocabulary(connection).metrics)}
    known = [metrics.get(code) for code in rows["metric"]]
    rows["metric_name"] = [each and each.name_in(lang) for each in known]
    rows["unit"] = [each and each.unit_in(lang) for each in known]
    rows["kind"] = [each and each.kind for each in known]
    rows["typed"] = [_typed(value, kind, lang) for value, kind in zip(rows["exact"], rows["kind"], strict=True)]
    return database.typed(rows[list(COLUMNS)], COLUMNS)


def _typed(exact: object, kind: str, lang: Lang) -> str | None:
    if pd.isna(exact):
        return None
    if kind == "yes_no":
        return numbers.filed(1 if exact else 0, kind, lang)
    return f"{exact:f}".rstrip("0").rstrip(".")


def distinct(figures: pd.DataFrame) -> pd.DataFrame:
    """Each figure once, whatever the number of requirements that it serves."""
    return figures.drop_duplicates(_KEYS).reset_index(drop=True)
