"""Who was to file for which year, and what was filed last."""

from pathlib import Path

import polars as pl

from benchmarks.frames import inputs

_col = pl.col
_SPACE_YEAR = ["space_id", "year"]


def enrolled_years(folder: Path) -> pl.LazyFrame:
    """A row per enrolment and data year, with what was filed for it."""
    year = _col("year")
    return (
        pl.scan_parquet(inputs.path(folder, "enrolment"))
        .with_columns(year=pl.int_ranges("start_year", _col("end_year") + 1, dtype=pl.Int32))
        .explode("year")
        .with_columns(period_year=year - _col("start_year") + 1)
        .with_columns(
            phase=pl.when(_col("period_year") <= _col("construction_years"))
            .then(pl.lit("construction"))
            .otherwise(pl.lit("cultivation")),
            due=pl.when(year <= pl.coalesce("exit_year", "end_year")).then(pl.date(year + 1, "due_month", "due_day")),
        )
        .join(_filings(folder), on=_SPACE_YEAR, how="left")
    )


def observations(folder: Path) -> pl.LazyFrame:
    """The figures of the newest revisions: space_id, year, metric, value."""
    newest = _newest(folder).select("load_id", *_SPACE_YEAR)
    figures = pl.scan_parquet(inputs.path(folder, "observation"))
    return figures.join(newest, on=["load_id", *_SPACE_YEAR]).drop("load_id")


def _newest(folder: Path) -> pl.LazyFrame:
    filed = pl.scan_parquet(inputs.path(folder, "filing"))
    return filed.group_by(_SPACE_YEAR).agg(_col("load_id", "revision").sort_by("revision").last())


def _filings(folder: Path) -> pl.LazyFrame:
    loads = pl.scan_parquet(inputs.path(folder, "load"))
    first = pl.scan_parquet(inputs.path(folder, "filing")).group_by(_SPACE_YEAR).agg(first=_col("load_id").min())
    return (
        _newest(folder)
        .join(first, on=_SPACE_YEAR)
        .join(loads.rename({"loaded_at": "filed_at"}), on="load_id")
        .join(loads.rename({"load_id": "first", "loaded_at": "first_filed_at"}), on="first")
        .drop("load_id", "first")
    )
