"""Every address does what the OpenAPI description says, whatever it is asked."""

import json

import pytest
import schemathesis
from hypothesis import HealthCheck, settings
from starlette.testclient import TestClient

from tests.served import VERSIONS, programme, served
from tracking import api
from tracking.api.description import description
from tracking.api.tables import TABLES, Endpoint

# As it is told by address, without the programme, which whoever only collects the tests need not make.
schema = schemathesis.openapi.from_dict(json.loads(json.dumps(description(api.PREFIX, "en"))))
schema.app = served
client = TestClient(served)
# In the made-up programme nothing is closed, waived or to be put right.
FILLED = [table for table in TABLES if table.name not in ("closings", "since_closing", "waivers", "rectifications")]
# Comparing with a late version replays a few loads, not all.
FIRST = {"changes": {"from": VERSIONS - 4}}


# Every parameter is one of these addresses'. The other tables read the same ones by the same code.
@schema.include(path_regex=r"/(shortfalls|changes|openapi)\.json$").parametrize()
@settings(max_examples=settings().max_examples // 10, suppress_health_check=[HealthCheck.too_slow])
def test_whatever_is_asked_the_answer_keeps_to_the_description(case: schemathesis.Case) -> None:
    programme()
    case.call_and_validate(timeout=120)


@pytest.mark.parametrize("table", FILLED, ids=lambda table: table.name)
def test_every_table_keeps_to_its_description(table: Endpoint) -> None:
    case = schema[f"/{table.name}.json"]["GET"].Case(query={"limit": 100, **FIRST.get(table.name, {})})
    answer = case.call_and_validate()
    assert answer.json()["rows"]
