"""What a requirement's figures are held against."""

import pandas as pd

from tests.tracking.charts.drawn import HINT, MET, NO_PEERS, notes, owed, trace
from tracking.charts import requirement
from tracking.results import outlook


def test_the_target_line_stands_at_the_threshold() -> None:
    drawn = requirement.level(owed("annual", MET, threshold=10), NO_PEERS, None, "zh")
    assert [each.y0 for each in drawn.layout.shapes if each.type == "line"] == [10]
    assert "≥ 10" in notes(drawn)


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
