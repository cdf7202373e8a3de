"""The data versions: what came in, by which each came about."""

import pandas as pd
import sqlalchemy as sa
from sqlalchemy import Connection

from tracking import database
from tracking.results.tables.columns import VERSIONS

_LOADS = sa.text("""
SELECT
    load_id AS data_version,
    kind AS load_kind,
    source,
    loaded_by,
    loaded_at,
    sha256
FROM load
WHERE
    kind IN ('policy', 'rules', 'closing')
    OR EXISTS (SELECT 1 FROM viewer WHERE scope = 'city')
    OR load_id IN (
        SELECT load_id
        FROM visible_filing
    )
ORDER BY load_id
""")


def versions(connection: Connection) -> pd.DataFrame:
    """A row per data version, the first one first: columns VERSIONS.

    Of registers and filings, those alone that the reader may know of: who sees every space all, others their own.
    """
    return database.typed(database.frame(connection, _LOADS), VERSIONS)
