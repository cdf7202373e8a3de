"""The spaces of a brand together: which it has, and what is asked of all of them as one."""

from datetime import date

import pandas as pd
import sqlalchemy as sa
from sqlalchemy import Engine

from tracking import database
from tracking.words.language import Lang

_OF_SPACE = sa.text("SELECT brand FROM visible_space WHERE space_id = :space")

_TOGETHER = """
SELECT
    edition,
    track,
    requirement,
    metric_name_{lang} AS metric_name,
    unit_{lang} AS unit,
    year,
    basis,
    comparison,
    CAST(threshold AS DOUBLE PRECISION) AS threshold,
    spaces,
    reported,
    CAST(largest AS DOUBLE PRECISION) AS largest,
    CAST(together AS DOUBLE PRECISION) AS together,
    reached,
    provisional
FROM brand_requirement
WHERE brand = :brand
ORDER BY
    edition,
    position,
    year
"""


def of_space(engine: Engine, as_of: date, *, space: str) -> str:
    """The brand of a space; empty where it has none or cannot be seen."""
    with database.reading(engine, as_of) as connection:
        return str(connection.execute(_OF_SPACE, {"space": space}).scalar_one_or_none() or "")


def together(engine: Engine, as_of: date, *, brand: str, lang: Lang = "zh") -> pd.DataFrame:
    """What the spaces of a brand have together of a requirement that is the whole brand's, by data year.

    Columns edition, track, requirement, metric_name, unit, year, basis, comparison, threshold, spaces (enrolled that
    year), reported (of them with a figure), largest and together (the brand has at least the one and at most the
    other: a firm may stand in several filings), reached (yes, no, unsure), provisional. Of the spaces that the
    viewer sees.
    """
    with database.reading(engine, as_of) as connection:
        return database.frame(connection, sa.text(_TOGETHER.format(lang=lang)), brand=brand)
