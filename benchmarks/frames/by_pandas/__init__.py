"""By pandas."""

from pathlib import Path

import pandas as pd

from benchmarks.frames.by_pandas import attainment, outcomes, years
from benchmarks.frames.by_pandas.filed import enrolled_years, observations


def judged(folder: Path) -> dict[str, pd.DataFrame]:
    """The three tables of the judgement, by name."""
    of_years, figures = enrolled_years(folder), observations(folder)
    rows = attainment.attainment(folder, of_years, figures)
    return {
        "attainment": rows[attainment.COLUMNS],
        "year": years.years(of_years, rows),
        "outcome": outcomes.outcomes(folder, rows, figures),
    }


def stored(folder: Path) -> None:
    """The same, written to Parquet."""
    for name, rows in judged(folder).items():
        rows.to_parquet(folder / f"pandas-{name}.parquet", index=False)
