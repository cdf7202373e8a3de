"""What backs a figure, given back as it came: as a download alone, which no browser opens by itself."""

from urllib.parse import quote

from sqlalchemy import Engine
from starlette.requests import Request
from starlette.responses import Response

from tracking.access import acts
from tracking.api.refusals import Refused
from tracking.review import evidence

# Whatever is in it: what a browser knows, it would show.
MEDIA_TYPE = "application/octet-stream"


def answer(request: Request, engine: Engine) -> Response:
    """The file of a number, for who sees its space. Raises Refused, DatabaseUnavailable."""
    number = int(request.path_params["number"])
    try:
        name, content = evidence.content(engine, number)
    except LookupError as error:
        raise Refused("no-evidence", number=number) from error
    acts.downloaded(engine, f"evidence {number}")
    headers = {
        "Content-Disposition": f"attachment; filename*=UTF-8''{quote(name)}",
        "X-Content-Type-Options": "nosniff",
        "Cache-Control": "private, no-store",
    }
    return Response(content, media_type=MEDIA_TYPE, headers=headers)
