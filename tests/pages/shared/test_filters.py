"""The row of filters: as they are declared, where there is something to choose, in the URL and nowhere else."""

import re
from pathlib import Path

import pytest

from tests import databases
from tests.pages.conftest import OpenPage, listed
from tracking import database
from tracking.filing import register
from tracking.results.tables.filters import FILTERS

REGISTER = """space_id,space_name,district,brand,track,start_year,end_year
S1,一号,A区,甲,branding,2022,2024
S2,二号,B区,甲,specialization,2022,2024
S3,三号,A区,,branding,2022,2024
"""
DECLARED = {each.name for each in FILTERS if each.place}


def _enrolled(url: str, content: str) -> str:
    engine = database.connect(url)
    assert register.load(engine, content.encode(), "register.csv", by="tests").loaded
    engine.dispose()
    return url


@pytest.fixture
def branded(tmp_path: Path) -> str:
    """The address of a database with two spaces of a brand and one of none."""
    return _enrolled(databases.shanghai_at(tmp_path / "branded.duckdb"), REGISTER)


@pytest.mark.parametrize("page", ["overview", "shortfalls", "decisions"])
def test_every_filter_stands_in_the_row_and_shows_what_the_url_says(
    open_page: OpenPage, branded: str, page: str
) -> None:
    chosen = {"edition": "shanghai-sanhua", "track": "branding", "district": "A区", "brand": "甲"}
    chosen |= {"year": "2024", "phase": "cultivation", "approved_only": "yes"}
    assert chosen.keys() == DECLARED
    app = open_page(branded, page, **chosen, column="space_id")
    shown = {each.key.removeprefix("filter_"): each.value for each in app.selectbox if each.key.startswith("filter_")}
    # Of one edition there is nothing to choose.
    assert {name: shown.get(name, "shanghai-sanhua") for name in DECLARED} == chosen
    assert "edition" not in shown
    listed = {code for each in app.get("html") for code in re.findall(r"\bspace=(\w+)", each.proto.body)}
    assert listed == {"S1"}


def test_a_brand_chooses_the_spaces_of_a_page_and_of_its_files(open_page: OpenPage, branded: str) -> None:
    app = open_page(branded, "shortfalls", column="space_id")
    assert set(listed(app)) == {"S1", "S2", "S3"}
    app = app.selectbox(key="filter_brand").select("甲").run()
    assert app.query_params["brand"] == "甲"
    assert set(listed(app)) == {"S1", "S2"}
    assert "brand=%E7%94%B2" in app.code[0].value
    app = app.selectbox(key="filter_brand").select("").run()
    assert "brand" not in app.query_params


def test_a_brand_leaves_its_own_spaces_to_look_at(open_page: OpenPage, branded: str) -> None:
    app = open_page(branded, "space", lang="en", brand="甲")
    assert app.selectbox(key="filter_space").options == ["S1 一号", "S2 二号"]


def test_where_no_space_has_a_brand_none_is_asked_for(open_page: OpenPage, tmp_path: Path) -> None:
    url = _enrolled(databases.shanghai_at(tmp_path / "plain.duckdb"), REGISTER.replace("甲", ""))
    app = open_page(url, "shortfalls")
    keys = {each.key for each in app.selectbox}
    assert "filter_brand" not in keys
    assert "filter_district" in keys
    assert listed(app)


@pytest.mark.parametrize(("name", "value"), [("district", "C区"), ("year", "1999"), ("track", "none")])
def test_a_filter_that_names_what_is_not_there_shows_nothing(
    open_page: OpenPage, branded: str, name: str, value: str
) -> None:
    app = open_page(branded, "shortfalls", **{name: value})
    assert value in app.warning[0].value
    assert not listed(app)
