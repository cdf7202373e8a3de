"""An address of a table, answered: the rows in a format, stamped with the data version that they rest on."""

import hashlib
import json
import os
import threading
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import asdict
from functools import lru_cache, partial
from pathlib import Path
from typing import IO

from sqlalchemy import Connection, Engine
from starlette.datastructures import URL
from starlette.requests import Request
from starlette.responses import JSONResponse, Response, StreamingResponse

import tracking
from tracking import database
from tracking.api import parameters
from tracking.api.parameters import PAGING, Parameter
from tracking.api.refusals import Refused
from tracking.api.tables import Endpoint, Query, Rows, Source
from tracking.database import Scope, states
from tracking.exports import covers, formats
from tracking.exports.covers import Cover
from tracking.results.tables.filters import UnknownCode, check_codes

MEDIA_TYPES = {
    "csv": "text/csv; charset=utf-8",
    "json": "application/json",
    "xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
    "parquet": "application/vnd.apache.parquet",
}
# Earlier states held in memory, each a whole database.
_STATES_KEPT = 2
# Bytes of a file that are sent at once.
PIECE = 1 << 20
_one_builder = threading.Lock()
# What is said of the same data follows from the rules, the words and the code, so an upgrade makes answers out of date.
_PROGRAM = hashlib.sha256(
    b"".join(
        path.read_bytes()
        for path in [database.SCHEMA, *sorted(Path(tracking.__file__).parent.rglob("*"))]
        if path.suffix in (".sql", ".py", ".csv")
    )
).hexdigest()


def parameters_of(table: Endpoint, form: str) -> tuple[Parameter, ...]:
    """The parameters of a table in a format: JSON comes in pages unless they are declined, the others whole."""
    return (*table.parameters, *PAGING) if form == "json" else table.parameters


def answer(request: Request, table: Endpoint, form: str, engine: Engine) -> Response:
    """The rows that a request asks for, or that nothing has changed since. Raises Refused, DatabaseUnavailable."""
    query = Query.of(parameters.read(request.query_params.multi_items(), parameters_of(table, form)))
    with _standing(engine, query) as (source, version):
        headers = {
            "ETag": _tag(table, form, query, version, database.scopes(source.engine)),
            "Cache-Control": "private, no-cache",
            "Data-Version": str(version),
            "As-Of": query.as_of.isoformat(),
        }
        if _has(request, headers["ETag"]):
            return Response(status_code=304, headers=headers)
        try:
            check_codes(source.connection, query.chosen)
        except UnknownCode as error:
            raise Refused("unknown-value", error.kind, value=error.code, known=", ".join(error.known)) from error
        rows = table.read(source, query)
        if query.limit is not None:
            return JSONResponse(_page(request.url, table, query, rows, headers), headers=headers)
        content = _written(source.connection, table, form, query, rows)
    name = f"{table.name}-v{version}-{query.as_of:%Y%m%d}.{form}"
    headers["Content-Disposition"] = f'attachment; filename="{name}"'
    headers["Content-Length"] = str(content.seek(0, os.SEEK_END))
    content.seek(0)
    return StreamingResponse(_pieces(content), media_type=MEDIA_TYPES[form], headers=headers)


@contextmanager
def _standing(engine: Engine, query: Query) -> Iterator[tuple[Source, int]]:
    """The state and the day that are asked for, and that state's data version."""
    with database.reading(engine, query.as_of) as connection:
        newest = database.data_version(connection)
        version = newest if query.data_version is None else query.data_version
        if version > newest:
            raise Refused("unknown-version", "data_version", value=version, newest=newest)
        if version == newest:
            yield Source(engine, connection), version
            return
        with _one_builder:
            earlier = states.as_seen(_state(database.opened(engine), version), connection)
    with database.reading(earlier, query.as_of) as connection:
        yield Source(earlier, connection), version


@lru_cache(maxsize=_STATES_KEPT)
def _state(engine: Engine, version: int) -> Engine:
    return database.opened(states.state(engine, version))


def _tag(table: Endpoint, form: str, query: Query, version: int, scopes: Sequence[Scope]) -> str:
    """Weak, because what stands between may compress the same bytes; another for whoever sees other spaces."""
    identity = json.dumps([table.name, form, _PROGRAM, asdict(query), scopes], default=str, sort_keys=True)
    return f'W/"{version}-{hashlib.sha256(identity.encode()).hexdigest()[:16]}"'


def _has(request: Request, tag: str) -> bool:
    held = [each.strip() for each in request.headers.get("If-None-Match", "").split(",")]
    return "*" in held or tag.removeprefix("W/") in [each.removeprefix("W/") for each in held]


def _cover(connection: Connection, table: Endpoint, query: Query, rows: Rows) -> Cover:
    later = database.data_version(connection) if query.later is None else query.later
    compared = (query.earlier, later) if table.name == "changes" else None
    return covers.cover(connection, table.name, query.chosen, rows.columns, rows.total(), compared=compared)


def _written(connection: Connection, table: Endpoint, form: str, query: Query, rows: Rows) -> IO[bytes]:
    """The file, whole, so that who takes his time to fetch it holds no connection."""
    try:
        if form != "xlsx":
            return formats.spooled(partial(formats.write, rows.frames, form))
        formats.check_fits(form, rows.total())
        cover = _cover(connection, table, query, rows)
        return formats.spooled(partial(formats.write, rows.frames, form, cover=cover))
    except formats.TooManyRows as error:
        raise Refused("too-many-rows", rows=error.rows, most=error.most) from error
    except OSError as error:
        raise Refused("no-room") from error


def _pieces(content: IO[bytes]) -> Iterator[bytes]:
    with content:
        while piece := content.read(PIECE):
            yield piece


def _page(url: URL, table: Endpoint, query: Query, rows: Rows, headers: dict[str, str]) -> dict[str, object]:
    total = rows.total()
    (frame,) = rows.frames
    after = query.offset + len(frame)
    # Whatever is loaded between two pages, the next one is of the same state and day.
    version = headers["Data-Version"]
    standing = {
        "as_of": headers["As-Of"],
        "data_version": version,
        "to": version if query.later is None else query.later,
    }
    pinned = {each.name: standing[each.name] for each in table.parameters if each.name in standing}
    following = url.include_query_params(**pinned, limit=query.limit, offset=after)
    return {
        "table": table.name,
        "as_of": headers["As-Of"],
        "data_version": int(headers["Data-Version"]),
        "total": total,
        "offset": query.offset,
        "next": f"{following.path}?{following.query}" if query.offset < after < total else None,
        "rows": formats.records(frame),
    }
