"""The figures of a filing beside the year before, what is asked and the revision approved before."""

from sqlalchemy import Engine

from tests import reviewed
from tests.reviewed import DAY, by, file
from tracking.review import acting, figures
from tracking.review.acting import Filing, Given

MENTORS = "specialization.target.2.mentors"


def test_each_figure_stands_beside_the_year_before_and_what_is_asked(engine: Engine) -> None:
    reviewed.filed(engine)
    file(engine, "space_id,year,mentors\nS1,2023,18\n")
    acting.act(by(engine, "reviewer"), "return", [Filing("S1", 2023, 1)], Given("why", ("mentors",)))
    rows = figures.figures(by(engine, "operator"), DAY.replace(year=2024), space="S1", year=2023, lang="zh")
    owed = rows.set_index("requirement")
    names = ["value", "year_before", "required", "status", "named"]
    assert owed.loc[MENTORS, names].tolist() == [18, 20, 20, "short", True]
    # What the revision does not say is listed all the same.
    firms = owed.loc["specialization.target.5.funded_firms", ["year_before", "status", "named"]]
    assert firms.tolist() == [5, "unreported", False]
    assert rows["approved"].isna().all()
    assert not rows["changed"].any()
    # Of another district, and of a year without a filing, nothing is there.
    assert figures.figures(by(engine, "southern"), DAY, space="S1", year=2022, lang="zh").empty
    assert figures.figures(by(engine, "operator"), DAY, space="S1", year=2024, lang="zh").empty
