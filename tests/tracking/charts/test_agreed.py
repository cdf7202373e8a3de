"""What was agreed, in words: who let what pass until when, and how far what is to be put right has come."""

import pandas as pd
import pytest

from tracking.charts import agreed
from tracking.words.language import Lang

OF = {"space_id": "S1", "edition": "first", "track": "north", "year": 2024}
WAIVER = {
    **OF,
    "metric_name": "导师",
    "waiver_state": "in_force",
    "in_force": True,
    "until_day": pd.Timestamp("2026-06-30"),
    "reason": "搬迁",
    "given_by": "王一",
    "end_reason": None,
    "ended_by": None,
}
RECTIFICATION = {
    **OF,
    "requirement": "north.target.1.mentors",
    "metric_name": "导师",
    "progress": "rectified",
    "by_day": pd.Timestamp("2026-05-01"),
    "demanded": "补足",
    "demanded_by": "李二",
    "next_year": 2025,
    "status_after": "met",
    "result_after": "fail",
}
WHOLE = {**RECTIFICATION, "requirement": None, "metric_name": None, "progress": "overdue", "next_year": pd.NA}


@pytest.mark.parametrize(
    ("lang", "expected"),
    [
        (
            "zh",
            [
                "2024 年度“导师”豁免至 2026-06-30：搬迁（王一）",
                "2024 年度“导师”已整改：补足（李二 要求，限 2026-05-01）；2025 年度：达标",
                "2024 年度“整个年度”整改逾期：补足（李二 要求，限 2026-05-01）",
            ],
        ),
        (
            "en",
            [
                "2024, 导师: waived until 2026-06-30 by 王一 (搬迁)",
                "2024, 导师: Put right – 补足 (demanded by 李二, due by 2026-05-01); in 2025: Met",
                "2024, the year as a whole: Overdue – 补足 (demanded by 李二, due by 2026-05-01)",
            ],
        ),
    ],
)
def test_each_is_a_sentence(lang: Lang, expected: list[str]) -> None:
    given, asked = pd.DataFrame([WAIVER]), pd.DataFrame([RECTIFICATION, WHOLE])
    assert agreed.lines(given, asked, lang) == expected


def test_in_a_few_words_stands_what_is_in_force_by_enrolment() -> None:
    given = pd.DataFrame([WAIVER, {**WAIVER, "space_id": "S2", "waiver_state": "ended", "in_force": False}])
    asked = pd.DataFrame([WHOLE])
    assert agreed.briefs(given, asked, "zh") == {
        ("S1", "first", "north"): "2024 年度“导师”豁免至 2026-06-30；2024 年度“整个年度”整改逾期（限 2026-05-01）"
    }
