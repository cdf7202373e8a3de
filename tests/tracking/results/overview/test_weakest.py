"""The requirements missed most, as a city's exported tables have them."""

import pandas as pd
from sqlalchemy import Engine

from tests.tracking.results.conftest import ABSENT, KEYS, MISSED, TODAY, YEAR
from tests.tracking.results.overview.about import Scope, chosen, judged, within
from tracking.results.overview import weakest


def test_the_requirements_missed_most_are_shares_of_those_who_owed_them(
    city: Engine, exported: dict[str, pd.DataFrame], scope: Scope
) -> None:
    found = weakest.weakest(city, TODAY, year=YEAR, **chosen(scope)).set_index("requirement")
    for year, names in ((YEAR, ("owed", "low", "absent")), (YEAR - 1, ("owed_before", "missed_before", ""))):
        rows = within(exported["attainment"], scope)
        rows = rows[(rows["year"] == year) & rows["mandatory"]].set_index(KEYS)
        rows = rows.loc[rows.index.isin(judged(exported, scope, year).index)]
        if year < YEAR:
            rows = rows[rows["stage"] == "target"]
        for code, of in rows[rows["requirement"].isin(found.index)].groupby("requirement"):
            missed, absent = of["status"].isin(MISSED), of["status"].isin(ABSENT)
            low = (missed & ~absent) if year == YEAR else missed
            assert (found.loc[code, names[0]], found.loc[code, names[1]]) == (len(of), low.sum())
            if names[2]:
                assert found.loc[code, "provisional"] == of["provisional"].sum()
                assert found.loc[code, names[2]] == (missed & absent).sum()
    for _, part in found.groupby("track"):
        assert part["share"].is_monotonic_decreasing
