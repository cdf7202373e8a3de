"""The briefing by address: the same as it is printed, and refused for what is not known."""

from datetime import date

import pytest
from starlette.testclient import TestClient

from tests.served import programme, served
from tracking import api
from tracking.exports import briefing

pytestmark = pytest.mark.usefixtures("chinese_font")

TODAY, YEAR = date(2026, 6, 1), 2025
client = TestClient(served)


def test_an_address_gives_it_and_refuses_what_is_unknown() -> None:
    answer = client.get(f"{api.PREFIX}/briefing.pdf", params={"year": YEAR, "as_of": TODAY.isoformat()})
    assert (answer.status_code, answer.headers["content-type"]) == (200, "application/pdf")
    assert answer.content == briefing.briefing(programme(), TODAY, year=YEAR)
    for unknown in ({"track": "none"}, {"year": 1900}):
        assert client.get(f"{api.PREFIX}/briefing.pdf", params=unknown).status_code == 404
    assert client.get(f"{api.PREFIX}/briefing.pdf", params={"year": "x"}).status_code == 400
