"""A row per requirement, enrolment and year."""

from pathlib import Path

import polars as pl

from benchmarks.frames import inputs
from benchmarks.frames.by_pandas.attainment import COLUMNS as COLUMNS

_GROUP = ["space_id", "edition", "track", "year", "stage", "clause", "alternative"]
# From here on a double has not the digits of four decimals.
_EXACT = 549_755_813_888
_col = pl.col


def attainment(folder: Path, of_years: pl.LazyFrame, figures: pl.LazyFrame) -> pl.LazyFrame:
    """COLUMNS and more."""
    requirements = pl.scan_parquet(inputs.path(folder, "requirement"))
    owed = of_years.join(requirements, on=["edition", "track"]).filter(
        (_col("stage") == "target") | (_col("period_year") == 1)
    )
    filed = owed.join(figures.rename({"metric": "filed"}), on=["space_id", "year", "filed"], how="left")
    of_sums = _col("basis") == "cumulative"
    rows = pl.concat(
        [_yearly(filed.filter(~of_sums), requirements, figures), _sums(filed.filter(of_sums))], how="diagonal"
    )
    bits = {name: (_col(name) - 2000).clip(0, 61).cast(pl.Int64) for name in ("year", "rests_from")}
    two = pl.lit(2, pl.Int64)
    return _figured(_judged(rows)).with_columns(rests_on=2 * two ** bits["year"] - two ** bits["rests_from"])


def _yearly(rows: pl.LazyFrame, requirements: pl.LazyFrame, figures: pl.LazyFrame) -> pl.LazyFrame:
    grows, shares = _col("basis") == "growth", _col("basis") == "share"
    of_shares = requirements.filter(_col("denominator").is_not_null()).select(metric="denominator").unique()
    of_growth = requirements.filter(grows).select(metric="filed").unique()
    whole = figures.join(of_shares, on="metric", how="semi").rename({"metric": "denominator", "value": "whole"})
    before = figures.join(of_growth, on="metric", how="semi").rename({"metric": "grown", "value": "before"})
    return (
        rows.join(whole, on=["space_id", "year", "denominator"], how="left")
        .with_columns(grown=pl.when(grows).then(_col("filed")))
        .join(before.with_columns(_col("year") + 1), on=["space_id", "year", "grown"], how="left")
        .with_columns(
            numerator=pl.when(shares).then(_col("value")),
            denominator=_col("whole"),
            achieved=pl.when(grows).then(_col("value") - _col("before")).otherwise(_col("value")),
            demanded=pl.when(shares).then(_col("threshold") * _col("whole")).otherwise(_col("threshold")),
            divisor=pl.when(~shares).then(1.0).when(_col("whole") != 0).then(_col("whole")),
            reported=_col("value").is_not_null() & (~shares | (_col("whole").fill_null(0) != 0)),
            completed=False,
            last=False,
            rests_from=_col("year") - (grows & _col("value").is_not_null()).cast(pl.Int32),
        )
    )


def _sums(rows: pl.LazyFrame) -> pl.LazyFrame:
    cultivated = _col("start_year") + _col("construction_years")
    counted = (_col("stage") == "target") & (_col("counted") == "cultivation") & (cultivated <= _col("end_year"))
    pace = _col("threshold") * _col("elapsed")
    rounded = (pace / _col("years") + 0.5).floor() * _col("years")
    total, left = _col("total"), _col("years") - _col("elapsed")
    year = _col("year")
    keys = inputs.KEYS["attainment"][:-1]
    sums = (
        rows.with_columns(
            first=pl.when(counted).then(cultivated).otherwise(_col("start_year")),
            at=pl.when(_col("stage") == "entry").then(_col("start_year")).otherwise(_col("end_year")),
        )
        .with_columns(
            years=(_col("at") - _col("first") + 1).cast(pl.Float64),
            elapsed=(year - _col("first") + 1).clip(lower_bound=0).cast(pl.Float64),
            counts=pl.when(year >= _col("first")).then(_col("value")).fill_null(0),
            # A bit for each counted year without a figure.
            lacks=pl.when((year >= _col("first")) & _col("value").is_null())
            .then(pl.lit(2, pl.Int64) ** (year - _col("first")).clip(lower_bound=0))
            .otherwise(0),
            last=year == _col("at"),
        )
        .with_columns(
            total=_col("counts").cum_sum().over(keys, order_by="year"),
            lacks=_col("lacks").cum_sum().over(keys, order_by="year"),
        )
        .with_columns(
            achieved=total * _col("years"),
            demanded=pl.when((_col("kind") == "whole") & (left > 0)).then(rounded).otherwise(pace),
            divisor=_col("years"),
            reported=_col("value").is_not_null(),
            completed=pl.when(_col("comparison") == ">")
            .then(total > _col("threshold"))
            .otherwise(total >= _col("threshold")),
            rests_from=pl.min_horizontal("first", "year"),
            denominator=pl.lit(None, pl.Float64),
        )
        .with_columns(needed_per_year=pl.when(~_col("completed") & (left > 0)).then((_col("threshold") - total) / left))
    )
    return sums.join(_named(sums), on=["first", "lacks"], how="left")


def _named(sums: pl.LazyFrame) -> pl.LazyFrame:
    """The years of such bits: of few kinds, so that each is written once."""
    bit = pl.int_ranges(0, 10)
    return (
        sums.filter(_col("lacks") > 0)
        .select("first", "lacks")
        .unique()
        .with_columns(bit=bit)
        .explode("bit")
        .filter((_col("lacks") // pl.lit(2, pl.Int64) ** _col("bit")) % 2 == 1)
        .group_by("first", "lacks")
        .agg(years_missing=(_col("first") + _col("bit")).sort().cast(pl.String).str.join(" "))
    )


def _judged(rows: pl.LazyFrame) -> pl.LazyFrame:
    # To four decimals, as thresholds are: 0.7 × 10 is 7.
    held, owed = ((_col(name) * 10_000).round() for name in ("achieved", "demanded"))
    of_sums = _col("basis") == "cumulative"
    status = (
        pl.when(_col("completed")).then(pl.lit("met"))
        .when(_col("revision").is_null()).then(None)
        .when(~_col("reported")).then(pl.lit("unreported"))
        .when((_col("basis") == "growth") & _col("achieved").is_null()).then(pl.lit("baseline"))
        .when(of_sums & ~_col("last") & (held >= owed)).then(pl.lit("on_pace"))
        .when(of_sums & ~_col("last")).then(pl.lit("behind_pace"))
        .when(of_sums).then(pl.lit("short"))
        .when((held > owed) | ((held == owed) & (_col("comparison") == ">="))).then(pl.lit("met"))
        .otherwise(pl.lit("short"))
    )  # fmt: skip
    alternative = _col("alternative").is_not_null()
    judged = rows.with_columns(status=status)
    settled = (
        judged.filter(alternative)
        .with_columns(
            some_met=(_col("status") == "met").any().over(_GROUP), rests_from=_col("rests_from").min().over(_GROUP)
        )
        .with_columns(status=pl.when(_col("some_met")).then(pl.lit("met")).otherwise(_col("status")))
        .drop("some_met")
    )
    known = pl.concat([judged.filter(~alternative), settled]).with_columns(
        status=pl.when(~_col("mandatory") & (_col("status") == "short"))
        .then(pl.lit("forgone"))
        .otherwise(_col("status"))
    )
    own, mandatory = _col("status").fill_null(""), _col("mandatory")
    return known.with_columns(
        missed=mandatory & own.is_in(["short", "behind_pace", "unreported"]),
        absent=own == "unreported",
        lost=mandatory & own.is_in(["short", "unreported"]),
    )


def _figured(rows: pl.LazyFrame) -> pl.LazyFrame:
    known = _col("reported") & _col("achieved").is_not_null()
    lacking = (_col("demanded") - _col("achieved")).round(8)
    least = pl.when(_col("comparison") == ">").then(lacking.floor() + 1).otherwise(lacking.ceil())
    plain = _col("basis").is_in(["annual", "stock"]) & (_col("achieved").abs() >= _EXACT)
    of_known = {
        "actual": _col("achieved") / _col("divisor"),
        "gap": (_col("demanded") - _col("achieved")).clip(lower_bound=0) / _col("divisor"),
        "short_by": pl.when(_col("basis") == "share").then(least.clip(lower_bound=0)),
        "attainment": _col("achieved") / pl.when(_col("demanded") != 0).then(_col("demanded")),
        "years_missing": _col("years_missing"),
        "exact": pl.when(plain).then(_col("achieved")),
    }
    return rows.with_columns(
        required=pl.when(_col("basis") == "cumulative")
        .then(_col("demanded") / _col("divisor"))
        .otherwise(_col("threshold")),
        **{name: pl.when(known).then(figure) for name, figure in of_known.items()},
    )
