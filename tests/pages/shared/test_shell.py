"""The empty HTML page that Streamlit draws into, with what is put into it from the beginning."""

import re
from pathlib import Path

import streamlit
from starlette.applications import Starlette
from starlette.responses import HTMLResponse, PlainTextResponse
from starlette.routing import Route
from starlette.testclient import TestClient

from pages.shared.shell import Shell

SCRIPTS = Path(streamlit.__file__).parent / "static" / "static" / "js"
PAGE = "<html><head></head><body><noscript>空间</noscript></body></html>"
CLIENT = TestClient(
    Shell(
        Starlette(
            routes=[
                Route("/", lambda _: HTMLResponse(PAGE)),
                Route("/text", lambda _: PlainTextResponse("<body>")),
            ]
        )
    )
)
ASKED = {"Accept": "text/html"}


def test_scripts_that_will_be_needed_are_asked_for_from_the_beginning() -> None:
    page = CLIENT.get("/", headers=ASKED).text
    names = re.findall(r'<link rel="(\w+)" as="script" crossorigin href="\./static/js/([^"]+)">', page)
    assert all((SCRIPTS / name).is_file() for _, name in names)
    # Each once, of the release that is pinned: the charts' own is megabytes, and nobody should wait for it on a click.
    kinds = {name.split(".")[0]: how for how, name in names}
    assert len(kinds) == len(names)
    assert kinds["PlotlyChart"] == "prefetch"
    assert kinds["Html"] == "modulepreload"


def test_the_page_stays_whole_and_is_as_long_as_it_says() -> None:
    answer = CLIENT.get("/", headers=ASKED)
    assert int(answer.headers["Content-Length"]) == len(answer.content)
    assert answer.text.startswith("<html><head></head><body>")
    assert answer.text.endswith(PAGE[25:])


def test_what_is_no_page_is_left_as_it_is() -> None:
    assert CLIENT.get("/text", headers=ASKED).text == "<body>"
    assert CLIENT.get("/", headers={"Accept": "application/json"}).text == PAGE
