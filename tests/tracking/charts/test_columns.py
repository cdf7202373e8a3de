"""The columns of a chart and where their figures stand."""

from tests.tracking.charts.drawn import MET, NO_PEERS, SHORT, owed, trace
from tracking.charts import requirement
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


def test_a_column_has_its_status_s_colour_and_sign() -> None:
    columns = trace(requirement.level(owed("annual", MET, SHORT), NO_PEERS, None, "zh"), "actual")
    assert list(columns.marker.color) == [looks.STATUSES["met"].colour, looks.STATUSES["short"].colour]
    assert list(columns.text) == ["✓ 12", "✕ 8"]
