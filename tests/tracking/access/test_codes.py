"""One-time codes, and the person whom a gateway names."""

import time
from collections.abc import Iterator

import pyotp
import pytest
import sqlalchemy as sa
from sqlalchemy import Engine
from starlette.applications import Starlette
from starlette.requests import Request
from starlette.responses import PlainTextResponse
from starlette.routing import Route
from starlette.testclient import TestClient

from tracking import database
from tracking.access import codes, looking_after, people, settings
from tracking.access.gate import Gate
from tracking.database import CITY

HERE = {"Sec-Fetch-Site": "same-origin"}
PASSWORD = "four lively herons dance"
# Early in the half minute that it is.
NOW = int(time.time()) // 30 * 30 + 1


@pytest.fixture
def client(engine: Engine, monkeypatch: pytest.MonkeyPatch) -> Iterator[TestClient]:
    """A browser, and an account `wang` that manages the city."""
    monkeypatch.setattr(time, "time", lambda: NOW)
    looking_after.add(engine, "wang", password=PASSWORD)
    looking_after.give(engine, "wang", "manager", CITY)

    def whoever(_: Request) -> PlainTextResponse:
        return PlainTextResponse(people.current.get().name)

    gate = Gate(Starlette(routes=[Route("/{path:path}", whoever)]), lambda: engine)
    with TestClient(gate, "http://localhost", client=("127.0.0.1", 1), follow_redirects=False) as client:
        yield client


def enter(client: TestClient, code: str = "") -> int:
    data = {"name": "wang", "password": PASSWORD, "code": code}
    return client.post("/sign-in", data=data, headers=HERE).status_code


def turn_on(client: TestClient) -> pyotp.TOTP:
    """Turn codes on with the secret that the page shows."""
    page = client.get("/second-factor").text
    secret = page.partition('name=secret value="')[2].partition('"')[0]
    data = {"secret": secret, "code": pyotp.TOTP(secret).at(NOW)}
    assert client.post("/second-factor", data={**data, "code": "000000"}, headers=HERE).status_code == 400
    assert client.post("/second-factor", data=data, headers=HERE).status_code == 303
    return pyotp.TOTP(secret)


def test_a_code_is_asked_for_and_good_once(client: TestClient, engine: Engine, monkeypatch: pytest.MonkeyPatch) -> None:
    assert enter(client) == 303
    phone = turn_on(client)
    # Neither none, nor the one that turned them on, nor one of another time.
    for code in ("", phone.at(NOW), phone.at(NOW + 120), phone.at(NOW - 60)):
        assert enter(client, code) == 403, code
    with database.reading(engine) as connection:
        assert connection.execute(sa.text("SELECT failures FROM failed_sign_in")).scalar_one() == 4
    monkeypatch.setattr(time, "time", lambda: NOW + 30)
    assert enter(client, phone.at(NOW + 30)) == 303
    assert enter(client, phone.at(NOW + 30)) == 403
    # Whoever has a session puts no other phone in its place.
    assert "name=secret" not in client.get("/second-factor").text
    other = codes.fresh()
    data = {"secret": other, "code": pyotp.TOTP(other).at(NOW + 30)}
    client.post("/second-factor", data=data, headers=HERE)
    looking_after.turn_off_codes(engine, "WANG")
    assert client.get("/space").status_code == 401
    assert enter(client) == 303


def test_managers_get_no_further_without_codes_where_they_are_demanded(
    client: TestClient, engine: Engine, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv(codes.REQUIRED, "required")
    assert enter(client) == 303
    page = client.get("/space", headers={"Accept": "text/html"})
    assert (page.status_code, page.headers["Location"]) == (303, "/second-factor")
    assert client.get("/api/v1/shortfalls.csv").status_code == 401
    turn_on(client)
    assert client.get("/space").text == "wang"
    looking_after.add(engine, "li", password=PASSWORD)
    data = {"name": "li", "password": PASSWORD}
    assert client.post("/sign-in", data=data, headers=HERE).status_code == 303
    assert client.get("/space").text == "li"


def test_a_gateway_names_somebody_from_its_own_address_alone(
    client: TestClient, engine: Engine, monkeypatch: pytest.MonkeyPatch
) -> None:
    named = {"X-Remote-User": "WANG"}
    assert client.get("/space", headers=named).status_code == 401
    monkeypatch.setenv(settings.PROXY_HEADER, "X-Remote-User")
    assert settings.refused(lambda: engine, "127.0.0.1") == "sign_in.half_proxy"
    for address, status in (("10.0.0.9", 401), ("127.0.0.1", 200)):
        monkeypatch.setenv(settings.PROXY_ADDRESS, address)
        assert client.get("/space", headers=named).status_code == status, address
    assert client.get("/space", headers={"X-Remote-User": "nobody"}).status_code == 401
    assert client.get("/space").status_code == 401
    looking_after.end(engine, "wang")
    assert client.get("/space", headers=named).status_code == 401
