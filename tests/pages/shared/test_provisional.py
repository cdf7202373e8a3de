"""The switch that leaves out what is not approved: on every page that has it, and in what leads from there."""

import pytest

from pages.shared import data
from tests import databases, reviewed
from tests.pages.conftest import OpenPage, drawn, listed, said
from tracking import database
from tracking.access.people import Grant, Person
from tracking.database import Scope
from tracking.review import acting


@pytest.fixture(scope="module")
def half_approved(tmp_path_factory: pytest.TempPathFactory) -> str:
    """S1 is approved for 2022, S2 and S3 have filed for it, all of one brand but some to spare."""
    url = databases.shanghai_at(tmp_path_factory.mktemp("half") / "approved.duckdb")
    engine = reviewed.filed(database.connect(url))
    for name, act in (("reviewer", "check"), ("manager", "approve")):
        assert acting.act(reviewed.by(engine, name), act, [reviewed.of("S1")]).moved
    # The accounts served to file and approve; who looks is at this machine.
    with engine.begin() as connection:
        connection.exec_driver_sql("DELETE FROM account")
    engine.dispose()
    return url


@pytest.mark.parametrize(
    ("page", "query", "rows"),
    [
        ("overview", {"year": "2022", "queue": "last_chance"}, 2),
        ("decisions", {"year": "2022", "phase": "construction"}, 2),
        ("shortfalls", {"year": "2022", "requirement": "x"}, 0),
    ],
    ids=["overview", "decisions", "shortfalls"],
)
def test_the_switch_leaves_out_what_is_not_approved_and_says_so(
    open_page: OpenPage, half_approved: str, page: str, query: dict[str, str], rows: int
) -> None:
    whole = open_page(half_approved, page, lang="zh", **query)
    assert not whole.exception
    assert "°" in drawn(whole)
    assert "° 暂定" in said(whole)
    # A page's run takes the place of the one before.
    before = {*listed(whole)}
    kept = whole.selectbox(key="filter_approved_only").select("yes").run()
    assert not kept.exception
    assert kept.query_params["approved_only"] == "yes"
    assert "°" not in drawn(kept)
    assert "未列出" in said(kept)
    assert ({"S2", "S3"} & before) or page == "overview"
    assert not {"S2", "S3"} & {*listed(kept)}
    if rows:
        assert f"另有 {rows} 行" in said(kept)
    else:
        assert "approved_only=yes" in kept.code[0].value


@pytest.mark.parametrize("page", ["space", "compare"])
def test_a_space_without_what_is_not_approved_has_neither_figures_nor_a_verdict(
    open_page: OpenPage, half_approved: str, page: str
) -> None:
    whole = open_page(half_approved, page, lang="zh", space="S2", compared="2022", beside="S1")
    assert "°" in drawn(whole)
    kept = open_page(half_approved, page, lang="zh", space="S2", compared="2022", beside="S1", approved_only="yes")
    assert not kept.exception
    assert "°" not in drawn(kept)
    assert "未列出" in said(kept)
    if page == "space":
        assert "结论依据尚未批准的填报" in kept.header[0].value


def test_where_all_is_approved_there_is_no_switch(open_page: OpenPage, made_up: str) -> None:
    assert "filter_approved_only" not in {each.key for each in open_page(made_up, "decisions").selectbox}


def test_of_two_grants_each_space_is_shown_by_the_one_that_shows_more(
    open_page: OpenPage, half_approved: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    north, south = (Scope("district", district) for district in ("北区", "南区"))
    analyst = Person(None, "both", grants=(Grant("analyst", north), Grant("analyst", south, provisional=True)))
    monkeypatch.setattr(data, "person", lambda: analyst)
    pages = [open_page(half_approved, "space", lang="en", space=each, as_of="2023-05-01") for each in ("S2", "S3")]
    assert ["°" in drawn(each) for each in pages] == [False, True]
    # What a filing would come to is not approved either.
    assert [any(part.label.startswith("What if: 2023") for part in each.expander) for each in pages] == [False, True]
    beside = open_page(half_approved, "compare", lang="en", space="S2", beside="S3", compared="2022")
    assert not beside.exception
    assert "°" in drawn(beside)
