"""Signing in by a password: the first one, wrong ones, and where it leads."""

from datetime import timedelta

import pytest
import sqlalchemy as sa
from argon2 import PasswordHasher
from sqlalchemy import Engine
from starlette.applications import Starlette
from starlette.testclient import TestClient

from tests.tracking.access.entering import HERE, PASSWORD, enter
from tracking import database
from tracking.access import looking_after, trail
from tracking.access.gate import Gate


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


def test_what_is_kept_of_a_password_takes_long_to_guess(slowly: PasswordHasher) -> None:
    # The second choice of RFC 9106, for who has no gigabytes to spare: 64 MiB, gone through three times.
    assert slowly.hash(PASSWORD).startswith("$argon2id$v=19$m=65536,t=3,p=4$")


@pytest.mark.usefixtures("wang")
def test_a_wrong_password_slows_down_whether_the_name_exists_or_not(any_engine: Engine, client: TestClient) -> None:
    answers = {}
    for name in ("wang", "nobody"):
        tries = [client.post("/sign-in", data={"name": name, "password": "wrong" * 3}, headers=HERE) for _ in range(6)]
        # What was typed stands in the form again, and nothing else tells the two apart.
        answers[name] = {(each.status_code, each.text.replace(f'value="{name}"', "")) for each in tries}
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


def test_while_the_database_is_away_signing_in_says_so_and_nothing_else() -> None:
    def away() -> Engine:
        raise database.DatabaseUnavailable("unreachable", "postgresql://secret@db/city")

    with TestClient(Gate(Starlette(), away), "http://localhost") as client:
        for answer in (
            client.get("/sign-in?lang=en"),
            client.post("/sign-in?lang=en", data={"name": "wang", "password": PASSWORD}, headers=HERE),
        ):
            assert answer.status_code == 503
            assert "The database cannot be used at the moment, try again later." in answer.text
            assert "secret" not in answer.text
