"""The overview's charts in HTML: their lengths are the shares, their words those of the data and never markup."""

import html
import re

import pandas as pd
import pytest

from tracking.charts import bars, cells, headlines, tiles
from tracking.charts.bars import Segment
from tracking.results.overview.rates import Part, Rate, Rates
from tracking.words import looks


def rate(name: str, now: tuple[int, int], both: tuple[int, int], before: tuple[int, int]) -> Rate:
    return Rate(name, Part(*now), Part(*both), Part(*before), ((2024, 0.5), (2025, now[0] / now[1])))


def rates(passed: Rate) -> Rates:
    others = {name: rate(name, (1, 10), (1, 8), (1, 8)) for name in ("failed", "not_filed", "missed")}
    return Rates(2025, 10, 9, 8, 0, passed, **others)


@pytest.mark.parametrize(
    ("both", "before", "told"),
    [
        ((4, 8), (5, 8), "▼ 12.5 个百分点，变差"),
        ((5, 8), (4, 8), "▲ 12.5 个百分点，变好"),
        ((4, 8), (4, 8), "＝ 与上年持平"),
        ((0, 0), (0, 0), "没有可比的上一年"),
    ],
)
def test_a_tile_tells_the_rate_and_its_change_among_those_judged_twice(
    both: tuple[int, int], before: tuple[int, int], told: str
) -> None:
    drawn = tiles.tiles(rates(rate("passed", (6, 10), both, before)), "zh")
    assert '<div class="value">60%</div>' in drawn
    assert told in drawn.split('<div class="tile">')[1]
    assert "6 / 10 个入选项目" in drawn


def test_more_of_what_is_not_wanted_is_worse() -> None:
    drawn = tiles.tiles(rates(rate("failed", (6, 10), (5, 8), (4, 8))), "en")
    assert "▲ 12.5 points: worse" in drawn


def test_a_bar_s_parts_are_as_long_as_their_shares_and_say_what_they_are() -> None:
    parts = [
        Segment(3, looks.VERDICTS["failed"], "✕", "three", "x?a=1&b=2"),
        Segment(1, looks.RESULTS["pass"], "✓", "1"),
    ]
    drawn = bars.bar(parts, 4)
    assert re.findall(r"width:([\d.]+)%", drawn) == ["75.00", "25.00"]
    assert 'href="x?a=1&amp;b=2"' in drawn
    assert '<b class="word">✕ </b><b class="count">3</b>' in drawn


def test_short_and_absent_stand_apart_and_last_year_is_a_tick() -> None:
    row = {"requirement": "t.target.1.x", "metric_name": "<b>", "owed": 10, "low": 2, "absent": 1}
    rows = pd.DataFrame([row | {"share": 0.3, "share_before": 0.1}, row | {"share": 0.3, "share_before": None}])
    drawn = bars.ranked(rows, 0.4, 2025, lambda code: f"shortfalls?only={code}", "zh")
    assert re.findall(r'class="(low|silent|tick)" style="(?:width|left):([\d.]+)%', drawn) == [
        *(("low", "50.00"), ("silent", "25.00"), ("tick", "25.00")),
        *(("low", "50.00"), ("silent", "25.00")),
    ]
    assert "<b>" not in drawn


def test_districts_are_dots_against_the_line_of_all() -> None:
    rows = pd.DataFrame(
        {"district": ["东<区", "西区"], "judged": [10, 10], "passed": [5, 9], "share": [0.5, 0.9]}
    ).assign(share_before=[0.7, None])
    drawn = bars.dots(rows, "西区", 2025, lambda name: f"./?district={name}", "zh")
    assert "全部 70%（14/20）" in drawn
    assert "东&lt;区：50%（5/10），上年 70%" in drawn
    assert drawn.count('class="ring"') == 2  # the key's, and one of last year
    assert drawn.count("aria-current") == 1


def test_each_cell_leads_to_its_requirement_and_tells_missing_from_low() -> None:
    usual = {"edition": "first", "position": 1, "unit": "家", "basis": "annual", "required": 10.0, "space_name": "<i>"}
    row = usual | {"space_id": "B2", "metric_name": "x", "actual": None}
    rows = pd.DataFrame(
        [row | {"requirement": "x", "status": "unfiled"}, row | {"requirement": "y", "status": "short", "actual": 3.0}]
    )
    drawn = cells.cells(rows, lambda space, code: f"space?space={space}&requirement={code}", str, "alt", "zh")
    signs = re.findall(r'href="([^"]*)" title="[^"]*" aria-label="([^"]*)" style="[^"]*">(.)</a></td>', drawn)
    assert [(html.unescape(address), sign) for address, _, sign in signs] == [
        ("space?space=B2&requirement=x", "–"),
        ("space?space=B2&requirement=y", "✕"),
    ]
    assert "3" in signs[1][1]
    assert "<i>" not in drawn


def test_what_was_missed_is_told_in_words() -> None:
    usual = {"year": 2025, "not_filed": False, "lost": True, "undone": False, "comparison": ">=", "absent": False}
    rows = pd.DataFrame(
        [
            usual | {"metric_name": "服务反馈良好", "basis": "attested", "actual": 0.0, "required": 1.0},
            usual | {"metric_name": "国际化活动", "basis": "annual", "actual": 6.0, "required": 10.0},
            usual | {"metric_name": "专业化集聚度", "basis": "share", "actual": 0.6996, "required": 0.7},
            usual | {"metric_name": "获投企业", "basis": "annual", "actual": None, "required": 5.0, "absent": True},
        ]
    )
    told = headlines.missed(rows, "last_chance", 2025, "zh")
    assert told == "服务反馈良好 否、国际化活动 6（应 10）、专业化集聚度 69.96%（应 70%）、获投企业 缺报"
    assert headlines.missed(rows.assign(not_filed=True), "absent", 2025, "zh") == "全年未提交年报"
