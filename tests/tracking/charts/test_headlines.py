"""What the overview says in words: figures as they are, absence told apart, nobody singled out of equals."""

from dataclasses import replace

import pandas as pd
import pytest

from tracking.charts import headlines
from tracking.results.overview.rates import Proportion, Rate, Rates


def rates(both: tuple[int, int], before: tuple[int, int]) -> Rates:
    passed = Rate("passed", Proportion(6, 10), Proportion(*both), Proportion(*before), ())
    nothing = Rate("failed", Proportion(0, 10), Proportion(0, 8), Proportion(0, 8), ())
    return Rates(2024, 10, 9, both[1], 2, passed, nothing, nothing, nothing)


@pytest.mark.parametrize(
    ("both", "before", "change"),
    [
        ((5, 8), (4, 8), "up 12.5 points among those evaluated in both years"),
        ((4, 8), (5, 8), "down 12.5 points among those evaluated in both years"),
        # Less than a decimal shows: 500 of 1,000 and 2,001 of 4,000.
        ((500, 1000), (2001, 4000), "unchanged among those evaluated in both years"),
    ],
)
def test_the_headline_says_the_rate_and_which_way_it_went(
    both: tuple[int, int], before: tuple[int, int], change: str
) -> None:
    sentence = headlines.headline(rates(both, before), "en")
    assert sentence == f"Data year 2024, evaluated in 2025: 60% passed, {change}"


def test_the_headline_says_nothing_of_a_change_that_nobody_can_know() -> None:
    assert headlines.headline(rates((0, 0), (0, 0)), "zh") == "2024 年（2025 年评价）通过率 60%"


def test_the_summary_names_what_there_is_and_no_count_of_nobody() -> None:
    queues = {"leaving": 0, "last_chance": 3, "failing": 0}
    assert headlines.summary(rates((5, 8), (4, 8)), queues, "en") == (
        "6 of 10 enrolments (9 spaces) passed; of the 8 evaluated in both years, 4 passed then and 5 now; "
        "2 more are not due yet; 3 still running on a last chance."
    )
    rested = replace(rates((5, 8), (4, 8)), provisional=4, provisional_before=3)
    assert headlines.summary(rested, queues, "en").startswith(
        "6 of 10 enrolments (9 spaces) passed; 4 of 10 results rest on filings not approved yet (provisional); "
        "of the 8 evaluated in both years, 4 passed then and 5 now; "
        "3 of the 8 results of the year before are provisional;"
    )


def test_of_districts_the_lowest_is_named_unless_two_are() -> None:
    rows = pd.DataFrame({"district": ["东", "西"], "passed": [1, 2], "judged": [3, 3], "share": [1 / 3, 2 / 3]}).assign(
        provisional=0
    )
    assert headlines.districts(rows, "en") == "Lowest pass rate: 东, 33.3% (1/3)"
    assert headlines.districts(rows.assign(passed=[1, 2], judged=[3, 6]), "en") == "Passed by district"


def test_a_headline_singles_out_no_one_of_several_and_counts_no_absence_as_failure() -> None:
    row = {"track": "t", "stage": "target", "owed": 10, "low": 2, "absent": 0, "provisional": 0}
    rows = pd.DataFrame([row | {"metric_name": "甲"}, row | {"metric_name": "乙", "low": 1, "absent": 9}])
    assert "甲" in headlines.weakest(rows, {}, "zh")
    equal = pd.DataFrame([row | {"metric_name": "甲"}, row | {"metric_name": "乙", "owed": 20, "low": 4}])
    assert headlines.weakest(equal, {}, "zh") == "最常未达标的 2 项培育目标并列，比例均为 20%"
    silent = pd.DataFrame([row | {"metric_name": "甲", "low": 0, "absent": 10}])
    assert "甲" not in headlines.weakest(silent, {}, "zh")
