"""A row per enrolment and year."""

import polars as pl

from benchmarks.frames import inputs

_KEYS = inputs.KEYS["year"]
_COUNTED = ["met", "on_pace", "behind_pace", "short", "baseline", "unreported"]
_OWN = ["period_year", "phase", "due", "revision", "filed_at", "first_filed_at"]
_col = pl.col


def years(of_years: pl.LazyFrame, rows: pl.LazyFrame) -> pl.LazyFrame:
    """How many requirements have each status, the years whose filings they rest on, and what the years beside say."""
    mandatory, status = _col("mandatory"), _col("status")
    targets = mandatory & (_col("stage") == "target")
    marks = {each: mandatory & (status == each) for each in _COUNTED}
    marks |= {"judged": mandatory, "absent": mandatory & status.is_null(), "forgone": status == "forgone"}
    marks |= {
        "missed": _col("missed"),
        "lost": _col("lost"),
        "targets": targets,
        "targets_missed": targets & _col("missed"),
        "targets_absent": targets & status.is_null(),
    }
    counts = rows.group_by(_KEYS).agg(
        **{name: mark.sum() for name, mark in marks.items()},
        rests_on=_col("rests_on").filter(status.is_not_null()).bitwise_or(),
        targets_rest_on=_col("rests_on").filter(targets).bitwise_or(),
    )
    found = of_years.select(*_KEYS, *_OWN, "pass_mark").join(counts, on=_KEYS, how="left")
    return _beside(found.with_columns(_col(name).fill_null(0) for name in marks))


def _beside(rows: pl.LazyFrame) -> pl.LazyFrame:
    passed = _col("judged") - _col("lost") >= _col("pass_mark") * _col("judged")
    result = pl.when(_col("revision").is_null()).then(None).when(passed).then(pl.lit("pass")).otherwise(pl.lit("fail"))
    rows = rows.sort(_KEYS).with_columns(filed_result=result).drop("pass_mark")
    cultivation, due, one = _col("phase") == "cultivation", _col("due"), _KEYS[:-1]
    no_pass = cultivation & _col("filed_result").ne_missing("pass")
    return rows.with_columns(
        no_pass_due_before=pl.when(no_pass).then(due).shift(1).over(one),
        unfiled_due_before=pl.when(_col("revision").is_null()).then(due).shift(1).over(one),
        cultivation_rests_on_before=pl.when(cultivation).then(_col("rests_on")).shift(1).over(one),
        next_due=due.shift(-1).over(one),
        last_due=due.max().over(one),
    )
