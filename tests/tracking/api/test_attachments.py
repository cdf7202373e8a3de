"""What backs a figure goes out as a download, to who sees the space."""

import pytest
import sqlalchemy as sa
from sqlalchemy import Engine
from starlette.applications import Starlette
from starlette.testclient import TestClient

from tests import reviewed
from tests.reviewed import by
from tracking import api, database
from tracking.review import evidence

PDF = b"%PDF-1.7\nlease"
AT = ("S1", 2022, "funded_firms")


@pytest.fixture
def programme(engine: Engine) -> Engine:
    return reviewed.filed(engine)


def test_it_goes_out_as_a_download_alone_and_to_who_sees_the_space(programme: Engine) -> None:
    number = evidence.attach(by(programme, "operator"), "S2", 2022, "mentors", PDF, "导师.pdf")
    answers = {}
    for name in ("manager", "southern"):
        client = TestClient(Starlette(routes=api.routes(lambda name=name: by(programme, name))))
        answers[name] = client.get(f"{api.PREFIX}/evidence/{number}")
    seen, unseen = answers["manager"], answers["southern"]
    assert (seen.status_code, seen.content) == (200, PDF)
    assert seen.headers["content-type"] == "application/octet-stream"
    assert seen.headers["x-content-type-options"] == "nosniff"
    assert seen.headers["content-disposition"].startswith("attachment; ")
    assert unseen.status_code == 404
    with database.reading(programme) as connection:
        last = sa.text("SELECT subject FROM audit_event WHERE event = 'download' ORDER BY number DESC LIMIT 1")
        assert connection.execute(last).scalar_one() == f"evidence {number}"
