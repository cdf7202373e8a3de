"""A row per requirement, enrolment and year."""

from pathlib import Path

import numpy as np
import pandas as pd

from benchmarks.frames import inputs

COLUMNS = [
    "space_id", "edition", "track", "year", "period_year", "phase", "due", "revision", "filed_at", "requirement",
    "position", "basis", "mandatory", "numerator", "denominator", "required", "actual", "gap", "short_by",
    "needed_per_year", "attainment", "status", "years_missing", "exact", "rests_on",
    "missed", "absent", "lost",
]  # fmt: skip
_GROUP = ["space_id", "edition", "track", "year", "stage", "clause", "alternative"]
# From here on a double has not the digits of four decimals.
_EXACT = 549_755_813_888


def attainment(folder: Path, of_years: pd.DataFrame, figures: pd.DataFrame) -> pd.DataFrame:
    """COLUMNS and more."""
    requirements = pd.read_parquet(inputs.path(folder, "requirement"))
    owed = of_years.merge(requirements, on=["edition", "track"])
    owed = owed[(owed["stage"] == "target") | (owed["period_year"] == 1)]
    filed = owed.merge(figures.rename(columns={"metric": "filed"}), on=["space_id", "year", "filed"], how="left")
    of_sums = filed["basis"] == "cumulative"
    rows = pd.concat([_yearly(filed[~of_sums], figures), _sums(filed[of_sums])], ignore_index=True)
    _judge(rows)
    _figure(rows)
    bits = {name: np.clip(rows[name] - 2000, 0, 61).astype("int64") for name in ("year", "rests_from")}
    rows["rests_on"] = np.left_shift(np.int64(2), bits["year"]) - np.left_shift(np.int64(1), bits["rests_from"])
    return rows


def _yearly(rows: pd.DataFrame, figures: pd.DataFrame) -> pd.DataFrame:
    of_shares = figures[figures["metric"].isin(rows["denominator"].dropna().unique())]
    whole = of_shares.rename(columns={"metric": "denominator", "value": "whole"})
    rows = rows.merge(whole, on=["space_id", "year", "denominator"], how="left")
    grows, shares = rows["basis"] == "growth", rows["basis"] == "share"
    grown = figures[figures["metric"].isin(rows.loc[grows, "filed"].unique())]
    before = grown.rename(columns={"metric": "filed", "value": "before"}).assign(year=grown["year"] + 1)
    compared = rows[grows].merge(before, on=["space_id", "year", "filed"], how="left")
    rows = pd.concat([rows[~grows].assign(before=0.0), compared], ignore_index=True)
    grows, shares = rows["basis"] == "growth", rows["basis"] == "share"
    return rows.assign(
        numerator=rows["value"].where(shares),
        denominator=rows["whole"],
        achieved=rows["value"] - rows["before"],
        demanded=np.where(shares, rows["threshold"] * rows["whole"], rows["threshold"]),
        divisor=np.where(shares, rows["whole"].where(rows["whole"] != 0), 1.0),
        reported=rows["value"].notna() & (~shares | (rows["whole"].fillna(0) != 0)),
        completed=False,
        last=False,
        rests_from=rows["year"] - (grows & rows["value"].notna()),
    )


def _sums(rows: pd.DataFrame) -> pd.DataFrame:
    cultivated = rows["start_year"] + rows["construction_years"]
    counted = (rows["stage"] == "target") & (rows["counted"] == "cultivation") & (cultivated <= rows["end_year"])
    first = np.where(counted, cultivated, rows["start_year"])
    last = np.where(rows["stage"] == "entry", rows["start_year"], rows["end_year"])
    years, elapsed = last - first + 1, (rows["year"] - first + 1).clip(lower=0)
    rows = rows.assign(last=rows["year"] == last, first=first, years=years, elapsed=elapsed)
    rows = rows.assign(
        counts=rows["value"].where(rows["year"] >= first).fillna(0),
        # A bit for each counted year without a figure.
        lacks=np.where(
            (rows["year"] >= first) & rows["value"].isna(), np.left_shift(1, (elapsed - 1).clip(lower=0)), 0
        ),
    ).sort_values(inputs.KEYS["attainment"])
    of_one = rows.groupby(inputs.KEYS["attainment"][:-1], sort=False)
    total, lacks = of_one["counts"].cumsum(), of_one["lacks"].cumsum()
    pace = rows["threshold"] * rows["elapsed"]
    rounded = np.floor(pace / rows["years"] + 0.5) * rows["years"]
    above = (rows["comparison"] == ">") & (total > rows["threshold"])
    completed = above | ((rows["comparison"] == ">=") & (total >= rows["threshold"]))
    left = rows["years"] - rows["elapsed"]
    return rows.assign(
        numerator=np.nan,
        denominator=np.nan,
        achieved=total * rows["years"],
        demanded=np.where((rows["kind"] == "whole") & (left > 0), rounded, pace),
        divisor=rows["years"],
        reported=rows["value"].notna(),
        completed=completed,
        years_missing=_named(rows["first"], lacks),
        needed_per_year=((rows["threshold"] - total) / left.where(left > 0)).where(~completed),
        rests_from=np.minimum(rows["first"], rows["year"]),
    )


def _named(first: pd.Series, lacks: pd.Series) -> pd.Series:
    """The years of such bits: of few kinds, so that each is written once."""
    pairs = pd.DataFrame({"first": first, "lacks": lacks})
    kinds = pairs[pairs["lacks"] > 0].drop_duplicates()
    texts = [
        " ".join(str(begin + bit) for bit in range(10) if bits >> bit & 1)
        for begin, bits in kinds.itertuples(index=False)
    ]
    return pairs.merge(kinds.assign(text=texts), how="left")["text"].set_axis(first.index)


def _judge(rows: pd.DataFrame) -> None:
    # To four decimals, as thresholds are: 0.7 × 10 is 7.
    held, owed = (rows[name].mul(10_000).round() for name in ("achieved", "demanded"))
    enough = (held > owed) | ((held == owed) & (rows["comparison"] == ">="))
    of_sums = rows["basis"] == "cumulative"
    conditions = {
        "met": rows["completed"],
        "": rows["revision"].isna(),
        "unreported": ~rows["reported"],
        "baseline": (rows["basis"] == "growth") & rows["achieved"].isna(),
        "on_pace": of_sums & ~rows["last"] & (held >= owed),
        "behind_pace": of_sums & ~rows["last"],
        "short": of_sums | ~enough,
    }
    status = pd.Series(np.select(list(conditions.values()), list(conditions), "met"), rows.index, dtype="str")
    choice = rows["alternative"].notna()
    groups = rows.loc[choice, [*_GROUP, "rests_from"]].assign(met=status[choice] == "met").groupby(_GROUP, sort=False)
    status[choice] = status[choice].mask(groups["met"].transform("any"), "met")
    rows.loc[choice, "rests_from"] = groups["rests_from"].transform("min")
    status = status.mask(~rows["mandatory"] & (status == "short"), "forgone")
    rows["status"] = status.mask(status == "")
    rows["absent"] = status == "unreported"
    rows["lost"] = rows["mandatory"] & status.isin(["short", "unreported"])
    rows["missed"] = rows["lost"] | (rows["mandatory"] & (status == "behind_pace"))


def _figure(rows: pd.DataFrame) -> None:
    known = rows["reported"] & rows["achieved"].notna()
    achieved = rows["achieved"].where(known)
    lacking = (rows["demanded"] - achieved).clip(lower=0)
    above = np.floor((rows["demanded"] - achieved).round(8)) + 1
    least = np.where(rows["comparison"] == ">", above, np.ceil((rows["demanded"] - achieved).round(8)))
    rows["required"] = np.where(rows["basis"] == "cumulative", rows["demanded"] / rows["divisor"], rows["threshold"])
    rows["actual"] = achieved / rows["divisor"]
    rows["gap"] = lacking / rows["divisor"]
    rows["short_by"] = pd.Series(least, rows.index).clip(lower=0).where(rows["basis"] == "share")
    rows["attainment"] = achieved / rows["demanded"].where(rows["demanded"] != 0)
    rows["years_missing"] = rows["years_missing"].where(known)
    rows["exact"] = achieved.where(rows["basis"].isin(["annual", "stock"]) & (achieved.abs() >= _EXACT))
