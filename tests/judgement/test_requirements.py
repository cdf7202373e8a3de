"""How a requirement stands in a year, worked by hand from the policy's reading, in fractions and in the product."""

from collections.abc import Mapping
from dataclasses import replace
from datetime import date

import pytest

from tests.answers import Judge
from tests.judgement.cases import (
    ALL_DUE,
    ATTESTED,
    GROWTH,
    LAST_YEAR_OPEN,
    OTHER,
    Case,
    annual,
    cumulative,
    of_cases,
    programme,
    requirement,
    rows_of,
    share,
)
from tests.oracle.tables import Row

OF_A_YEAR = [
    Case("7 of 10 meets 70 %", share("0.7"), {2020: {"firms": 7, "tenants": 10}}, "met"),
    Case("3 of 10 meets 30 %", share("0.3"), {2020: {"firms": 3, "tenants": 10}}, "met"),
    Case("69 of 100 does not meet 70 %", share("0.7"), {2020: {"firms": 69, "tenants": 100}}, "short"),
    Case("10 of 20 is not over 50 %", share("0.5", ">"), {2020: {"firms": 10, "tenants": 20}}, "short"),
    Case("11 of 20 is over 50 %", share("0.5", ">"), {2020: {"firms": 11, "tenants": 20}}, "met"),
    Case("0 of 0 is undefined", share("0.7"), {2020: {"firms": 0, "tenants": 0}}, "unreported"),
    Case("0 of 10 is a share", share("0.7"), {2020: {"firms": 0, "tenants": 10}}, "short"),
    Case("a share without its denominator", share("0.7"), {2020: {"firms": 7}}, "unreported"),
    Case("a share without its numerator", share("0.7"), {2020: {"tenants": 10}}, "unreported"),
    Case("exactly at the threshold", annual("10"), {2020: {"cases": 10}}, "met"),
    Case("one below", annual("10"), {2020: {"cases": 9}}, "short"),
    Case("exactly at a strict threshold", annual("10", ">"), {2020: {"cases": 10}}, "short"),
    Case("0.3 is 0.3", annual("0.3", metric="capital"), {2020: {"capital": "0.3"}}, "met"),
    Case("the least that can be below", annual("10", metric="capital"), {2020: {"capital": "9.9999"}}, "short"),
    Case("zero is a figure", annual("10"), {2020: {"cases": 0}}, "short"),
    Case("a blank is not zero", annual("10"), {2020: {"firms": 1}}, "unreported"),
    Case("a level at the threshold", requirement("firms", "stock", "10"), {2020: {"firms": 10}}, "met"),
    Case("yes", ATTESTED, {2020: {"platform": 1}}, "met"),
    Case("no", ATTESTED, {2020: {"platform": 0}}, "short"),
    Case("neither yes nor no", ATTESTED, {2020: {"cases": 1}}, "unreported"),
]


@pytest.fixture(scope="module")
def of_a_year(judge: Judge) -> dict[str, list[Row]]:
    return rows_of(judge, OF_A_YEAR, "attainment", (2020, 2020))


@pytest.mark.parametrize("case", OF_A_YEAR, ids=str)
def test_status_of_a_year(of_a_year: dict[str, list[Row]], case: Case) -> None:
    assert [row["status"] for row in of_a_year[case.says]] == [case.expected]


OVER_THE_YEARS = [
    Case("no filing, due or not", annual("1"), of_cases({2020: 1}), "met unfiled upcoming"),
    Case("growth from the year before", GROWTH, of_cases({2019: 5, 2020: 6, 2021: 6, 2022: 7}), "met short met"),
    Case("growth from nothing is a baseline", GROWTH, of_cases({2020: 5, 2021: 6}), "baseline met upcoming"),
    Case("baseline after a blank", GROWTH, of_cases({2020: 5, 2021: None, 2022: 7}), "baseline unreported baseline"),
    Case("baseline after a missing year", GROWTH, of_cases({2020: 5, 2022: 7}), "baseline unfiled baseline"),
    Case("exactly at the pace", cumulative("9"), of_cases({2020: 3, 2021: 3, 2022: 3}), "on_pace on_pace met"),
    Case("short at the end", cumulative("9"), of_cases({2020: 2, 2021: 4, 2022: 2}), "behind_pace on_pace short"),
    Case("a pace of 3, then 7 of 10", cumulative("10"), of_cases({2020: 3, 2021: 4, 2022: 3}), "on_pace on_pace met"),
    Case("below 7 of 10", cumulative("10"), of_cases({2020: 4, 2021: 2}), "on_pace behind_pace upcoming"),
    Case(
        "one case in three years", cumulative("1"), of_cases({2020: 0, 2021: 0, 2022: 0}), "on_pace behind_pace short"
    ),
    Case(
        "an amount has its pace to the last digit",
        requirement("capital", "cumulative", "10", counted="period"),
        {2020: {"capital": "3.3333"}, 2021: {"capital": "3.3334"}},
        "behind_pace on_pace upcoming",
    ),
    Case("reached early, nothing later", cumulative("9"), of_cases({2020: 1, 2021: 8}), "behind_pace met met"),
    Case("reached early, a blank later", cumulative("9"), of_cases({2020: 9, 2021: None, 2022: 0}), "met met met"),
    Case("at a strict sum", cumulative("9", ">"), of_cases({2020: 9, 2021: 0, 2022: 0}), "on_pace on_pace short"),
    Case("a blank on the way", cumulative("9"), of_cases({2020: 3, 2021: None}), "on_pace unreported upcoming"),
    Case("a missing year on the way", cumulative("9"), of_cases({2020: 3, 2022: 6}), "on_pace unfiled met"),
    Case("nothing from before", cumulative("9"), of_cases({2019: 9, 2020: 0}), "behind_pace unfiled upcoming"),
    Case(
        "cultivation years alone",
        cumulative("6", counted="cultivation"),
        of_cases({2020: 6, 2021: 3, 2022: 3}),
        "on_pace on_pace met",
    ),
]


@pytest.fixture(scope="module")
def over_the_years(judge: Judge) -> dict[str, list[Row]]:
    return rows_of(judge, [replace(case, as_of=LAST_YEAR_OPEN) for case in OVER_THE_YEARS], "attainment")


@pytest.mark.parametrize("case", OVER_THE_YEARS, ids=str)
def test_statuses_over_the_years(over_the_years: dict[str, list[Row]], case: Case) -> None:
    assert " ".join(str(row["status"]) for row in over_the_years[case.says]) == case.expected


FIRST_YEAR = [
    Case(
        "three firms short of 70 %",
        share("0.7"),
        {2020: {"firms": 11, "tenants": 20}},
        {"required": 0.7, "actual": 0.55, "numerator": 11, "denominator": 20, "gap": 0.15, "short_by": 3},
    ),
    Case(
        "one firm short of over 50 %",
        share("0.5", ">"),
        {2020: {"firms": 10, "tenants": 20}},
        {"actual": 0.5, "gap": 0, "short_by": 1, "attainment": 1},
    ),
    Case(
        "an undefined share shows its counts",
        share("0.7"),
        {2020: {"firms": 3, "tenants": 0}},
        {"actual": None, "numerator": 3, "denominator": 0, "gap": None, "short_by": None, "attainment": None},
    ),
    Case(
        "a figure below",
        annual("10"),
        {2020: {"cases": 4}},
        {"required": 10, "actual": 4, "gap": 6, "short_by": None, "needed_per_year": None, "attainment": 0.4},
    ),
    Case("a figure above", annual("10"), {2020: {"cases": 15}}, {"actual": 15, "gap": 0, "attainment": 1.5}),
    Case("no filing", annual("10"), {}, {"required": 10, "actual": None, "gap": None, "attainment": None}),
    Case("a no", ATTESTED, {2020: {"platform": 0}}, {"actual": 0, "gap": 1, "attainment": 0}),
    Case(
        "growth below zero",
        GROWTH,
        {2019: {"cases": 8}, 2020: {"cases": 5}},
        {"required": 0, "actual": -3, "gap": 3, "attainment": None},
    ),
    Case("no growth in a baseline", GROWTH, {2020: {"cases": 5}}, {"required": 0, "actual": None, "gap": None}),
    Case(
        "behind the pace",
        cumulative("10"),
        {2020: {"cases": 2}},
        {"required": 3, "actual": 2, "gap": 1, "needed_per_year": 4, "attainment": 2 / 3},
    ),
    Case(
        "reached early",
        cumulative("10"),
        {2020: {"cases": 12}},
        {"required": 3, "actual": 12, "gap": 0, "needed_per_year": None, "attainment": 4},
    ),
    Case(
        "a pace of no whole case asks for none yet",
        cumulative("1"),
        {2020: {"cases": 0}},
        {"required": 0, "actual": 0, "gap": 0, "needed_per_year": 0.5, "attainment": None},
    ),
    Case(
        "an amount's pace is no whole number",
        requirement("capital", "cumulative", "10", counted="period"),
        {2020: {"capital": 2}},
        {"required": 10 / 3, "actual": 2, "gap": 4 / 3, "needed_per_year": 4, "attainment": 0.6},
    ),
    Case("a blank in a sum", cumulative("9"), {2020: OTHER}, {"required": 3, "actual": None, "needed_per_year": 4.5}),
]


@pytest.fixture(scope="module")
def first_year(judge: Judge) -> dict[str, list[Row]]:
    return rows_of(judge, FIRST_YEAR, "attainment")


@pytest.mark.parametrize("case", FIRST_YEAR, ids=str)
def test_figures_of_the_first_year(first_year: dict[str, list[Row]], case: Case) -> None:
    row = first_year[case.says][0]
    assert {column: row[column] for column in case.expected} == case.expected


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


@pytest.mark.parametrize(
    ("filed", "status", "forgone"),
    [({"platform": 0, "cases": 1}, "forgone", 1), ({"cases": 1}, "unreported", 0)],
    ids=["no", "blank"],
)
def test_a_missing_preference_is_no_shortfall(
    judge: Judge, filed: Mapping[str, int], status: str, forgone: int
) -> None:
    preference = requirement("platform", "attested", mandatory=False)
    tables = judge(programme(preference, annual("1"), filed={2020: filed}, years=(2020, 2020)), ALL_DUE)
    assert [row["status"] for row in tables["attainment"]] == [status, "met"]
    assert tables["shortfalls"] == []
    (year,) = tables["evaluations"]
    assert (year["result"], year["met"], year["unreported"], year["forgone"]) == ("pass", 1, 0, forgone)
    assert [row["verdict"] for row in tables["verdicts"]] == ["fulfilled"]


def test_a_preferred_sum_is_forgone_in_its_last_year_alone(judge: Judge) -> None:
    filed = {2020: {"cases": 3}, 2021: {"cases": 0}, 2022: {"cases": 5}}
    tables = judge(programme(cumulative("9", mandatory=False), annual("1", metric="firms"), filed=filed), ALL_DUE)
    statuses = [row["status"] for row in tables["attainment"] if row["basis"] == "cumulative"]
    assert statuses == ["on_pace", "behind_pace", "forgone"]
    assert {row["metric"] for row in tables["shortfalls"]} == {"firms"}


@pytest.mark.parametrize(("years", "paces"), [((2020, 2022), [3, 7, 10]), ((2020, 2023), [3, 5, 8, 10])])
def test_halves_of_a_pace_go_up(judge: Judge, years: tuple[int, int], paces: list[int]) -> None:
    rows = judge(programme(cumulative("10"), filed={}, years=years), ALL_DUE)["attainment"]
    assert [row["required"] for row in rows] == paces


def test_a_sum_that_only_its_alternative_meets_keeps_no_figure(judge: Judge) -> None:
    either = (cumulative("1", alternative="a"), annual("5", metric="firms", alternative="a"))
    rows = judge(programme(*either, filed={2020: {"firms": 5}}), date(2021, 4, 1))["attainment"]
    told = ("status", "actual", "gap", "attainment", "years_missing")
    assert [rows[0][column] for column in told] == ["met", None, None, None, None]


def test_a_sum_that_is_reached_is_met_in_a_blank_year_without_a_figure(judge: Judge) -> None:
    rows = judge(programme(cumulative("9"), filed={2020: {"cases": 12}, 2021: OTHER}), LAST_YEAR_OPEN)["attainment"]
    assert [(row["status"], row["actual"], row["gap"]) for row in rows] == [
        ("met", 12, 0),
        ("met", None, None),
        ("met", None, None),
    ]


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


def test_what_a_sum_needs_is_spread_over_the_years_that_count(judge: Judge) -> None:
    row = judge(programme(cumulative("6", counted="cultivation"), filed={2020: {"cases": 1}}), ALL_DUE)["attainment"][0]
    told = ("required", "actual", "gap", "attainment", "needed_per_year")
    assert [row[column] for column in told] == [0, 0, 0, None, 3]


def test_a_period_of_construction_alone_counts_its_years(judge: Judge) -> None:
    steps = programme(cumulative("6", counted="cultivation"), filed={2020: {"cases": 2}}, construction_years=3)
    row = judge(steps, ALL_DUE)["attainment"][0]
    assert (row["required"], row["actual"], row["status"]) == (2, 2, "on_pace")


def test_a_share_without_its_denominator_misses_no_firms(judge: Judge) -> None:
    owed = (replace(share("0.7"), alternative="a"), annual("1", alternative="a"))
    steps = programme(*owed, filed={2020: {"cases": 1, "firms": 7}}, years=(2020, 2020))
    row = judge(steps, ALL_DUE)["attainment"][0]
    assert (row["status"], row["actual"], row["short_by"]) == ("met", None, None)
