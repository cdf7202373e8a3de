"""Somebody at the gate."""

from collections.abc import Iterator

import pytest
from sqlalchemy import Engine
from starlette.applications import Starlette
from starlette.routing import Route, WebSocketRoute
from starlette.testclient import TestClient

from tests.tracking.access.entering import PASSWORD, change, socket, whoever
from tracking.access import looking_after, passwords
from tracking.access.gate import Gate


@pytest.fixture
def gated(any_engine: Engine) -> Starlette:
    methods = ["GET", "POST", "PUT", "DELETE"]
    behind = Starlette(
        routes=[WebSocketRoute("/_stcore/stream", socket), Route("/{path:path}", whoever, methods=methods)]
    )
    return Gate(behind, lambda: any_engine)


@pytest.fixture
def client(gated: Starlette) -> Iterator[TestClient]:
    """A browser on this machine."""
    with TestClient(gated, "http://localhost", client=("127.0.0.1", 50000), follow_redirects=False) as client:
        yield client


@pytest.fixture
def wang(any_engine: Engine) -> str:
    """An account with a password of its own, and no grant."""
    first = looking_after.add(any_engine, "Wang")
    change(any_engine, first, PASSWORD)
    return "wang"


@pytest.fixture
def plain_passwords(monkeypatch: pytest.MonkeyPatch) -> None:
    """Passwords as they are: what is made of them is tested where people sign in."""
    monkeypatch.setattr(passwords, "hashed", lambda password: password)
    monkeypatch.setattr(passwords, "fits", lambda kept, password: kept == password)
