"""Frames to files: CSV, JSON, XLSX, Parquet. The same frame gives the same bytes, every time.

In a frame a datetime64[s] is a date and a datetime64[us] a moment, as `attainment` makes them.
"""

import io
import json
from collections.abc import Callable, Iterator
from datetime import date, datetime

import pandas as pd
import pyarrow as pa
import pyarrow.compute as pc
import pyarrow.parquet
import xlsxwriter

from tracking import looks
from tracking.covers import Cover

# Text that begins so is run as a formula by some spreadsheet, full-width as well. Source: OWASP, CSV injection.
FORMULA_SIGNS = ("=", "+", "-", "@", "\t", "\r", "\n", "＝", "＋", "－", "＠")
# What a sheet of XLSX can hold, its header included.
MOST_XLSX_ROWS = 1_048_576
# Rows that are text at one time.
CHUNK = 50_000
_QUOTE = '"'
# What a cell of CSV cannot hold without quotes.
_QUOTED = (",", _QUOTE, "\r", "\n")
_MADE = datetime(2000, 1, 1)


class TooManyRows(Exception):
    """A sheet cannot hold so many rows; `rows` are asked for, `most` fit."""

    def __init__(self, rows: int) -> None:
        super().__init__(f"{rows} rows")
        self.rows = rows
        self.most = MOST_XLSX_ROWS - 1


def to_csv(frame: pd.DataFrame) -> bytes:
    """UTF-8 with a byte-order mark and CRLF, so that a spreadsheet opens Chinese as Chinese; text defused."""
    return b"".join(csv_chunks(frame))


def csv_chunks(frame: pd.DataFrame, rows: int = CHUNK) -> Iterator[bytes]:
    """The bytes of `to_csv` piece by piece, so many rows in each, for who sends them on."""
    yield f"\ufeff{','.join(_cell(str(name)) for name in frame.columns)}\r\n".encode()
    for first in range(0, len(frame), rows):
        cells = [_cells(column) for _, column in frame.iloc[first : first + rows].items()]
        lines = pc.binary_join_element_wise(*cells, ",", null_handling="replace")
        yield "".join(f"{line}\r\n" for line in lines.to_pylist()).encode("utf-8")


def to_json(frame: pd.DataFrame) -> bytes:
    """A list with an object per line; numbers as numbers, null where there is none. Text is not defused."""
    chunks = (records(frame.iloc[first : first + CHUNK]) for first in range(0, len(frame), CHUNK))
    lines = ",\n".join(json.dumps(row, ensure_ascii=False) for chunk in chunks for row in chunk)
    return f"[\n{lines}\n]\n".encode()


def records(frame: pd.DataFrame) -> list[dict[str, object]]:
    """A row of the frame as an object, in what JSON has a word for; a day and a moment as ISO 8601."""
    return [{str(name): value for name, value in row.items()} for row in _plain(frame).to_dict("records")]


def to_parquet(frame: pd.DataFrame) -> bytes:
    """One Parquet file, typed, a day as a date; text is not defused."""
    out = io.BytesIO()
    table = pa.Table.from_pandas(frame, preserve_index=False)
    # Parquet has no moments in seconds: what is a day would come back as midnight.
    days = [field.with_type(pa.date32()) if field.type == pa.timestamp("s") else field for field in table.schema]
    pa.parquet.write_table(table.cast(pa.schema(days, table.schema.metadata)), out)
    return bytes(out.getvalue())


def to_xlsx(frame: pd.DataFrame, cover: Cover | None = None) -> bytes:
    """A sheet with typed cells, frozen header, filters, widths that fit; a cover before it. Raises TooManyRows.

    A status stands there in its colour and with its sign; what the cell holds is the code alone. A text that looks
    like a formula is marked as text, so that it stays one when somebody edits the cell.
    """
    if len(frame) >= MOST_XLSX_ROWS:
        raise TooManyRows(len(frame))
    out = io.BytesIO()
    # A text stays a text, whatever it begins with.
    options = {"constant_memory": True, "strings_to_formulas": False, "strings_to_urls": False, "in_memory": True}
    with xlsxwriter.Workbook(out, options) as book:
        book.set_properties({"created": _MADE})
        if cover:
            cover.draw(book)
        sheet = book.add_worksheet(cover.table if cover else "data")
        formats = {
            "header": book.add_format({"bold": True, "bottom": 1}),
            "date": book.add_format({"num_format": "yyyy-mm-dd"}),
            "moment": book.add_format({"num_format": "yyyy-mm-dd hh:mm:ss"}),
        }
        text = book.add_format({"quote_prefix": True})
        for index, name in enumerate(frame.columns):
            sheet.set_column(index, index, _width(frame[name]))
        sheet.write_row(0, 0, [str(name) for name in frame.columns], formats["header"])
        kinds = [_time_format(column, formats) for _, column in frame.items()]
        marks = {at: _marks(book, str(name)) for at, name in enumerate(frame.columns) if looks.of(str(name))}
        for at, row in enumerate(frame.itertuples(index=False), start=1):
            for index, value in enumerate(row):
                if not pd.isna(value):
                    mark = marks[index].get(value) if index in marks else None
                    if isinstance(value, str) and value.startswith(FORMULA_SIGNS):
                        mark = text
                    _write_cell(sheet, at, index, value, kinds[index], mark)
        sheet.freeze_panes(1, 0)
        sheet.autofilter(0, 0, len(frame), max(len(frame.columns) - 1, 0))
    return out.getvalue()


FORMATS: dict[str, Callable[[pd.DataFrame], bytes]] = {
    "csv": to_csv,
    "json": to_json,
    "xlsx": to_xlsx,
    "parquet": to_parquet,
}


def written(frame: pd.DataFrame, form: str, cover: Cover | None = None) -> bytes:
    """The frame as a file of one of FORMATS; the cover stands where the format has a place for it."""
    return to_xlsx(frame, cover) if form == "xlsx" else FORMATS[form](frame)


def _cells(column: pd.Series) -> pa.Array:
    """The cells of CSV that a column is; null where it says nothing. A value that comes often is written once."""
    if column.dtype == object:
        return pa.array([None if pd.isna(value) else _cell(value) for value in column], pa.string())
    values = pa.Array.from_pandas(column)
    encoded = (values.combine_chunks() if isinstance(values, pa.ChunkedArray) else values).dictionary_encode()
    days = str(column.dtype) == "datetime64[s]"
    distinct = encoded.dictionary.to_pylist()
    return pa.array([_cell(value.date() if days else value) for value in distinct], pa.string()).take(encoded.indices)


def _cell(value: object) -> str:
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
        case date():
            return value.isoformat()
        case _:
            return str(value)


def _time_texts(column: pd.Series) -> pd.Series:
    numbers, distinct = pd.factorize(column)
    pattern = "%Y-%m-%d" if str(column.dtype).endswith("[s]") else "%Y-%m-%dT%H:%M:%S"
    texts = pd.array(list(pd.DatetimeIndex(distinct).strftime(pattern)) or [""], dtype="str")
    return pd.Series(texts.take(numbers, allow_fill=True), index=column.index)


def _plain(frame: pd.DataFrame) -> pd.DataFrame:
    """The frame in objects that JSON has a word for."""
    told = {}
    for name, column in frame.items():
        if pd.api.types.is_datetime64_dtype(column):
            column = _time_texts(column)
        values = column.tolist()
        if pd.api.types.is_float_dtype(column):
            values = [int(value) if value.is_integer() else value for value in values]
        told[name] = [None if missing else value for value, missing in zip(values, column.isna(), strict=True)]
    return pd.DataFrame(told, columns=frame.columns, dtype=object)


def _time_format(column: pd.Series, formats: dict[str, object]) -> object:
    if not pd.api.types.is_datetime64_dtype(column):
        return None
    return formats["date" if str(column.dtype).endswith("[s]") else "moment"]


def _marks(book: xlsxwriter.Workbook, column: str) -> dict[str, object]:
    """By code of a column, the format that shows its sign before it, in its colour."""
    return {
        code: book.add_format({"bg_color": look.colour, "font_color": look.ink, "num_format": f'@;@;@;"{look.sign} "@'})
        for code, look in (looks.of(column) or {}).items()
    }


def _write_cell(
    sheet: xlsxwriter.worksheet.Worksheet, row: int, column: int, value: object, kind: object, mark: object
) -> None:
    if kind is not None:
        sheet.write_datetime(row, column, pd.Timestamp(value).to_pydatetime(), kind)
    elif isinstance(value, bool):
        sheet.write_boolean(row, column, value)
    elif isinstance(value, str):
        sheet.write_string(row, column, value, mark)
    else:
        sheet.write_number(row, column, float(value))  # type: ignore[arg-type]


def _width(column: pd.Series) -> float:
    """Characters, a Chinese one counting twice, of the header and the first rows; never a whole screen."""
    texts = [str(column.name), *map(str, column.head(200).dropna())]
    longest = max(sum(2 if ord(sign) > 0x2E7F else 1 for sign in text) for text in texts)
    return min(max(longest + 2, 8), 48)
