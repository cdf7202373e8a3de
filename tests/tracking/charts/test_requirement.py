"""What the chart of a requirement says: traces, values, annotations. Not pixels."""

import pandas as pd
import pytest

from tests.tracking.charts.drawn import MET, NO_PEERS, owed, trace
from tracking.charts import requirement


def test_a_spread_of_giants_leaves_the_space_s_own_columns_in_sight() -> None:
    peers = pd.DataFrame(
        {
            "requirement": ["north.target.1.firms"],
            "period_year": [1],
            "spaces": [5],
            "lower": [9.0],
            "median": [900.0],
            "upper": [90_000.0],
        }
    )
    drawn = requirement.level(owed("annual", MET), peers, None, "zh")
    assert drawn.layout.yaxis.range[1] < 12 * 5


def test_cumulative_climbs_like_a_staircase_against_the_pace() -> None:
    rows = owed(
        "cumulative",
        {"actual": 3, "required": 10 / 3, "status": "behind_pace"},
        {"actual": 7, "required": 20 / 3, "status": "on_pace", "needed_per_year": 3.0},
        {"required": 10},
    )
    drawn = requirement.cumulative(rows, {2023: 3.0, 2024: 4.0}, NO_PEERS, "zh")
    steps = trace(drawn, "actual")
    assert list(zip(steps.base, steps.y, strict=True)) == [(0, 3), (3, 4)]
    assert list(trace(drawn, "before").y) == [0, 3]
    assert list(trace(drawn, "pace").y) == pytest.approx([10 / 3, 20 / 3, 10])
    needed = trace(drawn, "needed")
    assert (list(needed.x), list(needed.base), list(needed.y), needed.text[0]) == (["2025"], [7], [3], "+3")


def test_a_sum_that_was_never_added_to_has_no_step_to_come() -> None:
    drawn = requirement.cumulative(owed("cumulative", {}, {}, {}), {}, NO_PEERS, "zh")
    assert len(trace(drawn, "actual").x) == 0
    assert "needed" not in [each.name for each in drawn.data]


def test_a_share_stands_in_per_cent_with_its_counts_and_the_k_that_is_missing() -> None:
    rows = owed(
        "share",
        {"actual": 0.6996, "numerator": 6996, "denominator": 10000, "short_by": 4, "status": "short"},
        {"actual": 0.7, "numerator": 7, "denominator": 10, "short_by": 0, "status": "met"},
        threshold=0.7,
    )
    drawn = requirement.share(rows, None, "en")
    assert list(trace(drawn, "actual").y) == [0.6996, 0.7]
    assert list(trace(drawn, "figures").text) == ["✕ 69.96%<br>6,996/10,000<br>+4", "✓ 70%<br>7/10"]
    # No figure on the target's line.
    assert list(trace(drawn, "figures").y) == [0.7, 0.7]
    assert [(shape.y0, shape.y1) for shape in drawn.layout.shapes if shape.type == "line"] == [(0.7, 0.7)]
    assert drawn.layout.yaxis.tickformat == ",.0%"


def test_growth_is_a_line_that_breaks_and_marks_its_baseline() -> None:
    rows = owed(
        "growth", {"status": "baseline"}, {"status": "unfiled"}, {"status": "baseline"}, {"actual": 5, "status": "met"}
    )
    line = trace(requirement.growth(rows, {2023: 10.0, 2025: 20.0, 2026: 25.0}, None, "zh"), "value")
    assert list(line.y) == [10, None, 20, 25]
    assert line.connectgaps is False
    assert [text.split("<br>")[-1] for text in line.text] == ["○ 基准年", "", "○ 基准年", "+5"]


def test_growth_begins_with_the_year_before_the_period() -> None:
    line = trace(
        requirement.growth(owed("growth", {"actual": -2, "status": "short"}), {2022: 9.0, 2023: 7.0}, None, "zh"),
        "value",
    )
    assert list(line.x) == ["2022", "2023"]
    assert line.text[1] == "7<br>−2"
