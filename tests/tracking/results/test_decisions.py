"""What is to be decided in a year: who, most urgent first, and why."""

from datetime import date

import pandas as pd
from sqlalchemy import Engine

from tests.entering import enter
from tests.judgement.cases import annual
from tests.judgement.cases import programme as programme_of
from tests.tracking.results.conftest import TODAY
from tracking.results import decisions
from tracking.results.tables import attainment


def test_the_list_is_the_exported_evaluations_of_the_year_and_phase(programme: Engine) -> None:
    evaluations = attainment.evaluations(programme, TODAY, years=[2024])
    for phase in ("construction", "cultivation"):
        due = decisions.due(programme, TODAY, year=2024, phases=(phase,)).drop(
            columns=["reasons", "must_leave", "ended_failing"]
        )
        expected = evaluations[evaluations["phase"] == phase]
        keys = ["space_id", "track"]
        pd.testing.assert_frame_equal(
            due.sort_values(keys, ignore_index=True), expected.sort_values(keys, ignore_index=True)
        )


def test_the_reasons_name_what_failed_the_year(programme: Engine) -> None:
    rows = attainment.attainment(programme, TODAY, years=[2024], lang="en")
    fails = rows[rows["mandatory"] & rows["status"].isin(("short", "unreported"))]
    due = decisions.due(programme, TODAY, year=2024, lang="en")
    assert {"fail", "unfiled"} <= {*due["result"]}
    for space, track, result, reasons in due[["space_id", "track", "result", "reasons"]].itertuples(index=False):
        own = fails[(fails["space_id"] == space) & (fails["track"] == track)]
        assert reasons == ("nothing filed by the due day" if result == "unfiled" else ", ".join(own["metric_name"]))


def test_who_left_before_a_year_is_not_due_for_it(engine: Engine) -> None:
    enter(engine, programme_of(annual("10"), filed={2020: {"cases": 10}}, years=(2020, 2023), exit_year=2021))
    listed = [len(decisions.due(engine, date(2022, 6, 1), year=year)) for year in (2021, 2022)]
    assert listed == [1, 0]


def test_the_most_urgent_come_first(programme: Engine) -> None:
    warnings = decisions.due(programme, TODAY, year=2025)["exit_warning"].tolist()
    assert warnings == sorted(warnings, key=["exit", "one_more", "none"].index)
