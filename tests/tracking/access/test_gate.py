"""The gate: nobody gets past it but with a session or a token that goes on, on either engine."""

import json
import tomllib
from pathlib import Path

import pytest
from sqlalchemy import Engine
from starlette.applications import Starlette
from starlette.routing import Route, WebSocketRoute
from starlette.testclient import TestClient
from starlette.websockets import WebSocketDisconnect

from tests.tracking.access.entering import ADDRESSES, socket, whoever
from tracking.access.gate import ACCOUNT_HEADER, Gate


@pytest.mark.usefixtures("wang")
def test_nobody_is_answered_anywhere(client: TestClient) -> None:
    """Denied first: every address, every method, with what a stranger could send."""
    forged = {ACCOUNT_HEADER: "1", "Cookie": "tracking-session=forged; __Host-tracking-session=forged"}
    for path in ADDRESSES:
        for method in ("GET", "POST", "PUT", "DELETE", "HEAD", "OPTIONS"):
            for headers in ({}, forged, {"Authorization": "Bearer tracking_forged"}):
                answer = client.request(method, path, headers=headers)
                assert answer.status_code == 401, (method, path, headers)
        shown = client.get(path, headers={"Accept": "text/html"})
        assert shown.status_code == (401 if path.startswith("/api/") else 303)
    with pytest.raises(WebSocketDisconnect), client.websocket_connect("/_stcore/stream", headers=forged):
        pass
    assert client.get("/livez").text == "ok"
    assert client.get("/sign-in").status_code == 200


def test_without_an_account_the_server_answers_this_machine_alone(engine: Engine) -> None:
    gate = Gate(Starlette(routes=[Route("/{path:path}", whoever)]), lambda: engine)
    for host, headers, status in (
        ("127.0.0.1", {}, 200),
        ("::ffff:127.0.0.1", {}, 200),
        ("10.0.0.7", {}, 403),
        ("127.0.0.1", {"X-Forwarded-For": "10.0.0.7"}, 403),
    ):
        with TestClient(gate, "http://localhost", client=(host, 1)) as client:
            assert client.get("/space", headers=headers).status_code == status, (host, headers)


@pytest.mark.usefixtures("wang")
def test_every_answer_keeps_other_sites_from_framing_it(client: TestClient) -> None:
    for path in ("/", "/sign-in", "/livez", "/api/v1/shortfalls.csv"):
        headers = client.get(path).headers
        assert "frame-ancestors" in headers["Content-Security-Policy"], path
        assert headers["X-Content-Type-Options"] == "nosniff", path


def test_a_foreign_name_and_a_foreign_page_get_nothing(engine: Engine) -> None:
    behind = Starlette(routes=[WebSocketRoute("/_stcore/stream", socket), Route("/{path:path}", whoever)])
    gate = Gate(behind, lambda: engine, hosts=["localhost"])
    with TestClient(gate, "http://localhost", client=("127.0.0.1", 1)) as client:
        for path in ("/", "/sign-in", "/_stcore/health", "/livez"):
            assert client.get(path, headers={"Host": "evil.example"}).status_code == 403, path
        for origin, host in (("http://localhost:9999", "localhost:8501"), ("https://evil.example", "localhost")):
            headers = {"Origin": origin, "Host": host}
            with pytest.raises(WebSocketDisconnect), client.websocket_connect("/_stcore/stream", headers=headers):
                pass
        own = {"Origin": "http://localhost:8501", "Host": "localhost:8501"}
        with client.websocket_connect("/_stcore/stream", headers=own) as opened:
            assert opened.receive_text() == "local"


def test_pages_take_a_session_up_again_for_whom_the_gate_names_alone() -> None:
    """What Streamlit is told to trust is the header that the gate sets itself and takes off from outside."""
    config = tomllib.loads((Path(__file__).parents[3] / ".streamlit" / "config.toml").read_text(encoding="utf-8"))
    assert list(json.loads(config["server"]["trustedUserHeaders"])) == [ACCOUNT_HEADER]
