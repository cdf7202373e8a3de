"""The figures that were taken of a table, column by column, as one frame."""

from collections.abc import Mapping, Sequence
from typing import NamedTuple

import numpy as np
import pandas as pd
import pyarrow as pa

from tracking.filing.interpreting.rows import Rows
from tracking.filing.spreadsheets.tables import Table
from tracking.policy.vocabulary import Metric

# What a row of `frames` says of a figure.
COLUMNS = ("space_id", "year", "metric", "value", "evidence", "note", "sheet", "row", "letter")


class Taken(NamedTuple):
    """The figures of one metric in some rows of one column, in ten-thousandths, with what stands beside each row."""

    metric: Metric
    rows: np.ndarray
    column: int
    scaled: np.ndarray
    blank: np.ndarray
    evidence: list[str] | None
    note: list[str] | None


def frames(
    taken: Sequence[Taken], table: Table, rows: Rows, kinds: Mapping[str, pd.CategoricalDtype]
) -> list[pd.DataFrame]:
    """All that was taken as one frame of COLUMNS; none where nothing was. `kinds` are as in `figures.read`."""
    if not taken:
        return []
    at = np.concatenate([each.rows for each in taken])
    counts = [len(each.rows) for each in taken]
    metrics = [_code(kinds["metric"], each.metric.code) for each in taken]
    codes = {
        "space_id": rows.spaces[at],
        "metric": np.repeat(np.array(metrics, dtype=np.int32), counts),
        "sheet": np.full(len(at), _code(kinds["sheet"], table.grid.sheet), dtype=np.int32),
        "letter": np.concatenate([_letters(each, table, kinds["letter"]) for each in taken]),
    }
    values = {
        **{name: pd.Categorical.from_codes(each, dtype=kinds[name]) for name, each in codes.items()},
        "year": rows.years[at],
        "value": pd.arrays.IntegerArray(
            np.concatenate([each.scaled for each in taken]), np.concatenate([each.blank for each in taken])
        ),
        "evidence": _texts([(each.evidence, each.rows) for each in taken]),
        "note": _texts([(each.note, each.rows) for each in taken]),
        "row": np.concatenate([table.numbers(each.rows, each.column) for each in taken]),
    }
    return [pd.DataFrame({name: values[name] for name in COLUMNS})]


def _code(kind: pd.CategoricalDtype, text: str | None) -> int:
    return -1 if text is None else int(kind.categories.get_loc(text))


def _letters(taken: Taken, table: Table, kind: pd.CategoricalDtype) -> np.ndarray:
    """The letter over each figure, by its code."""
    columns = table.letters(taken.rows, taken.column)
    if columns is not None:
        return columns
    return np.full(len(taken.rows), _code(kind, table.letter(taken.column)), dtype=np.int32)


def _texts(besides: Sequence[tuple[list[str] | None, np.ndarray]]) -> pd.api.extensions.ExtensionArray:
    """What stands beside the figures, column by column: a text for each of its rows, missing where there is none."""
    if all(texts is None for texts, _ in besides):
        # Of millions of figures mostly nothing is said.
        return pd.array(pa.nulls(sum(len(rows) for _, rows in besides), pa.large_string()), dtype="str")
    return pd.array([texts[at] or None if texts else None for texts, rows in besides for at in rows], dtype="str")
