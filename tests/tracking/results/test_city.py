"""Every figure of the pages at a city's size is what pandas makes of the exported tables and of the figures filed.

Those of the overview are in overview/; these are of one space, of two beside one another, of a brand, of the
shortfalls and the decisions.
"""

import re

import pandas as pd
import pytest
from sqlalchemy import Engine

from tests.conftest import SHANGHAI
from tests.tracking.results.conftest import KEYS, MISSED, TODAY, YEAR
from tracking.charts import groups
from tracking.policy.edited import Edit
from tracking.results import brands, decisions, one_enrolment, one_space, outlook, sandbox, shortfalls
from tracking.results.tables import attainment

Tables = dict[str, pd.DataFrame]
# Spaces of every track, in every year of their period.
EVERY = 97


@pytest.fixture(scope="module")
def some(exported: Tables) -> list[tuple[str, ...]]:
    """Enrolments out of all: space, edition, track."""
    return [tuple(row) for row in exported["verdicts"][KEYS].iloc[::EVERY].to_numpy()]


def test_the_others_beside_a_space_are_the_quartiles_of_what_they_reached(
    city: Engine, exported: Tables, some: list[tuple[str, ...]]
) -> None:
    rows = exported["attainment"]
    rows = rows[rows["actual"].notna() & (rows["basis"] != "attested")]
    for space, edition, track in some:
        of_track = rows[(rows["edition"] == edition) & (rows["track"] == track)]
        others = of_track[of_track["space_id"] != space].groupby(["requirement", "period_year"])["actual"]
        own = attainment.attainment(city, TODAY, spaces=[space], tracks=[track])
        found = one_space.peers(one_space.actuals(city, TODAY, edition=edition, track=track), own)
        found = found.set_index(["requirement", "period_year"])
        assert len(found) > 10
        assert found["spaces"].to_dict() == others.size()[found.index].to_dict()
        for name, part in (("lower", 0.25), ("median", 0.5), ("upper", 0.75)):
            assert found[name].to_dict() == pytest.approx(others.quantile(part)[found.index].to_dict())


def test_the_best_year_on_a_track_is_the_highest_that_was_filed(city: Engine, exported: Tables) -> None:
    rows = exported["attainment"]
    rows = rows[rows["basis"] == "cumulative"]
    best = exported["observations"].groupby(["space_id", "metric"])["value"].max().rename("best")
    joined = rows.join(best, on=["space_id", "metric"]).groupby(["edition", "track", "requirement"])["best"].max()
    for (edition, track), of_track in joined.groupby(["edition", "track"]):
        found = outlook.best_years(city, TODAY, edition=edition, track=track)
        assert found == of_track.droplevel([0, 1]).to_dict()


def test_what_each_of_two_spaces_missed_is_counted_in_the_list_of_shortfalls(
    city: Engine, exported: Tables, some: list[tuple[str, ...]]
) -> None:
    rows, missed = exported["attainment"], exported["shortfalls"]
    for space, edition, track in some:
        own = one_space.owed(city, TODAY, spaces=(space,), tracks=(track,), editions=(edition,))
        for year, of_year in own.groupby("year"):
            told = groups.beside([of_year], int(year), "en")
            counts = [
                int(((of["space_id"] == space) & (of["track"] == track) & (of["year"] == year)).sum())
                for of in (missed, rows[rows["mandatory"]])
            ]
            assert [int(count) for count in re.findall(r"\d+", told.partition(own["space_name"].iloc[0])[2])] == counts


def test_what_the_next_year_asks_is_what_the_exports_have_of_it(
    city: Engine, exported: Tables, some: list[tuple[str, ...]]
) -> None:
    filed = exported["observations"].set_index(["space_id", "year", "metric"])["value"]
    seen = 0
    for space, edition, track in some:
        within = {"spaces": [space], "tracks": [track], "editions": [edition]}
        tables = {name: attainment.meant(city, TODAY, table=name, **within) for name in ("attainment", "evaluations")}
        figures = one_space.figures(city, TODAY, space=space)
        found = one_enrolment.demands(tables["attainment"], tables["evaluations"], figures).set_index("requirement")
        rows = exported["attainment"]
        rows = rows[(rows["space_id"] == space) & (rows["track"] == track) & rows["mandatory"]]
        known, to_come = (rows[rows["year"] <= YEAR], rows[rows["year"] == YEAR + 1].set_index("requirement"))
        assert {*found.index} == {*to_come.index}
        assert found["required"].to_dict() == to_come["required"].to_dict()
        latest = known.drop_duplicates("requirement", keep="last").set_index("requirement")["status"]
        assert found["missed"].to_dict() == latest.reindex(found.index).isin(MISSED).to_dict()
        for code, metric, before in zip(found.index, to_come["metric"], found["before"], strict=True):
            assert pd.isna(before) or before == filed[space, YEAR, metric], code
        seen += len(found)
    assert seen > 20


def test_a_brand_together_is_the_sum_and_the_largest_of_its_spaces(city: Engine, exported: Tables) -> None:
    rows = exported["attainment"]
    (asked,) = {*rows["requirement"][rows["metric"] == "firms_and_teams_cultivated"]}
    # The nine brands take turns, space by space.
    brand = "示例品牌 " + (rows["space_id"].str[2:].astype("int") - 1).mod(9).add(1).astype("str")
    for name, of_brand in rows[rows["requirement"] == asked].groupby(brand):
        found = brands.together(city, TODAY, brand=str(name)).set_index("year")
        by_year = of_brand.groupby("year")["actual"]
        for column, how in (("reported", "count"), ("largest", "max"), ("together", "sum")):
            assert found[column].to_dict() == by_year.agg(how)[found.index].to_dict()
        assert found["spaces"].to_dict() == by_year.size()[found.index].to_dict()
        assert {*by_year.size().index} - {*found.index} <= {*range(YEAR + 1, YEAR + 5)}


def test_the_shortfalls_are_counted_as_the_list_has_them(city: Engine, exported: Tables) -> None:
    whole = exported["shortfalls"]
    places = shortfalls.where(city, TODAY).set_index(["requirement", "year"])
    of_place = whole.groupby(["requirement", "year"])
    assert places["shortfalls"].to_dict() == of_place.size().to_dict()
    assert places["provisional"].to_dict() == of_place["provisional"].sum().to_dict()
    for by, columns in shortfalls.BY.items():
        found, total = shortfalls.grouped(city, TODAY, by=by, number=1)
        found, of_group = found.set_index(columns[0]), whole.groupby(columns[0])
        assert total == len(of_group)
        assert found["shortfalls"].to_dict() == of_group.size()[found.index].to_dict()
        assert found["spaces"].to_dict() == of_group["space_id"].nunique()[found.index].to_dict()
        for status in MISSED:
            counts = whole[whole["status"] == status].groupby(columns[0]).size().reindex(found.index, fill_value=0)
            assert found[status].to_dict() == counts.to_dict()


@pytest.mark.parametrize("phase", ["construction", "cultivation"])
def test_who_is_decided_about_and_why_is_what_the_exports_say(city: Engine, exported: Tables, phase: str) -> None:
    due = decisions.due(city, TODAY, year=YEAR, phases=(phase,)).set_index(KEYS)
    rows = exported["evaluations"]
    rows = rows[(rows["year"] == YEAR) & (rows["phase"] == phase)].set_index(KEYS)
    assert {*due.index} == {*rows.index}
    for name in ("result", "exit_warning", "provisional"):
        assert (due[name] == rows[name].reindex(due.index)).all()
    lost = exported["attainment"]
    lost = lost[(lost["year"] == YEAR) & lost["mandatory"] & lost["status"].isin(("short", "unreported"))]
    names = lost.groupby(KEYS)["metric_name"].agg("、".join).reindex(due.index, fill_value="")
    failed = due["result"] == "fail"
    assert due.loc[failed, "reasons"].to_dict() == names[failed].to_dict()


def test_a_lower_pass_mark_lets_pass_who_holds_that_share_of_the_requirements(city: Engine, exported: Tables) -> None:
    edits = (Edit("", "pass_mark", "0.8"),)
    tried = sandbox.difference(city, TODAY, edition=SHANGHAI.name, edits=edits)
    rows = exported["attainment"]
    rows = rows[rows["mandatory"]]
    held = ~rows["status"].isin(("short", "unreported"))
    share = held.groupby([rows[name] for name in (*KEYS, "year")]).mean()
    years = exported["evaluations"].set_index([*KEYS, "year"])["result"]
    better = years.index[(years == "fail") & (share.reindex(years.index) >= 0.8)]
    found = tried.results[tried.results["result"] != tried.results["result_otherwise"]]
    assert {*found.set_index([*KEYS, "year"]).index} == {*better}
    assert (tried.better, tried.worse) == (len(better), 0)
    by_year = tried.by_year().set_index("year")["better"]
    assert by_year[by_year > 0].to_dict() == better.to_frame()["year"].value_counts().to_dict()
