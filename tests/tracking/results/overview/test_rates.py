"""The rates of a year, all and approved alone: each is what pandas makes of a city's exported tables."""

from fractions import Fraction

import pandas as pd
import pytest
from sqlalchemy import Engine

from tests.tracking.results.conftest import TODAY, YEAR
from tests.tracking.results.overview.about import Scope, chosen, counts, judged, targets
from tracking.results.overview import rates


def test_rates_and_their_change_are_those_of_the_exports(
    city: Engine, exported: dict[str, pd.DataFrame], scope: Scope
) -> None:
    found = rates.rates(city, TODAY, year=YEAR, **chosen(scope))
    now, before = (judged(exported, scope, year) for year in (YEAR, YEAR - 1))
    both = now.index.intersection(before.index)
    assert (found.enrolments, found.twice) == (len(now), len(both))
    assert found.spaces == now.index.get_level_values("space_id").nunique()
    expected = counts(exported, scope, YEAR, now.index)
    again, earlier = (counts(exported, scope, year, both) for year in (YEAR, YEAR - 1))
    assert (found.provisional, found.provisional_before) == (
        now["provisional"].sum(),
        before.loc[both, "provisional"].sum(),
    )
    assert (found.provisional > 0) == ("provisional" not in scope)
    owed = targets(exported, scope, YEAR)
    assert [each.now.provisional for each in found.all] == [now["provisional"].sum()] * 3 + [owed["provisional"].sum()]
    for each in found.all:
        assert (each.now.count, each.now.of) == expected[each.name]
        assert (each.both.count, each.both.of) == again[each.name]
        assert (each.before.count, each.before.of) == earlier[each.name]
        for year, share in each.line:
            part = counts(exported, scope, year, judged(exported, scope, year).index)[each.name]
            assert share == pytest.approx(part[0] / part[1])
        if len(both):
            change = Fraction(*again[each.name]) - Fraction(*earlier[each.name])
            assert each.change == pytest.approx(float(change))
        else:
            assert each.change is None
