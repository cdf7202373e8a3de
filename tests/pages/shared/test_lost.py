"""A mistyped address leads to the first page, in the person's language; every other one is left alone."""

import pytest
from starlette.applications import Starlette
from starlette.responses import PlainTextResponse
from starlette.routing import Route
from starlette.testclient import TestClient

from pages.shared.lost import Lost
from tests.pages.conftest import OpenPage, drawn, read, said

PAGE = {"Accept": "text/html,*/*"}


def _client(base: str = "") -> TestClient:
    app = Starlette(routes=[Route("/{path:path}", lambda _: PlainTextResponse("there"))])
    return TestClient(Lost(app, {"/filing", "/sign-in"}, base), follow_redirects=False)


@pytest.mark.parametrize(
    ("path", "leads"),
    [
        ("/fling", "/?lost=fling"),
        ("/fling?lang=en&year=2024", "/?lang=en&lost=fling"),
        ("/filing/SL00014", "/?lost=filing%2FSL00014"),
        ("/Filing?year=2024", "/filing?year=2024"),
        ("/filing/", "/filing"),
        ("//evil.example/x", "/?lost=evil.example%2Fx"),
    ],
)
def test_an_address_of_no_page_leads_to_the_first(path: str, leads: str) -> None:
    found = _client().get(f"http://testserver{path}", headers=PAGE)
    assert (found.status_code, found.headers["location"]) == (303, leads)


@pytest.mark.parametrize("path", ["/", "/filing?year=2024", "/sign-in", "/api/v1/x", "/favicon.png", "/_stcore/health"])
def test_every_other_address_is_left_alone(path: str) -> None:
    assert _client().get(path, headers=PAGE).text == "there"


def test_under_a_path_of_its_own_and_for_a_tool() -> None:
    assert _client("city").get("/city/fling", headers=PAGE).headers["location"] == "/city/?lost=fling"
    assert _client().get("/fling", headers={"Accept": "application/json"}).text == "there"


@pytest.mark.parametrize(("lang", "told"), [("zh", "没有“/fling”这个页面"), ("en", "There is no page /fling")])
def test_the_first_page_says_so_and_names_the_one_that_may_be_meant(
    nothing: str, open_page: OpenPage, lang: str, told: str
) -> None:
    app = open_page(nothing, lang=lang, lost="fling")
    assert told in read(said(app))
    assert f'href="filing?lang={lang}"' in drawn(app)
