"""What becomes of filings, years and enrolments, worked by hand from the policy's reading."""

from datetime import date, datetime
from fractions import Fraction

import pytest

from tests.answers import Judge
from tests.judgement.cases import (
    ALL_DUE,
    FILED_ON,
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
)
from tests.oracle.programme import Edition, Enrolment, File, Register, Step
from tests.oracle.tables import Row


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
    told = ("state", "filed_at", "first_filed_at", "revision", "revisions", "observations")
    assert [row[column] for column in told] == [state, again, first, 2, 2, 2]
    (year,) = judge(steps, ALL_DUE)["evaluations"]
    assert (year["filed_at"], year["first_filed_at"]) == (again, first)


# The results of the years, the last of them due or still to come, and the warning that each year ends with.
WARNINGS = {
    "nothing missed": ("pass pass pass", "none none none"),
    "a failed acceptance is no exit warning": ("fail pass pass", "none none none"),
    "the first evaluation failed": ("fail fail pass", "none one_more none"),
    "two evaluations failed": ("pass fail fail", "none one_more exit"),
    "failed, then not filed": ("pass fail unfiled", "none one_more exit"),
    "the acceptance not filed": ("unfiled pass pass", "one_more none none"),
    "two years not filed, construction included": ("unfiled unfiled pass", "one_more exit none"),
    "not filed in construction, then failed": ("unfiled fail pass", "one_more one_more none"),
    "a pass in between, no year to come": ("pass unfiled pass fail", "none one_more none none"),
    "a pass in between": ("pass unfiled pass fail upcoming", "none one_more none one_more none"),
    "the last year failed alone": ("pass pass fail", "none none none"),
    "the only year not filed": ("unfiled", "none"),
    "the last is not due": ("pass fail upcoming", "none one_more none"),
}


def test_exit_warnings(judge: Judge) -> None:
    wanted = {f"W{place:02}": (told.split(), ends.split()) for place, (told, ends) in enumerate(WARNINGS.values())}
    begins = {space: 2023 - len(told) + (told[-1] == "upcoming") for space, (told, _) in wanted.items()}
    figure = {"pass": Fraction(1), "fail": Fraction(0)}
    filed = {
        (space, begins[space] + place): {"cases": figure[each]}
        for space, (told, _) in wanted.items()
        for place, each in enumerate(told)
        if each in figure
    }
    enrolled = [
        Enrolment(space, "north", "first", begins[space], begins[space] + len(told) - 1)
        for space, (told, _) in wanted.items()
    ]
    tables = judge([Edition("first", (annual("1"),)), Register(tuple(enrolled)), File(filed, FILED_ON)], ALL_DUE)
    for says, (space, (told, ends)) in zip(WARNINGS, wanted.items(), strict=True):
        years = [row for row in tables["evaluations"] if row["space_id"] == space]
        assert [row["result"] for row in years] == told, says
        assert [row["exit_warning"] for row in years] == ends, says
        # That of the latest year that is due stands over all.
        verdicts = [row["exit_warning"] for row in tables["verdicts"] if row["space_id"] == space]
        assert verdicts == [ends[-2 if told[-1] == "upcoming" else -1]], says


@pytest.mark.parametrize(
    ("as_of", "warnings", "carried"),
    [(date(2023, 3, 31), "none one_more none", "one_more"), (date(2023, 4, 1), "none one_more exit", "exit")],
    ids=["while it can be mended", "once it is due"],
)
def test_a_failed_year_warns_once_it_is_due(judge: Judge, as_of: date, warnings: str, carried: str) -> None:
    filed = {2020: {"cases": 1}, 2021: {"cases": 0}, 2022: {"cases": 0}}
    tables = judge(programme(annual("1"), filed=filed), as_of)
    assert [row["result"] for row in tables["evaluations"]] == ["pass", "fail", "fail"]
    assert [row["exit_warning"] for row in tables["evaluations"]] == warnings.split()
    assert [row["exit_warning"] for row in tables["verdicts"]] == [carried]


def test_years_after_an_exit_are_never_due(judge: Judge) -> None:
    tables = judge(programme(annual("1"), filed={2020: {"cases": 0}}, exit_year=2021), ALL_DUE)
    evaluations = [(row["result"], row["due"], row["exit_warning"]) for row in tables["evaluations"]]
    assert evaluations == [
        ("fail", date(2021, 3, 31), "none"),
        ("unfiled", date(2022, 3, 31), "none"),
        ("upcoming", None, "none"),
    ]
    assert [row["state"] for row in tables["filings"]] == ["late", "unfiled", "upcoming"]
    assert [row["exit_warning"] for row in tables["verdicts"]] == ["none"]


def test_two_failures_before_an_exit_are_told(judge: Judge) -> None:
    filed = {2020: {"cases": 1}, 2021: {"cases": 0}, 2022: {"cases": 0}, 2023: {"cases": 0}}
    tables = judge(programme(annual("1"), filed=filed, years=(2020, 2023), exit_year=2022), date(2026, 1, 1))
    assert [row["exit_warning"] for row in tables["evaluations"]] == ["none", "one_more", "exit", "none"]
    assert [row["exit_warning"] for row in tables["verdicts"]] == ["exit"]


AFTER_AN_EXIT = [
    Case("met in every year that was due", annual("5"), of_cases({2020: 5, 2021: 5}), "fulfilled"),
    Case("short once, and no year is to come", annual("5"), of_cases({2020: 4, 2021: 5}), "failed"),
    Case("the last year due not filed", annual("5"), of_cases({2020: 5}), "unknown"),
    Case("short after the exit alone", annual("5"), of_cases({2020: 5, 2021: 5, 2022: 4}), "fulfilled"),
    Case("a sum on its pace", cumulative("9"), of_cases({2020: 3, 2021: 3}), "on_track"),
    Case("a sum behind its pace", cumulative("9"), of_cases({2020: 3, 2021: 2}), "at_risk"),
    Case("a sum reached before the exit", cumulative("9"), of_cases({2020: 3, 2021: 6}), "fulfilled"),
    Case("a sum reached after the exit", cumulative("9"), of_cases({2020: 3, 2021: 3, 2022: 3}), "on_track"),
]


def test_years_after_an_exit_decide_nothing(judge: Judge) -> None:
    rows = rows_of(judge, AFTER_AN_EXIT, "verdicts", exit_year=2021)
    for case in AFTER_AN_EXIT:
        (row,) = rows[case.says]
        assert (row["verdict"], row[case.expected]) == (case.expected, 1), case.says


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


VERDICTS = [
    Case("met every year", annual("5"), of_cases({2020: 5, 2021: 5, 2022: 5}), "fulfilled"),
    Case("short once, all over", annual("5"), of_cases({2020: 5, 2021: 4, 2022: 5}), "failed"),
    Case("short once, a year to come", annual("5"), of_cases({2020: 4, 2021: 5}), "at_risk", LAST_YEAR_OPEN),
    Case("a year not filed", annual("5"), of_cases({2020: 5}), "unknown", LAST_YEAR_OPEN),
    Case("a blank, all over", annual("5"), of_cases({2020: 5, 2021: None, 2022: 5}), "unknown"),
    Case("short once and not filed once", annual("5"), of_cases({2020: 4, 2022: 5}), "failed"),
    Case("met so far", annual("5"), of_cases({2020: 5, 2021: 5}), "on_track", LAST_YEAR_OPEN),
    Case("an entry condition met", annual("5", stage="entry"), of_cases({2020: 5}), "fulfilled"),
    Case("an entry condition not met", annual("5", stage="entry"), of_cases({2020: 4}), "failed", LAST_YEAR_OPEN),
    Case("an entry condition not filed", annual("5", stage="entry"), of_cases({}), "unknown", LAST_YEAR_OPEN),
    Case("a baseline is nothing missed", GROWTH, of_cases({2020: 5, 2021: 6, 2022: 7}), "fulfilled"),
    Case("a sum reached early", cumulative("9"), of_cases({2020: 9}), "fulfilled", LAST_YEAR_OPEN),
    Case("a sum short at the end", cumulative("9"), of_cases({2020: 3, 2021: 3, 2022: 2}), "failed"),
    Case("a sum behind the pace", cumulative("9"), of_cases({2020: 3, 2021: 2}), "at_risk", LAST_YEAR_OPEN),
    Case("a sum back on its pace", cumulative("9"), of_cases({2020: 2, 2021: 4}), "on_track", LAST_YEAR_OPEN),
    Case("a sum with its latest year missing", cumulative("9"), of_cases({2020: 2}), "unknown", LAST_YEAR_OPEN),
    Case("a sum with an early year missing", cumulative("9"), of_cases({2021: 6}), "on_track", LAST_YEAR_OPEN),
    Case("nothing due yet", annual("5"), of_cases({}), "on_track", date(2020, 4, 1)),
]


@pytest.fixture(scope="module")
def verdicts(judge: Judge) -> dict[str, list[Row]]:
    return rows_of(judge, VERDICTS, "verdicts")


@pytest.mark.parametrize("case", VERDICTS, ids=str)
def test_verdicts(verdicts: dict[str, list[Row]], case: Case) -> None:
    (row,) = verdicts[case.says]
    outcomes = {outcome: row[outcome] for outcome in ("fulfilled", "on_track", "at_risk", "failed", "unknown")}
    assert row["verdict"] == case.expected
    assert outcomes == {**dict.fromkeys(outcomes, 0), case.expected: 1}


def test_the_worst_outcome_is_the_verdict(judge: Judge) -> None:
    owed = [annual("1", metric="cases"), annual("1", metric="firms"), annual("1", metric="tenants")]
    filed = {2020: {"cases": 1, "firms": 0}, 2021: {"cases": 1, "firms": 1}}
    (row,) = judge(programme(*owed, filed=filed), LAST_YEAR_OPEN)["verdicts"]
    assert row["verdict"] == "at_risk"
    assert (row["on_track"], row["at_risk"], row["unknown"]) == (1, 1, 1)
    assert row["years_failed"] == "2020 2021"


def test_a_sum_is_not_fulfilled_by_one_year_of_its_alternative(judge: Judge) -> None:
    owed = (cumulative("9", alternative="a"), annual("5", metric="firms", alternative="a"))
    first = {2020: {"cases": 0, "firms": 5}}
    so_far = judge(programme(*owed, filed=first), date(2021, 4, 1))
    assert [row["status"] for row in so_far["attainment"]][:2] == ["met", "met"]
    assert [(row["verdict"], row["fulfilled"]) for row in so_far["verdicts"]] == [("on_track", 0)]
    whole = judge(programme(*owed, filed=dict.fromkeys(range(2020, 2023), first[2020])), ALL_DUE)
    assert [(row["verdict"], row["fulfilled"]) for row in whole["verdicts"]] == [("fulfilled", 2)]


def test_a_year_that_asks_for_nothing_is_filed_all_the_same(judge: Judge) -> None:
    tables = judge(programme(annual("1", stage="entry"), filed={2020: {"cases": 1}, 2022: OTHER}), ALL_DUE)
    assert [row["result"] for row in tables["evaluations"]] == ["pass", "unfiled", "pass"]
    assert [row["exit_warning"] for row in tables["evaluations"]] == ["none", "one_more", "none"]


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
