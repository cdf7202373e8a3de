"""The gate: nobody gets past it but with a session or a token that goes on, on either engine."""

import json
import tomllib
from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path

import pytest
import sqlalchemy as sa
from sqlalchemy import Engine
from starlette.applications import Starlette
from starlette.requests import Request
from starlette.responses import JSONResponse
from starlette.routing import Route, WebSocketRoute
from starlette.testclient import TestClient
from starlette.websockets import WebSocket, WebSocketDisconnect

from tracking import database
from tracking.access import accounts, looking_after, people, sessions, tokens, trail
from tracking.access.gate import ACCOUNT_HEADER, Gate
from tracking.database import CITY

HERE = {"Sec-Fetch-Site": "same-origin"}
OWN = {"Host": "localhost"}
PASSWORD = "four lively herons dance"
# One of each kind of address that the server answers.
ADDRESSES = (
    "/",
    "/space",
    "/people",
    "/static/js/main.js",
    "/media/0123.pdf",
    "/metrics",
    "/_stcore/health",
    "/_stcore/host-config",
    "/_stcore/metrics",
    "/_stcore/upload_file/a/b",
    "/api/v1/shortfalls.csv",
    # What somebody knows the whole address of (kobocat 551).
    "/api/v1/evidence/1",
    "/api/v1/openapi.json",
    "/api/v1/prepared/x/y.csv",
    "/account",
    "/password",
    "/sign-in/../account",
    "/sign-in/style.css/../../account",
)


def whoever(request: Request) -> JSONResponse:
    return JSONResponse(
        {"name": people.current.get().name, "accounts": request.headers.getlist(ACCOUNT_HEADER)},
    )


async def socket(websocket: WebSocket) -> None:
    await websocket.accept()
    await websocket.send_text(websocket.headers[ACCOUNT_HEADER])
    await websocket.close()


@pytest.fixture
def gated(any_engine: Engine) -> Starlette:
    methods = ["GET", "POST", "PUT", "DELETE"]
    behind = Starlette(
        routes=[WebSocketRoute("/_stcore/stream", socket), Route("/{path:path}", whoever, methods=methods)]
    )
    return Gate(behind, lambda: any_engine)


@pytest.fixture
def client(gated: Starlette) -> Iterator[TestClient]:
    """A browser on this machine."""
    with TestClient(gated, "http://localhost", client=("127.0.0.1", 50000), follow_redirects=False) as client:
        yield client


@pytest.fixture
def wang(any_engine: Engine) -> str:
    """An account with a password of its own, and no grant."""
    first = looking_after.add(any_engine, "Wang")
    change(any_engine, first, PASSWORD)
    return "wang"


def change(engine: Engine, before: str, after: str) -> None:
    def work(connection: sa.Connection) -> None:
        accounts.change_password(connection, accounts.number_of(connection, "wang"), before, after)

    database.write_beside(engine, work)


def enter(client: TestClient, name: str, password: str, following: str = "") -> int:
    answer = client.post(f"/sign-in?next={following}", data={"name": name, "password": password}, headers=HERE)
    return answer.status_code


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


@pytest.mark.usefixtures("wang")
def test_a_session_lets_in_and_names_its_person_alone(client: TestClient) -> None:
    assert enter(client, "WANG", PASSWORD) == 303
    assert client.get("/space", headers={ACCOUNT_HEADER: "7"}).json() == {"name": "wang", "accounts": ["1"]}
    held = client.get("/space").request.headers["Cookie"]
    headers = {ACCOUNT_HEADER: "7", "Cookie": held, "Host": "localhost"}
    with client.websocket_connect("/_stcore/stream", headers=headers) as opened:
        assert opened.receive_text() == "1"
    assert client.post("/sign-out", headers=HERE).status_code == 303
    assert client.get("/space", headers={"Cookie": held}).status_code == 401


@pytest.mark.usefixtures("wang")
def test_a_session_ends_with_whatever_it_rests_on(any_engine: Engine, client: TestClient) -> None:
    def idle(connection: sa.Connection) -> None:
        past = trail.now() - sessions.IDLE
        connection.execute(sa.text("UPDATE session SET seen_at = :past"), {"past": past})

    def old(connection: sa.Connection) -> None:
        past = trail.now() - sessions.LONGEST
        connection.execute(sa.text("UPDATE session SET begun_at = :past"), {"past": past})

    ends = {
        "idle": lambda: database.write_beside(any_engine, idle),
        "old": lambda: database.write_beside(any_engine, old),
        "grant": lambda: looking_after.give(any_engine, "wang", "manager", CITY),
        "grant ended": lambda: looking_after.take(any_engine, 1),
        "everywhere": lambda: client.post("/sign-out-everywhere", headers=HERE),
        "password": lambda: change(any_engine, PASSWORD, PASSWORD + "s"),
        "ended": lambda: looking_after.end(any_engine, "wang"),
    }
    for name, end in ends.items():
        password = PASSWORD + "s" if name == "ended" else PASSWORD
        assert enter(client, "wang", password) == 303, name
        held = {"Cookie": client.get("/space").request.headers["Cookie"]}
        assert client.get("/space", headers=held).status_code == 200, name
        last = held["Cookie"][-1]
        tampered = {"Cookie": held["Cookie"][:-1] + ("A" if last != "A" else "B")}
        assert client.get("/space", headers=tampered).status_code == 401, name
        end()
        # Whoever has copied the cookie is nobody by it either, at an address or at a page's socket.
        assert client.get("/space", headers=held).status_code == 401, name
        with pytest.raises(WebSocketDisconnect), client.websocket_connect("/_stcore/stream", headers={**held, **OWN}):
            pass
    assert enter(client, "wang", PASSWORD + "s") == 403


def test_a_first_password_must_be_changed_before_anything_else(any_engine: Engine, client: TestClient) -> None:
    first = looking_after.add(any_engine, "wang")
    assert enter(client, "wang", first) == 303
    page = client.get("/space", headers={"Accept": "text/html"})
    assert (page.status_code, page.headers["Location"]) == (303, "/password")
    assert client.get("/api/v1/shortfalls.csv").status_code == 401
    for after in ("short", "password1234", "wangwangwang1", first):
        refused = client.post("/password", data={"before": first, "after": after, "again": after}, headers=HERE)
        assert refused.status_code == 400, after
    chosen = {"before": first, "after": PASSWORD, "again": PASSWORD}
    assert client.post("/password", data=chosen, headers=HERE).status_code == 303
    assert client.get("/space").status_code == 200
    assert enter(client, "wang", first) == 403


@pytest.mark.usefixtures("wang")
def test_a_wrong_password_slows_down_whether_the_name_exists_or_not(any_engine: Engine, client: TestClient) -> None:
    answers = {}
    for name in ("wang", "nobody"):
        tries = [client.post("/sign-in", data={"name": name, "password": "wrong" * 3}, headers=HERE) for _ in range(6)]
        answers[name] = {(each.status_code, each.text) for each in tries}
    assert answers["wang"] == answers["nobody"]
    # The sixth in a row is told to wait: it is as long for either name.
    with database.reading(any_engine) as connection:
        failed = connection.execute(sa.text("SELECT failures, next_at FROM failed_sign_in")).all()
    assert [each.failures for each in failed] == [6, 6]

    def wait(seconds: int) -> None:
        at = {"at": trail.now() + timedelta(seconds=seconds)}
        statement = sa.text("UPDATE failed_sign_in SET next_at = :at")
        database.write_beside(any_engine, lambda connection: connection.execute(statement, at))

    wait(60)
    assert enter(client, "wang", PASSWORD) == 403
    wait(-1)
    assert enter(client, "wang", PASSWORD) == 303


@pytest.mark.parametrize(
    ("asked", "led"),
    [
        ("/space?space=a", "/space?space=a"),
        ("https://evil.example/", "/"),
        ("//evil.example", "/"),
        ("/\\evil.example", "/"),
        ("javascript:alert(1)", "/"),
    ],
)
def test_signing_in_leads_on_to_own_paths_alone(engine: Engine, asked: str, led: str) -> None:
    first = looking_after.add(engine, "wang")
    gate = Gate(Starlette(), lambda: engine)
    with TestClient(gate, "http://localhost", client=("127.0.0.1", 1), follow_redirects=False) as client:
        data = {"name": "wang", "password": first}
        answer = client.post("/sign-in", params={"next": asked}, data=data, headers=HERE)
        assert answer.headers["Location"] == led
        # A page of another site signs nobody in or out.
        for headers in ({"Sec-Fetch-Site": "cross-site"}, {"Origin": "https://evil.example"}, {}):
            assert client.post("/sign-in", data=data, headers=headers).status_code == 403


def test_the_cookie_is_bound_to_the_host_and_to_encryption_but_on_this_machine(engine: Engine) -> None:
    first = looking_after.add(engine, "wang")
    with TestClient(Gate(Starlette(), lambda: engine), "https://city.example", follow_redirects=False) as client:
        answer = client.post("/sign-in", data={"name": "wang", "password": first}, headers=HERE)
    cookie = answer.headers["Set-Cookie"]
    assert cookie.startswith("__Host-tracking-session=")
    assert {"HttpOnly", "Path=/", "SameSite=lax", "Secure"} <= set(cookie.split("; "))
    assert "Domain" not in cookie


@pytest.mark.usefixtures("wang")
def test_a_token_reads_tables_as_its_owner_does_and_nothing_else(any_engine: Engine, client: TestClient) -> None:
    secret = database.write_beside(any_engine, lambda connection: tokens.make(connection, 1, "Power Query"))
    bearer = {"Authorization": f"Bearer {secret}"}
    assert client.get("/api/v1/shortfalls.csv", headers=bearer).json()["name"] == "wang"
    for method, path in (("GET", "/space"), ("POST", "/api/v1/shortfalls.csv"), ("GET", "/account")):
        assert client.request(method, path, headers=bearer).status_code == 401
    database.write_beside(any_engine, lambda connection: tokens.end(connection, 2, 1))
    assert client.get("/api/v1/shortfalls.csv", headers=bearer).status_code == 200
    database.write_beside(any_engine, lambda connection: tokens.end(connection, 1, 1))
    assert client.get("/api/v1/shortfalls.csv", headers=bearer).status_code == 401


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


def test_a_file_goes_to_whom_its_page_was_told_alone(any_engine: Engine) -> None:
    """The address of a download is made of its bytes: who knows it, or was sent it, is no reader of it by that."""

    async def page(websocket: WebSocket) -> None:
        await websocket.accept()
        await websocket.send_bytes(b"0123abcd.csv")
        await websocket.close()

    def media(_: Request) -> JSONResponse:
        return JSONResponse("content")

    routes = [WebSocketRoute("/_stcore/stream", page), Route("/media/{name}", media)]
    gate = Gate(Starlette(routes=routes), lambda: any_engine, led_to=lambda message: [message.decode()])
    for name in ("wang", "li"):
        looking_after.add(any_engine, name, password=PASSWORD)
    with (
        TestClient(gate, "http://localhost", client=("127.0.0.1", 1), follow_redirects=False) as mine,
        TestClient(gate, "http://localhost", client=("127.0.0.1", 1), follow_redirects=False) as theirs,
    ):
        assert enter(mine, "wang", PASSWORD) == enter(theirs, "li", PASSWORD) == 303
        headers = {"Cookie": f"tracking-session={mine.cookies['tracking-session']}", "Host": "localhost"}
        with mine.websocket_connect("/_stcore/stream", headers=headers) as opened:
            opened.receive_bytes()
        assert mine.get("/media/0123abcd.csv").json() == "content"
        for path in ("/media/0123abcd.csv", "/media/ffff.csv"):
            assert (theirs.get(path).status_code, theirs.get(path).text) == (404, ""), path
        with database.reading(any_engine) as connection:
            line = trail.lines(connection, 1, events=["download"])[0]
        assert (line["account"], line["subject"]) == (1, "0123abcd.csv")
        # Nor is it the same person's with other grants, whose page of before is open still.
        looking_after.give(any_engine, "wang", "analyst", CITY)
        assert enter(mine, "wang", PASSWORD) == 303
        assert mine.get("/media/0123abcd.csv").status_code == 404


def test_pages_take_a_session_up_again_for_whom_the_gate_names_alone() -> None:
    """What Streamlit is told to trust is the header that the gate sets itself and takes off from outside."""
    config = tomllib.loads((Path(__file__).parents[3] / ".streamlit" / "config.toml").read_text(encoding="utf-8"))
    assert list(json.loads(config["server"]["trustedUserHeaders"])) == [ACCOUNT_HEADER]
