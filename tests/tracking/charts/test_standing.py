"""One enrolment in sentences."""

import pandas as pd

from tests.tracking.charts.rows import ROW, SHARE
from tracking.charts import standing


def test_a_failed_year_gives_its_reasons_and_one_without_a_filing_its_day() -> None:
    year = pd.Series({"year": 2024, "evaluation_year": 2025, "phase": "cultivation", "result": "fail"})
    missed = pd.DataFrame([SHARE, ROW | {"actual": None, "status": "unreported", "metric_name": "创业导师"}])
    sentence = standing.result(year, missed, "zh")
    assert sentence.endswith("原因：获投企业 69.96%（应 ≥ 70%）、创业导师 指标缺报")
    unfiled = pd.concat([year, pd.Series({"due": pd.Timestamp(2025, 3, 31)})])
    unfiled["result"] = "unfiled"
    assert standing.result(unfiled, missed, "zh").endswith("原因：截至 2025-03-31 未提交年报")
