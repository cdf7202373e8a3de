"""The ground of a requirement's chart: its data years, phases and gaps."""

from tests.tracking.charts.drawn import MET, NO_PEERS, SHORT, UNFILED, notes, owed, trace
from tracking.charts import requirement


def test_a_year_without_a_filing_is_a_gap_not_a_zero() -> None:
    drawn = requirement.level(owed("annual", MET, UNFILED, SHORT), NO_PEERS, None, "zh")
    assert list(trace(drawn, "actual").x) == ["2023", "2025"]
    assert list(trace(drawn, "actual").y) == [12, 8]
    gap = next(each for each in drawn.layout.annotations if "未提交年报" in each.text)
    # By its place among the years: Plotly takes "2024" for the place 2024, far outside the picture.
    assert (gap.text, gap.x) == ("–<br>未提交年报", 1)


def test_ten_years_are_told_without_turning_or_shrinking_a_figure() -> None:
    drawn = requirement.level(owed("annual", *[MET] * 8, UNFILED, {}), NO_PEERS, None, "en")
    assert drawn.layout.xaxis.tickangle == 0
    assert [text.split("<br>")[0] for text in drawn.layout.xaxis.ticktext] == [str(year) for year in range(2023, 2033)]
    assert all(str(2024 + place) in text for place, text in enumerate(drawn.layout.xaxis.ticktext))
    assert "data year" in drawn.layout.xaxis.title.text
    columns = trace(drawn, "actual")
    assert (columns.text[0], columns.constraintext) == ("✓<br>12", "none")
    assert [(each.x, each.textangle) for each in drawn.layout.annotations if "Unfiled" in each.text] == [(8, -90)]


def test_years_are_categories() -> None:
    drawn = requirement.level(owed("stock", MET, MET, MET), NO_PEERS, None, "zh")
    assert drawn.layout.xaxis.type == "category"
    assert list(drawn.layout.xaxis.categoryarray) == ["2023", "2024", "2025"]
    assert "2024 年评价" in drawn.layout.xaxis.ticktext[0]


def test_a_year_that_is_provisional_has_the_sign_for_it() -> None:
    drawn = requirement.level(owed("annual", MET, {**MET, "provisional": True}), NO_PEERS, None, "en")
    assert [text.split("<br>")[0] for text in drawn.layout.xaxis.ticktext] == ["2023", "2024°"]


def test_phases_are_shaded_and_named() -> None:
    drawn = requirement.level(owed("annual", MET, MET, MET), NO_PEERS, None, "zh")
    assert [(each.x0, each.x1) for each in drawn.layout.shapes if each.type == "rect"] == [(-0.5, 0.5), (0.5, 2.5)]
    assert "建设期" in notes(drawn)
    assert "培育期" in notes(drawn)


def test_without_a_construction_year_only_cultivation_is_named() -> None:
    rows = owed("annual", MET, MET).assign(phase="cultivation")
    drawn = requirement.level(rows, NO_PEERS, None, "zh")
    assert [(each.x0, each.x1) for each in drawn.layout.shapes if each.type == "rect"] == [(-0.5, 1.5)]
    assert [note for note in notes(drawn).split("\n") if "期" in note] == ["培育期"]
