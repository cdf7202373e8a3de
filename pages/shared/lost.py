"""A mistyped address: whoever comes there is led to the first page, which says so in their language.

Left to Streamlit, a dialog of its own comes over it, in English.
"""

import difflib
import html
from collections.abc import Collection
from urllib.parse import parse_qsl, quote, urlencode

import streamlit as st
from starlette.datastructures import Headers
from starlette.responses import RedirectResponse
from starlette.types import ASGIApp, Receive, Scope, Send

from pages.shared import html_table, url, words

NAME = "lost"
# Nobody's name of a page is longer.
_LONGEST = 60
# What the server itself answers, and the files that a page is made of.
_OF_THE_SERVER = ("/api/", "/_stcore/", "/static/", "/media/", "/component/", "/app/static/")


class Lost:
    """Leads from addresses of no page to the first page. `places` are the paths of the pages, `base` is a path before
    every one."""

    def __init__(self, app: ASGIApp, places: Collection[str], base: str = "") -> None:
        self.app = app
        self.places = {"", "/", *places}
        self.base = f"/{base}" if base else ""

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        is_get = scope["type"] == "http" and scope["method"] == "GET"
        if not is_get or "text/html" not in Headers(scope=scope).get("Accept", "") or self._is_known(scope["path"]):
            await self.app(scope, receive, send)
            return
        path = scope["path"].removeprefix(self.base)
        page = path.strip("/").lower()
        query = scope["query_string"].decode("latin-1")
        # The language that was chosen stays.
        lang = [(name, value) for name, value in parse_qsl(query) if name == "lang"]
        if f"/{page}" in self.places:
            # Only written otherwise: /Filing, /filing/.
            target = f"{self.base}/{quote(page)}{f'?{query}' if query else ''}"
        else:
            target = f"{self.base}/?{urlencode([*lang, (NAME, path.strip('/')[:_LONGEST])])}"
        await RedirectResponse(target, 303)(scope, receive, send)

    def _is_known(self, path: str) -> bool:
        own = path.removeprefix(self.base)
        return own in self.places or own.startswith(_OF_THE_SERVER) or "." in own.rpartition("/")[2]


def tell(titles: dict[str, str]) -> None:
    """Say on the first page that the address led nowhere, and which page may be meant; `titles` are those of the pages
    by name."""
    written = url.text(NAME, _LONGEST)
    if not written:
        return
    st.warning(words.text("lost.told", address=words.plain(f"/{written}")), icon=":material/wrong_location:")
    near = difflib.get_close_matches(written.lower(), titles, 1, 0.5)
    links = [html_table.link(name, words.text("lost.near", page=titles[name]), lost=None) for name in near]
    leave = f'<a class="inside" href="{html.escape(url.here(NAME))}">{html.escape(words.text("lost.leave"))}</a>'
    st.html(html_table.joined([*links, html_table.Html(leave)], "　"))
