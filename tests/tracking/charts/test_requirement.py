"""What the chart of a requirement says: traces, values, annotations. Not pixels."""

import pandas as pd
import pytest

from tests.tracking.charts.drawn import HINT, MET, NO_PEERS, SHORT, notes, owed, trace
from tracking.charts import requirement
from tracking.results import outlook
from tracking.words import looks


def test_a_figure_just_below_the_target_is_not_crossed_out_by_its_line() -> None:
    drawn = requirement.level(owed("annual", {"actual": 9, "status": "short"}, MET), NO_PEERS, None, "zh")
    assert list(trace(drawn, "actual").textposition) == ["inside", "outside"]


def test_a_figure_stands_on_no_band_of_others_and_on_no_line() -> None:
    peers = owed("annual", MET, MET)[["requirement", "period_year"]].assign(spaces=5, median=14.0)
    peers = peers.assign(lower=[12.0, 20.0], upper=[15.0, 21.0])
    years = [{"actual": 13, "status": "met"}, {"actual": 11, "status": "met"}]
    drawn = requirement.level(owed("annual", *years), peers, None, "zh")
    raised = trace(drawn, "over")
    # Over the band from 12 to 15; the year after it nothing is in the way.
    assert (list(raised.x), list(raised.y), list(raised.text)) == (["2023"], [15.0], ["✓ 13"])
    assert list(trace(drawn, "actual").text) == ["", "✓ 11"]


def test_the_word_in_a_year_without_a_figure_stands_on_no_band_of_others() -> None:
    peers = owed("annual", MET, MET)[["requirement", "period_year"]].assign(spaces=5, median=4.0)
    peers = peers.assign(lower=[1.0, 9.0], upper=[5.0, 10.0])
    missing = {"actual": None, "status": "unreported"}
    drawn = requirement.level(owed("annual", missing, missing), peers, None, "zh")
    words = [(each.y, each.yref) for each in drawn.layout.annotations if "指标缺报" in each.text]
    # Over the band from 1 to 5; the year after it has room below the one from 9 on.
    assert words == [(5.0, "y"), (0.02, "paper")]


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


def test_a_column_has_its_status_s_colour_and_sign() -> None:
    columns = trace(requirement.level(owed("annual", MET, SHORT), NO_PEERS, None, "zh"), "actual")
    assert list(columns.marker.color) == [looks.STATUSES["met"].colour, looks.STATUSES["short"].colour]
    assert list(columns.text) == ["✓ 12", "✕ 8"]


def test_the_target_line_stands_at_the_threshold() -> None:
    drawn = requirement.level(owed("annual", MET, threshold=10), NO_PEERS, None, "zh")
    assert [each.y0 for each in drawn.layout.shapes if each.type == "line"] == [10]
    assert "≥ 10" in notes(drawn)


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


def test_the_spread_of_the_others_lies_behind_the_column() -> None:
    peers = pd.DataFrame(
        {
            "requirement": ["north.target.1.firms"],
            "period_year": [2],
            "spaces": [7],
            "lower": [9.0],
            "median": [11.0],
            "upper": [14.0],
        }
    )
    drawn = requirement.level(owed("annual", MET, MET), peers, None, "zh")
    band = trace(drawn, "peers")
    assert (list(band.x), list(band.base), list(band.y)) == (["2024"], [9], [5])
    assert "其他 7 个空间" in band.hovertext[0]


def test_a_hint_is_a_hollow_mark_with_its_range_in_a_year_to_come() -> None:
    drawn = requirement.level(owed("annual", MET, MET, {}), NO_PEERS, outlook.Hint(2025, 14.0, 2.5), "zh")
    mark = trace(drawn, "hint")
    assert (mark.x[0], mark.y[0], mark.error_y.array[0]) == ("2025", 14.0, 2.5)
    assert mark.marker.symbol == "diamond-open"
    assert "未到期" not in notes(drawn)


def test_a_share_s_hint_stands_in_per_cent() -> None:
    rows = owed("share", {"actual": 0.5, "numerator": 20, "denominator": 40, "status": "short"}, {}, threshold=0.7)
    mark = trace(requirement.share(rows, outlook.Hint(2024, 0.6, 0.1), "zh"), "hint")
    assert (mark.y[0], mark.error_y.array[0]) == (0.6, 0.1)
    assert "60%" in mark.hovertext


def test_growth_s_hint_goes_on_from_the_figures() -> None:
    drawn = requirement.growth(owed("growth", {"actual": 5, "status": "met"}, {}), {2023: 25.0}, HINT, "zh")
    assert trace(drawn, "hint").y[0] == 30
    low, high = drawn.layout.yaxis.range
    assert low < 20
    assert high > 40
