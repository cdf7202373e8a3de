"""What is asked in an address and cannot be: named, with what can."""

import pytest
from starlette.testclient import TestClient

from tests.served import served
from tracking import api

client = TestClient(served)


@pytest.mark.parametrize(
    ("address", "status", "parameter"),
    [
        ("shortfalls.csv?year=last", 400, "year"),
        ("shortfalls.csv?limit=10", 400, "limit"),
        ("shortfalls.json?limit=-1", 400, "limit"),
        ("shortfalls.json?offset=99999999999999999999", 400, "offset"),
        ("shortfalls.csv?as_of=2025-02-30", 400, "as_of"),
        ("shortfalls.csv?lang=zh&lang=en", 400, "lang"),
        ("shortfalls.csv?track=%00", 400, "track"),
        ("shortfalls.csv?status=fulfilled", 400, "status"),
        ("shortfalls.csv?" + "year=2024&" * 101, 400, "year"),
        ("changes.csv", 400, "from"),
        ("shortfalls.csv?track=' OR 1=1 --", 404, "track"),
        ("shortfalls.csv?requirement=branding.target.9", 404, "requirement"),
        ("shortfalls.csv?data_version=99", 404, "data_version"),
        ("changes.csv?from=99", 404, "from"),
        ("nothing.csv", 404, None),
        ("prepared/nothing/shortfalls.csv", 404, None),
        ("shortfalls.xls", 404, None),
    ],
)
def test_what_is_wrong_is_named(address: str, status: int, parameter: str | None) -> None:
    answer = client.get(f"{api.PREFIX}/{address}")
    assert answer.headers["Content-Type"] == "application/problem+json"
    assert (answer.status_code, answer.json()["status"], answer.json().get("parameter")) == (status, status, parameter)


def test_who_lists_values_with_commas_is_told_how_several_are_asked() -> None:
    answer = client.get(f"{api.PREFIX}/shortfalls.csv?year=2024,2025&lang=en")
    assert "several are written year=…&year=…" in answer.json()["detail"]
