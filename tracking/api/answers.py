"""An address of a table, answered: the rows in a format, stamped with the data version that they rest on."""

import hashlib
import io
import json
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
from starlette.responses import Response

import tracking
from tracking import database
from tracking.access import acts, trail
from tracking.api import files, parameters
from tracking.api.parameters import PAGING, Parameter
from tracking.api.refusals import Refused
from tracking.api.tables import Endpoint, Query, Source
from tracking.closings import archive, frozen
from tracking.closings.frozen import Frozen
from tracking.closings.unknown import UnknownClosing
from tracking.database import states
from tracking.exports import covers, formats, provenance, workbook
from tracking.exports.provenance import Provenance
from tracking.results.tables.filters import UnknownCode, check_codes

MEDIA_TYPES = {
    "csv": "text/csv; charset=utf-8",
    "json": "application/json",
    "xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
    "parquet": "application/vnd.apache.parquet",
}
# Earlier states held in memory, each a whole database.
_STATES_KEPT = 2
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
    with _standing(engine, table, query) as (source, closed):
        rests_on = _provenance(source.connection, table, query, closed)
        headers = {
            "ETag": _tag(table, form, query, rests_on.data_version, _seen(source, form)),
            "Cache-Control": "private, no-cache",
            "As-Of": query.as_of.isoformat(),
            **rests_on.headers(),
        }
        if _has(request, headers["ETag"]):
            return Response(status_code=304, headers=headers)
        try:
            check_codes(source.connection, query.chosen)
        except UnknownCode as error:
            raise Refused("unknown-value", error.kind, value=error.code, known=", ".join(error.known)) from error
        if query.limit is not None:
            rows = table.read(source, query)
            (frame,) = rows.frames
            page = _page(request.url, table, query, (rows.total(), len(frame)), rests_on, headers["As-Of"])
            if page["next"]:
                headers["Link"] = f'<{page["next"]}>; rel="next"'
            # The rows as a file has them, digit by digit: read as numbers they would be doubles.
            whole = json.dumps(page, ensure_ascii=False).removesuffix("}").encode()
            content = whole + b', "rows": ' + formats.written([frame], "json").strip() + b"}"
            return Response(content, headers=headers, media_type=MEDIA_TYPES["json"])
        name = f"{table.name}-{rests_on.stamp}.{form}"
        acts.downloaded(engine, name)
        headers["Content-Disposition"] = f'attachment; filename="{name}"'
        write = partial(_written, source, table, form, query, rests_on, closed)
        return files.answer(request, write, MEDIA_TYPES[form], headers)


def archived(request: Request, engine: Engine) -> Response:
    """The file of a closing, byte for byte. Raises Refused, DatabaseUnavailable."""
    if not frozen.whole(engine):
        # It has the rows of every space.
        raise Refused("whole-only")
    number = int(request.path_params["number"])
    with database.reading(engine) as connection, _closing_known():
        closed = frozen.find(connection, number)
    tag = f'"{closed.sha256}"'
    name = f"closing-{number}-{closed.scope.edition}-{closed.scope.year}.zip"
    headers = {
        "ETag": tag,
        "Cache-Control": "private, no-cache",
        "Content-Disposition": f'attachment; filename="{name}"',
    }
    if _has(request, tag):
        return Response(status_code=304, headers=headers)
    acts.downloaded(engine, name)
    return files.answer(request, lambda: io.BytesIO(closed.content), "application/zip", headers)


@contextmanager
def _closing_known() -> Iterator[None]:
    try:
        yield
    except UnknownClosing as error:
        raise Refused("unknown-closing", "closing", value=error.number, newest=error.newest) from error


@contextmanager
def _standing(engine: Engine, table: Endpoint, query: Query) -> Iterator[tuple[Source, Frozen | None]]:
    """The state and the day that are asked for, and the closing that is."""
    if query.closing is not None and table.name in archive.TABLES:
        if query.data_version is not None or query.day_chosen:
            raise Refused("contradiction", "closing", other="data_version, as_of")
        with _closing_known(), frozen.reading(engine, query.closing) as (connection, closed):
            yield Source(engine, connection), closed
        return
    with database.reading(engine, query.as_of) as connection, _closing_known():
        newest = database.data_version(connection)
        version = newest if query.data_version is None else query.data_version
        if version > newest:
            raise Refused("unknown-version", "data_version", value=version, newest=newest)
        if version == newest:
            yield Source(engine, connection), None
            return
        with _one_builder:
            earlier = states.as_seen(_state(database.opened(engine), version), connection, version)
    with database.reading(earlier, query.as_of) as connection:
        yield Source(earlier, connection), None


def _provenance(connection: Connection, table: Endpoint, query: Query, closed: Frozen | None) -> Provenance:
    later = database.data_version(connection) if query.later is None else query.later
    compared = (query.earlier, later) if table.name == "changes" else None
    basis = closed.basis if closed else None
    return provenance.of(connection, table.name, query.chosen, compared=compared, closing=basis)


@lru_cache(maxsize=_STATES_KEPT)
def _state(engine: Engine, version: int) -> Engine:
    return database.opened(states.state(engine, version))


def _seen(source: Source, form: str) -> list[object]:
    """What else a file follows from: the spaces that are seen and, on a cover, the audit trail's head."""
    return [database.scopes(source.engine), *([trail.head(source.connection)] if form == "xlsx" else [])]


def _tag(table: Endpoint, form: str, query: Query, version: int, seen: Sequence[object]) -> str:
    """Weak, because what stands between may compress the same bytes; another for whoever sees other spaces."""
    identity = json.dumps([table.name, form, _PROGRAM, asdict(query), seen], default=str, sort_keys=True)
    return f'W/"{version}-{hashlib.sha256(identity.encode()).hexdigest()[:16]}"'


def _has(request: Request, tag: str) -> bool:
    held = [each.strip() for each in request.headers.get("If-None-Match", "").split(",")]
    return "*" in held or tag.removeprefix("W/") in [each.removeprefix("W/") for each in held]


def _written(
    source: Source, table: Endpoint, form: str, query: Query, rests_on: Provenance, closed: Frozen | None
) -> IO[bytes]:
    """The file, whole, so that who takes his time to fetch it holds no connection."""
    whole = not (query.columns or query.sort or query.group_by or rests_on.filters)
    if closed and form == "parquet" and whole and frozen.whole(source.engine):
        return io.BytesIO(closed.given_back(table.name, query.chosen["lang"]))
    rows = table.read(source, query)
    try:
        about: formats.About = rests_on
        if form == "xlsx":
            formats.check_fits(form, rows.total())
            about = covers.cover(source.connection, rests_on, query.chosen, rows.columns, rows.total())
        return formats.spooled(partial(formats.write, rows.frames, form, cover=about))
    except workbook.TooManyRows as error:
        raise Refused("too-many-rows", rows=error.rows, most=error.most) from error
    except OSError as error:
        raise Refused("no-room") from error


def _page(
    url: URL, table: Endpoint, query: Query, counts: tuple[int, int], rests_on: Provenance, as_of: str
) -> dict[str, object]:
    """What is said of a page of JSON before its rows; `counts` are of all that were asked for, and of the page's."""
    total, shown = counts
    after = query.offset + shown
    # Whatever is loaded between two pages, the next one is of the same state and day.
    version = str(rests_on.data_version)
    standing = {"as_of": as_of, "data_version": version, "to": version if query.later is None else query.later}
    if query.closing is not None:
        standing = {}
    pinned = {each.name: standing[each.name] for each in table.parameters if each.name in standing}
    following = url.include_query_params(**pinned, limit=query.limit, offset=after)
    basis = rests_on.as_dict()
    return {
        "table": table.name,
        "as_of": as_of,
        "data_version": rests_on.data_version,
        "rules": rests_on.rules,
        "release": rests_on.release,
        "editions": basis["editions"],
        "total": total,
        "offset": query.offset,
        "next": f"{following.path}?{following.query}" if query.offset < after < total else None,
    }
