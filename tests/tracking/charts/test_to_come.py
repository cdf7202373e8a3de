"""What years to come ask, in sentences."""

import pandas as pd
import pytest

from tests.tracking.charts.rows import ROW, SUM
from tracking.charts import to_come


@pytest.mark.parametrize(
    ("row", "last", "asked"),
    [
        (ROW, None, "≥ 10 家"),
        (ROW, ROW, "≥ 10 家（上次 6 家）"),
        (ROW | {"missed": False}, ROW, "保持"),
        (ROW, ROW | {"actual": None, "status": "unfiled"}, "≥ 10 家（上次 未提交年报）"),
        (SUM | {"required": 8.5}, SUM, "再增 2.5 家"),
        (SUM | {"required": 5.0}, SUM, "保持"),
        # Nobody knows how much more, where nothing was filed.
        (SUM, SUM | {"actual": None, "status": "unreported"}, "累计 ≥ 10 家（上次 指标缺报）"),
        (ROW | {"basis": "growth", "before": None}, ROW, "填报即可（作为基准年）"),
        (ROW | {"basis": "growth", "before": 6.0}, ROW, "多于 6 家"),
    ],
)
def test_what_a_year_to_come_asks(row: dict[str, object], last: dict[str, object] | None, asked: str) -> None:
    before = None if last is None else pd.Series(last)
    assert to_come.next_year(pd.Series(row), before, "zh") == asked
