"""The shortfalls as an analyst looks at them, held against the list that is exported."""

from collections.abc import Iterator
from datetime import date

import pandas as pd
import pytest
from sqlalchemy import Engine

from tests.conftest import SHANGHAI
from tracking import attainment, database, missed, policy, sample
from tracking.attainment import Chosen

TODAY = date(2026, 6, 1)


@pytest.fixture(scope="module")
def made_up() -> Iterator[Engine]:
    """The made-up programme."""
    engine = database.connect("duckdb://", create=True)
    database.initialise(engine)
    policy.load(engine, SHANGHAI, by="tests")
    sample.load(engine)
    yield engine
    engine.dispose()


@pytest.fixture(scope="module")
def whole(made_up: Engine) -> pd.DataFrame:
    """The exported list."""
    return attainment.shortfalls(made_up, TODAY)


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
def test_a_filter_keeps_its_rows(made_up: Engine, whole: pd.DataFrame, chosen: Chosen, kept) -> None:  # noqa: ANN001
    expected = whole[kept(whole)].reset_index(drop=True)
    pd.testing.assert_frame_equal(attainment.shortfalls(made_up, TODAY, **chosen), expected)


def test_the_pages_are_the_whole_list_in_its_order(
    made_up: Engine, whole: pd.DataFrame, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(missed, "PAGE", 7)
    pages = [
        missed.page(made_up, TODAY, number=number, order=None, descending=False)
        for number in range(1, -(-len(whole) // 7) + 1)
    ]
    pd.testing.assert_frame_equal(pd.concat([rows for rows, _ in pages], ignore_index=True), whole)
    assert {total for _, total in pages} == {len(whole)}


def test_a_sorted_list_has_its_blanks_last(made_up: Engine, whole: pd.DataFrame) -> None:
    rows, _ = missed.page(made_up, TODAY, number=1, order="gap", descending=True)
    known = whole["gap"].dropna().sort_values(ascending=False).tolist()
    assert rows["gap"].tolist()[: len(known)] == known[: missed.PAGE]
    assert rows["gap"].tolist()[len(known) :] == pytest.approx([float("nan")] * (len(rows) - len(known)), nan_ok=True)


@pytest.mark.parametrize("by", list(missed.BY))
def test_groups_add_up_to_the_list(made_up: Engine, whole: pd.DataFrame, by: str) -> None:
    groups = missed.grouped(made_up, TODAY, by=by).set_index(missed.BY[by][0])
    of_group = whole.groupby(missed.BY[by][0])
    assert groups["shortfalls"].to_dict() == of_group.size().to_dict()
    assert groups["spaces"].to_dict() == of_group["space_id"].nunique().to_dict()
    assert groups["consecutive_years"].to_dict() == of_group["consecutive_years"].max().to_dict()
    for status in ("short", "behind_pace", "unreported", "unfiled"):
        counted = whole[whole["status"] == status].groupby(missed.BY[by][0]).size()
        assert groups[status].to_dict() == counted.reindex(groups.index, fill_value=0).to_dict()


def test_gaps_add_up_where_they_have_one_unit(made_up: Engine, whole: pd.DataFrame) -> None:
    groups = missed.grouped(made_up, TODAY, by="requirement").set_index("requirement")["gap"]
    counted = whole[whole["basis"] != "share"].groupby("requirement")["gap"].sum(min_count=1)
    pd.testing.assert_series_equal(groups.dropna().sort_index(), counted.dropna(), check_names=False)


def test_where_they_are_adds_up_to_the_list(made_up: Engine, whole: pd.DataFrame) -> None:
    places = missed.where(made_up, TODAY).set_index(["requirement", "year"])["shortfalls"]
    assert places.to_dict() == whole.groupby(["requirement", "year"]).size().to_dict()
