"""The dashboard run as Streamlit runs it, on a database with the made-up programme, on an empty one, on none."""

import re
from collections.abc import Callable, Iterator
from datetime import date
from html.parser import HTMLParser
from pathlib import Path

import pandas as pd
import pytest
import streamlit as st
from sqlalchemy import Engine
from streamlit.testing.v1 import AppTest

from pages.shared import data
from tests import databases, reviewed
from tracking import database
from tracking.access import people

APP = Path(__file__).parent.parent.parent / "pages" / "front.py"
# All that the made-up programme filed is in, and its last data year is due.
TODAY = date(2026, 6, 1)

NOWHERE = "duckdb:////nowhere/at/all.duckdb"

OpenPage = Callable[..., AppTest]


@pytest.fixture(scope="session")
def made_up(tmp_path_factory: pytest.TempPathFactory) -> str:
    """The address of a database with the made-up programme."""
    return databases.programme_at(tmp_path_factory.mktemp("made_up") / "made_up.duckdb")


@pytest.fixture(scope="session")
def city(tmp_path_factory: pytest.TempPathFactory) -> str:
    """The address of a database with a city of 600 spaces."""
    return databases.city_at(tmp_path_factory.mktemp("city") / "city.duckdb")


@pytest.fixture
def programme(made_up: str) -> Iterator[Engine]:
    """The made-up programme, to be asked directly."""
    engine = database.connect(made_up)
    yield engine
    engine.dispose()


@pytest.fixture
def nothing(tmp_path: Path) -> str:
    """The address of a database with a policy and nobody enrolled."""
    return databases.shanghai_at(tmp_path / "nothing.duckdb")


@pytest.fixture
def filed(tmp_path: Path) -> Iterator[tuple[str, Engine]]:
    """The address of a programme with people, of which three filed, and the programme."""
    url = databases.shanghai_at(tmp_path / "filed.duckdb")
    engine = database.connect(url)
    reviewed.filed(engine)
    yield url, engine
    engine.dispose()


@pytest.fixture
def open_page(monkeypatch: pytest.MonkeyPatch) -> Iterator[OpenPage]:
    """Opens a page of the dashboard on a database, with what its URL says."""
    _forget()
    monkeypatch.setattr(data, "today", lambda: TODAY)

    def open_page(url: str, name: str = "overview", **query: str) -> AppTest:
        app = AppTest.from_file(str(APP), default_timeout=60)
        if name != "overview":
            # Streamlit knows the pages only after the first run; without data that is quick.
            monkeypatch.setenv("TRACKING_DATABASE", NOWHERE)
            app.run().switch_page(f"{name}.py")
        monkeypatch.setenv("TRACKING_DATABASE", url)
        for parameter, value in query.items():
            app.query_params[parameter] = value
        return app.run()

    yield open_page
    _forget()


def _forget() -> None:
    """What Streamlit caches outlives one test."""
    st.cache_data.clear()
    st.cache_resource.clear()


def said(app: AppTest) -> str:
    """Everything that a page says in words."""
    kinds = ("title", "header", "subheader", "markdown", "caption", "info", "warning", "error", "text", "success")
    return "\n".join(str(each.value) for kind in kinds for each in app.get(kind))


def read(markdown: str) -> str:
    """What a person reads where a text of the data was kept from being markup."""
    return markdown.replace("\\", "").replace("\u2060", "")


def drawn(app: AppTest) -> str:
    """All HTML of our own on a page."""
    return "\n".join(each.proto.body for each in app.get("html"))


def look_as(monkeypatch: pytest.MonkeyPatch, engine: Engine, name: str) -> None:
    """Open the pages from now on as one of the programme's people."""
    person = people.person_of(reviewed.by(engine, name))
    monkeypatch.setattr(data, "person", lambda: person)


class _Tables(HTMLParser):
    """The tables of a page: of each its lines, of each line the texts of its cells."""

    def __init__(self) -> None:
        super().__init__()
        self.found: list[list[list[str]]] = []
        self.within = False

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:  # noqa: ARG002
        if tag == "table":
            self.found.append([])
        elif tag == "tr":
            self.found[-1].append([])
        elif tag in ("td", "th"):
            self.found[-1][-1].append("")
        self.within = tag in ("td", "th") or (self.within and tag not in ("table", "tr"))

    def handle_endtag(self, tag: str) -> None:
        self.within = self.within and tag not in ("td", "th")

    def handle_data(self, data: str) -> None:
        if self.within:
            self.found[-1][-1][-1] += data


def tables_of(app: AppTest) -> list[pd.DataFrame]:
    """The tables of our own on a page, as a person reads them: the words over the columns, and texts."""
    parser = _Tables()
    parser.feed(drawn(app))
    return [pd.DataFrame(lines[1:], columns=lines[0]) for lines in parser.found]


def listed(app: AppTest) -> list[str]:
    """The IDs of the spaces that the rows of a page's tables lead to, in their order."""
    return re.findall(r'<a class="inside row" href="space[?](?:[^"]*&amp;)?space=([^"&]*)', drawn(app))
