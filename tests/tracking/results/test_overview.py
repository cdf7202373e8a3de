"""The counts of a data year: every one of them is that of the exported tables."""

import pandas as pd
import pytest
from sqlalchemy import Engine

from tests.tracking.results.conftest import TODAY
from tracking.charts import programme as charts
from tracking.results import overview
from tracking.results.overview import Standing
from tracking.results.tables import attainment
from tracking.results.tables.filters import Chosen

YEAR = 2025
SCOPES = [{}, {"track": "branding"}, {"district": "北区(示例)"}, {"phase": "construction"}]
Scope = dict[str, str]


@pytest.fixture(params=SCOPES, ids=lambda scope: "-".join(scope.values()) or "everything")
def scope(request: pytest.FixtureRequest) -> Scope:
    """Each filter once."""
    return request.param


def _chosen(scope: Scope) -> Chosen:
    return {f"{name}s": (value,) for name, value in scope.items()}  # type: ignore[return-value]


def _within(frame: pd.DataFrame, scope: Scope, year: int = YEAR) -> pd.DataFrame:
    """The rows of an exported table that a scope and a year leave."""
    kept = frame[frame["year"] == year]
    for column, value in scope.items():
        kept = kept[kept[column] == value]
    return kept


def standing_of(evaluations: pd.DataFrame, shortfalls: pd.DataFrame, scope: Scope, year: int) -> Standing:
    """The counts of a year from the exported tables alone."""
    rows = _within(evaluations, scope, year)
    # An enrolment's period is over once the last year of it that is ever due was due.
    last_due = evaluations.groupby(["space_id", "edition", "track"])["due"].transform("max").loc[rows.index]
    over = last_due < pd.Timestamp(TODAY)
    results, warned = rows["result"].value_counts(), rows["exit_warning"]
    return Standing(
        year,
        enrolments=len(rows),
        spaces=rows["space_id"].nunique(),
        passed=results.get("pass", 0),
        failed=results.get("fail", 0),
        unfiled=results.get("unfiled", 0),
        upcoming=results.get("upcoming", 0),
        one_more=((warned == "one_more") & ~over).sum(),
        exit=((warned == "exit") & ~over).sum(),
        ended=((warned == "exit") & over).sum(),
        warned=(warned != "none").sum(),
        shortfalls=len(_within(shortfalls, scope, year)),
    )


def test_the_figures_on_top_are_those_of_the_exports(programme: Engine, scope: Scope) -> None:
    exported = attainment.evaluations(programme, TODAY), attainment.shortfalls(programme, TODAY)
    for standing, year in zip(
        overview.standing(programme, TODAY, year=YEAR, **_chosen(scope)), (YEAR, YEAR - 1), strict=True
    ):
        assert standing == standing_of(*exported, scope, year)


def test_whoever_is_warned_needs_attention(programme: Engine, scope: Scope) -> None:
    warned = _within(attainment.evaluations(programme, TODAY), scope)
    warned = warned[warned["exit_warning"] != "none"]
    listed = overview.attention(programme, TODAY, year=YEAR, **_chosen(scope))
    assert {*warned["space_id"]} == {*listed[listed["exit_warning"] != "none"]["space_id"]}
    assert (listed[listed["exit_warning"] == "none"]["unreachable"] > 0).all()


def test_a_second_year_without_a_filing_is_told(programme: Engine) -> None:
    evaluations = attainment.evaluations(programme, TODAY).set_index(["space_id", "track", "year"])["result"]
    listed = overview.attention(programme, TODAY, year=YEAR)
    for space, track, second in listed[["space_id", "track", "second_unfiled"]].itertuples(index=False):
        results = [evaluations.get((space, track, year)) for year in (YEAR - 1, YEAR)]
        assert second == (results == ["unfiled", "unfiled"])


def test_the_heatmap_has_the_statuses_of_the_export_worst_first(programme: Engine) -> None:
    cells, matching = overview.heatmap(programme, TODAY, year=YEAR, tracks=("specialization",))
    exported = _within(attainment.attainment(programme, TODAY), {"track": "specialization"})
    keys = ["space_id", "requirement", "status"]
    assert matching == exported["space_id"].nunique()
    assert {*map(tuple, cells[keys].to_numpy())} == {*map(tuple, exported[keys].to_numpy())}
    lost = cells[cells["mandatory"] & cells["status"].isin(("short", "unreported", "unfiled"))]
    order = [int((lost["space_id"] == space).sum()) for space in cells["space_id"].unique()]
    assert order == sorted(order, reverse=True)


def test_pages_of_the_heatmap_have_every_space_once(programme: Engine, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(overview, "PAGE", 5)
    pages = [overview.heatmap(programme, TODAY, year=YEAR, tracks=("branding",), page=page)[0] for page in (1, 2, 3)]
    spaces = [space for page in pages for space in page["space_id"].unique()]
    _, matching = overview.heatmap(programme, TODAY, year=YEAR, tracks=("branding",))
    assert len(spaces) == len({*spaces}) == matching


@pytest.mark.parametrize(("search", "found"), [("空间 003", 1), ("sl00009", 1), ("%", 0), ("", None)])
def test_a_search_is_part_of_a_name_or_an_id_taken_literally(programme: Engine, search: str, found: int | None) -> None:
    _, matching = overview.heatmap(programme, TODAY, year=YEAR, search=search)
    assert matching == (found if found is not None else len(_within(attainment.evaluations(programme, TODAY), {})))


def test_statuses_by_year_are_those_of_the_export(programme: Engine, scope: Scope) -> None:
    exported = attainment.attainment(programme, TODAY)
    counted = overview.statuses(programme, TODAY, year=YEAR, **_chosen(scope))
    for year in counted["year"].unique():
        rows = _within(exported[exported["mandatory"]], scope, year)
        expected = rows.groupby(["requirement", "status"]).size()
        told = counted[counted["year"] == year].set_index(["requirement", "status"])["enrolments"]
        assert told.to_dict() == expected.to_dict()


def test_filings_received_are_those_of_the_export(programme: Engine) -> None:
    for track in ((), ("internationalization",)):
        exported = attainment.filings(programme, TODAY, years=[YEAR], tracks=track)
        counted = overview.received(programme, TODAY, year=YEAR, tracks=track)
        assert counted.groupby("state")["filings"].sum().to_dict() == exported["state"].value_counts().to_dict()
        late = counted[counted["state"] == "late"]
        assert (late["filed_on"] > late["due"]).all()


def test_districts_are_those_of_the_export(programme: Engine) -> None:
    exported = _within(attainment.evaluations(programme, TODAY), {})
    counted = overview.districts(programme, TODAY, year=YEAR).set_index(["district", "result"])["enrolments"]
    assert counted.to_dict() == exported.groupby(["district", "result"]).size().to_dict()


def test_the_curve_of_filings_ends_at_all_that_came(programme: Engine) -> None:
    exported = attainment.filings(programme, TODAY, years=[YEAR])
    drawn = charts.received(overview.received(programme, TODAY, year=YEAR), TODAY, "zh")
    assert drawn.data[0].y[-1] == exported["state"].isin(("filed", "late")).sum()


def test_why_a_space_needs_attention_is_what_the_exports_say(programme: Engine) -> None:
    keys = ["space_id", "edition", "track"]
    evaluations = attainment.evaluations(programme, TODAY)
    now, before = (evaluations[evaluations["year"] == year].set_index(keys) for year in (YEAR, YEAR - 1))
    listed = overview.attention(programme, TODAY, year=YEAR).set_index(keys)
    assert len(listed)
    for key, row in listed.iterrows():
        assert row["missed"] == now.loc[key, ["short", "unreported"]].sum()
        assert row["result"] == now.loc[key, "result"]
        assert (row["result_before"] if key in before.index else None) == before["result"].get(key)
