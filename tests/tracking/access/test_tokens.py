"""A token reads what its owner may read, and does nothing else."""

import pytest
from sqlalchemy import Engine
from starlette.testclient import TestClient

from tracking import database
from tracking.access import tokens


@pytest.mark.usefixtures("wang")
def test_a_token_reads_tables_as_its_owner_does_and_nothing_else(any_engine: Engine, client: TestClient) -> None:
    secret = database.write_beside(any_engine, lambda connection: tokens.make(connection, 1, "Power Query"))
    bearer = {"Authorization": f"Bearer {secret}"}
    assert client.get("/api/v1/shortfalls.csv", headers=bearer).json()["name"] == "wang"
    for method, path in (("GET", "/space"), ("POST", "/api/v1/shortfalls.csv"), ("GET", "/account")):
        assert client.request(method, path, headers=bearer).status_code == 401
    database.write_beside(any_engine, lambda connection: tokens.end(connection, 2, 1))
    assert client.get("/api/v1/shortfalls.csv", headers=bearer).status_code == 200
    database.write_beside(any_engine, lambda connection: tokens.end(connection, 1, 1))
    assert client.get("/api/v1/shortfalls.csv", headers=bearer).status_code == 401
