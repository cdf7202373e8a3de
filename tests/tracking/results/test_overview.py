"""The overview's figures: every one of them is what pandas makes of a city's exported tables and figures.

So are its counts of what rests on filings that are not approved, and what is left of it without them.
"""

from fractions import Fraction

import pandas as pd
import pytest
from sqlalchemy import Engine

from tests.tracking.results.conftest import ABSENT, KEYS, MISSED, TODAY, YEAR
from tracking.charts import headlines
from tracking.results.overview import cells, cohorts, coming, places, queue, rates, weakest
from tracking.results.tables.filters import Chosen

APPROVED = {"provisional": False}
SCOPES = [{}, {"track": "branding", "district": "北区（示例）"}, {"phase": "construction"}, APPROVED]
Scope = dict[str, str | bool]


@pytest.fixture(params=SCOPES, ids=lambda scope: "-".join(map(str, scope.values())) or "everything")
def scope(request: pytest.FixtureRequest) -> Scope:
    """Each filter once."""
    return request.param


def chosen(scope: Scope) -> Chosen:
    if scope == APPROVED:
        return {"approved_only": True}
    return {f"{name}s": (value,) for name, value in scope.items()}  # type: ignore[return-value]


def within(frame: pd.DataFrame, scope: Scope) -> pd.DataFrame:
    for column, value in scope.items():
        frame = frame[frame[column] == value]
    return frame


def judged(exported: dict[str, pd.DataFrame], scope: Scope, year: int) -> pd.DataFrame:
    """The rows of `evaluations` of a year whose due day is past, by enrolment."""
    rows = within(exported["evaluations"], scope)
    return rows[(rows["year"] == year) & (rows["due"] < pd.Timestamp(TODAY))].set_index(KEYS)


def targets(exported: dict[str, pd.DataFrame], scope: Scope, year: int) -> pd.DataFrame:
    """The mandatory cultivation targets owed in a year by whoever is judged, with whether they were missed."""
    rows = within(exported["attainment"], scope)
    rows = rows[(rows["year"] == year) & rows["mandatory"] & (rows["stage"] == "target")].set_index(KEYS)
    rows = rows.loc[rows.index.isin(judged(exported, scope, year).index)]
    return rows.assign(missed=rows["status"].isin(MISSED))


def counts(exported: dict[str, pd.DataFrame], scope: Scope, year: int, among: pd.Index) -> dict[str, tuple[int, int]]:
    """Each rate of a year as a count and what it is of, among some enrolments."""
    rows, owed = judged(exported, scope, year), targets(exported, scope, year)
    rows, owed = rows.loc[rows.index.isin(among)], owed.loc[owed.index.isin(among)]
    of_result = {"passed": "pass", "failed": "fail", "not_filed": "unfiled"}
    return {name: (int((rows["result"] == result).sum()), len(rows)) for name, result in of_result.items()} | {
        "missed": (int(owed["missed"].sum()), len(owed))
    }


def over(exported: dict[str, pd.DataFrame]) -> pd.Series:
    """Whether the last year of an enrolment that is ever due was due, by enrolment."""
    return exported["evaluations"].groupby(KEYS)["due"].max() < pd.Timestamp(TODAY)


def test_rates_and_their_change_are_those_of_the_exports(
    city: Engine, exported: dict[str, pd.DataFrame], scope: Scope
) -> None:
    found = rates.rates(city, TODAY, year=YEAR, **chosen(scope))
    now, before = (judged(exported, scope, year) for year in (YEAR, YEAR - 1))
    both = now.index.intersection(before.index)
    assert (found.enrolments, found.twice) == (len(now), len(both))
    assert found.spaces == now.index.get_level_values("space_id").nunique()
    expected = counts(exported, scope, YEAR, now.index)
    again, earlier = (counts(exported, scope, year, both) for year in (YEAR, YEAR - 1))
    assert (found.provisional, found.provisional_before) == (
        now["provisional"].sum(),
        before.loc[both, "provisional"].sum(),
    )
    assert (found.provisional > 0) == ("provisional" not in scope)
    owed = targets(exported, scope, YEAR)
    assert [each.now.provisional for each in found.all] == [now["provisional"].sum()] * 3 + [owed["provisional"].sum()]
    for each in found.all:
        assert (each.now.count, each.now.of) == expected[each.name]
        assert (each.both.count, each.both.of) == again[each.name]
        assert (each.before.count, each.before.of) == earlier[each.name]
        for year, share in each.line:
            part = counts(exported, scope, year, judged(exported, scope, year).index)[each.name]
            assert share == pytest.approx(part[0] / part[1])
        if len(both):
            change = Fraction(*again[each.name]) - Fraction(*earlier[each.name])
            assert each.change == pytest.approx(float(change))
        else:
            assert each.change is None


def test_cohorts_are_the_verdicts_of_the_export(city: Engine, exported: dict[str, pd.DataFrame], scope: Scope) -> None:
    place = {name: value for name, value in scope.items() if name != "phase"}
    verdicts = within(exported["verdicts"], place).join(over(exported).rename("period_over"), on=KEYS)
    columns = ["start_year", "end_year", "period_over", "verdict"]
    found = cohorts.cohorts(city, TODAY, **chosen(place)).set_index(columns)
    rests = verdicts[verdicts["provisional"]].groupby(columns).size()
    assert found["provisional"][lambda of: of > 0].to_dict() == rests.to_dict()
    found = found["enrolments"]
    assert found.to_dict() == verdicts.groupby(columns).size().to_dict()
    start, end, ended, verdict = (
        int(found.index[0][0]),
        int(found.index[0][1]),
        bool(found.index[0][2]),
        found.index[0][3],
    )
    listed = cohorts.members(city, TODAY, start=start, end=end, verdict=verdict, over=ended, **chosen(place))
    there = verdicts[(verdicts[columns] == list(found.index[0])).all(axis=1)]
    assert sorted(map(tuple, listed[KEYS].to_numpy())) == sorted(map(tuple, there[KEYS].to_numpy()))


def reach(exported: dict[str, pd.DataFrame], year: int) -> pd.DataFrame:
    """The missed cumulative requirements of a year beside the enrolment's own best year, from the filed figures."""
    best = exported["observations"].groupby(["space_id", "metric"])["value"].max().rename("best")
    rows = exported["attainment"]
    rows = rows[(rows["year"] == year) & (rows["basis"] == "cumulative") & rows["mandatory"]]
    return rows[rows["status"].isin(MISSED)].join(best, on=["space_id", "metric"])


def test_the_queues_are_those_of_the_exports(city: Engine, exported: dict[str, pd.DataFrame], scope: Scope) -> None:
    rows = judged(exported, scope, YEAR)
    due = exported["evaluations"][exported["evaluations"]["due"] < pd.Timestamp(TODAY)]
    ended = over(exported).reindex(rows.index)
    last = due.groupby(KEYS)["year"].max().reindex(rows.index) == YEAR
    verdict = exported["verdicts"].set_index(KEYS)["verdict"].reindex(rows.index)
    missed = reach(exported, YEAR).set_index(KEYS)
    within_reach = missed[(missed["status"] == "behind_pace") & (missed["needed_per_year"] <= missed["best"])].index
    beyond = missed[missed["needed_per_year"] > missed["best"]].index
    expected = {
        "leaving": (rows["exit_warning"] == "exit") & ~ended & last,
        "last_chance": (rows["exit_warning"] == "one_more") & ~ended & last,
        "failing": ended & last & (verdict == "failed"),
        "absent": rows["result"] == "unfiled",
        "behind": ~ended & last & rows.index.isin(within_reach),
        "out_of_reach": ~ended & last & rows.index.isin(beyond),
    }
    found = queue.members(city, TODAY, year=YEAR, **chosen(scope)).set_index(KEYS)
    # By the verdict stands who is in one of the queues that look at the whole period.
    by_verdict = expected["failing"] | expected["behind"] | expected["out_of_reach"]
    verdicts = exported["verdicts"].set_index(KEYS)["provisional"].reindex(rows.index)
    rests = rows["provisional"] | (verdicts & by_verdict)
    left = ~rests if scope == APPROVED else rests | True
    for name in queue.QUEUES:
        assert {*found.index[found[name].astype("bool")]} == {*rows.index[expected[name] & left]}
    assert (found["provisional"] == rests.reindex(found.index)).all()
    assert (found["verdict_provisional"] == verdicts.reindex(found.index)).all()
    assert (found["warning_provisional"] == rows["provisional"].reindex(found.index)).all()
    assert (found["verdict"] == verdict.reindex(found.index)).all()
    running = list(~found["period_over"].astype("bool"))
    assert running == sorted(running, reverse=True)


def test_what_was_missed_is_the_list_of_shortfalls(city: Engine, exported: dict[str, pd.DataFrame]) -> None:
    spaces = tuple(exported["verdicts"]["space_id"].unique()[:20])
    rows = exported["attainment"]
    rows = rows[rows["space_id"].isin(spaces) & rows["mandatory"] & rows["status"].isin(MISSED)]
    found = queue.missed(city, TODAY, spaces=spaces)
    columns = [*KEYS, "year", "requirement", "provisional"]
    assert sorted(map(tuple, found[columns].to_numpy())) == sorted(map(tuple, rows[columns].to_numpy()))
    approved = queue.missed(city, TODAY, spaces=spaces, approved_only=True)
    assert len(approved) == (~rows["provisional"]).sum() < len(rows)
    assert {*found.loc[found["absent"], "status"]} <= {*ABSENT}
    strips = queue.strips(city, TODAY, spaces=spaces).set_index([*KEYS, "year"])["result"]
    results = exported["evaluations"].set_index([*KEYS, "year"])
    assert (results.loc[strips.index, "result"] == strips).all()


def test_the_requirements_missed_most_are_shares_of_those_who_owed_them(
    city: Engine, exported: dict[str, pd.DataFrame], scope: Scope
) -> None:
    found = weakest.weakest(city, TODAY, year=YEAR, **chosen(scope)).set_index("requirement")
    for year, names in ((YEAR, ("owed", "low", "absent")), (YEAR - 1, ("owed_before", "missed_before", ""))):
        rows = within(exported["attainment"], scope)
        rows = rows[(rows["year"] == year) & rows["mandatory"]].set_index(KEYS)
        rows = rows.loc[rows.index.isin(judged(exported, scope, year).index)]
        if year < YEAR:
            rows = rows[rows["stage"] == "target"]
        for code, of in rows[rows["requirement"].isin(found.index)].groupby("requirement"):
            missed, absent = of["status"].isin(MISSED), of["status"].isin(ABSENT)
            low = (missed & ~absent) if year == YEAR else missed
            assert (found.loc[code, names[0]], found.loc[code, names[1]]) == (len(of), low.sum())
            if names[2]:
                assert found.loc[code, "provisional"] == of["provisional"].sum()
                assert found.loc[code, names[2]] == (missed & absent).sum()
    for _, part in found.groupby("track"):
        assert part["share"].is_monotonic_decreasing


def test_a_headline_singles_out_no_one_of_several_and_counts_no_absence_as_failure() -> None:
    row = {"track": "t", "stage": "target", "owed": 10, "low": 2, "absent": 0, "provisional": 0}
    rows = pd.DataFrame([row | {"metric_name": "甲"}, row | {"metric_name": "乙", "low": 1, "absent": 9}])
    assert "甲" in headlines.weakest(rows, {}, "zh")
    equal = pd.DataFrame([row | {"metric_name": "甲"}, row | {"metric_name": "乙", "owed": 20, "low": 4}])
    assert headlines.weakest(equal, {}, "zh") == "最常未达标的 2 项培育目标并列，比例均为 20%"
    silent = pd.DataFrame([row | {"metric_name": "甲", "low": 0, "absent": 10}])
    assert "甲" not in headlines.weakest(silent, {}, "zh")


def test_districts_and_filings_are_those_of_the_exports(
    city: Engine, exported: dict[str, pd.DataFrame], scope: Scope
) -> None:
    found = places.districts(city, TODAY, year=YEAR, **chosen(scope)).set_index("district")
    for year, suffix in ((YEAR, ""), (YEAR - 1, "_before")):
        rows = judged(exported, scope, year).reset_index()
        assert found[f"judged{suffix}"][lambda of: of > 0].to_dict() == rows.groupby("district").size().to_dict()
        passed = rows[rows["result"] == "pass"].groupby("district").size()
        assert found[f"passed{suffix}"][lambda of: of > 0].to_dict() == passed.to_dict()
    rests = judged(exported, scope, YEAR).groupby("district")["provisional"].sum()
    assert found["provisional"].to_dict() == rests.to_dict()
    received = places.filings(city, TODAY, year=YEAR, **chosen(scope))
    for year in (YEAR, YEAR - 1):
        # That a filing came is no figure of it.
        owing = within(exported["evaluations"], {} if scope == APPROVED else scope)
        owing = owing[(owing["year"] == year) & owing["due"].notna()]["space_id"]
        filings = exported["filings"]
        filings = filings[(filings["year"] == year) & filings["space_id"].isin(owing)]
        told = received[received["year"] == year].groupby("state")["filings"].sum()
        assert told.to_dict() == filings["state"].value_counts().to_dict()
        assert received[received["year"] == year]["provisional"].sum() == filings["provisional"].sum()


def test_a_year_to_come_tells_who_owes_it_and_whose_last_chance_it_is(
    city: Engine, exported: dict[str, pd.DataFrame]
) -> None:
    found = coming.coming(city, TODAY, year=YEAR + 1)
    rows = exported["evaluations"]
    owing = rows[(rows["year"] == YEAR + 1) & (rows["due"] >= pd.Timestamp(TODAY))].set_index(KEYS)
    assert {*found.enrolments.set_index(KEYS).index} == {*owing.index}
    assert found.spaces == owing.index.get_level_values("space_id").nunique()
    assert found.received == owing[owing["result"] != "upcoming"].index.get_level_values("space_id").nunique()
    warned = judged(exported, {}, YEAR)
    warned = warned.index[(warned["exit_warning"] == "one_more").to_numpy()]
    chances = found.enrolments[found.enrolments["last_chance"]].set_index(KEYS).index
    assert {*chances} == {*warned.intersection(owing.index)}
    assert rates.rates(city, TODAY, year=YEAR + 1).enrolments == 0
    assert coming.coming(city, TODAY, year=YEAR).enrolments.empty


def test_the_heatmap_has_the_statuses_of_the_export_worst_first(
    city: Engine, exported: dict[str, pd.DataFrame], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(cells, "PAGE", 1000)
    found, matching = cells.heatmap(city, TODAY, year=YEAR, tracks=("specialization",))
    rows = within(exported["attainment"], {"track": "specialization"})
    rows = rows[rows["year"] == YEAR]
    keys = ["space_id", "requirement", "status", "provisional"]
    assert matching == rows["space_id"].nunique()
    assert {*map(tuple, found[keys].to_numpy())} == {*map(tuple, rows[keys].to_numpy())}
    lost = found[found["mandatory"] & found["status"].isin(("short", "unreported", "unfiled"))]
    order = [int((lost["space_id"] == space).sum()) for space in found["space_id"].unique()]
    assert order == sorted(order, reverse=True)


def test_pages_of_the_heatmap_have_every_space_once(programme: Engine, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(cells, "PAGE", 5)
    pages = [cells.heatmap(programme, TODAY, year=YEAR, tracks=("branding",), page=page)[0] for page in (1, 2, 3)]
    spaces = [space for page in pages for space in page["space_id"].unique()]
    _, matching = cells.heatmap(programme, TODAY, year=YEAR, tracks=("branding",))
    assert len(spaces) == len({*spaces}) == matching


@pytest.mark.parametrize(("search", "found"), [("空间 003", 1), ("sl00009", 1), ("%", 0)])
def test_a_search_is_part_of_a_name_or_an_id_taken_literally(programme: Engine, search: str, found: int) -> None:
    assert cells.heatmap(programme, TODAY, year=YEAR, search=search)[1] == found
