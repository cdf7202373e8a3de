"""The overview: every number on it is the number of the exported tables."""

import html
import re

import pytest
from sqlalchemy import Engine
from streamlit.testing.v1 import AppTest

from tests.pages.conftest import NOWHERE, TODAY, OpenPage, read, said
from tests.tracking.results.conftest import KEYS, YEAR
from tests.tracking.results.overview.about import Scope, counts, judged
from tracking import database
from tracking.filing import register
from tracking.results.tables import attainment
from tracking.words import numbers
from tracking.words.language import Lang


def drawn(app: AppTest) -> str:
    """The page's own markup."""
    return "\n".join(each.proto.body for each in app.get("html"))


@pytest.mark.parametrize(("scope", "lang"), [({}, "zh"), ({"track": "branding"}, "en")], ids=["all", "branding"])
def test_the_page_shows_what_the_exports_say(city: str, open_page: OpenPage, scope: Scope, lang: Lang) -> None:
    engine = database.connect(city)
    exported = {name: getattr(attainment, name)(engine, TODAY) for name in ("attainment", "evaluations", "verdicts")}
    engine.dispose()
    app = open_page(city, lang=lang, **scope)
    assert not app.exception
    parts = counts(exported, scope, YEAR, judged(exported, scope, YEAR).index)
    shares = [numbers.share(count / of) for count, of in parts.values()]
    assert re.findall(r'<div class="value">([^<]*)</div>', drawn(app)) == shares
    assert shares[0] in read(app.header[0].value)
    chances = judged(exported, scope, YEAR)
    due = exported["evaluations"].groupby(KEYS)["due"].max()
    running = chances.index.isin(due.index[due >= TODAY.isoformat()])
    count = int(((chances["exit_warning"] == "one_more") & running).sum())
    assert {"zh": f"再不通过即退出（在培） {count}<", "en": f"Last chance (running) {count}<"}[lang] in drawn(app)


def rows_of(markup: str) -> list[str]:
    """The names in the rows of a list."""
    return re.findall(r'<a class="inside row"[^>]*>([^<]*)</a>', markup)


def test_a_part_of_a_cohort_leads_to_its_list(programme: Engine, made_up: str, open_page: OpenPage) -> None:
    page = drawn(open_page(made_up))
    query, count = re.search(r'href="[^"]*(cohort=[^"]*verdict=failed)"[^>]*title="[^"]*未完成 (\d+) 个', page).groups()
    chosen = dict(pair.split("=") for pair in html.unescape(query).split("&"))
    listed = rows_of(
        drawn(open_page(made_up, whole="cohort", **chosen)).split('<h3 class="list">')[1].split("</table>")[0]
    )
    verdicts = attainment.verdicts(programme, TODAY).set_index("verdict").loc["failed"]
    start, end, _ = chosen["cohort"].split("-")
    there = verdicts[(verdicts["start_year"] == int(start)) & (verdicts["end_year"] == int(end))]
    assert len(listed) == int(count)
    assert {*map(html.unescape, listed)} <= {*there["space_name"]}


def test_what_is_over_stands_apart_from_what_runs(nothing: str, open_page: OpenPage) -> None:
    engine = database.connect(nothing)
    head = "space_id,space_name,district,track,start_year,end_year"
    rows = f"{head}\nS1,一,甲,branding,2022,2024\nS2,二,甲,branding,2022,2027\n"
    assert register.load(engine, rows.encode(), "register.csv", by="tests").loaded
    engine.dispose()
    app = open_page(nothing, year="2024", queue="absent")
    assert re.findall(r"(在培|期满)的 1 个", said(app)) == ["在培", "期满"]
    assert [rows_of(each.proto.body) for each in app.get("html") if rows_of(each.proto.body)] == [["二"], ["一"]]


def test_a_year_to_come_is_a_page_of_its_own(made_up: str, open_page: OpenPage) -> None:
    app = open_page(made_up, year=str(YEAR + 1))
    assert not app.exception
    assert "2027-03-31 截止" in read(app.header[0].value)
    assert "−" not in read(app.header[0].value)
    assert "再不通过即退出：" in said(app)
    assert "当年通过率" not in drawn(app)


def test_filters_of_the_url_are_the_page_s(made_up: str, open_page: OpenPage) -> None:
    app = open_page(made_up, track="branding", year="2024", district="南区（示例）")
    boxes = [box.value for box in app.selectbox if box.key.startswith("filter_")]
    assert boxes == ["branding", "南区（示例）", "", "2024", ""]
    assert "2024" in app.header[0].value


def test_a_choice_goes_into_the_url(made_up: str, open_page: OpenPage) -> None:
    app = open_page(made_up)
    app.selectbox(key="filter_track").select("branding").run()
    assert app.query_params["track"] == "branding"
    app.selectbox(key="filter_track").select("").run()
    assert "track" not in app.query_params


@pytest.mark.parametrize("name", ["district", "queue", "lang"])
def test_a_place_that_is_unknown_is_said_and_nothing_else_shown(made_up: str, open_page: OpenPage, name: str) -> None:
    app = open_page(made_up, "overview", **{name: "nowhere"})
    assert "nowhere" in read(app.warning[0].value)
    assert not app.header


def test_nobody_enrolled_is_told_with_what_to_do(nothing: str, open_page: OpenPage) -> None:
    app = open_page(nothing)
    assert not app.exception
    assert "名册" in said(app)


def test_no_database_is_told_with_what_to_do(open_page: OpenPage) -> None:
    app = open_page(NOWHERE)
    assert not app.exception
    assert "tracking init" in app.error[0].value
