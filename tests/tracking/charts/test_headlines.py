"""What the overview says in words: figures as they are, absence told apart, nobody singled out of equals."""

from dataclasses import replace

import pandas as pd
import pytest

from tracking.charts import headlines, reasons
from tracking.results.overview.rates import Part, Rate, Rates


def rates(both: tuple[int, int], before: tuple[int, int]) -> Rates:
    passed = Rate("passed", Part(6, 10), Part(*both), Part(*before), ())
    nothing = Rate("failed", Part(0, 10), Part(0, 8), Part(0, 8), ())
    return Rates(2024, 10, 9, both[1], 2, passed, nothing, nothing, nothing)


def test_what_was_missed_is_told_in_words() -> None:
    usual = {"year": 2025, "not_filed": False, "lost": True, "undone": False, "comparison": ">=", "absent": False}
    usual |= {"provisional": False}
    rows = pd.DataFrame(
        [
            usual | {"metric_name": "服务反馈良好", "basis": "attested", "actual": 0.0, "required": 1.0},
            usual | {"metric_name": "国际化活动", "basis": "annual", "actual": 6.0, "required": 10.0},
            usual
            | {"metric_name": "专业化集聚度", "basis": "share", "actual": 0.6996, "required": 0.7}
            | {"provisional": True},
            usual | {"metric_name": "获投企业", "basis": "annual", "actual": None, "required": 5.0, "absent": True},
        ]
    )
    sentence = reasons.missed(rows, "last_chance", 2025, "zh")
    assert sentence == "服务反馈良好 否、国际化活动 6（应 10）、专业化集聚度 69.96%（应 70%）°、获投企业 缺报"
    assert reasons.missed(rows.assign(not_filed=True), "absent", 2025, "zh") == "全年未提交年报"


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


def test_of_much_that_was_missed_four_are_named_and_all_are_counted() -> None:
    row = {"year": 2025, "not_filed": False, "undone": False, "absent": True, "actual": None, "provisional": False}
    rows = pd.DataFrame([row | {"metric_name": name} for name in "甲乙丙丁戊己"])
    assert reasons.missed(rows, "leaving", 2025, "zh") == "甲 缺报、乙 缺报、丙 缺报、丁 缺报等 6 项"


def test_what_can_still_be_reached_is_told_with_what_it_takes() -> None:
    row = {"year": 2025, "not_filed": False, "undone": False, "absent": False, "metric_name": "cases"}
    row |= {"basis": "cumulative", "comparison": ">=", "actual": 3.0, "required": 7.0, "provisional": False}
    rows = pd.DataFrame([row | {"needed_per_year": 10 / 3, "best": 4.0, "within_reach": True, "beyond_reach": False}])
    # Rounded up: 3.3 a year would not do.
    assert reasons.missed(rows, "behind", 2025, "en") == (
        "cases: 3, 7 required; 3.4 a year from now on, its best year 4"
    )
    assert reasons.missed(rows, "out_of_reach", 2025, "en") == ""


@pytest.mark.parametrize("queue", ["last_chance", "failing", "behind", "absent"])
def test_what_comes_from_the_data_stands_in_its_parts_alone(queue: str) -> None:
    row = {"year": 2025, "not_filed": False, "undone": False, "absent": False, "metric_name": "<i>", "best": 4.0}
    row |= {"basis": "cumulative", "comparison": ">=", "actual": 3.0, "required": 7.0, "needed_per_year": 2.0}
    row |= {"provisional": True}
    rows = pd.DataFrame([row | {"within_reach": True, "beyond_reach": False}] * 6)
    sentence = reasons.missed(rows, queue, 2025, "en", lambda row, _: f"[{row['year']}]")
    assert ("<" in sentence, sentence.count("[2025]")) == (False, reasons.NAMED)


def test_a_headline_singles_out_no_one_of_several_and_counts_no_absence_as_failure() -> None:
    row = {"track": "t", "stage": "target", "owed": 10, "low": 2, "absent": 0, "provisional": 0}
    rows = pd.DataFrame([row | {"metric_name": "甲"}, row | {"metric_name": "乙", "low": 1, "absent": 9}])
    assert "甲" in headlines.weakest(rows, {}, "zh")
    equal = pd.DataFrame([row | {"metric_name": "甲"}, row | {"metric_name": "乙", "owed": 20, "low": 4}])
    assert headlines.weakest(equal, {}, "zh") == "最常未达标的 2 项培育目标并列，比例均为 20%"
    silent = pd.DataFrame([row | {"metric_name": "甲", "low": 0, "absent": 10}])
    assert "甲" not in headlines.weakest(silent, {}, "zh")
