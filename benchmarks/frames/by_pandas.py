"""By pandas."""

from pathlib import Path

import numpy as np
import pandas as pd

from benchmarks.frames import inputs

_SAME = ["space_id", "track", "year", "stage", "clause", "alternative"]


def attainment(folder: Path) -> pd.DataFrame:
    """A row per requirement, space and year: KEYS, FIGURES, status."""
    figures = pd.read_parquet(inputs.path(folder, "observation"))
    owed = _owed(folder)
    filed = owed.merge(figures.rename(columns={"metric": "filed"}), on=["space_id", "year", "filed"], how="left")
    of_sums = filed["basis"] == "cumulative"
    rows = pd.concat([_yearly(filed[~of_sums], figures), _sums(filed[of_sums])], ignore_index=True)
    _judge(rows)
    rows["required"] = np.where(rows["basis"] == "cumulative", rows["demanded"] / rows["divisor"], rows["threshold"])
    known = rows["reported"] | rows["completed"]
    achieved = rows["achieved"].where(known)
    rows["actual"] = achieved / rows["divisor"]
    rows["gap"] = (rows["demanded"] - achieved).clip(lower=0) / rows["divisor"]
    rows["attainment"] = achieved / rows["demanded"].where(rows["demanded"] != 0)
    return rows[[*inputs.KEYS, *inputs.FIGURES, "status"]]


def _owed(folder: Path) -> pd.DataFrame:
    enrolled = pd.read_parquet(inputs.path(folder, "enrolment"))
    requirements = pd.read_parquet(inputs.path(folder, "requirement"))
    years = pd.DataFrame({"year": range(enrolled["start_year"].min(), enrolled["end_year"].max() + 1)})
    of_years = enrolled.merge(years, how="cross")
    of_years = of_years[of_years["year"].between(of_years["start_year"], of_years["end_year"])]
    owed = of_years.merge(requirements, on="track")
    return owed[(owed["stage"] == "target") | (owed["year"] == owed["start_year"])]


def _yearly(rows: pd.DataFrame, figures: pd.DataFrame) -> pd.DataFrame:
    whole = figures.rename(columns={"metric": "denominator", "value": "whole"})
    rows = rows.merge(whole, on=["space_id", "year", "denominator"], how="left")
    before = figures.rename(columns={"metric": "filed", "value": "before"}).assign(year=figures["year"] + 1)
    grows, shares = rows["basis"] == "growth", rows["basis"] == "share"
    grown = rows[grows].merge(before, on=["space_id", "year", "filed"], how="left")
    rest = rows[~grows].assign(before=0.0)
    rows = pd.concat([rest, grown], ignore_index=True)
    shares = rows["basis"] == "share"
    return rows.assign(
        achieved=rows["value"] - rows["before"],
        demanded=np.where(shares, rows["threshold"] * rows["whole"], rows["threshold"]),
        divisor=np.where(shares, rows["whole"].where(rows["whole"] != 0), 1.0),
        reported=rows["value"].notna() & (~shares | (rows["whole"].fillna(0) != 0)),
        completed=False,
        last=False,
    )


def _sums(rows: pd.DataFrame) -> pd.DataFrame:
    cultivated = rows["start_year"] + rows["construction_years"]
    counted = (rows["stage"] == "target") & (rows["counted"] == "cultivation") & (cultivated <= rows["end_year"])
    first = np.where(counted, cultivated, rows["start_year"])
    last = np.where(rows["stage"] == "entry", rows["start_year"], rows["end_year"])
    years, elapsed = last - first + 1, (rows["year"] - first + 1).clip(lower=0)
    rows = rows.assign(last=rows["year"] == last, counts=rows["value"].where(rows["year"] >= first).fillna(0))
    rows = rows.assign(years=years, elapsed=elapsed).sort_values([*inputs.KEYS[:2], "year"])
    total = rows.groupby(inputs.KEYS[:2], sort=False)["counts"].cumsum()
    pace = rows["threshold"] * rows["elapsed"]
    rounded = np.floor(pace / rows["years"] + 0.5) * rows["years"]
    is_rounded = (rows["kind"] == "whole") & (rows["elapsed"] < rows["years"])
    above = (rows["comparison"] == ">") & (total > rows["threshold"])
    return rows.assign(
        achieved=total * rows["years"],
        demanded=np.where(is_rounded, rounded, pace),
        divisor=rows["years"],
        reported=rows["value"].notna(),
        completed=above | ((rows["comparison"] == ">=") & (total >= rows["threshold"])),
    )


def _judge(rows: pd.DataFrame) -> None:
    # To four decimals, as thresholds are: 0.7 × 10 is 7.
    held, owed = (rows[name].mul(10_000).round() for name in ("achieved", "demanded"))
    enough = (held > owed) | ((held == owed) & (rows["comparison"] == ">="))
    of_sums = rows["basis"] == "cumulative"
    conditions = {
        "met": rows["completed"],
        "unreported": ~rows["reported"],
        "baseline": (rows["basis"] == "growth") & rows["achieved"].isna(),
        "on_pace": of_sums & ~rows["last"] & (held >= owed),
        "behind_pace": of_sums & ~rows["last"],
        "short": of_sums | ~enough,
    }
    status = pd.Series(np.select(list(conditions.values()), list(conditions), "met"), rows.index)
    groups = rows[_SAME].assign(met=status == "met")[rows["alternative"].notna()]
    settled = groups.groupby(_SAME)["met"].transform("any")
    status[settled.index[settled]] = "met"
    rows["status"] = status.mask(~rows["mandatory"] & (status == "short"), "forgone")
