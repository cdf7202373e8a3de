"""Who stands in a queue, and what they missed, as a city's exported tables have it."""

import pandas as pd
from sqlalchemy import Engine

from tests.tracking.results.conftest import KEYS, MISSED, TODAY, YEAR
from tests.tracking.results.overview.about import APPROVED, Scope, chosen, judged, over
from tracking.results.overview import queue


def reach(exported: dict[str, pd.DataFrame], year: int) -> pd.DataFrame:
    """The missed cumulative requirements of a year beside the enrolment's own best year, from the filed figures."""
    best = exported["observations"].groupby(["space_id", "metric"])["value"].max().rename("best")
    rows = exported["attainment"]
    rows = rows[(rows["year"] == year) & (rows["basis"] == "cumulative") & rows["mandatory"]]
    return rows[rows["status"].isin(MISSED)].join(best, on=["space_id", "metric"])


def test_the_queues_are_those_of_the_exports(city: Engine, exported: dict[str, pd.DataFrame], scope: Scope) -> None:
    rows = judged(exported, scope, YEAR)
    due = exported["evaluations"][exported["evaluations"]["due"] < pd.Timestamp(TODAY)]
    ended = over(exported).reindex(rows.index)
    last = due.groupby(KEYS)["year"].max().reindex(rows.index) == YEAR
    verdict = exported["verdicts"].set_index(KEYS)["verdict"].reindex(rows.index)
    missed = reach(exported, YEAR).set_index(KEYS)
    within_reach = missed[(missed["status"] == "behind_pace") & (missed["needed_per_year"] <= missed["best"])].index
    beyond = missed[missed["needed_per_year"] > missed["best"]].index
    expected = {
        "leaving": (rows["exit_warning"] == "exit") & ~ended & last,
        "last_chance": (rows["exit_warning"] == "one_more") & ~ended & last,
        "failing": ended & last & (verdict == "failed"),
        "absent": rows["result"] == "unfiled",
        "behind": ~ended & last & rows.index.isin(within_reach),
        "out_of_reach": ~ended & last & rows.index.isin(beyond),
    }
    found = queue.members(city, TODAY, year=YEAR, **chosen(scope)).set_index(KEYS)
    # By the verdict stands who is in one of the queues that look at the whole period.
    by_verdict = expected["failing"] | expected["behind"] | expected["out_of_reach"]
    verdicts = exported["verdicts"].set_index(KEYS)["provisional"].reindex(rows.index)
    rests = rows["provisional"] | (verdicts & by_verdict)
    left = ~rests if scope == APPROVED else rests | True
    for name in queue.QUEUES:
        assert {*found.index[found[name].astype("bool")]} == {*rows.index[expected[name] & left]}
    assert (found["provisional"] == rests.reindex(found.index)).all()
    assert (found["verdict_provisional"] == verdicts.reindex(found.index)).all()
    assert (found["warning_provisional"] == rows["provisional"].reindex(found.index)).all()
    assert (found["verdict"] == verdict.reindex(found.index)).all()
    running = list(~found["period_over"].astype("bool"))
    assert running == sorted(running, reverse=True)
