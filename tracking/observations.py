"""The figures that were filed, in long form and in wide."""

import pandas as pd
from sqlalchemy import Connection

from tracking import attainment
from tracking.attainment import Chosen
from tracking.vocabulary import vocabulary

# What stands before the metrics.
WIDE = {
    **attainment.PLACE,
    "year": "int64",
    "revision": "int64",
    "filed_at": "datetime64[us]",
    "source": "str",
    "load_id": "int64",
}


def long(connection: Connection, chosen: Chosen) -> pd.DataFrame:
    """A row per figure of every filing as last revised and per share that they make: attainment.OBSERVATIONS."""
    return attainment.read(connection, "observations", chosen)


def wide(connection: Connection, chosen: Chosen) -> pd.DataFrame:
    """A row per filing as last revised: columns WIDE, then one per metric, in the policy's own order.

    Every metric of an edition in force has its column, whatever is chosen; one that only old filings know comes
    after them. Figures are in the metric's unit, yes is 1, a share a fraction of 1 beside its two counts.
    """
    figures = long(connection, chosen)
    codes = dict.fromkeys(metric.code for metric in vocabulary(connection).metrics)
    codes |= dict.fromkeys(sorted(set(figures["metric"])))
    filing = ["space_id", "year"]
    filings = figures.drop_duplicates(filing)[list(WIDE)]
    by_metric = figures.pivot(index=filing, columns="metric", values="value").reindex(columns=list(codes))
    return filings.join(by_metric.astype("float64"), on=filing).reset_index(drop=True)
