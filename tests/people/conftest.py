"""The programme of `ground`, laid once for each run; nobody writes to it but who may not."""

from collections.abc import Iterator
from typing import Any

import pytest
import sqlalchemy as sa
from sqlalchemy import Engine

from tests import databases
from tests.people import calls, ground
from tests.policies import SHANGHAI
from tracking import database
from tracking.policy import loading as policies
from tracking.review import papers


@pytest.fixture(scope="session")
def laid_at(tmp_path_factory: pytest.TempPathFactory) -> str:
    """The address of the programme in a file."""
    address = databases.shanghai_at(tmp_path_factory.mktemp("people") / "people.duckdb")
    engine = database.connect(address)
    _lay(engine)
    engine.dispose()
    return address


@pytest.fixture(scope="session")
def laid(laid_at: str) -> Iterator[Engine]:
    """The programme, as its keeper sees it."""
    engine = database.connect(laid_at)
    databases.by_one_thread(engine)
    yield engine
    engine.dispose()


@pytest.fixture(scope="session")
def laid_on_server(server: str) -> Iterator[Engine]:
    """The same on PostgreSQL."""
    outside = sa.create_engine(server, isolation_level="AUTOCOMMIT")
    with outside.connect() as connection:
        connection.execute(sa.text("CREATE DATABASE people"))
    outside.dispose()
    address = sa.make_url(server).set(database="people").render_as_string(hide_password=False)
    engine = database.connect(address, create=True)
    database.initialise(engine)
    policies.load(engine, SHANGHAI, by="tests")
    _lay(engine)
    yield engine
    engine.dispose()


def _lay(engine: Engine) -> None:
    with pytest.MonkeyPatch.context() as patched:
        # No paper has a code, and to look for one takes long.
        patched.setattr(papers, "_read", lambda _: ("application/pdf", []))
        ground.lay(engine)


@pytest.fixture(params=["laid", "laid_on_server"])
def any_laid(request: pytest.FixtureRequest) -> Engine:
    """Each of the two."""
    return request.getfixturevalue(request.param)


@pytest.fixture(scope="session")
def known(laid: Engine, tmp_path_factory: pytest.TempPathFactory) -> dict[str, Any]:
    """What functions are called with."""
    return calls.values(laid, tmp_path_factory.mktemp("calls"))
