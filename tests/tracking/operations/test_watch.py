"""What the server answers is noted without anything of a person, and a proxy can ask whether it is ready."""

from pathlib import Path

import pytest
from sqlalchemy import Engine
from starlette.applications import Starlette
from starlette.requests import Request
from starlette.responses import PlainTextResponse
from starlette.routing import Route, WebSocketRoute
from starlette.testclient import TestClient
from starlette.websockets import WebSocket, WebSocketDisconnect

from tests.tracking.operations.conftest import Noted
from tracking.operations import stopping
from tracking.operations.watch import READY, Watch, place

PLACES = {"/space", "/sign-in"}


def answered(request: Request) -> PlainTextResponse:
    return PlainTextResponse("x", 418 if request.url.path.endswith("/space") else 404)


async def connected(socket: WebSocket) -> None:
    await socket.accept()
    await socket.close(4000)


def served(engine: Engine, room: Path) -> TestClient:
    app = Starlette(routes=[WebSocketRoute("/base/_stcore/stream", connected), Route("/{path:path}", answered)])
    return TestClient(Watch(app, lambda: engine, room, PLACES, "base"))


def test_a_request_is_a_line_without_what_was_asked_for(engine: Engine, tmp_path: Path, noted: Noted) -> None:
    client = served(engine, tmp_path)
    client.get("/base/space?search=Wang+Li", headers={"Authorization": "Bearer secret"})
    client.get("/base/wang-li")
    client.get("/base/livez")
    with client.websocket_connect("/base/_stcore/stream") as socket, pytest.raises(WebSocketDisconnect):
        socket.receive_text()
    lines = noted.of("request")
    assert [(line["method"], line["place"], line["status"]) for line in lines] == [
        ("GET", "/space", 418),
        ("GET", "other", 404),
        ("SOCKET", "/_stcore", 101),
    ]
    assert all(set(line) == {"method", "place", "status", "seconds"} for line in lines)


@pytest.mark.parametrize(
    ("path", "known"),
    [
        ("/", "/"),
        ("/space", "/space"),
        ("/api/v1/shortfalls.csv", "/api/v1/shortfalls.csv"),
        ("/api/v1/prepared/0f3a9c/wang.csv", "/api/v1/prepared"),
        ("/_stcore/upload_file/session/file", "/_stcore/upload_file"),
        ("/media/0f3a9c.pdf", "/media"),
        ("/api/v1/../Wang Li.csv", "other"),
        ("/wang", "other"),
    ],
)
def test_a_place_is_one_of_few(path: str, known: str) -> None:
    assert place(path, PLACES) == known


def test_a_proxy_is_told_of_a_stop_before_it_comes(engine: Engine, tmp_path: Path, noted: Noted) -> None:
    client = served(engine, tmp_path)
    assert client.get(f"/base{READY}").status_code == 200
    stopping.drained(None, 60, lambda: None)(15, None)
    answer = client.get(f"/base{READY}")
    assert (answer.status_code, answer.json()["draining"]) == (503, "draining")
    assert noted.of("stopping") == [{"seconds": 60}]
    assert noted.of("request") == []


@pytest.mark.parametrize("method", ["POST", "PUT", "DELETE", "OPTIONS", "TRACE"])
def test_whether_it_is_ready_is_read_alone(engine: Engine, tmp_path: Path, method: str) -> None:
    answer = served(engine, tmp_path).request(method, f"/base{READY}")
    assert (answer.status_code, answer.headers["Allow"], answer.content) == (405, "GET, HEAD", b"")
