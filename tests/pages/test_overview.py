"""The overview: every number on it is the number of the exported tables."""

import pytest
from sqlalchemy import Engine

from tests.pages.conftest import NOWHERE, TODAY, OpenPage, read, said
from tests.tracking.results.test_overview import SCOPES, YEAR, Scope, standing_of
from tracking.charts import sentences
from tracking.results.tables import attainment
from tracking.words.language import Lang


@pytest.mark.parametrize("scope", SCOPES, ids=lambda scope: "-".join(scope.values()) or "everything")
@pytest.mark.parametrize("lang", ["zh", "en"])
def test_the_page_shows_what_the_exports_say(
    programme: Engine, made_up: str, open_page: OpenPage, scope: Scope, lang: Lang
) -> None:
    exported = attainment.evaluations(programme, TODAY), attainment.shortfalls(programme, TODAY)
    now, before = (standing_of(*exported, scope, year) for year in (YEAR, YEAR - 1))
    app = open_page(made_up, lang=lang, **scope)
    assert not app.exception
    assert read(app.header[0].value) == sentences.standing(now, lang)
    shown = [
        (f"{now.passed} / {now.due}", now.passed - before.passed),
        (f"{now.failed} / {now.due}", now.failed - before.failed),
        (f"{now.unfiled} / {now.due}", now.unfiled - before.unfiled),
        (str(now.warned), now.warned - before.warned),
        (str(now.shortfalls), now.shortfalls - before.shortfalls),
    ]
    same = {"zh": "持平", "en": "unchanged"}[lang]
    assert [each.value for each in app.metric] == [value for value, _ in shown]
    assert [each.delta for each in app.metric] == [
        "" if not before.enrolments else f"{change:+}" if change else same for _, change in shown
    ]


def test_filters_of_the_url_are_the_page_s(made_up: str, open_page: OpenPage) -> None:
    app = open_page(made_up, track="branding", year="2024", district="不存在的区")
    assert [box.value for box in app.selectbox] == ["shanghai-sanhua", "branding", "", "", "2024", ""]
    assert "2024" in app.header[0].value


def test_a_choice_goes_into_the_url(made_up: str, open_page: OpenPage) -> None:
    app = open_page(made_up)
    app.selectbox(key="filter_track").select("branding").run()
    assert app.query_params["track"] == "branding"
    app.selectbox(key="filter_track").select("").run()
    assert "track" not in app.query_params


def test_nobody_enrolled_is_told_with_what_to_do(nothing: str, open_page: OpenPage) -> None:
    app = open_page(nothing)
    assert not app.exception
    assert "名册" in said(app)


def test_no_database_is_told_with_what_to_do(open_page: OpenPage) -> None:
    app = open_page(NOWHERE)
    assert not app.exception
    assert "tracking init" in app.error[0].value
