"""Figures corrected by hand are a file like any other."""

from datetime import date

import pandas as pd
from sqlalchemy import Engine

from tracking.filing import corrections, loading, preview, register

SPACE = b"space_id,space_name,track,start_year,end_year\nS1,A,internationalization,2022,2024\n"
FIRST = "space_id,year,international_events,international_plan,international_plan_evidence\nS1,2022,9,是,=规划\n"


def _seen(engine: Engine) -> pd.DataFrame:
    register.load(engine, SPACE, "register.csv", by="tests")
    seen = preview.preview(engine, FIRST.encode(), "2022.csv", date(2024, 6, 1), "zh")
    return preview.distinct(seen.figures).rename(columns={"typed": "value"} | {"value": "_"})


def test_a_filing_that_nobody_touched_loads_as_the_file_itself(shanghai: Engine) -> None:
    corrected = corrections.to_csv(_seen(shanghai))
    loading.load(shanghai, FIRST.encode(), "2022.csv", by="tests")
    report = loading.load(shanghai, corrected, "corrected.csv", by="tests")
    assert (report.problems, report.unchanged) == ([], 1)


def test_what_was_typed_is_checked_as_a_file_is(shanghai: Engine) -> None:
    figures = _seen(shanghai)
    figures.loc[figures["metric"] == "international_events", "value"] = "约9"
    (problem,) = loading.check(shanghai, corrections.to_csv(figures), "corrected.csv").problems
    assert (problem.code, problem.value) == ("not-exact", "约9")


def test_a_blank_can_be_explained(shanghai: Engine) -> None:
    figures = _seen(shanghai)
    figures.loc[figures["metric"] == "overseas_partners", "note"] = "暂停合作"
    report = loading.load(shanghai, corrections.to_csv(figures), "corrected.csv", by="tests")
    assert (report.observations, report.problems) == (2, [])


def test_a_filing_without_any_figure_stays_a_filing() -> None:
    blank = {
        "space_id": ["S1"] * 2,
        "year": [2022] * 2,
        "metric": ["a", "b"],
        "value": None,
        "evidence": "",
        "note": "",
    }
    assert corrections.to_csv(pd.DataFrame(blank)).decode().splitlines()[1:] == ["S1,2022,a,,,"]
