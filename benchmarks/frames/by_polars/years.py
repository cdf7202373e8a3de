"""A row per enrolment and year."""

import polars as pl

from benchmarks.frames import inputs

_KEYS = inputs.KEYS["year"]
_COUNTED = ["met", "on_pace", "behind_pace", "short", "baseline", "unreported"]
_OWN = ["period_year", "phase", "due", "revision", "filed_at", "first_filed_at"]
_col = pl.col


def years(of_years: pl.LazyFrame, rows: pl.LazyFrame) -> pl.LazyFrame:
    """How many requirements have each status, and the years whose filings they rest on."""
    mandatory, status = _col("mandatory"), _col("status")
    marks = {each: mandatory & (status == each) for each in _COUNTED}
    marks |= {"judged": mandatory, "absent": mandatory & status.is_null(), "forgone": status == "forgone"}
    counts = rows.group_by(_KEYS).agg(
        **{name: mark.sum() for name, mark in marks.items()},
        rests_on=_col("rests_on").filter(status.is_not_null()).bitwise_or(),
    )
    found = of_years.select(*_KEYS, *_OWN).join(counts, on=_KEYS, how="left")
    return found.with_columns(_col(name).fill_null(0) for name in marks)
