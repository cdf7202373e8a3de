"""By polars, lazily."""

from pathlib import Path

import polars as pl

from benchmarks.frames import inputs

_SAME = ["space_id", "track", "year", "stage", "clause", "alternative"]
_col = pl.col


def attainment(folder: Path) -> pl.DataFrame:
    """A row per requirement, space and year: KEYS, FIGURES, status."""
    figures = pl.scan_parquet(inputs.path(folder, "observation"))
    filed = _owed(folder).join(figures.rename({"metric": "filed"}), on=["space_id", "year", "filed"], how="left")
    of_sums = _col("basis") == "cumulative"
    rows = pl.concat([_yearly(filed.filter(~of_sums), figures), _sums(filed.filter(of_sums))], how="diagonal")
    known = _col("reported") | _col("completed")
    achieved = pl.when(known).then(_col("achieved"))
    return (
        _judged(rows)
        .with_columns(
            required=pl.when(of_sums).then(_col("demanded") / _col("divisor")).otherwise(_col("threshold")),
            actual=achieved / _col("divisor"),
            gap=(_col("demanded") - achieved).clip(lower_bound=0) / _col("divisor"),
            attainment=achieved / pl.when(_col("demanded") != 0).then(_col("demanded")),
        )
        .select([*inputs.KEYS, *inputs.FIGURES, "status"])
        .collect()
    )


def _owed(folder: Path) -> pl.LazyFrame:
    enrolled = pl.scan_parquet(inputs.path(folder, "enrolment"))
    requirements = pl.scan_parquet(inputs.path(folder, "requirement"))
    return (
        enrolled.with_columns(year=pl.int_ranges("start_year", _col("end_year") + 1, dtype=pl.Int32))
        .explode("year")
        .join(requirements, on="track")
        .filter((_col("stage") == "target") | (_col("year") == _col("start_year")))
    )


def _yearly(rows: pl.LazyFrame, figures: pl.LazyFrame) -> pl.LazyFrame:
    whole = figures.rename({"metric": "denominator", "value": "whole"})
    before = figures.rename({"metric": "grown", "value": "before"}).with_columns(_col("year") + 1)
    grows, shares = _col("basis") == "growth", _col("basis") == "share"
    return (
        rows.join(whole, on=["space_id", "year", "denominator"], how="left")
        .with_columns(grown=pl.when(grows).then(_col("filed")))
        .join(before, on=["space_id", "year", "grown"], how="left")
        .with_columns(
            achieved=pl.when(grows).then(_col("value") - _col("before")).otherwise(_col("value")),
            demanded=pl.when(shares).then(_col("threshold") * _col("whole")).otherwise(_col("threshold")),
            divisor=pl.when(~shares).then(1.0).when(_col("whole") != 0).then(_col("whole")),
            reported=_col("value").is_not_null() & (~shares | (_col("whole").fill_null(0) != 0)),
            completed=False,
            last=False,
        )
    )


def _sums(rows: pl.LazyFrame) -> pl.LazyFrame:
    cultivated = _col("start_year") + _col("construction_years")
    counted = (_col("stage") == "target") & (_col("counted") == "cultivation") & (cultivated <= _col("end_year"))
    pace = _col("threshold") * _col("elapsed")
    rounded = (pace / _col("years") + 0.5).floor() * _col("years")
    total = _col("total")
    return (
        rows.with_columns(
            first=pl.when(counted).then(cultivated).otherwise(_col("start_year")),
            at=pl.when(_col("stage") == "entry").then(_col("start_year")).otherwise(_col("end_year")),
        )
        .with_columns(
            years=(_col("at") - _col("first") + 1).cast(pl.Float64),
            elapsed=(_col("year") - _col("first") + 1).clip(lower_bound=0).cast(pl.Float64),
            counts=pl.when(_col("year") >= _col("first")).then(_col("value")).fill_null(0),
            last=_col("year") == _col("at"),
        )
        .with_columns(total=_col("counts").cum_sum().over(inputs.KEYS[:2], order_by="year"))
        .with_columns(
            achieved=total * _col("years"),
            demanded=pl.when((_col("kind") == "whole") & (_col("elapsed") < _col("years")))
            .then(rounded)
            .otherwise(pace),
            divisor=_col("years"),
            reported=_col("value").is_not_null(),
            completed=pl.when(_col("comparison") == ">")
            .then(total > _col("threshold"))
            .otherwise(total >= _col("threshold")),
        )
    )


def _judged(rows: pl.LazyFrame) -> pl.LazyFrame:
    # To four decimals, as thresholds are: 0.7 × 10 is 7.
    held, owed = ((_col(name) * 10_000).round() for name in ("achieved", "demanded"))
    of_sums = _col("basis") == "cumulative"
    status = (
        pl.when(_col("completed")).then(pl.lit("met"))
        .when(~_col("reported")).then(pl.lit("unreported"))
        .when((_col("basis") == "growth") & _col("achieved").is_null()).then(pl.lit("baseline"))
        .when(of_sums & ~_col("last") & (held >= owed)).then(pl.lit("on_pace"))
        .when(of_sums & ~_col("last")).then(pl.lit("behind_pace"))
        .when(of_sums).then(pl.lit("short"))
        .when((held > owed) | ((held == owed) & (_col("comparison") == ">="))).then(pl.lit("met"))
        .otherwise(pl.lit("short"))
    )  # fmt: skip
    alternative = _col("alternative").is_not_null()
    some_met = (_col("status") == "met").any().over(_SAME)
    return (
        rows.with_columns(status=status)
        .with_columns(status=pl.when(alternative & some_met).then(pl.lit("met")).otherwise(_col("status")))
        .with_columns(
            status=pl.when(~_col("mandatory") & (_col("status") == "short"))
            .then(pl.lit("forgone"))
            .otherwise(_col("status"))
        )
    )
