"""The shortfalls as an analyst looks at them, held against the list that is exported."""

import pandas as pd
import pytest
from sqlalchemy import Engine

from tests.tracking.results.conftest import TODAY
from tracking import database
from tracking.database import CITY, Scope
from tracking.results import shortfalls
from tracking.results.tables import attainment
from tracking.results.tables.filters import Chosen


@pytest.fixture(scope="module")
def whole(programme: Engine) -> pd.DataFrame:
    """The exported list."""
    return attainment.shortfalls(programme, TODAY)


@pytest.mark.parametrize(
    ("chosen", "kept"),
    [
        ({"phases": ["construction"]}, lambda rows: rows["phase"] == "construction"),
        ({"at_least": 2}, lambda rows: rows["consecutive_years"] >= 2),
        (
            {"requirements": ["branding.target.5.media_reports"]},
            lambda rows: rows["requirement"] == "branding.target.5.media_reports",
        ),
        ({"search": "sl00014"}, lambda rows: rows["space_id"] == "SL00014"),
        ({"search": "企业"}, lambda rows: rows["metric_name"].str.contains("企业")),
        ({"search": "%"}, lambda rows: rows["year"] < 0),
        (
            {"years": [2025], "statuses": ["short"], "search": "获投"},
            lambda rows: (
                (rows["year"] == 2025) & (rows["status"] == "short") & rows["metric_name"].str.contains("获投")
            ),
        ),
    ],
    ids=["phase", "streak", "requirement", "space", "metric", "no wildcard", "several"],
)
def test_a_filter_keeps_its_rows(programme: Engine, whole: pd.DataFrame, chosen: Chosen, kept) -> None:  # noqa: ANN001
    expected = whole[kept(whole)].reset_index(drop=True)
    pd.testing.assert_frame_equal(attainment.shortfalls(programme, TODAY, **chosen), expected)


def test_the_pages_are_the_whole_list_in_its_order(
    programme: Engine, whole: pd.DataFrame, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(shortfalls, "PAGE", 7)
    pages = [
        shortfalls.page(programme, TODAY, number=number, order=None, descending=False)
        for number in range(1, shortfalls.pages(len(whole)) + 1)
    ]
    pd.testing.assert_frame_equal(pd.concat(pages, ignore_index=True), whole)


def test_the_pages_of_groups_are_all_groups_and_the_last_ends_them(
    programme: Engine, monkeypatch: pytest.MonkeyPatch
) -> None:
    whole, total = shortfalls.grouped(programme, TODAY, by="space", number=1)
    monkeypatch.setattr(shortfalls, "PAGE", 3)
    pages = [
        shortfalls.grouped(programme, TODAY, by="space", number=number)
        for number in range(1, shortfalls.pages(total) + 1)
    ]
    pd.testing.assert_frame_equal(pd.concat([rows for rows, _ in pages], ignore_index=True), whole)
    assert {each for _, each in pages} == {total} == {len(whole)}
    beyond, _ = shortfalls.grouped(programme, TODAY, by="space", number=10**9)
    pd.testing.assert_frame_equal(beyond, pages[-1][0])


def test_a_sorted_list_has_its_blanks_last(programme: Engine, whole: pd.DataFrame) -> None:
    rows = shortfalls.page(programme, TODAY, number=1, order="gap", descending=True)
    known = whole["gap"].dropna().sort_values(ascending=False).tolist()
    assert rows["gap"].tolist()[: len(known)] == known[: shortfalls.PAGE]
    assert rows["gap"].tolist()[len(known) :] == pytest.approx([float("nan")] * (len(rows) - len(known)), nan_ok=True)


@pytest.mark.parametrize("by", list(shortfalls.BY))
def test_groups_add_up_to_the_list(programme: Engine, whole: pd.DataFrame, by: str) -> None:
    groups = shortfalls.grouped(programme, TODAY, by=by, number=1)[0].set_index(shortfalls.BY[by][0])
    of_group = whole.groupby(shortfalls.BY[by][0])
    assert groups["shortfalls"].to_dict() == of_group.size().to_dict()
    assert groups["spaces"].to_dict() == of_group["space_id"].nunique().to_dict()
    assert groups["consecutive_years"].to_dict() == of_group["consecutive_years"].max().to_dict()
    for status in ("short", "behind_pace", "unreported", "unfiled"):
        counted = whole[whole["status"] == status].groupby(shortfalls.BY[by][0]).size()
        assert groups[status].to_dict() == counted.reindex(groups.index, fill_value=0).to_dict()


@pytest.mark.parametrize("by", list(shortfalls.BY))
def test_gaps_add_up_where_all_have_one_unit_and_nowhere_else(programme: Engine, whole: pd.DataFrame, by: str) -> None:
    key = shortfalls.BY[by][0]
    groups = shortfalls.grouped(programme, TODAY, by=by, number=1)[0].set_index(key)
    known = whole.dropna(subset="gap").sort_values("year")
    latest = known.drop_duplicates(["space_id", "edition", "track", "requirement"], keep="last").index
    # A cumulative gap holds those of the years before it.
    counted = whole.assign(gap=whole["gap"].where((whole["basis"] != "cumulative") | whole.index.isin(latest)))
    for code, rows in counted.groupby(key):
        agree = rows["unit"].nunique() == 1 and not {"share", "attested"} & {*rows["basis"]}
        expected = (rows["gap"].sum(min_count=1), rows["unit"].iloc[0]) if agree else (None, None)
        told = groups.loc[code, ["gaps", "unit"]]
        assert [None if pd.isna(each) else each for each in told] == [
            None if pd.isna(each) else pytest.approx(each) if isinstance(each, float) else each for each in expected
        ], code


def test_a_requirement_chosen_gives_every_group_its_sum(programme: Engine, whole: pd.DataFrame) -> None:
    one = "branding.target.3.capital_raised"
    groups, _ = shortfalls.grouped(programme, TODAY, by="district", number=1, requirements=[one])
    counted = whole[whole["requirement"] == one].groupby("district")["gap"].sum()
    assert groups.set_index("district")["gaps"].fillna(0).to_dict() == pytest.approx(counted.to_dict())
    assert groups["unit"].unique().tolist() == ["万元"]


def test_where_they_are_adds_up_to_the_list(programme: Engine, whole: pd.DataFrame) -> None:
    places = shortfalls.where(programme, TODAY).set_index(["requirement", "year"])["shortfalls"]
    assert places.to_dict() == whole.groupby(["requirement", "year"]).size().to_dict()


@pytest.mark.parametrize("seen", [[CITY], [CITY._replace(approved_only=True)]], ids=["whole", "approved alone"])
def test_where_they_are_and_what_is_provisional_of_it_is_as_in_the_list(city: Engine, seen: list[Scope]) -> None:
    viewer = database.seen_by(city, seen)
    whole = attainment.shortfalls(viewer, TODAY).groupby(["requirement", "year"])["provisional"]
    places = shortfalls.where(viewer, TODAY).set_index(["requirement", "year"])
    assert places["shortfalls"].to_dict() == whole.size().to_dict()
    assert places["provisional"].to_dict() == whole.sum().to_dict()
    assert (places["provisional"].sum() > 0) == (not seen[0].approved_only)
