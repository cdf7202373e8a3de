"""One enrolment's rows over its period: what its next year asks, what a year lost, where it ends."""

from datetime import date

import pytest
from sqlalchemy import Engine

from tests.entering import enter
from tests.judgement.cases import ATTESTED, GROWTH, Filed, annual, cumulative, programme, share
from tests.oracle.programme import Requirement
from tracking.charts import sentences, standing, to_come
from tracking.results import one_enrolment, one_space
from tracking.results.tables import attainment

SPACE = "A1"
# Of the years 2020 to 2022, the last is still to come.
TODAY = date(2022, 6, 1)


def asked(engine: Engine, owed: Requirement, filed: Filed, years: tuple[int, int] = (2020, 2022)) -> str:
    """What the next year asks of the only requirement."""
    enter(engine, programme(owed, filed=filed, years=years))
    rows = attainment.meant(engine, TODAY, table="attainment", spaces=[SPACE], lang="en")
    evaluations = attainment.meant(engine, TODAY, table="evaluations", spaces=[SPACE])
    demands = one_enrolment.demands(rows, evaluations, one_space.figures(engine, TODAY, space=SPACE))
    return to_come.demand(demands.iloc[0], one_enrolment.latest(rows).get(owed.code), "en")


@pytest.mark.parametrize(
    ("owed", "filed", "years", "says"),
    [
        (annual("10"), {2020: {"cases": 9}, 2021: {"cases": 8}}, (2020, 2022), "≥ 10 in the year (unit firms)"),
        (GROWTH, {2020: {"cases": 9}, 2021: {"cases": 8}}, (2020, 2022), "more than the 8 of 2021 (unit firms)"),
        (GROWTH, {2020: {"cases": 9}}, (2020, 2022), "as the baseline (nothing was filed for 2021)"),
        (cumulative("30"), {2020: {"cases": 4}, 2021: {"cases": 5}}, (2020, 2022), "21 more, ≥ 30 in all (unit firms)"),
        (cumulative("40"), {2020: {"cases": 4}, 2021: {"cases": 5}}, (2020, 2023), "21 more to keep the pace"),
        (cumulative("90"), {}, (2022, 2024), "30 more to keep the pace, 30 in all"),
        (cumulative("40"), {2020: {"cases": 4}, 2021: {"cases": 30}}, (2020, 2023), "keeps the pace of 30 (unit"),
        (share("0.7"), {2020: {"firms": 1, "tenants": 9}, 2021: {"firms": 6, "tenants": 10}}, (2020, 2022), "≥ 70%"),
        (ATTESTED, {2020: {"platform": 0}, 2021: {"platform": 0}}, (2020, 2022), "yes, with evidence"),
    ],
    ids=[
        "annual",
        "growth",
        "no year before",
        "last year",
        "pace",
        "first year",
        "pace already kept",
        "share",
        "attested",
    ],
)
def test_the_next_year_asks_in_figures(
    engine: Engine, owed: Requirement, filed: Filed, years: tuple[int, int], says: str
) -> None:
    assert says in asked(engine, owed, filed, years)


def test_a_sum_that_is_reached_is_told_of_the_last_year_that_was_due(engine: Engine) -> None:
    owed = cumulative("5"), annual("1", clause="2")
    enter(engine, programme(*owed, filed={2020: {"cases": 5}, 2021: {"cases": 5}}))
    rows = attainment.attainment(engine, TODAY, spaces=[SPACE])
    assert (rows["status"] == "met").sum() == 5
    assert {row["year"] for row in one_enrolment.latest(rows).values()} == {2021}


def test_a_year_without_a_pass_says_why(engine: Engine) -> None:
    filed: Filed = {2020: {"cases": 9, "platform": 0}}
    enter(engine, programme(annual("10"), ATTESTED, filed=filed))
    rows = attainment.meant(engine, TODAY, table="attainment", spaces=[SPACE], lang="en")
    years = attainment.meant(engine, TODAY, table="evaluations", spaces=[SPACE])
    told = [standing.result(year, one_enrolment.missed(rows, year["year"]), "en") for _, year in years.iterrows()]
    assert told == [
        "2020, evaluated in 2021 (Construction): ✕ Fail, because of: "
        "Metric cases 9 (≥ 10 required), Metric platform: No",
        "2021, evaluated in 2022 (Cultivation): – Unfiled, because of: nothing was filed through 2022-03-31",
        "2022, evaluated in 2023 (Cultivation): · Upcoming",
    ]


def test_a_period_that_is_over_asks_nothing_of_whoever_sees_what_is_approved_alone(engine: Engine) -> None:
    enter(engine, programme(annual("10"), filed={2020: {"cases": 9}}, years=(2020, 2021)))
    today = date(2024, 6, 1)
    rows = attainment.meant(engine, today, table="attainment", spaces=[SPACE])
    evaluations = attainment.meant(engine, today, table="evaluations", spaces=[SPACE])
    demands = one_enrolment.demands(rows, evaluations, one_space.figures(engine, today, space=SPACE))
    approved = one_enrolment.approved_demands(demands, rows)
    assert (len(approved), list(approved)) == (0, list(demands))
    verdict = attainment.verdicts(engine, today, spaces=[SPACE]).iloc[0]
    assert standing.heading(verdict, evaluations, approved, "zh")


def test_the_story_of_who_left_ends_there_and_asks_nothing_more(engine: Engine) -> None:
    enter(engine, programme(cumulative("30"), filed={2020: {"cases": 4}}, years=(2020, 2023), exit_year=2020))
    evaluations, rows = one_enrolment.within(
        attainment.meant(engine, TODAY, table="evaluations", spaces=[SPACE]),
        attainment.attainment(engine, TODAY, spaces=[SPACE]),
    )
    assert [*evaluations["year"]] == [*rows["year"]] == [2020]
    assert rows["needed_per_year"].isna().all()
    verdict = attainment.verdicts(engine, TODAY).iloc[0]
    assert standing.enrolment(verdict, ["North"], evaluations, "en").endswith("· left after 2020 · period over")


def test_a_year_that_is_not_due_yet_misses_no_figure(engine: Engine) -> None:
    enter(engine, programme(cumulative("5"), filed={2022: {"cases": 9}}, years=(2020, 2023)))
    early = date(2022, 3, 31)
    evaluations, rows = one_enrolment.within(
        attainment.meant(engine, early, table="evaluations", spaces=[SPACE]),
        attainment.meant(engine, early, table="attainment", spaces=[SPACE], lang="en"),
    )
    assert evaluations["result"].tolist() == ["unfiled", "upcoming", "pass", "upcoming"]
    told = sentences.requirement(rows[rows["year"] == 2022].iloc[0], "en")
    assert told.endswith("4 required by this year, no figure for 2020, so the sum is a lower bound")
