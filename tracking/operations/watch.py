"""In front of the gate: every request timed and noted, and /readyz answered for a proxy."""

import re
import time
from collections.abc import Callable, Collection
from pathlib import Path

from sqlalchemy import Engine
from starlette.concurrency import run_in_threadpool
from starlette.responses import JSONResponse, Response
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from tracking import events
from tracking.operations import readiness

READY = "/readyz"
_TABLE = re.compile(r"/api/v1/[a-z_]{1,40}\.[a-z]{1,8}")
# The last part of these is a secret or somebody's word.
_FOLDERS = ("/api/v1/prepared", "/api/v1/closings", "/_stcore/upload_file", "/media", "/static", "/_stcore")
# What is asked every few seconds by a machine.
_SILENT = ("/livez", READY)
_READS = ("GET", "HEAD")
_ALLOWED = {"Allow": ", ".join(_READS)}


class Watch:
    """Times what the server answers.

    `engine` and `room` are what it must have to be ready, `places` the paths of its pages, `base` is a path before
    every address.
    """

    def __init__(
        self, app: ASGIApp, engine: Callable[[], Engine], room: Path, places: Collection[str], base: str = ""
    ) -> None:
        self.app = app
        self.engine = engine
        self.room = room
        self.places = places
        self.base = f"/{base}" if base else ""

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] not in ("http", "websocket"):
            await self.app(scope, receive, send)
            return
        path = scope["path"].removeprefix(self.base)
        if scope["type"] == "http" and path == READY:
            answer = await self._readiness() if scope["method"] in _READS else Response("", 405, _ALLOWED)
            await answer(scope, receive, send)
            return
        begun, status = time.perf_counter(), 0

        async def noticed(message: Message) -> None:
            nonlocal status
            if message["type"] == "http.response.start":
                status = message["status"]
            elif message["type"] == "websocket.accept":
                status = 101
            elif message["type"] == "websocket.close":
                status = status or message.get("code", 1000)
            await send(message)

        try:
            await self.app(scope, receive, noticed)
        finally:
            if path not in _SILENT:
                seconds = round(time.perf_counter() - begun, 3)
                method = scope.get("method", "SOCKET")
                where = "other" if status == 404 else place(path, self.places)
                events.note("request", method=method, place=where, status=status, seconds=seconds)

    async def _readiness(self) -> Response:
        found = await run_in_threadpool(readiness.checks, self.engine, self.room)
        states = {check.name: check.state for check in found}
        return JSONResponse(states, 200 if readiness.ready(found) else 503, {"Cache-Control": "no-store"})


def place(path: str, places: Collection[str]) -> str:
    """Where a path leads, without what is somebody's own in it: a table, a folder, or a page."""
    if _TABLE.fullmatch(path) or path == "/":
        return path
    for folder in _FOLDERS:
        if path.startswith(f"{folder}/"):
            return folder
    return path if path in places else "other"
