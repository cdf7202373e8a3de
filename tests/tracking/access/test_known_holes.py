"""Kinds of holes that comparable systems have had, where no other test is of that kind already (docs/security.md)."""

from collections.abc import Iterator

import pytest
import sqlalchemy as sa
from sqlalchemy import Engine
from starlette.applications import Starlette
from starlette.testclient import TestClient

from tracking import api, database
from tracking.access import accounts, looking_after, people, tokens
from tracking.access.gate import Gate
from tracking.api import prepared
from tracking.database import CITY, Scope

HERE = {"Sec-Fetch-Site": "same-origin"}
PASSWORD = "four lively herons dance"


@pytest.fixture
def client(engine: Engine) -> Iterator[TestClient]:
    """A browser, the addresses, and an account that sees the city."""
    looking_after.add(engine, "wang", password=PASSWORD)
    looking_after.give(engine, "wang", "manager", CITY)
    routes = api.routes(lambda: people.seen_by(engine, people.current.get()))
    gate = Gate(Starlette(routes=routes), lambda: engine)
    with TestClient(gate, "http://localhost", client=("127.0.0.1", 1), follow_redirects=False) as client:
        yield client


def token(engine: Engine) -> str:
    return database.write_beside(engine, lambda connection: tokens.make(connection, 1, "tool"))


def test_a_token_never_becomes_a_session(client: TestClient, engine: Engine) -> None:
    """DHIS2 CVE-2023-31139: what a token was limited to did not hold for the session that it began."""
    secret = token(engine)
    answer = client.get("/api/v1/codes.csv", headers={"Authorization": f"Bearer {secret}"})
    assert answer.status_code == 200
    assert "Set-Cookie" not in answer.headers
    assert client.get("/account").status_code == 401
    assert client.get("/api/v1/codes.csv", headers={"Cookie": f"tracking-session={secret}"}).status_code == 401


def test_no_pattern_stands_for_the_key_of_a_file(client: TestClient) -> None:
    """Grafana CVE-2021-39226: the place holder of the route itself gave somebody's snapshot."""
    wang = people.Person(1, "wang", grants=(people.Grant("manager", CITY),))
    made = prepared.prepare(lambda out: None if out.write(b"x") else None, "a.csv", wang)
    assert client.post("/sign-in", data={"name": "wang", "password": PASSWORD}, headers=HERE).status_code == 303
    assert client.get(f"/api/v1{made.address}").status_code == 200
    for key in ("{token}", ":token", "*", "%25", "_", "%2e%2e", "."):
        assert client.get(f"/api/v1/prepared/{key}/a.csv").status_code in (404, 410), key


def test_what_an_account_left_behind_ends_with_it(client: TestClient, engine: Engine) -> None:
    """As tokens and cookies that outlived a password or an account, in several systems."""
    secret = token(engine)
    bearer = {"Authorization": f"Bearer {secret}"}
    assert client.get("/api/v1/codes.csv", headers=bearer).status_code == 200
    looking_after.end(engine, "wang")
    assert client.get("/api/v1/codes.csv", headers=bearer).status_code == 401
    with database.reading(engine) as connection, pytest.raises(accounts.UnknownAccount):
        accounts.number_of(connection, "wang")


def test_a_token_that_is_over_shows_nothing_instead_of_all(client: TestClient, engine: Engine) -> None:
    """Superset 24745: with the token ended what it had narrowed down, and a download had every row."""
    database.write(engine, lambda connection: connection.execute(sa.text(_SPACES)))
    looking_after.add(engine, "li", password=PASSWORD)
    looking_after.give(engine, "li", "operator", Scope("space", "S1"))
    secret = database.write_beside(engine, lambda connection: tokens.make(connection, 2, "tool"))
    bearer = {"Authorization": f"Bearer {secret}"}
    path = "/api/v1/filings.json?paged=no&space="
    assert client.get(f"{path}S1", headers=bearer).status_code == 200
    assert client.get(f"{path}S2", headers=bearer).status_code == 404
    for end in (lambda: looking_after.take_roles(engine, "li", ["operator"]), lambda: _over(engine)):
        end()
        for space in ("S1", "S2"):
            answer = client.get(path + space, headers=bearer)
            assert answer.status_code in (401, 404)
            assert b"name" not in answer.content


_SPACES = """
INSERT INTO space VALUES (1, 'S1', 'name one', 'd', '', '', NULL, NULL), (1, 'S2', 'name two', 'd', '', '', NULL, NULL)
"""


def _over(engine: Engine) -> None:
    statement = sa.text("UPDATE token SET until_day = DATE '2020-01-01'")
    database.write_beside(engine, lambda connection: connection.execute(statement))
