"""The rows of one enrolment over its period, cut to what a page or a print tells of it."""

import math

import numpy as np
import pandas as pd


def approved(rows: pd.DataFrame) -> pd.DataFrame:
    """Those rows that rest on approved filings alone."""
    return rows[~rows["provisional"].astype("bool")]


def within(evaluations: pd.DataFrame, rows: pd.DataFrame) -> tuple[pd.DataFrame, pd.DataFrame]:
    """An enrolment's `evaluations` and `attainment` without the years after it left the programme early.

    Nothing is due in those years, and nothing can be brought in them: no row says what each would have to bring.
    Nor does one miss a figure of a year that is not due yet. Takes `evaluations` with their meanings.
    """
    to_come = set(evaluations[evaluations["to_come"]]["year"].astype("str"))
    rows = rows.assign(years_missing=[_but(years, to_come) for years in rows["years_missing"]])
    kept = evaluations[evaluations["due"].notna() | ~evaluations["to_come"]]
    if len(kept) == len(evaluations):
        return evaluations, rows
    return kept, rows[rows["year"].isin(kept["year"])].assign(needed_per_year=math.nan)


def _but(years: str | None, without: set[str]) -> str | None:
    """Years joined by spaces without some of them; None where none is left."""
    kept = [] if years is None or pd.isna(years) else years.split()
    return " ".join(year for year in kept if year not in without) or None


def missed(rows: pd.DataFrame, year: int) -> pd.DataFrame:
    """What keeps a year from a pass, from an enrolment's rows of `attainment` with their meanings."""
    return rows[(rows["year"] == year) & rows["lost"]]


def demands(rows: pd.DataFrame, evaluations: pd.DataFrame, figures: pd.DataFrame) -> pd.DataFrame:
    """What the next year to come asks of an enrolment, requirements missed before first; empty where none comes.

    The mandatory rows of `attainment` in the first year that is upcoming and will fall due, with `missed`: whether
    the requirement was missed in its latest year before; and `before`: what was filed for its metric in the year
    before, from `figures`, empty where nothing was. Takes `attainment` and `evaluations` with their meanings.
    """
    to_come = evaluations[evaluations["to_come"] & evaluations["due"].notna()]
    if to_come.empty:
        return rows.head(0).assign(missed=False, before=math.nan)
    year = to_come["year"].min()
    owed = rows[(rows["year"] == year) & rows["mandatory"]]
    was = {code: bool(row["missed"]) for code, row in latest(rows).items()}
    before = figures[figures["year"] == year - 1].set_index("metric")["value"]
    marked = owed.assign(
        missed=[was.get(code, False) for code in owed["requirement"]],
        before=owed["metric"].map(before).astype("float64"),
    )
    return marked.sort_values("missed", ascending=False, kind="stable")


def approved_demands(demands: pd.DataFrame, rows: pd.DataFrame) -> pd.DataFrame:
    """Those of `demands` that rest on approved filings: what is still missing depends on a requirement's latest year.

    `rows` are all of the enrolment's. Asked as if such a year had not been filed, it would be told to bring it again.
    """
    last = latest(rows)
    rests = [code in last and bool(last[code]["provisional"]) for code in demands["requirement"]]
    # As an array: an empty list would choose no columns instead of no rows.
    return demands[~np.array(rests, dtype=bool)]


def latest(rows: pd.DataFrame) -> dict[str, pd.Series]:
    """By requirement, its row of `attainment` in the latest year that is not upcoming.

    A year is upcoming once one of its rows is: a sum that has reached its threshold is met even in years to come.
    """
    known = rows[~rows["year"].isin(rows[rows["status"] == "upcoming"]["year"])]
    return {str(code): part.iloc[-1] for code, part in known.groupby("requirement", sort=False)}


def cards(rows: pd.DataFrame) -> list[pd.DataFrame]:
    """The rows of `attainment` cut for drawing, in the policy's order: each requirement by itself, those that are
    attested together by clause.
    """
    together = rows["requirement"].where(rows["basis"] != "attested", rows["stage"] + rows["clause"])
    return [part for _, part in rows.groupby(together, sort=False)]
