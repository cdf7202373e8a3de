"""Values as the formats have them: every digit, nothing that a spreadsheet would run."""

from datetime import date, datetime
from decimal import Decimal

import pandas as pd
import pytest

from tracking.exports import cells


@pytest.mark.parametrize(
    ("value", "csv", "json"),
    [
        ("甲", "甲", '"甲"'),
        ("=1+1", "'=1+1", '"=1+1"'),
        ("＠甲", "'＠甲", '"＠甲"'),
        ('a"b', '"a""b"', '"a\\"b"'),
        ("a;b", '"a;b"', '"a;b"'),
        (True, "true", "true"),
        (20.0, "20", "20"),
        (0.1 + 0.2, "0.30000000000000004", "0.30000000000000004"),
        (Decimal("99999999999999.9999"), "99999999999999.9999", "99999999999999.9999"),
        (Decimal("5.0000"), "5", "5"),
        (date(2024, 3, 1), "2024-03-01", '"2024-03-01"'),
        (datetime(2024, 3, 1, 9, 5, 7, 250), "2024-03-01T09:05:07.000250", '"2024-03-01T09:05:07"'),
    ],
)
def test_a_value_as_text(value: object, csv: str, json: str) -> None:
    assert (cells.csv(value), cells.json(value)) == (csv, json)


def test_a_column_says_nothing_where_there_is_nothing() -> None:
    assert cells.values(pd.Series([1, None], dtype="Int64")) == [1, None]
    assert cells.values(pd.Series([Decimal("1.5"), None], dtype=object)) == [Decimal("1.5"), None]


def test_days_are_written_without_a_time_and_a_value_that_comes_often_once() -> None:
    days = pd.Series(pd.to_datetime(["2024-03-01", None, "2024-03-01"])).astype("datetime64[s]")
    written: list[object] = []

    def write(value: object) -> str:
        written.append(value)
        return cells.csv(value)

    assert cells.texts(days, write).to_pylist() == ["2024-03-01", None, "2024-03-01"]
    assert written == [date(2024, 3, 1)]
