"""The enrolments of each period and their verdicts, as a city's exported tables have them."""

import pandas as pd
from sqlalchemy import Engine

from tests.tracking.results.conftest import KEYS, TODAY
from tests.tracking.results.overview.about import Scope, chosen, over, within
from tracking.results.overview import cohorts


def test_cohorts_are_the_verdicts_of_the_export(city: Engine, exported: dict[str, pd.DataFrame], scope: Scope) -> None:
    place = {name: value for name, value in scope.items() if name != "phase"}
    verdicts = within(exported["verdicts"], place).join(over(exported).rename("period_over"), on=KEYS)
    columns = ["start_year", "end_year", "period_over", "verdict"]
    found = cohorts.cohorts(city, TODAY, **chosen(place)).set_index(columns)
    rests = verdicts[verdicts["provisional"]].groupby(columns).size()
    assert found["provisional"][lambda of: of > 0].to_dict() == rests.to_dict()
    found = found["enrolments"]
    assert found.to_dict() == verdicts.groupby(columns).size().to_dict()
    start, end, ended, verdict = (
        int(found.index[0][0]),
        int(found.index[0][1]),
        bool(found.index[0][2]),
        found.index[0][3],
    )
    listed = cohorts.members(city, TODAY, start=start, end=end, verdict=verdict, over=ended, **chosen(place))
    there = verdicts[(verdicts[columns] == list(found.index[0])).all(axis=1)]
    assert sorted(map(tuple, listed[KEYS].to_numpy())) == sorted(map(tuple, there[KEYS].to_numpy()))
