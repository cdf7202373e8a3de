"""The cookie of a session goes unbound to encryption on this machine alone, whatever a request calls it."""

import pytest
from sqlalchemy import Engine
from starlette.applications import Starlette
from starlette.responses import Response
from starlette.testclient import TestClient

from tests.tracking.access.entering import HERE
from tracking.access import cookies, looking_after
from tracking.access.gate import Gate


@pytest.mark.parametrize("host", ["localhost", "LOCALHOST:8501", "localhost.", "127.0.0.1:80", "127.9.9.9", "[::1]:80"])
def test_on_this_machine_it_needs_no_encryption(host: str) -> None:
    assert cookies.name(host) == "tracking-session"


@pytest.mark.parametrize(
    "host", ["city.example", "localhost.evil.example", "127.0.0.1.evil.example", "10.0.0.7", "0.0.0.0", "", "[::1"]
)
def test_anywhere_else_it_is_bound_to_the_host(host: str) -> None:
    answer = Response()
    cookies.give(answer, host, "secret")
    kept = answer.headers["Set-Cookie"]
    assert kept.startswith("__Host-tracking-session=secret;")
    assert {"HttpOnly", "Path=/", "SameSite=lax", "Secure"} <= set(kept.split("; "))


def test_an_address_of_this_machine_in_the_form_of_the_other_protocol_is_of_this_machine() -> None:
    assert cookies.is_loopback("::ffff:127.0.0.1")
    assert not cookies.is_loopback("::ffff:10.0.0.7")


def test_the_cookie_is_bound_to_the_host_and_to_encryption_but_on_this_machine(engine: Engine) -> None:
    first = looking_after.add(engine, "wang")
    with TestClient(Gate(Starlette(), lambda: engine), "https://city.example", follow_redirects=False) as client:
        answer = client.post("/sign-in", data={"name": "wang", "password": first}, headers=HERE)
    cookie = answer.headers["Set-Cookie"]
    assert cookie.startswith("__Host-tracking-session=")
    assert {"HttpOnly", "Path=/", "SameSite=lax", "Secure"} <= set(cookie.split("; "))
    assert "Domain" not in cookie
