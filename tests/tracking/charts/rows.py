"""Rows of `attainment` that sentences are told from."""

ROW = {
    "year": 2024, "basis": "annual", "comparison": ">=", "status": "short", "unit": "家", "metric_name": "获投企业",
    "actual": 6.0, "required": 10.0, "threshold": 10.0, "gap": 4.0, "numerator": None, "denominator": None,
    "short_by": None, "needed_per_year": None, "years_missing": None, "missed": True,
}  # fmt: skip
SHARE = ROW | {"basis": "share", "actual": 0.6996, "required": 0.7, "numerator": 6996.0, "denominator": 10_000.0}
SUM = ROW | {"basis": "cumulative", "status": "behind_pace", "needed_per_year": 2.3333}
