"""To whom an address answers."""

import pytest
from starlette.applications import Starlette
from starlette.routing import Mount
from starlette.testclient import TestClient

from tests.served import programme
from tracking import api


@pytest.mark.parametrize(
    ("host", "status"),
    [
        ("localhost:8501", 200),
        ("LOCALHOST.", 200),
        ("[::1]:8501", 200),
        ("data.city.example", 200),
        ("evil.example:8501", 421),
        ("localhost.evil.example", 421),
        ("localhost@evil.example", 421),
        ("evilcity.example", 421),
        ("[", 421),
        ("", 421),
    ],
)
def test_a_name_that_was_made_to_resolve_here_gets_nothing(host: str, status: int) -> None:
    held = Starlette(routes=[Mount(api.PREFIX, api.application(programme, ["localhost", "::1", "*.city.example"]))])
    answer = TestClient(held).get(f"{api.PREFIX}/openapi.json", headers={"Host": host})
    assert (answer.status_code, answer.json().get("type", "").removeprefix("urn:tracking:problem:")) == (
        status,
        "" if status == 200 else "foreign-host",
    )
