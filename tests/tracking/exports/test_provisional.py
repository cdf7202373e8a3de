"""On paper, too, what rests on filings that are not approved is marked, and left out where that is wished."""

from collections.abc import Iterator
from datetime import date

import pytest
from sqlalchemy import Engine

from tests import databases, reviewed
from tests.reviewed import by, of
from tracking.exports import briefing, scorecard
from tracking.results.tables import attainment
from tracking.review import acting

DAY = date(2024, 6, 1)


@pytest.fixture(scope="module")
def half_approved() -> Iterator[Engine]:
    """Three spaces filed for 2022; S1 is approved, S2 and S3 are not."""
    engine = reviewed.filed(databases.empty())
    for name, act in (("reviewer", "check"), ("manager", "approve")):
        assert not acting.act(by(engine, name), act, [of("S1")]).refused
    yield engine
    engine.dispose()


def test_a_scorecard_marks_each_figure_and_result_or_leaves_them_out(half_approved: Engine, printed: list) -> None:
    for space, approved_only in (("S1", False), ("S2", False), ("S2", True)):
        scorecard.scorecard(half_approved, DAY, space=space, lang="en", approved_only=approved_only)
    approved, marked, left = (data["enrolments"][0] for data in printed)
    rows = attainment.attainment(half_approved, DAY, spaces=["S2"])
    open_yet = int(rows["provisional"].sum())

    def cells(page: dict) -> list[dict]:
        return [cell for stage in page["stages"] for row in stage["rows"] for cell in row["cells"] if cell]

    assert sum("°" in cell["text"] for cell in cells(marked)) == open_yet > 0
    assert [("°" in year["result"]["text"]) for year in marked["years"]] == [True, False, False]
    assert all("°" in mark["text"] for mark in marked["marks"])
    assert marked["provisional"].startswith("° Provisional")
    assert len(cells(left)) == len(cells(marked)) - open_yet
    assert [year["result"] is None for year in left["years"]] == [True, False, False]
    assert left["marks"] == []
    assert (
        left["provisional"] == f"Only what rests on approved filings: {open_yet} entries are provisional and left out."
    )
    assert "°" not in str(approved) + str(left["stages"])


def test_a_briefing_counts_what_is_provisional_or_leaves_it_out(half_approved: Engine, printed: list) -> None:
    for approved_only in (False, True):
        briefing.briefing(half_approved, DAY, year=2022, lang="en", approved_only=approved_only)
    whole, kept = printed
    judged = attainment.evaluations(half_approved, DAY, years=[2022])
    open_yet, total = int(judged["provisional"].sum()), len(judged)
    assert f"{open_yet} of {total} results rest on filings not approved yet (provisional)" in whole["summary"]
    assert whole["tiles"][1]["of"].endswith(f"; {open_yet} of all {total} provisional")
    assert whole["scope"][-1].startswith("° Provisional")
    assert {row["name"] for row in whole["districts"]["rows"] if "°" in row["text"]} == {"北区", "南区"}
    # S2 and S3 are left out, and told.
    assert f"of {total - open_yet} enrolments" in kept["tiles"][0]["of"]
    assert f": {open_yet} rows" in kept["scope"][-1]
    assert "°" not in str(kept)
