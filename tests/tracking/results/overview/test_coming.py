"""The year to come, as a city's exported tables have it."""

import pandas as pd
from sqlalchemy import Engine

from tests.tracking.results.conftest import KEYS, TODAY, YEAR
from tests.tracking.results.overview.about import judged
from tracking.results.overview import coming, rates


def test_a_year_to_come_tells_who_owes_it_and_whose_last_chance_it_is(
    city: Engine, exported: dict[str, pd.DataFrame]
) -> None:
    found = coming.coming(city, TODAY, year=YEAR + 1)
    rows = exported["evaluations"]
    owing = rows[(rows["year"] == YEAR + 1) & (rows["due"] >= pd.Timestamp(TODAY))].set_index(KEYS)
    assert {*found.enrolments.set_index(KEYS).index} == {*owing.index}
    assert found.spaces == owing.index.get_level_values("space_id").nunique()
    assert found.received == owing[owing["result"] != "upcoming"].index.get_level_values("space_id").nunique()
    warned = judged(exported, {}, YEAR)
    warned = warned.index[(warned["exit_warning"] == "one_more").to_numpy()]
    chances = found.enrolments[found.enrolments["last_chance"]].set_index(KEYS).index
    assert {*chances} == {*warned.intersection(owing.index)}
    assert rates.rates(city, TODAY, year=YEAR + 1).enrolments == 0
    assert coming.coming(city, TODAY, year=YEAR).enrolments.empty
