"""How requirements, years and enrolments stand, worked by hand from the policy's reading.

Every case runs twice: in plain fractions, and through the product's own doors into a database. That DuckDB and
PostgreSQL say the same is `test_agreement.py`'s to show.
"""

from collections.abc import Iterator, Mapping
from datetime import date, datetime
from fractions import Fraction

import pytest
from sqlalchemy import Engine

from tests import answers
from tests.answers import Judge
from tests.oracle.programme import Edition, Enrolment, File, Register, Requirement, Step
from tracking import database

Filed = Mapping[int, Mapping[str, int | str]]

FILED_ON = datetime(2023, 3, 1, 12)
# Of the years 2020 to 2022, the last is not due yet.
LAST_YEAR_OPEN = date(2022, 4, 1)
ALL_DUE = date(2023, 4, 1)


@pytest.fixture(scope="module")
def emptied() -> Iterator[Engine]:
    """One DuckDB for all cases: each empties it before it begins."""
    engine = database.connect("duckdb://", create=True)
    database.initialise(engine)
    yield engine
    engine.dispose()


@pytest.fixture(params=["fractions", "database"])
def judge(request: pytest.FixtureRequest) -> Judge:
    """What says how a programme stands: plain fractions, or the product."""
    if request.param == "fractions":
        return answers.of_the_oracle
    return answers.judge_in(request.getfixturevalue("emptied"))


def requirement(metric: str, basis: str, threshold: str = "1", comparison: str = ">=", **other: object) -> Requirement:
    told = {"track": "north", "stage": "target", "clause": "1", **other}
    return Requirement(metric=metric, basis=basis, comparison=comparison, threshold=Fraction(threshold), **told)  # type: ignore[arg-type]


def annual(threshold: str, comparison: str = ">=", metric: str = "cases", **other: object) -> Requirement:
    return requirement(metric, "annual", threshold, comparison, **other)


def share(threshold: str, comparison: str = ">=") -> Requirement:
    return requirement("firm_share", "share", threshold, comparison, numerator="firms", denominator="tenants")


def cumulative(threshold: str, comparison: str = ">=", counted: str = "period", **other: object) -> Requirement:
    return requirement("cases", "cumulative", threshold, comparison, counted=counted, **other)


GROWTH = requirement("cases", "growth", "0", ">")
ATTESTED = requirement("platform", "attested")


def programme(
    *requirements: Requirement,
    filed: Filed,
    years: tuple[int, int] = (2020, 2022),
    exit_year: int | None = None,
    construction_years: int = 1,
    pass_mark: str = "1",
) -> list[Step]:
    """One space on one track that filed these figures in one file."""
    figures = {
        ("A1", year): {metric: Fraction(figure) for metric, figure in told.items()} for year, told in filed.items()
    }
    return [
        Edition("first", requirements, construction_years, pass_mark=Fraction(pass_mark)),
        Register((Enrolment("A1", "north", "first", *years, exit_year),)),
        *([File(figures, FILED_ON)] if figures else []),
    ]


@pytest.mark.parametrize(
    ("owed", "filed", "status"),
    [
        pytest.param(share("0.7"), {"firms": 7, "tenants": 10}, "met", id="7 of 10 meets 70 %"),
        pytest.param(share("0.3"), {"firms": 3, "tenants": 10}, "met", id="3 of 10 meets 30 %"),
        pytest.param(share("0.7"), {"firms": 69, "tenants": 100}, "short", id="69 of 100 does not meet 70 %"),
        pytest.param(share("0.5", ">"), {"firms": 10, "tenants": 20}, "short", id="10 of 20 is not over 50 %"),
        pytest.param(share("0.5", ">"), {"firms": 11, "tenants": 20}, "met", id="11 of 20 is over 50 %"),
        pytest.param(share("0.7"), {"firms": 0, "tenants": 0}, "unreported", id="0 of 0 is undefined"),
        pytest.param(share("0.7"), {"firms": 0, "tenants": 10}, "short", id="0 of 10 is a share"),
        pytest.param(share("0.7"), {"firms": 7}, "unreported", id="a share without its denominator"),
        pytest.param(share("0.7"), {"tenants": 10}, "unreported", id="a share without its numerator"),
        pytest.param(annual("10"), {"cases": 10}, "met", id="exactly at the threshold"),
        pytest.param(annual("10"), {"cases": 9}, "short", id="one below"),
        pytest.param(annual("10", ">"), {"cases": 10}, "short", id="exactly at a strict threshold"),
        pytest.param(annual("0.3", metric="capital"), {"capital": "0.3"}, "met", id="0.3 is 0.3"),
        pytest.param(annual("10", metric="capital"), {"capital": "9.9999"}, "short", id="the least that can be below"),
        pytest.param(annual("10"), {"cases": 0}, "short", id="zero is a figure"),
        pytest.param(annual("10"), {"firms": 1}, "unreported", id="a blank is not zero"),
        pytest.param(requirement("firms", "stock", "10"), {"firms": 10}, "met", id="a level at the threshold"),
        pytest.param(ATTESTED, {"platform": 1}, "met", id="yes"),
        pytest.param(ATTESTED, {"platform": 0}, "short", id="no"),
        pytest.param(ATTESTED, {"cases": 1}, "unreported", id="neither yes nor no"),
    ],
)
def test_status_of_a_year(judge: Judge, owed: Requirement, filed: Mapping[str, int | str], status: str) -> None:
    (row,) = judge(programme(owed, filed={2020: filed}, years=(2020, 2020)), ALL_DUE)["attainment"]
    assert row["status"] == status


OTHER = {"firms": 1}  # a filing that says nothing of the cases


@pytest.mark.parametrize(
    ("owed", "cases", "statuses"),
    [
        pytest.param(annual("1"), {2020: 1}, "met unfiled upcoming", id="no filing, due or not"),
        pytest.param(GROWTH, {2019: 5, 2020: 6, 2021: 6, 2022: 7}, "met short met", id="growth from the year before"),
        pytest.param(GROWTH, {2020: 5, 2021: 6}, "baseline met upcoming", id="growth from nothing is a baseline"),
        pytest.param(
            GROWTH, {2020: 5, 2021: None, 2022: 7}, "baseline unreported baseline", id="baseline after a blank"
        ),
        pytest.param(GROWTH, {2020: 5, 2022: 7}, "baseline unfiled baseline", id="baseline after a missing year"),
        pytest.param(cumulative("9"), {2020: 3, 2021: 3, 2022: 3}, "on_pace on_pace met", id="exactly at the pace"),
        pytest.param(cumulative("9"), {2020: 2, 2021: 4, 2022: 2}, "behind_pace on_pace short", id="short at the end"),
        pytest.param(cumulative("10"), {2020: 4, 2021: 2}, "on_pace behind_pace upcoming", id="a pace in fractions"),
        pytest.param(cumulative("9"), {2020: 1, 2021: 8}, "behind_pace met met", id="reached early, nothing later"),
        pytest.param(cumulative("9"), {2020: 9, 2021: None, 2022: 0}, "met met met", id="reached early, a blank later"),
        pytest.param(cumulative("9", ">"), {2020: 9, 2021: 0, 2022: 0}, "on_pace on_pace short", id="at a strict sum"),
        pytest.param(cumulative("9"), {2020: 3, 2021: None}, "on_pace unreported upcoming", id="a blank on the way"),
        pytest.param(cumulative("9"), {2020: 3, 2022: 6}, "on_pace unfiled met", id="a missing year on the way"),
        pytest.param(cumulative("9"), {2019: 9, 2020: 0}, "behind_pace unfiled upcoming", id="nothing from before"),
        pytest.param(
            cumulative("6", counted="cultivation"),
            {2020: 6, 2021: 3, 2022: 3},
            "on_pace on_pace met",
            id="cultivation years alone",
        ),
    ],
)
def test_statuses_over_the_years(
    judge: Judge, owed: Requirement, cases: Mapping[int, int | None], statuses: str
) -> None:
    filed = {year: OTHER if figure is None else {"cases": figure} for year, figure in cases.items()}
    rows = judge(programme(owed, filed=filed), LAST_YEAR_OPEN)["attainment"]
    assert " ".join(str(row["status"]) for row in rows) == statuses


@pytest.mark.parametrize(
    ("owed", "filed", "told"),
    [
        pytest.param(
            share("0.7"),
            {2020: {"firms": 11, "tenants": 20}},
            {"required": 0.7, "actual": 0.55, "numerator": 11, "denominator": 20, "gap": 0.15, "short_by": 3},
            id="three firms short of 70 %",
        ),
        pytest.param(
            share("0.5", ">"),
            {2020: {"firms": 10, "tenants": 20}},
            {"actual": 0.5, "gap": 0, "short_by": 1, "attainment": 1},
            id="one firm short of over 50 %",
        ),
        pytest.param(
            share("0.7"),
            {2020: {"firms": 3, "tenants": 0}},
            {"actual": None, "numerator": 3, "denominator": 0, "gap": None, "short_by": None, "attainment": None},
            id="an undefined share shows its counts",
        ),
        pytest.param(
            annual("10"),
            {2020: {"cases": 4}},
            {"required": 10, "actual": 4, "gap": 6, "short_by": None, "needed_per_year": None, "attainment": 0.4},
            id="a figure below",
        ),
        pytest.param(
            annual("10"), {2020: {"cases": 15}}, {"actual": 15, "gap": 0, "attainment": 1.5}, id="a figure above"
        ),
        pytest.param(
            annual("10"), {}, {"required": 10, "actual": None, "gap": None, "attainment": None}, id="no filing"
        ),
        pytest.param(ATTESTED, {2020: {"platform": 0}}, {"actual": 0, "gap": 1, "attainment": 0}, id="a no"),
        pytest.param(
            GROWTH,
            {2019: {"cases": 8}, 2020: {"cases": 5}},
            {"required": 0, "actual": -3, "gap": 3, "attainment": None},
            id="growth below zero",
        ),
        pytest.param(
            GROWTH, {2020: {"cases": 5}}, {"required": 0, "actual": None, "gap": None}, id="no growth in a baseline"
        ),
        pytest.param(
            cumulative("10"),
            {2020: {"cases": 2}},
            {"required": 10 / 3, "actual": 2, "gap": 4 / 3, "needed_per_year": 4, "attainment": 0.6},
            id="behind the pace",
        ),
        pytest.param(
            cumulative("10"),
            {2020: {"cases": 12}},
            {"required": 10 / 3, "actual": 12, "gap": 0, "needed_per_year": None, "attainment": 3.6},
            id="reached early",
        ),
        pytest.param(
            cumulative("9"),
            {2020: OTHER},
            {"required": 3, "actual": None, "needed_per_year": 4.5},
            id="a blank in a sum",
        ),
    ],
)
def test_figures_of_the_first_year(judge: Judge, owed: Requirement, filed: Filed, told: Mapping[str, object]) -> None:
    row = judge(programme(owed, filed=filed), ALL_DUE)["attainment"][0]
    assert {column: row[column] for column in told} == told


def test_a_sum_names_the_years_it_lacks(judge: Judge) -> None:
    filed = {2020: {"cases": 1}, 2022: {"cases": 1}, 2023: OTHER, 2024: {"cases": 18}}
    rows = judge(programme(cumulative("20"), filed=filed, years=(2020, 2024)), date(2025, 4, 1))["attainment"]
    assert [row["years_missing"] for row in rows] == [None, None, "2021", None, "2021 2023"]


def test_what_is_left_is_spread_over_the_years_left(judge: Judge) -> None:
    rows = judge(programme(cumulative("10"), filed={2020: {"cases": 1}}), LAST_YEAR_OPEN)["attainment"]
    assert [(row["status"], row["needed_per_year"]) for row in rows] == [
        ("behind_pace", 4.5),
        ("unfiled", 9),
        ("upcoming", None),
    ]


def test_one_of_two_alternatives_is_enough(judge: Judge) -> None:
    either = [annual("5", metric=metric, alternative="a") for metric in ("cases", "firms")]
    tables = judge(programme(*either, filed={2020: {"cases": 5, "firms": 1}, 2021: {"firms": 5}}), LAST_YEAR_OPEN)
    assert [row["status"] for row in tables["attainment"]] == ["met"] * 4 + ["upcoming"] * 2
    assert tables["shortfalls"] == []


def test_neither_of_two_alternatives_is_two_shortfalls(judge: Judge) -> None:
    either = [annual("5", metric=metric, alternative="a") for metric in ("cases", "firms")]
    rows = judge(programme(*either, filed={2020: {"cases": 4}}), date(2021, 4, 1))["shortfalls"]
    assert [(row["metric"], row["status"]) for row in rows] == [("firms", "unreported"), ("cases", "short")]


@pytest.mark.parametrize("filed", [{"platform": 0, "cases": 1}, {"cases": 1}], ids=["no", "blank"])
def test_a_missing_preference_is_no_shortfall(judge: Judge, filed: Mapping[str, int]) -> None:
    preference = requirement("platform", "attested", mandatory=False)
    tables = judge(programme(preference, annual("1"), filed={2020: filed}, years=(2020, 2020)), ALL_DUE)
    assert [row["status"] for row in tables["attainment"]] == ["forgone", "met"]
    assert tables["shortfalls"] == []
    assert [(row["result"], row["met"], row["forgone"]) for row in tables["evaluations"]] == [("pass", 1, 1)]
    assert [row["verdict"] for row in tables["verdicts"]] == ["fulfilled"]


def test_an_unfiled_preference_is_no_shortfall(judge: Judge) -> None:
    tables = judge(programme(requirement("platform", "attested", mandatory=False), annual("1"), filed={}), ALL_DUE)
    assert {row["status"] for row in tables["attainment"]} == {"unfiled"}
    assert {row["metric"] for row in tables["shortfalls"]} == {"cases"}


def test_entry_conditions_are_owed_in_the_first_year_alone(judge: Judge) -> None:
    rows = judge(programme(annual("1", stage="entry"), annual("1"), filed={}), ALL_DUE)["attainment"]
    assert [(row["year"], row["stage"]) for row in rows] == [
        (2020, "entry"),
        (2020, "target"),
        (2021, "target"),
        (2022, "target"),
    ]


@pytest.mark.parametrize(
    ("as_of", "state"), [(date(2021, 3, 31), "upcoming"), (date(2021, 4, 1), "unfiled")], ids=["31 March", "1 April"]
)
def test_a_filing_is_due_through_the_day(judge: Judge, as_of: date, state: str) -> None:
    tables = judge(programme(annual("1"), filed={}, years=(2020, 2020)), as_of)
    assert [row["status"] for row in tables["attainment"]] == [state]
    assert [row["result"] for row in tables["evaluations"]] == [state]
    assert [(row["state"], row["due"]) for row in tables["filings"]] == [(state, date(2021, 3, 31))]


@pytest.mark.parametrize(
    ("first", "state"),
    [(datetime(2021, 3, 31, 23, 59), "filed"), (datetime(2021, 4, 1, 0, 0), "late")],
    ids=["31 March", "1 April"],
)
def test_the_first_revision_decides_whether_a_filing_was_late(judge: Judge, first: datetime, state: str) -> None:
    again = datetime(2021, 9, 1, 8, 30)
    steps: list[Step] = [
        *programme(annual("1"), filed={}, years=(2020, 2020)),
        File({("A1", 2020): {"cases": Fraction(1)}}, first),
        File({("A1", 2020): {"cases": Fraction(2), "firms": Fraction(1)}}, again),
    ]
    (row,) = judge(steps, ALL_DUE)["filings"]
    told = ("state", "filed_at", "revision", "revisions", "observations")
    assert [row[column] for column in told] == [state, again, 2, 2, 2]


@pytest.mark.parametrize(
    ("results", "warnings"),
    [
        pytest.param("pass pass pass", "none none none", id="nothing missed"),
        pytest.param("fail pass pass", "none none none", id="a failed acceptance is no exit warning"),
        pytest.param("fail fail pass", "none one_more none", id="the first evaluation failed"),
        pytest.param("pass fail fail", "none one_more exit", id="two evaluations failed"),
        pytest.param("pass fail unfiled", "none one_more exit", id="failed, then not filed"),
        pytest.param("unfiled pass pass", "one_more none none", id="the acceptance not filed"),
        pytest.param("unfiled unfiled pass", "one_more exit none", id="two years not filed, construction included"),
        pytest.param("unfiled fail pass", "one_more one_more none", id="not filed in construction, then failed"),
        pytest.param("pass unfiled pass fail", "none one_more none one_more", id="a pass in between"),
        pytest.param("pass fail upcoming", "none one_more none", id="the last is not due"),
    ],
)
def test_exit_warnings(judge: Judge, results: str, warnings: str) -> None:
    wanted = results.split()
    figure = {"pass": 1, "fail": 0}
    filed = {2020 + place: {"cases": figure[each]} for place, each in enumerate(wanted) if each in figure}
    last = 2019 + len(wanted)
    as_of = date(last + (0 if wanted[-1] == "upcoming" else 1), 4, 1)
    tables = judge(programme(annual("1"), filed=filed, years=(2020, last)), as_of)
    assert [row["result"] for row in tables["evaluations"]] == wanted
    assert [row["exit_warning"] for row in tables["evaluations"]] == warnings.split()
    latest_due = warnings.split()[-2 if wanted[-1] == "upcoming" else -1]
    assert [row["exit_warning"] for row in tables["verdicts"]] == [latest_due]


def test_years_after_an_exit_are_never_due(judge: Judge) -> None:
    tables = judge(programme(annual("1"), filed={2020: {"cases": 0}}, exit_year=2021), ALL_DUE)
    evaluations = [(row["result"], row["due"], row["exit_warning"]) for row in tables["evaluations"]]
    assert evaluations == [
        ("fail", date(2021, 3, 31), "none"),
        ("unfiled", date(2022, 3, 31), "one_more"),
        ("upcoming", None, "none"),
    ]
    assert [row["state"] for row in tables["filings"]] == ["late", "unfiled", "upcoming"]
    assert [row["exit_warning"] for row in tables["verdicts"]] == ["one_more"]


@pytest.mark.parametrize(("pass_mark", "result"), [("1", "fail"), ("0.8", "fail"), ("0.75", "pass"), ("0.5", "pass")])
def test_the_pass_mark_is_a_share_of_the_mandatory_requirements(judge: Judge, pass_mark: str, result: str) -> None:
    owed = [annual("1", metric=metric) for metric in ("cases", "firms", "tenants", "capital")]
    owed.append(requirement("platform", "attested", mandatory=False))
    filed = {2020: {"cases": 1, "firms": 1, "tenants": 1, "capital": 0, "platform": 0}}
    (row,) = judge(programme(*owed, filed=filed, years=(2020, 2020), pass_mark=pass_mark), ALL_DUE)["evaluations"]
    assert (row["result"], row["met"], row["short"], row["forgone"]) == (result, 3, 1, 1)


def test_behind_the_pace_fails_no_year(judge: Judge) -> None:
    (first, *_) = judge(programme(cumulative("9"), filed={2020: {"cases": 0}}), ALL_DUE)["evaluations"]
    assert (first["result"], first["behind_pace"]) == ("pass", 1)


@pytest.mark.parametrize(
    ("owed", "cases", "as_of", "verdict"),
    [
        pytest.param(annual("5"), {2020: 5, 2021: 5, 2022: 5}, ALL_DUE, "fulfilled", id="met every year"),
        pytest.param(annual("5"), {2020: 5, 2021: 4, 2022: 5}, ALL_DUE, "failed", id="short once, all over"),
        pytest.param(annual("5"), {2020: 4, 2021: 5}, LAST_YEAR_OPEN, "at_risk", id="short once, a year to come"),
        pytest.param(annual("5"), {2020: 5}, LAST_YEAR_OPEN, "unknown", id="a year not filed"),
        pytest.param(annual("5"), {2020: 5, 2021: None, 2022: 5}, ALL_DUE, "unknown", id="a blank, all over"),
        pytest.param(annual("5"), {2020: 4, 2022: 5}, ALL_DUE, "failed", id="short once and not filed once"),
        pytest.param(annual("5"), {2020: 5, 2021: 5}, LAST_YEAR_OPEN, "on_track", id="met so far"),
        pytest.param(annual("5", stage="entry"), {2020: 5}, ALL_DUE, "fulfilled", id="an entry condition met"),
        pytest.param(annual("5", stage="entry"), {2020: 4}, LAST_YEAR_OPEN, "failed", id="an entry condition not met"),
        pytest.param(annual("5", stage="entry"), {}, LAST_YEAR_OPEN, "unknown", id="an entry condition not filed"),
        pytest.param(GROWTH, {2020: 5, 2021: 6, 2022: 7}, ALL_DUE, "fulfilled", id="a baseline is nothing missed"),
        pytest.param(cumulative("9"), {2020: 9}, LAST_YEAR_OPEN, "fulfilled", id="a sum reached early"),
        pytest.param(cumulative("9"), {2020: 3, 2021: 3, 2022: 2}, ALL_DUE, "failed", id="a sum short at the end"),
        pytest.param(cumulative("9"), {2020: 3, 2021: 2}, LAST_YEAR_OPEN, "at_risk", id="a sum behind the pace"),
        pytest.param(cumulative("9"), {2020: 2, 2021: 4}, LAST_YEAR_OPEN, "on_track", id="a sum back on its pace"),
        pytest.param(cumulative("9"), {2020: 2}, LAST_YEAR_OPEN, "unknown", id="a sum with its latest year missing"),
        pytest.param(cumulative("9"), {2021: 6}, LAST_YEAR_OPEN, "on_track", id="a sum with an early year missing"),
        pytest.param(annual("5"), {}, date(2020, 4, 1), "on_track", id="nothing due yet"),
    ],
)
def test_verdicts(judge: Judge, owed: Requirement, cases: Mapping[int, int | None], as_of: date, verdict: str) -> None:
    filed = {year: OTHER if figure is None else {"cases": figure} for year, figure in cases.items()}
    (row,) = judge(programme(owed, filed=filed), as_of)["verdicts"]
    outcomes = {outcome: row[outcome] for outcome in ("fulfilled", "on_track", "at_risk", "failed", "unknown")}
    assert row["verdict"] == verdict
    assert outcomes == {**dict.fromkeys(outcomes, 0), verdict: 1}


def test_the_worst_outcome_is_the_verdict(judge: Judge) -> None:
    owed = [annual("1", metric="cases"), annual("1", metric="firms"), annual("1", metric="tenants")]
    filed = {2020: {"cases": 1, "firms": 0}, 2021: {"cases": 1, "firms": 1}}
    (row,) = judge(programme(*owed, filed=filed), LAST_YEAR_OPEN)["verdicts"]
    assert row["verdict"] == "at_risk"
    assert (row["on_track"], row["at_risk"], row["unknown"]) == (1, 1, 1)
    assert row["years_failed"] == "2020 2021"


def test_shortfalls_tell_the_worst_first(judge: Judge) -> None:
    owed = [annual("10", metric=metric) for metric in ("cases", "firms", "tenants")]
    filed = {
        2020: {"cases": 10, "firms": 9, "tenants": 10},
        2021: {"cases": 5, "firms": 8, "tenants": 10},
        2022: {"cases": 10, "firms": 10},
    }
    rows = judge(programme(*owed, filed=filed), ALL_DUE)["shortfalls"]
    assert [(row["metric"], row["year"], row["consecutive_years"]) for row in rows] == [
        ("firms", 2021, 2),
        ("tenants", 2022, 1),
        ("cases", 2021, 1),
        ("firms", 2020, 1),
    ]


def test_a_space_on_two_tracks_files_once_for_both(judge: Judge) -> None:
    owed = (annual("5", track="north"), annual("10", track="south"))
    steps: list[Step] = [
        Edition("first", owed),
        Register((Enrolment("A1", "north", "first", 2020, 2020), Enrolment("A1", "south", "first", 2019, 2020))),
        File({("A1", 2020): {"cases": Fraction(7)}}, FILED_ON),
    ]
    tables = judge(steps, ALL_DUE)
    assert [(row["track"], row["year"], row["status"]) for row in tables["attainment"]] == [
        ("north", 2020, "met"),
        ("south", 2019, "unfiled"),
        ("south", 2020, "short"),
    ]
    assert [(row["year"], row["state"]) for row in tables["filings"]] == [(2019, "unfiled"), (2020, "late")]


def test_a_later_register_row_takes_over(judge: Judge) -> None:
    steps: list[Step] = [*programme(annual("1"), filed={}), Register((Enrolment("A1", "north", "first", 2021, 2021),))]
    assert [row["year"] for row in judge(steps, ALL_DUE)["attainment"]] == [2021]


def test_a_requirement_that_a_reloaded_edition_lacks_is_gone(judge: Judge) -> None:
    steps: list[Step] = [
        *programme(annual("1"), annual("1", metric="firms"), filed={}),
        Edition("first", (annual("2"),)),
    ]
    rows = judge(steps, ALL_DUE)["attainment"]
    assert {(row["metric"], row["threshold"]) for row in rows} == {("cases", 2)}
