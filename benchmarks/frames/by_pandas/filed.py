"""Who was to file for which year, and what was filed last."""

from pathlib import Path

import numpy as np
import pandas as pd

from benchmarks.frames import inputs


def enrolled_years(folder: Path) -> pd.DataFrame:
    """A row per enrolment and data year, with what was filed for it."""
    enrolled = pd.read_parquet(inputs.path(folder, "enrolment"))
    rows = enrolled.merge(pd.DataFrame({"elapsed": range(10)}), how="cross")
    rows = rows[rows["elapsed"] <= rows["end_year"] - rows["start_year"]]
    rows = rows.assign(year=rows["start_year"] + rows["elapsed"], period_year=rows["elapsed"] + 1)
    last = rows["exit_year"].fillna(rows["end_year"])
    day = {"year": rows["year"] + 1, "month": rows["due_month"], "day": rows["due_day"]}
    rows = rows.assign(
        phase=np.where(rows["period_year"] <= rows["construction_years"], "construction", "cultivation"),
        due=pd.to_datetime(day).where(rows["year"] <= last),
    )
    return rows.merge(_filings(folder), on=["space_id", "year"], how="left")


def observations(folder: Path) -> pd.DataFrame:
    """The figures of the newest revisions: space_id, year, metric, value."""
    newest = _newest(folder)[["load_id", "space_id", "year"]]
    figures = pd.read_parquet(inputs.path(folder, "observation"))
    return figures.merge(newest, on=["load_id", "space_id", "year"]).drop(columns="load_id")


def _newest(folder: Path) -> pd.DataFrame:
    filed = pd.read_parquet(inputs.path(folder, "filing")).sort_values("revision")
    return filed.drop_duplicates(["space_id", "year"], keep="last")


def _filings(folder: Path) -> pd.DataFrame:
    loaded = pd.read_parquet(inputs.path(folder, "load")).set_index("load_id")["loaded_at"]
    filed = pd.read_parquet(inputs.path(folder, "filing"))
    first = filed.groupby(["space_id", "year"], as_index=False)["load_id"].min()
    rows = _newest(folder).merge(first, on=["space_id", "year"], suffixes=("", "_first"))
    rows = rows.assign(filed_at=rows["load_id"].map(loaded), first_filed_at=rows["load_id_first"].map(loaded))
    return rows.drop(columns=["load_id", "load_id_first"])
