"""A session lets one person in, until what it rests on ends."""

import pytest
import sqlalchemy as sa
from sqlalchemy import Engine
from starlette.testclient import TestClient
from starlette.websockets import WebSocketDisconnect

from tests.tracking.access.entering import HERE, OWN, PASSWORD, change, enter
from tracking import database
from tracking.access import looking_after, sessions, trail
from tracking.access.gate import ACCOUNT_HEADER
from tracking.database import CITY


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
