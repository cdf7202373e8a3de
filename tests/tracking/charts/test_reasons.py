"""Why an enrolment stands in a queue: what it missed, in words."""

import pandas as pd
import pytest

from tracking.charts import reasons


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
