"""How an address refuses: as a problem document, short, and whatever the reason."""

import errno

import pytest
from starlette.testclient import TestClient

from tests.served import served
from tracking import api
from tracking.exports import formats

client = TestClient(served)


def test_a_disk_without_room_is_told(monkeypatch: pytest.MonkeyPatch) -> None:
    def full(*_: object, **__: object) -> None:
        raise OSError(errno.ENOSPC, "No space left on device")

    monkeypatch.setattr(formats, "write", full)
    answer = client.get(f"{api.PREFIX}/shortfalls.csv?lang=en")
    assert (answer.status_code, answer.headers["Content-Type"]) == (507, "application/problem+json")
    assert "disk has no room" in answer.json()["detail"]


def test_what_is_wrong_is_not_repeated_at_any_length() -> None:
    answer = client.get(f"{api.PREFIX}/shortfalls.csv", params={"search": "x" * 50_000})
    assert len(answer.content) < 1000
