"""What the tests of the overview's questions share: the same made of a city's exported tables by pandas."""

import pandas as pd

from tests.tracking.results.conftest import KEYS, MISSED, TODAY
from tracking.results.tables.filters import Chosen

APPROVED = {"provisional": False}
Scope = dict[str, str | bool]


def chosen(scope: Scope) -> Chosen:
    if scope == APPROVED:
        return {"approved_only": True}
    return {f"{name}s": (value,) for name, value in scope.items()}  # type: ignore[return-value]


def within(frame: pd.DataFrame, scope: Scope) -> pd.DataFrame:
    for column, value in scope.items():
        frame = frame[frame[column] == value]
    return frame


def judged(exported: dict[str, pd.DataFrame], scope: Scope, year: int) -> pd.DataFrame:
    """The rows of `evaluations` of a year whose due day is past, by enrolment."""
    rows = within(exported["evaluations"], scope)
    return rows[(rows["year"] == year) & (rows["due"] < pd.Timestamp(TODAY))].set_index(KEYS)


def targets(exported: dict[str, pd.DataFrame], scope: Scope, year: int) -> pd.DataFrame:
    """The mandatory cultivation targets owed in a year by whoever is judged, with whether they were missed."""
    rows = within(exported["attainment"], scope)
    rows = rows[(rows["year"] == year) & rows["mandatory"] & (rows["stage"] == "target")].set_index(KEYS)
    rows = rows.loc[rows.index.isin(judged(exported, scope, year).index)]
    return rows.assign(missed=rows["status"].isin(MISSED))


def over(exported: dict[str, pd.DataFrame]) -> pd.Series:
    """Whether the last year of an enrolment that is ever due was due, by enrolment."""
    return exported["evaluations"].groupby(KEYS)["due"].max() < pd.Timestamp(TODAY)


def counts(exported: dict[str, pd.DataFrame], scope: Scope, year: int, among: pd.Index) -> dict[str, tuple[int, int]]:
    """Each rate of a year as a count and what it is of, among some enrolments."""
    rows, owed = judged(exported, scope, year), targets(exported, scope, year)
    rows, owed = rows.loc[rows.index.isin(among)], owed.loc[owed.index.isin(among)]
    of_result = {"passed": "pass", "failed": "fail", "not_filed": "unfiled"}
    return {name: (int((rows["result"] == result).sum()), len(rows)) for name, result in of_result.items()} | {
        "missed": (int(owed["missed"].sum()), len(owed))
    }
