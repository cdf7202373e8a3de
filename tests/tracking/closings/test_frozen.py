"""What a closing gives back."""

from sqlalchemy import Engine
from starlette.applications import Starlette
from starlette.testclient import TestClient

from tests.tracking.closings.about import FUNDED, file
from tracking import api, database


def test_a_closing_is_chosen_from_like_any_table(decided: Engine) -> None:
    with TestClient(Starlette(routes=api.routes(lambda: decided))) as client:
        file(decided, b"space_id,year,mentors\nS3,2022,1\n")
        page = client.get(f"{api.PREFIX}/shortfalls.json?closing=1&space=S3&requirement={FUNDED}").json()
        assert [(row["metric"], row["actual"]) for row in page["rows"]] == [("funded_firms", 4)]
        assert (page["data_version"], page["as_of"], page["rules"]) == (3, "2023-05-01", database.rules())
