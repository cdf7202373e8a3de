"""One space's story in sentences: why a year was no pass, and what the next one asks, in the reader's own figures."""

from datetime import date
from fractions import Fraction

import pytest
from sqlalchemy import Engine

from tests.entering import enter
from tests.judgement.cases import ATTESTED, FILED_ON, GROWTH, Filed, annual, cumulative, programme, share
from tests.oracle.programme import Edition, Enrolment, File, Register, Requirement
from tracking.charts import sentences, standing, to_come
from tracking.filing import loading
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


def test_a_figure_is_told_with_its_file_and_a_share_with_both_counts_notes(engine: Engine) -> None:
    enter(engine, programme(share("0.7"), filed={2020: {"firms": 7, "tenants": 10}}))
    filed = b"space_id,year,metric,value,note\nA1,2021,firms,6,six are sure\nA1,2021,tenants,,not yet counted\n"
    assert loading.load(engine, filed, "2021.csv", by="Li").loaded
    rows = attainment.attainment(engine, TODAY, spaces=[SPACE])
    told = one_space.sources(
        rows, one_space.clauses(engine, TODAY, edition="first"), one_space.figures(engine, TODAY, space=SPACE)
    ).set_index("year")
    assert told.loc[2020, ["numerator", "denominator", "source"]].tolist() == [7, 10, "filings.csv"]
    assert told.loc[2021, ["source", "filed_by", "status"]].tolist() == ["2021.csv", "Li", "unreported"]
    assert told.loc[2021, "note"] == "six are sure · not yet counted"
    assert told.loc[2022, ["source", "revision", "note"]].isna().all()


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


# Seven spaces on a track in 2020, all on one figure in 2021, and in 2022 just enough for a spread of somebody else's.
CASES = {2020: [4, 1, 7, 2, 6, 3, 5], 2021: [8] * 7, 2022: [1, 2, 3, 4, 5]}


@pytest.mark.parametrize(
    ("space", "expected"),
    [
        # Of 1 2 3 5 6 7 the quartiles lie 1.25, 2.5 and 3.75 figures after the first; in 2022 four others are too few.
        ("A1", {1: (6, 2.25, 4, 5.75), 2: (6, 8, 8, 8)}),
        ("A5", {1: (6, 2.25, 3.5, 4.75), 2: (6, 8, 8, 8)}),
        # Who filed nothing in 2022 has all five before it.
        ("A7", {1: (6, 2.25, 3.5, 5.5), 2: (6, 8, 8, 8), 3: (5, 2, 3, 4)}),
    ],
)
def test_the_others_are_all_but_oneself(
    engine: Engine, space: str, expected: dict[int, tuple[int, float, float, float]]
) -> None:
    filed = {
        (f"A{place}", year): {"cases": Fraction(figure), "platform": Fraction(1)}
        for year, figures in CASES.items()
        for place, figure in enumerate(figures, 1)
    }
    everyone = tuple(Enrolment(f"A{place}", "north", "first", 2020, 2022) for place in range(1, 8))
    enter(engine, [Edition("first", (annual("10"), ATTESTED)), Register(everyone), File(filed, FILED_ON)])
    reached = one_space.actuals(engine, TODAY, edition="first", track="north")
    told = one_space.peers(reached, attainment.attainment(engine, TODAY, spaces=[space]))
    # What is attested has no spread.
    assert {*told.pop("requirement")} == {annual("10").code}
    assert {year: tuple(spread) for year, *spread in told.itertuples(index=False)} == expected
