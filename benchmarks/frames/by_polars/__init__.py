"""By polars, lazily."""

from pathlib import Path

import polars as pl

from benchmarks.frames.by_polars import attainment, outcomes, years
from benchmarks.frames.by_polars.filed import enrolled_years, observations


def judged(folder: Path) -> dict[str, pl.DataFrame]:
    """The three tables of the judgement, by name."""
    of_years, figures = enrolled_years(folder).collect().lazy(), observations(folder).collect().lazy()
    rows = attainment.attainment(folder, of_years, figures).collect().lazy()
    names = ["attainment", "year", "outcome"]
    tables = [
        rows.select(attainment.COLUMNS),
        years.years(of_years, rows),
        outcomes.outcomes(folder, rows, figures),
    ]
    return dict(zip(names, pl.collect_all(tables), strict=True))


def stored(folder: Path) -> None:
    """The same, written to Parquet."""
    for name, rows in judged(folder).items():
        rows.write_parquet(folder / f"polars-{name}.parquet")
