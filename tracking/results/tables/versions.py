"""The data versions: what came in, by which each came about."""

import pandas as pd
import sqlalchemy as sa
from sqlalchemy import Connection

from tracking import database
from tracking.results.tables.columns import VERSIONS

# Loads whose author is told to whoever sees what came in by them; who brought a register, a policy or a closing is told
# to who sees every space.
OF_SPACES = ("filing", "review")
# The author of a load, as far as it is told to the viewer; of its kind and its author's name.
NAMED = "CASE WHEN {kind} IN ('filing', 'review') OR EXISTS (SELECT 1 FROM viewer WHERE scope = 'city') THEN {by} END"

_LOADS = sa.text(f"""
SELECT
    load_id AS data_version,
    kind AS load_kind,
    source,
    {NAMED.format(kind="kind", by="loaded_by")} AS loaded_by,
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

    Of registers and filings, those alone that the reader may know of: who sees every space all, others their own, and
    of what came in beside them not by whom.
    """
    return database.typed(database.frame(connection, _LOADS), VERSIONS)
