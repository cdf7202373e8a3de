"""The code lists as rows, so that the factors of R and the labels of Stata are made from them."""

import pandas as pd
import sqlalchemy as sa
from sqlalchemy import Connection

from tracking.results.tables import dictionary
from tracking.results.tables.columns import CODES
from tracking.words.language import LANGUAGES, text

COLUMNS = CODES
# Codes that the policy names and no translation: of each, where its names stand.
_OF_POLICY = sa.text("""
SELECT 'edition' AS col, edition AS code, name_zh AS zh, name_en AS en, 0 AS position FROM current_edition
UNION ALL
SELECT 'track', track, MIN(name_zh), MIN(name_en), MIN(position) FROM current_track GROUP BY track
UNION ALL
SELECT 'metric', metric, MIN(name_zh), MIN(name_en), MIN(position) FROM current_metric GROUP BY metric
UNION ALL
SELECT 'requirement', requirement, MIN(metric_name_zh), MIN(metric_name_en), MIN(position)
FROM current_requirement
GROUP BY requirement
ORDER BY
    col,
    position,
    code
""")


def code_lists(connection: Connection) -> pd.DataFrame:
    """A row per column and code that can stand in it, with its words in both languages: COLUMNS.

    A column that means something else in one table stands with that table before it (`load.kind`). Codes that are the
    policy's (edition, track, metric, requirement) are those in force.
    """
    rows = [
        (column, code, *(text(f"{family}.{code}", lang) for lang in LANGUAGES))
        for column, family in dictionary.CODED.items()
        for code in dictionary.codes(column)
    ]
    rows += [tuple(row[:4]) for row in connection.execute(_OF_POLICY).all()]
    return pd.DataFrame(rows, columns=list(COLUMNS)).astype(COLUMNS)
