"""Every address does what the OpenAPI description says, whatever it is asked."""

import schemathesis
from hypothesis import HealthCheck, settings

from tests.served import programme, served
from tracking import api

schema = schemathesis.openapi.from_asgi(f"{api.PREFIX}/openapi.json?lang=en", served)


@schema.parametrize()
@settings(max_examples=settings().max_examples // 10, suppress_health_check=[HealthCheck.too_slow])
def test_every_address_keeps_to_its_description(case: schemathesis.Case) -> None:
    programme()
    case.call_and_validate()
