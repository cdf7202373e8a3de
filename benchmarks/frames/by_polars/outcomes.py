"""A row per enrolment and requirement: what its outcome over the period rests on."""

from pathlib import Path

import polars as pl

from benchmarks.frames import inputs

_KEYS = inputs.KEYS["outcome"]
_col = pl.col


def outcomes(folder: Path, rows: pl.LazyFrame, figures: pl.LazyFrame) -> pl.LazyFrame:
    """Of the years in which a filing is due."""
    known = _col("status").is_not_null()
    next_due = (
        pl.when(_col("latest_year").is_null())
        .then(_col("first_due"))
        .otherwise(pl.date(_col("latest_year") + 2, _col("first_due").dt.month(), _col("first_due").dt.day()))
    )
    return (
        rows.filter(_col("due").is_not_null())
        .group_by([*_KEYS, "basis", "mandatory"])
        .agg(
            latest_year=_col("year").filter(known).max(),
            latest_status=_col("status").filter(known).sort_by(_col("year").filter(known)).last(),
            last_year=_col("year").max(),
            short=(_col("status") == "short").sum(),
            unreported=(_col("status") == "unreported").sum(),
            first_absent_due=_col("due").filter(~known).min(),
            first_due=_col("due").min(),
            latest_due=_col("due").max(),
        )
        .with_columns(last_known=_col("latest_year").eq(_col("last_year")).fill_null(value=False), next_due=next_due)
        .with_columns(
            next_due=pl.when(_col("next_due") <= _col("latest_due")).then(_col("next_due")),
            last_absent_due=pl.when(~_col("last_known")).then(_col("latest_due")),
        )
        .join(_bests(folder, figures), on=["space_id", "edition", "track", "requirement"], how="left")
        .drop("last_year", "first_due", "latest_due")
    )


def _bests(folder: Path, figures: pl.LazyFrame) -> pl.LazyFrame:
    """The most that a space ever filed for one year of what is summed."""
    enrolled = pl.scan_parquet(inputs.path(folder, "enrolment")).select("space_id", "edition", "track")
    summed = pl.scan_parquet(inputs.path(folder, "requirement")).filter(_col("basis") == "cumulative")
    summed = summed.select("edition", "track", "requirement", filed="filed")
    most = figures.join(summed.select(metric="filed").unique(), on="metric", how="semi")
    most = most.group_by("space_id", filed="metric").agg(best=_col("value").max())
    return enrolled.join(summed, on=["edition", "track"]).join(most, on=["space_id", "filed"]).drop("filed")
