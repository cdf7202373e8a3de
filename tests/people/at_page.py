"""A browser with somebody's cookie on the pages, as Streamlit runs them; no Chromium."""

from types import SimpleNamespace

import pytest
from sqlalchemy import Engine
from streamlit.testing.v1 import AppTest

from pages.shared import data
from tests.pages.conftest import APP
from tests.people import ground

# What takes the database in a callback and in a fragment, as pages do, for what is done there.
HOLD = """
import streamlit as st
from pages.shared import data
from tests.people import at_page

def take(place):
    at_page.taken[place] = data.engine()

st.button("callback", on_click=take, args=("callback",))

@st.fragment
def part():
    if st.button("fragment"):
        take("fragment")

part()
"""
taken: dict[str, Engine] = {}
CALLBACK, FRAGMENT = range(2)


class Browser:
    """A browser with somebody's cookie, on the pages of one database."""

    def __init__(self, engine: Engine, cookie: str, monkeypatch: pytest.MonkeyPatch) -> None:
        name, _, secret = cookie.partition("=")
        about = {"headers": {"Host": "localhost"}, "url": "http://localhost/", "locale": "zh-CN"}
        self.context = SimpleNamespace(cookies={name: secret}, **about)
        self.monkeypatch = monkeypatch
        monkeypatch.setattr(data, "_engine", lambda _: engine)
        monkeypatch.setattr(data, "today", lambda: ground.DAY)
        monkeypatch.setenv("TRACKING_DATABASE", engine.url.render_as_string(hide_password=False))
        self.app: AppTest | None = None

    def opens(self, name: str, query: dict[str, str]) -> bytes:
        """All that a page sends; nothing where it is not offered."""
        self.monkeypatch.setattr("streamlit.context", self.context)
        if self.app is None:
            # Streamlit knows the pages only after the first run.
            self.app = AppTest.from_file(str(APP), default_timeout=60).run()
        self.app.query_params.clear()
        self.app.query_params.update(query)
        if not any(each.get("url_pathname") == name for each in self.app._registered_pages.values()):
            return b""
        self.app.switch_page(f"{name}.py").run()
        assert not self.app.exception, (name, self.app.exception)
        nodes = (getattr(each, "proto", None) for each in self.app._tree)
        return b"".join(each.SerializeToString() for each in nodes if each is not None)

    def engine(self, button: int) -> Engine:
        """The database as a page has it in a CALLBACK or a FRAGMENT."""
        self.monkeypatch.setattr("streamlit.context", self.context)
        app = AppTest.from_string(HOLD, default_timeout=60).run()
        app.button[button].click().run()
        assert not app.exception
        return taken.pop(("callback", "fragment")[button])
