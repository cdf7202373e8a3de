"""Whether what was computed from Parquet is what the product stores: every row, every column."""

from collections.abc import Iterable

import numpy as np
import pandas as pd
import polars as pl
import sqlalchemy as sa
from pandas.api.types import is_bool_dtype, is_numeric_dtype
from sqlalchemy import Engine

from benchmarks.frames import inputs
from tracking import database


def hold(engine: Engine, table: str, made: pd.DataFrame | pl.DataFrame, by: str) -> None:
    """Say how many rows were alike. Raises AssertionError that names the columns where one is not."""
    keys = inputs.KEYS[table]
    with database.reading(engine) as connection:
        stored = database.frame(connection, sa.text(f"SELECT * FROM stored_{table}"))
    rows = made.to_pandas() if isinstance(made, pl.DataFrame) else made
    assert len(rows) == len(stored), f"{by}, {table}: {len(rows)} rows, not {len(stored)}"
    assert {*rows} == {*stored}, f"{by}, {table}: {sorted({*rows} ^ {*stored})}"
    ours, theirs = (each.sort_values(keys, ignore_index=True) for each in (stored, rows))
    differing = {name: int((~_same(ours[name], theirs[name])).sum()) for name in ours}
    assert not any(differing.values()), f"{by}, {table}: {[each for each in differing.items() if each[1]]}"
    print(f"  {by}, {table}: {len(rows):,} rows of {len(ours.columns)} columns, none differs", flush=True)


def counts(groups: Iterable[tuple[object, ...]]) -> dict[tuple[object, ...], object]:
    """How many rows each group has; the average beside it is rounded by each engine in its own way."""
    return {tuple(keys): count for *keys, count, _ in groups}


def _same(ours: pd.Series, theirs: pd.Series) -> np.ndarray:
    """A figure as far as a double holds it; everything else as it is."""
    if pd.api.types.is_datetime64_any_dtype(theirs):
        return _equal(pd.to_datetime(ours).astype("datetime64[us]"), theirs.astype("datetime64[us]"))
    if is_numeric_dtype(theirs) and not is_bool_dtype(theirs):
        return np.asarray(np.isclose(_figures(ours), _figures(theirs), rtol=1e-12, equal_nan=True))
    return _equal(ours.astype(object), theirs.astype(object))


def _figures(column: pd.Series) -> np.ndarray:
    return np.asarray(pd.to_numeric(column).astype("float64"))


def _equal(ours: pd.Series, theirs: pd.Series) -> np.ndarray:
    return np.asarray((ours == theirs) | (ours.isna() & theirs.isna()))
