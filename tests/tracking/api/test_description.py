"""Every address does what the OpenAPI description says, whatever it is asked."""

import io
from functools import partial

import pandas as pd
import pytest
import schemathesis
from hypothesis import HealthCheck, settings
from starlette.testclient import TestClient

from tests.served import programme, served
from tracking import api
from tracking.api.tables import TABLES, Table

schema = schemathesis.openapi.from_asgi(f"{api.PREFIX}/openapi.json?lang=en", served)
client = TestClient(served)


# What an address may be asked is the same in every format, and JSON can be asked for more.
@schema.include(path_regex=r"\.json$").parametrize()
@settings(max_examples=settings().max_examples // 10, suppress_health_check=[HealthCheck.too_slow])
def test_every_address_keeps_to_its_description(case: schemathesis.Case) -> None:
    programme()
    case.call_and_validate(timeout=120)


@pytest.mark.parametrize("form", ["csv", "xlsx", "parquet"])
@pytest.mark.parametrize("table", TABLES, ids=lambda table: table.name)
def test_every_format_has_the_rows_of_the_json(table: Table, form: str) -> None:
    first = {"from": 0} if table.name == "changes" else {}
    address = f"{api.PREFIX}/{table.name}"
    answer = client.get(f"{address}.{form}", params=first)
    content = io.BytesIO(answer.content)
    read_xlsx = partial(pd.read_excel, sheet_name=table.name, engine="calamine")
    read = {"csv": pd.read_csv, "xlsx": read_xlsx, "parquet": pd.read_parquet}[form]
    total = client.get(f"{address}.json", params={**first, "limit": 1}).json()["total"]
    assert len(read(content)) == total
