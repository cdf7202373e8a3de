"""Figures that somebody imagines for the coming year lead to what filing them would, and nothing is stored."""

from datetime import date

from sqlalchemy import Engine

from tests.entering import enter
from tests.judgement.cases import annual, programme
from tracking.filing import loading, what_if
from tracking.results.tables import attainment

SPACE, TODAY, DUE = "A1", date(2023, 1, 10), date(2023, 3, 31)


def test_they_lead_to_what_filing_them_would(engine: Engine) -> None:
    enter(engine, programme(annual("10"), filed={2020: {"cases": 12}, 2021: {"cases": 3}}, years=(2020, 2023)))
    asked = what_if.owed(engine, TODAY, space=SPACE, year=2022)
    assert asked[["metric", "year_before"]].to_numpy().tolist() == [["cases", 3.0]]
    given = {"space": SPACE, "year": 2022, "due": DUE}
    tried = [what_if.outcome(engine, TODAY, **given, figures={"cases": cases}) for cases in ("10", "9")]
    years = [each.evaluations.set_index("year").loc[2022] for each in tried]
    # 2021 failed: another failure in cultivation ends the enrolment.
    assert [(year["result"], year["exit_warning"]) for year in years] == [("pass", "none"), ("fail", "exit")]
    assert attainment.evaluations(engine, TODAY).set_index("year").loc[2022, "result"] == "upcoming"
    assert loading.load(engine, b"space_id,year,cases\n%s,2022,9\n" % SPACE.encode(), "f.csv", by="t").loaded
    filed = attainment.evaluations(engine, date(2023, 4, 1)).set_index("year").loc[2022]
    assert (filed["result"], filed["exit_warning"]) == ("fail", "exit")


def test_what_no_filing_could_say_is_told(engine: Engine) -> None:
    enter(engine, programme(annual("10"), filed={2020: {"cases": 12}}, years=(2020, 2023)))
    tried = what_if.outcome(engine, TODAY, space=SPACE, year=2022, due=DUE, figures={"cases": "about 20"})
    assert len(tried.problems) == 1
