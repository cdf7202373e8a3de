"""What enrolments missed, as the exports have it."""

import pandas as pd
from sqlalchemy import Engine

from tests.tracking.results.conftest import ABSENT, KEYS, MISSED, TODAY
from tracking.results.overview import misses, queue


def test_what_was_missed_is_the_list_of_shortfalls(city: Engine, exported: dict[str, pd.DataFrame]) -> None:
    spaces = tuple(exported["verdicts"]["space_id"].unique()[:20])
    rows = exported["attainment"]
    rows = rows[rows["space_id"].isin(spaces) & rows["mandatory"] & rows["status"].isin(MISSED)]
    found = misses.of_spaces(city, TODAY, spaces=spaces)
    columns = [*KEYS, "year", "requirement", "provisional"]
    assert sorted(map(tuple, found[columns].to_numpy())) == sorted(map(tuple, rows[columns].to_numpy()))
    approved = misses.of_spaces(city, TODAY, spaces=spaces, approved_only=True)
    assert len(approved) == (~rows["provisional"]).sum() < len(rows)
    assert {*found.loc[found["absent"], "status"]} <= {*ABSENT}
    strips = queue.strips(city, TODAY, spaces=spaces).set_index([*KEYS, "year"])["result"]
    results = exported["evaluations"].set_index([*KEYS, "year"])
    assert (results.loc[strips.index, "result"] == strips).all()
