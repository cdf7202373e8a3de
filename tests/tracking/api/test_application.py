"""The addresses as a server mounts them: where they lead, and that nothing is written by any."""

import pytest
from starlette.applications import Starlette
from starlette.testclient import TestClient

from tests.served import programme, served
from tracking import api

ADDRESS = f"{api.PREFIX}/attainment.json"
client = TestClient(served)


@pytest.mark.parametrize("base", ["", "/tracker/"])
@pytest.mark.parametrize("slash", ["", "/"])
def test_the_address_alone_leads_to_the_description(base: str, slash: str) -> None:
    mounted = TestClient(Starlette(routes=api.routes(programme, base=base)))
    prefix = f"{base.rstrip('/')}{api.PREFIX}"
    told = mounted.get(f"{prefix}{slash}?lang=en").json()
    assert told["servers"] == [{"url": prefix}]
    assert mounted.get(f"{prefix}{next(iter(told['paths']))}").status_code == 200


@pytest.mark.parametrize("method", ["POST", "PUT", "PATCH", "DELETE", "OPTIONS"])
def test_nothing_can_be_written(method: str) -> None:
    answer = client.request(method, ADDRESS)
    assert (answer.status_code, set(answer.headers["Allow"].split(", "))) == (405, {"GET", "HEAD"})
