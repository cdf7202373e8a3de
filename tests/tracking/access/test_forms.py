"""What a request to the pages around a session says of itself, and where they may lead on to."""

import pytest
from starlette.requests import Request

from tracking.access import forms


def request(query: str = "", **headers: str) -> Request:
    raw = [(name.replace("_", "-").lower().encode(), value.encode()) for name, value in headers.items()]
    return Request({"type": "http", "query_string": query.encode(), "headers": raw})


@pytest.mark.parametrize(
    ("target", "led"),
    [
        ("/city/space?space=a", "/city/space?space=a"),
        ("/space", ""),
        ("https://evil.example/city/", ""),
        ("//evil.example/city/", ""),
        ("javascript:alert(1)", ""),
        ("/city/\\evil.example", ""),
        ("/city/\nSet-Cookie: a", ""),
        ("", ""),
    ],
)
def test_a_page_leads_on_to_paths_of_this_server_alone(target: str, led: str) -> None:
    assert forms.own_path(target, "/city") == led


@pytest.mark.parametrize(
    ("headers", "own"),
    [
        ({"Sec_Fetch_Site": "same-origin"}, True),
        ({"Sec_Fetch_Site": "cross-site", "Origin": "http://city.example", "Host": "city.example"}, False),
        ({"Origin": "http://city.example", "Host": "city.example"}, True),
        ({"Origin": "http://evil.example", "Host": "city.example"}, False),
        ({}, False),
    ],
)
def test_a_form_is_from_here_where_the_browser_says_so(headers: dict[str, str], own: bool) -> None:
    assert forms.from_here(request(**headers)) == own


@pytest.mark.parametrize(
    ("query", "accepts", "lang"),
    [("lang=en", "zh-CN", "en"), ("lang=fr", "en-GB,zh;q=0.5", "en"), ("", "fr", "zh"), ("", "", "zh")],
)
def test_the_language_is_the_one_chosen_else_the_browsers(query: str, accepts: str, lang: str) -> None:
    assert forms.lang_of(request(query, Accept_Language=accepts)) == lang


def test_nothing_that_is_typed_becomes_markup() -> None:
    made = forms.form(
        request(), "/sign-in", (forms.Field("name", "text", "username"),), "sign_in.enter", typed={"name": '"><b>'}
    )
    assert "<b>" not in made
    assert "&quot;&gt;&lt;b&gt;" in made
