"""The programme's briefing by address, as PDF."""

from collections.abc import Callable
from datetime import date
from typing import Any

from sqlalchemy import Engine
from starlette.requests import Request
from starlette.responses import Response

from tracking import database
from tracking.access import acts
from tracking.api.parameters import AS_OF, LANG, Parameter, of_filters, read
from tracking.api.refusals import Refused
from tracking.exports import briefing, typesetting
from tracking.policy.rows import YEARS
from tracking.results.tables.filters import UnknownCode, check_codes

MEDIA_TYPE = "application/pdf"
PARAMETERS = (
    *(each for each in of_filters("evaluations") if each.name in briefing.NARROWED_BY),
    Parameter("year", "year", "number", least=YEARS[0], most=YEARS[1]),
    AS_OF,
    LANG,
)


def answer(engine: Callable[[], Engine], request: Request) -> Response:
    """The briefing that a request asks for. Raises Refused, DatabaseUnavailable."""
    parameters: dict[str, Any] = read(request.query_params.multi_items(), PARAMETERS)
    as_of = parameters.pop("as_of") or date.today()
    source = engine()
    try:
        with database.reading(source, as_of) as connection:
            version = database.data_version(connection)
            check_codes(connection, parameters)  # type: ignore[arg-type] # the year is no code
        printed = briefing.briefing(source, as_of, **parameters)
    except UnknownCode as error:
        raise Refused("unknown-value", error.kind, value=error.code, known=", ".join(error.known)) from error
    except typesetting.NoChineseFont as error:
        raise Refused("no-font") from error
    acts.downloaded(source, f"briefing-v{version}.pdf")
    headers = {
        "Content-Disposition": 'inline; filename="briefing.pdf"',
        "Cache-Control": "private, no-cache",
        "Data-Version": str(version),
        "As-Of": as_of.isoformat(),
    }
    return Response(printed, media_type=MEDIA_TYPE, headers=headers)
