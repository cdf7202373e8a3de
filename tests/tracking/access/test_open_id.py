"""Signing in by a provider of OpenID Connect, against a real one on loopback."""

from collections.abc import Iterator
from pathlib import Path
from urllib.parse import parse_qs, urlsplit

import httpx2
import oidc_provider_mock
import pytest
import sqlalchemy as sa
from sqlalchemy import Engine
from starlette.applications import Starlette
from starlette.requests import Request
from starlette.responses import PlainTextResponse
from starlette.routing import Route
from starlette.testclient import TestClient

from tracking import database
from tracking.access import looking_after, people, providers
from tracking.access.gate import Gate

SECRET = "qK3v9-Zr7bTn2_LmX8sWd4Hf6Yc1"
HERE = {"Sec-Fetch-Site": "same-origin"}


@pytest.fixture(scope="module")
def issuer() -> Iterator[str]:
    user = oidc_provider_mock.User(sub="wang-01", claims={"name": "王一", "email": "admin@city.example"})
    with oidc_provider_mock.run_server_in_thread(user_claims=[user]) as server:
        yield f"http://localhost:{server.server_port}"


def said(issuer: str, **otherwise: str) -> str:
    values = {"address": "http://localhost", "secret": SECRET * 2, **otherwise}
    metadata = f"{issuer}/.well-known/openid-configuration"
    one = {"name_zh": "市认证", "name_en": "City", "metadata": metadata, "client_id": "tracking", "client_secret": "x"}
    lines = [f'{key} = "{value}"' for key, value in values.items()]
    for code in ("city", "other"):
        lines += [f"[{code}]", *(f'{key} = "{value}"' for key, value in one.items())]
    return "\n".join(lines)


@pytest.fixture
def gate(engine: Engine, issuer: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Gate:
    """A server with an administrator of its own and two ways in by the provider."""
    (tmp_path / "open_id.toml").write_text(said(issuer), encoding="utf-8")
    monkeypatch.setenv(providers.FILE, str(tmp_path / "open_id.toml"))
    looking_after.add(engine, "admin")

    def whoever(_: Request) -> PlainTextResponse:
        return PlainTextResponse(people.current.get().display)

    return Gate(Starlette(routes=[Route("/{path:path}", whoever)]), lambda: engine)


def browser(gate: Gate) -> TestClient:
    return TestClient(gate, "http://localhost", client=("127.0.0.1", 1), follow_redirects=False)


def sent(client: TestClient, code: str = "city", following: str = "/space") -> str:
    """The address of the provider that a browser is sent to."""
    answer = client.get(f"/sign-in/{code}?next={following}")
    assert answer.status_code == 302, answer.text
    return answer.headers["Location"]


def back(there: str, subject: str = "wang-01") -> str:
    """Where the provider sends the browser back to, once somebody has signed in there."""
    return httpx2.post(there, data={"sub": subject}).headers["Location"]


def test_whom_a_provider_knows_gets_an_account_without_a_grant(gate: Gate, engine: Engine) -> None:
    with browser(gate) as client:
        there = sent(client)
        asked = parse_qs(urlsplit(there).query)
        assert asked["code_challenge_method"] == ["S256"]
        assert asked["redirect_uri"] == ["http://localhost/sign-in/city/back"]
        assert asked["nonce"]
        answer = client.get(back(there))
        assert (answer.status_code, answer.headers["Location"]) == (303, "/space")
        assert client.get("/space").text == "王一"
        # Twice, and by another way in to the same provider: the same account.
        assert client.get(back(sent(client, "other"))).status_code == 303
    with database.reading(engine) as connection:
        known = connection.execute(sa.text("SELECT issuer, subject, account FROM identity")).all()
        person = people.as_of_now(connection, 2)
    assert [(each.subject, each.account) for each in known] == [("wang-01", 2)]
    assert person is not None
    # Not by the e-mail address, nor by anything else that the provider says of somebody.
    assert (person.name, person.grants) == ("city:wang-01", ())


def test_a_callback_that_is_not_of_this_browser_signs_nobody_in(gate: Gate) -> None:
    with browser(gate) as mine, browser(gate) as theirs:
        answer = back(sent(theirs))
        assert mine.get(answer).status_code == 403
        # Nor with a sign-in of one's own on its way.
        sent(mine)
        assert mine.get(answer).status_code == 403
        assert mine.get("/space").status_code == 401
        # What was taken back is taken once, and what is tampered with not at all.
        address = back(sent(mine))
        assert mine.get(address.replace("code=", "code=x")).status_code == 403
        assert mine.get(address).status_code == 403
        fresh = sent(mine)
        tampered = mine.cookies["tracking-sign-in"][:-2] + "xx"
        mine.cookies.clear()
        headers = {"Cookie": f"tracking-sign-in={tampered}"}
        assert mine.get(back(fresh), headers=headers).status_code == 403
        assert mine.get("/sign-in/city/back?error=access_denied").status_code == 403


def test_whose_account_has_ended_is_not_let_in_by_the_provider(gate: Gate, engine: Engine) -> None:
    with browser(gate) as client:
        assert client.get(back(sent(client))).status_code == 303
        looking_after.end(engine, "city:wang-01")
        assert client.get(back(sent(client))).status_code == 403
        # Nor has it a password that anybody could know.
        for password in ("", "x" * 12):
            data = {"name": "city:wang-01", "password": password}
            assert client.post("/sign-in", data=data, headers=HERE).status_code == 403


def test_signing_out_goes_on_to_the_provider(gate: Gate, issuer: str) -> None:
    with browser(gate) as client:
        assert client.get(back(sent(client))).status_code == 303
        left = client.post("/sign-out", headers=HERE)
        assert left.headers["Location"].startswith(f"{issuer}/oauth2/end_session?client_id=tracking&post_logout")
        assert client.get("/space").status_code == 401
        # The browser lets a form go there.
        assert f"form-action 'self' {issuer}" in client.get("/sign-in").headers["Content-Security-Policy"]
