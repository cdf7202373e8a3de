"""Bars and dots in HTML: their lengths are the shares, their words those of the data and never markup."""

import re

import pandas as pd

from tracking.charts import bars
from tracking.charts.bars import Segment
from tracking.words import looks


def test_the_parts_of_a_bar_are_as_long_as_their_shares_and_say_what_they_are() -> None:
    parts = [
        Segment(3, looks.VERDICTS["failed"], "✕ failed", "three", "x?a=1&b=2"),
        Segment(1, looks.RESULTS["pass"], "✓", "1"),
    ]
    drawn = bars.bar(parts, 4)
    assert re.findall(r"width:([\d.]+)%", drawn) == ["75.00", "25.00"]
    assert 'href="x?a=1&amp;b=2"' in drawn
    assert '<b class="sign">✕</b><b class="word"> failed</b> <b class="count">3</b>' in drawn
    # On a telephone no part is told by its colour alone.
    assert re.findall("</i>([^<]*)<", bars.parts(parts)) == ["✕ failed 3", "✓ 1"]


def test_short_and_absent_stand_apart_and_last_year_is_a_tick() -> None:
    row = {"requirement": "t.target.1.x", "metric_name": "<b>", "owed": 10, "low": 2, "absent": 1}
    row |= {"share": 0.3}
    rows = pd.DataFrame([row | {"share_before": 0.1, "provisional": 4}, row | {"share_before": None, "provisional": 0}])
    drawn = bars.ranked(rows, 0.4, 2025, lambda code: f"shortfalls?only={code}", "zh")
    assert re.findall(r'class="(low|silent|tick)" style="(?:width|left):([\d.]+)%', drawn) == [
        *(("low", "50.00"), ("silent", "25.00"), ("tick", "25.00")),
        *(("low", "50.00"), ("silent", "25.00")),
    ]
    assert "<b>" not in drawn
    assert (drawn.count("；10 个中 4 个暂定"), drawn.count("°")) == (1, 1)


def test_districts_are_dots_against_the_line_of_all() -> None:
    rows = pd.DataFrame(
        {"district": ["东<区", "西区"], "judged": [10, 10], "passed": [5, 9], "share": [0.5, 0.9]}
    ).assign(share_before=[0.7, None], provisional=[3, 0])
    drawn = bars.dots(rows, "西区", 2025, lambda name: f"./?district={name}", "zh")
    assert "全部 70%（14/20）" in drawn
    assert "东&lt;区：50%（5/10），上年 70%" in drawn
    assert drawn.count('class="ring"') == 2  # the key's, and one of last year
    assert drawn.count("aria-current") == 1
    # A district of which some are provisional says so, and so does the line of all.
    assert (drawn.count(" 个中 3 个暂定"), drawn.count("°")) == (2, 1)


def test_a_part_of_nothing_is_not_drawn() -> None:
    drawn = bars.bar([Segment(0, looks.RESULTS["fail"], "✕", "none"), Segment(2, looks.RESULTS["pass"], "✓", "2")], 2)
    assert re.findall(r"width:([\d.]+)%", drawn) == ["100.00"]
    assert "✕" not in drawn


def test_a_district_s_dot_stands_where_its_share_is_between_the_lowest_and_the_highest() -> None:
    rows = pd.DataFrame({"district": ["东", "西"], "judged": [10, 10], "passed": [4, 8], "share": [0.4, 0.8]}).assign(
        share_before=None, provisional=0
    )
    drawn = bars.dots(rows, None, 2025, str, "en")
    # From 5 points below the lowest to 5 above the highest: 35 % to 85 %. All together are 60 %.
    assert re.findall(r'class="(city|dot)" style="left:([\d.]+)%', drawn) == [
        *(("city", "50.00"), ("dot", "10.00")),
        *(("city", "50.00"), ("dot", "90.00")),
    ]
    assert "All: 60% (12/20)" in drawn


def test_filings_of_a_year_are_a_bar_by_state_and_other_years_are_not_in_it() -> None:
    rows = pd.DataFrame({"year": [2024, 2025, 2025], "state": ["filed", "unfiled", "filed"], "filings": [9, 1, 3]})
    drawn = bars.filings(rows, 2025, "en")
    assert re.findall(r'width:([\d.]+)%[^"]*" title="([^"]*)"', drawn) == [
        ("75.00", "Filed in time"),
        ("25.00", "Unfiled"),
    ]
    assert looks.STATES["unfiled"].colour in drawn


def test_the_years_of_an_enrolment_are_signs_with_their_year_and_result() -> None:
    drawn = bars.strip(
        pd.DataFrame({"year": [2009, 2010], "result": ["fail", "pass"], "provisional": [False, True]}), "en"
    )
    assert drawn.endswith('✓10<sup aria-hidden="true">°</sup><span class="unseen"> Provisional</span></span>')
    assert re.findall(r'title="([^"]*)">([^<]*)<', drawn) == [("2009 Fail", "✕09"), ("2010 Pass", "✓10")]
