"""The addresses, and what is told where something is wrong."""

from collections.abc import Callable, Sequence
from functools import partial
from typing import cast

from sqlalchemy import Engine
from starlette.applications import Starlette
from starlette.exceptions import HTTPException
from starlette.middleware import Middleware
from starlette.requests import Request
from starlette.responses import JSONResponse, RedirectResponse, Response
from starlette.routing import BaseRoute, Mount, Route

from tracking import database
from tracking.api import answers, attachments, briefings, description, parameters, prepared, refusals
from tracking.api.hosts import OwnHosts
from tracking.api.refusals import Refused, brief
from tracking.api.tables import TABLES, Endpoint
from tracking.database import DatabaseUnavailable
from tracking.exports import formats, provenance
from tracking.words.language import Lang

PREFIX = "/api/v1"


def routes(engine: Callable[[], Engine], hosts: Sequence[str] = (), base: str = "") -> list[BaseRoute]:
    """What a server mounts for `application`: PREFIX itself leads to the description. `base` is a path before it."""
    prefix = f"/{base.strip('/')}{PREFIX}" if base.strip("/") else PREFIX
    return [Route(prefix, _lead_on), Route(f"{prefix}/", _lead_on), Mount(prefix, application(engine, hosts))]


def _lead_on(request: Request) -> Response:
    # Relative, so that it holds whatever a proxy puts before the path or takes from it.
    folder = "" if request.url.path.endswith("/") else f"{PREFIX.rpartition('/')[2]}/"
    query = f"?{request.url.query}" if request.url.query else ""
    return RedirectResponse(f"{folder}openapi.json{query}")


def application(engine: Callable[[], Engine], hosts: Sequence[str] = ()) -> Starlette:
    """What answers below PREFIX, for GET and HEAD alone.

    These are `/<table>.<format>`, `/briefing.pdf`, `/closings/<n>.zip`, `/evidence/<load>` and `/openapi.json`.

    A file that a page has made by `prepared` is fetched here too.

    `engine` is asked for at every request; it may raise DatabaseUnavailable. `hosts` are the names that the server
    may be asked by (`*.` before one: its subdomains); none means any.
    """
    routes = [
        Route(f"/{table.name}.{form}", partial(_answer, engine, table, form))
        for table in TABLES
        for form in formats.FORMATS
    ]
    return Starlette(
        routes=[
            *routes,
            Route("/briefing.pdf", partial(briefings.answer, engine)),
            Route("/closings/{number:int}.zip", partial(_archived, engine)),
            Route("/evidence/{number:int}", partial(_evidence, engine)),
            Route("/openapi.json", partial(_describe, engine)),
            Route("/prepared/{token}/{name}", prepared.answer),
        ],
        exception_handlers={Refused: _refused, DatabaseUnavailable: _unavailable, HTTPException: _no_address},
        middleware=[Middleware(OwnHosts, hosts)],
    )


def _answer(engine: Callable[[], Engine], table: Endpoint, form: str, request: Request) -> Response:
    return answers.answer(request, table, form, engine())


def _archived(engine: Callable[[], Engine], request: Request) -> Response:
    return answers.archived(request, engine())


def _evidence(engine: Callable[[], Engine], request: Request) -> Response:
    return attachments.answer(request, engine())


def _describe(engine: Callable[[], Engine], request: Request) -> Response:
    lang = cast(Lang, parameters.read(request.query_params.multi_items(), [parameters.LANG])["lang"])
    try:
        with database.reading(engine()) as connection:
            published = provenance.editions(connection, lang)
    except DatabaseUnavailable:
        # What can be asked does not depend on whether it can be answered now.
        published = ()
    return JSONResponse(description.description(request.scope["root_path"], lang, published))


def _refused(request: Request, error: Exception) -> Response:
    assert isinstance(error, Refused)
    return refusals.answer(request, error)


def _unavailable(request: Request, _: Exception) -> Response:
    return refusals.answer(request, Refused("database-unavailable"))


def _no_address(request: Request, error: Exception) -> Response:
    assert isinstance(error, HTTPException)
    code = "read-only" if error.status_code == 405 else "no-such-address"
    refused = Refused(
        code,
        address=brief(request.url.path),
        method=request.method,
        tables=", ".join(table.name for table in TABLES),
        formats=", ".join(formats.FORMATS),
    )
    return refusals.answer(request, refused, error.headers)
