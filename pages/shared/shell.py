"""The empty HTML page that everything is drawn into: how it looks, and our scripts, are there from the beginning.

What a script sends later moves what already stands, and is sent with every answer anew.
"""

from pathlib import Path

import streamlit
from starlette.datastructures import Headers, MutableHeaders
from starlette.types import ASGIApp, Message, Receive, Scope, Send

# How pages and tables look, on the screen and in print; how links within the dashboard and the picture of spaces work.
_SHARED = Path(__file__).parent
STYLES = [_SHARED / name for name in ("page.css", "overview.css", "print.css")]
OWN_SCRIPTS = [_SHARED / name for name in ("links.js", "cells.js")]
# What Streamlit loads once the first of each is to be drawn, with a patch of another height in its place until then.
_SCRIPTS = Path(streamlit.__file__).parent / "static" / "static" / "js"
_SOON = (
    "Html",
    "Selectbox",
    "ButtonGroup",
    "TextInput",
    "Button",
    "DownloadButton",
    "LinkButton",
    "PageLink",
    "FileUploader",
)
# Megabytes that one page needs and the first one does not: fetched once the browser has nothing else to do.
_LATER = ("PlotlyChart", "StreamlitSyntaxHighlighter")
# Streamlit's page is asked for as it is: whole, unpacked, and now.
_LEFT_OUT = (b"accept-encoding", b"if-none-match", b"if-modified-since", b"range")


class Shell:
    """Adds to every HTML page of the application behind it, which is Streamlit's one."""

    def __init__(self, app: ASGIApp) -> None:
        self.app = app
        style, own = ("\n".join(each.read_text("utf-8") for each in those) for those in (STYLES, OWN_SCRIPTS))
        early = _fetched("modulepreload", _SOON) + _fetched("prefetch", _LATER)
        # In the body: Streamlit's own styles come into the head later, and would have the last word.
        self.body = f"<body>{early}<style>{style}</style><script>{own}</script>".encode()

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] != "http" or "text/html" not in Headers(scope=scope).get("Accept", ""):
            await self.app(scope, receive, send)
            return
        begun: Message | None = None
        parts: list[bytes] = []

        async def completed(message: Message) -> None:
            nonlocal begun
            if message["type"] == "http.response.start" and "html" in Headers(raw=message["headers"]).get(
                "Content-Type", ""
            ):
                begun = message
            elif begun is None or message["type"] != "http.response.body":
                await send(message)
            else:
                parts.append(message.get("body", b""))
                if not message.get("more_body", False):
                    await self._send(begun, b"".join(parts), send)

        kept = [(name, value) for name, value in scope["headers"] if name.lower() not in _LEFT_OUT]
        await self.app({**scope, "headers": kept}, receive, completed)

    async def _send(self, start: Message, page: bytes, send: Send) -> None:
        body = page.replace(b"<body>", self.body, 1)
        headers = MutableHeaders(scope=start)
        if page:
            headers["Content-Length"] = str(len(body))
        await send(start)
        await send({"type": "http.response.body", "body": body})


def _fetched(how: str, names: tuple[str, ...]) -> str:
    scripts = (script for name in names for script in _SCRIPTS.glob(f"{name}.*.js"))
    return "".join(f'<link rel="{how}" as="script" crossorigin href="./static/js/{script.name}">' for script in scripts)
