"""Values as the formats have them: typed for a workbook, text for CSV and JSON."""

from collections.abc import Callable
from datetime import date, datetime
from decimal import Decimal
from json import dumps

import pandas as pd
import pyarrow as pa

from tracking.words import numbers

# Text that begins so is run as a formula by some spreadsheet, full-width as well. Source: OWASP, CSV injection.
FORMULA_SIGNS = ("=", "+", "-", "@", "\t", "\r", "\n", "＝", "＋", "－", "＠")
_QUOTE = '"'
# What a cell of CSV cannot hold without quotes; some spreadsheets part at a semicolon and a tab as well.
_QUOTED = (",", ";", "\t", _QUOTE, "\r", "\n")


def values(column: pd.Series) -> list[object]:
    """What the cells of a column say, None where one says nothing."""
    if column.dtype == object:
        return [None if pd.isna(value) else value for value in column]
    array = pa.Array.from_pandas(column)
    cells: list[object] = array.to_pylist()
    return cells


def texts(column: pd.Series, write: Callable[[object], str]) -> pa.StringArray:
    """The values of a column as text, null where there is none. A value that comes often is written once."""
    if column.dtype == object:
        return pa.array([None if value is None else write(value) for value in values(column)], pa.string())
    array = pa.Array.from_pandas(column)
    encoded = (array.combine_chunks() if isinstance(array, pa.ChunkedArray) else array).dictionary_encode()
    days = str(column.dtype) == "datetime64[s]"
    distinct = encoded.dictionary.to_pylist()
    return pa.array([write(value.date() if days else value) for value in distinct], pa.string()).take(encoded.indices)


def csv(value: object) -> str:
    """A value as CSV has it: a text defused, and in quotes where it needs them."""
    match value:
        case str():
            text = f"'{value}" if value.startswith(FORMULA_SIGNS) else value
            return f'"{text.replace(_QUOTE, _QUOTE * 2)}"' if any(sign in text for sign in _QUOTED) else text
        case bool():
            return "true" if value else "false"
        case float():
            # The shortest text that reads back to the same number, without a .0 behind a whole one.
            return repr(value).removesuffix(".0")
        case Decimal():
            return numbers.digits(value)
        case date():
            return value.isoformat()
        case _:
            return str(value)


def json(value: object) -> str:
    """A value as JSON has it."""
    match value:
        case float() if value.is_integer():
            return str(int(value))
        case Decimal():
            return numbers.digits(value)
        case datetime():
            return f'"{value.isoformat(timespec="seconds")}"'
        case date():
            return f'"{value.isoformat()}"'
        case _:
            return dumps(value, ensure_ascii=False)
