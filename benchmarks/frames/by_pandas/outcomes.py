"""A row per enrolment and requirement: what its outcome over the period rests on."""

from pathlib import Path

import pandas as pd

from benchmarks.frames import inputs

_KEYS = inputs.KEYS["outcome"]


def outcomes(folder: Path, rows: pd.DataFrame, figures: pd.DataFrame) -> pd.DataFrame:
    """Of the years in which a filing is due."""
    owed = rows.loc[rows["due"].notna(), [*_KEYS, "basis", "mandatory", "year", "due", "status"]]
    known = owed["status"].notna()
    owed = owed.assign(
        known_year=owed["year"].where(known),
        absent_due=owed["due"].mask(known),
        short=owed["status"] == "short",
        unreported=owed["status"] == "unreported",
    )
    of_one = owed.groupby(_KEYS, sort=False)
    found = of_one.agg(
        basis=("basis", "first"),
        mandatory=("mandatory", "first"),
        latest_year=("known_year", "max"),
        last_year=("year", "max"),
        short=("short", "sum"),
        unreported=("unreported", "sum"),
        first_absent_due=("absent_due", "min"),
        first_due=("due", "min"),
        latest_due=("due", "max"),
    ).reset_index()
    latest = owed.loc[known, [*_KEYS, "year", "status"]].rename(
        columns={"year": "latest_year", "status": "latest_status"}
    )
    found = found.merge(latest, on=[*_KEYS, "latest_year"], how="left")
    after = {"year": found["latest_year"] + 2, "month": found["first_due"].dt.month, "day": found["first_due"].dt.day}
    next_due = pd.to_datetime(after).fillna(found["first_due"])
    found["last_known"] = found["latest_year"] == found["last_year"]
    found["next_due"] = next_due.where(next_due <= found["latest_due"])
    found["last_absent_due"] = found["latest_due"].mask(found["last_known"])
    return found.drop(columns=["last_year", "first_due", "latest_due"]).merge(_bests(folder, figures), how="left")


def _bests(folder: Path, figures: pd.DataFrame) -> pd.DataFrame:
    """The most that a space ever filed for one year of what is summed."""
    enrolled = pd.read_parquet(inputs.path(folder, "enrolment"))[["space_id", "edition", "track"]]
    requirements = pd.read_parquet(inputs.path(folder, "requirement"))
    summed = requirements.loc[requirements["basis"] == "cumulative", ["edition", "track", "requirement", "filed"]]
    most = figures[figures["metric"].isin(summed["filed"].unique())].groupby(["space_id", "metric"])["value"].max()
    of_enrolled = enrolled.merge(summed, on=["edition", "track"])
    most = most.rename("best").reset_index().rename(columns={"metric": "filed"})
    return of_enrolled.merge(most, on=["space_id", "filed"]).drop(columns="filed")
