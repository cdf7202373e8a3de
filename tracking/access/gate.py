"""The gate in front of everything that the server answers: pages, socket, uploads, media, addresses.

Who is nobody gets to the sign-in page and no further. Without any account the server is one person's own, and answers
this machine alone.
"""

from collections.abc import Callable, Collection, Sequence
from typing import NamedTuple
from urllib.parse import quote, urlsplit

from sqlalchemy import Engine
from starlette.concurrency import run_in_threadpool
from starlette.datastructures import MutableHeaders
from starlette.requests import HTTPConnection
from starlette.responses import PlainTextResponse, RedirectResponse, Response
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from tracking import database
from tracking.access import acts, cookies, names, people, sessions, settings, tokens
from tracking.access.limits import Limit
from tracking.access.media import PLACE, Media
from tracking.access.people import LOCAL, NOBODY, Person
from tracking.access.sign_in import SignIn
from tracking.database import DatabaseUnavailable
from tracking.words.language import LANGUAGES, Lang, text

# Streamlit takes a session up again for the same person alone, whom this header names; it comes from nowhere else.
ACCOUNT_HEADER = "X-Tracking-Account"
# A server that is asked through another one is not one person's own.
_FORWARDED = ("forwarded", "x-forwarded-for", "x-forwarded-host", "x-real-ip", "via")
# As strict as Streamlit bears: its own scripts, with what Plotly and its tables compile, and styles in the page.
_POLICY = "; ".join(
    (
        "default-src 'self'",
        "script-src 'self' 'unsafe-inline' 'unsafe-eval' blob:",
        "style-src 'self' 'unsafe-inline'",
        "img-src 'self' data: blob:",
        "font-src 'self' data:",
        "worker-src 'self' blob:",
        "object-src 'none'",
        "base-uri 'self'",
        "form-action 'self'",
        "frame-ancestors 'self'",
    )
)
_HEADERS = {
    "Content-Security-Policy": _POLICY,
    "X-Frame-Options": "SAMEORIGIN",
    "X-Content-Type-Options": "nosniff",
    "Referrer-Policy": "same-origin",
    "Cross-Origin-Opener-Policy": "same-origin",
}
_UPLOADS_A_MINUTE = 60


class Visitor(NamedTuple):
    """Who asks; None for nobody, with the reason of an own server's refusal where there is one.

    `first` is the page that must be done with before any other.
    """

    person: Person | None
    first: str = ""
    refused: str = ""


class Gate:
    """Answers for whoever has a session.

    `engine` is asked for at every request, `base` is a path before every one, `hosts` are the names that the server may
    be asked by; none means any. `led_to` says which files below `/media` a message to a page leads it to.
    """

    def __init__(
        self,
        app: ASGIApp,
        engine: Callable[[], Engine],
        base: str = "",
        hosts: Sequence[str] = (),
        led_to: Callable[[bytes], Collection[str]] = lambda _: (),
    ) -> None:
        self.app = app
        self.hosts = hosts
        self.engine = engine
        self.base = f"/{base}" if base else ""
        self.sign_in = SignIn(engine, self.base)
        self.uploads = Limit(_UPLOADS_A_MINUTE)
        self.media = Media()
        self.led_to = led_to

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] not in ("http", "websocket"):
            await self.app(scope, receive, send)
            return

        async def guarded(message: Message) -> None:
            if message["type"] == "http.response.start":
                headers = MutableHeaders(scope=message)
                for name, value in _HEADERS.items():
                    headers.setdefault(name, value)
                if "html" in headers.get("Content-Type", "") or PLACE in scope["path"]:
                    headers["Cache-Control"] = "no-store"
            await send(message)

        path = scope["path"].removeprefix(self.base)
        if not self._is_own(scope, path):
            await self._refuse(Visitor(None, refused="sign_in.foreign"), path, scope, receive, guarded)
        elif path == "/livez":
            await PlainTextResponse("ok")(scope, receive, guarded)
        elif scope["type"] == "http" and self.sign_in.is_open(path):
            await self.sign_in(scope, receive, guarded)
        else:
            visitor = await run_in_threadpool(self._visitor, scope, path)
            await self._answer(visitor, path, scope, receive, guarded)

    async def _answer(self, visitor: Visitor, path: str, scope: Scope, receive: Receive, send: Send) -> None:
        person = visitor.person
        if person is None or (visitor.first and path not in (visitor.first, "/sign-out")):
            await self._refuse(visitor, path, scope, receive, send)
            return
        uploads = scope["type"] == "http" and scope["method"] == "PUT" and "/upload_file/" in path
        if uploads and not self.uploads.admits(str(person.account)):
            await PlainTextResponse(text("sign_in.slower", _lang(scope)), 429)(scope, receive, send)
            return
        key = str(person.account or person.name)
        if path.startswith(PLACE) and not await self._hands_out(person, path, scope):
            # What is another's and what is not there are answered alike.
            await PlainTextResponse("", 404)(scope, receive, send)
            return

        async def noting(message: Message) -> None:
            if message["type"] == "websocket.send" and message.get("bytes"):
                self.media.tell(person, self.led_to(message["bytes"]))
            await send(message)

        own = [(name, value) for name, value in scope["headers"] if name.lower() != ACCOUNT_HEADER.lower().encode()]
        own.append((ACCOUNT_HEADER.lower().encode(), key.encode()))
        scope = {**scope, "headers": own}
        before = people.current.set(person)
        try:
            handler = self.sign_in if scope["type"] == "http" and self.sign_in.is_own(path) else self.app
            await handler(scope, receive, noting if scope["type"] == "websocket" else send)
        finally:
            people.current.reset(before)

    async def _hands_out(self, person: Person, path: str, scope: Scope) -> bool:
        """Whether a file is of a page of this person's own; that it was fetched is kept."""
        if not self.media.holds(person, path):
            return False
        if scope["method"] == "GET":
            seen = people.seen_by(self.engine(), person)
            await run_in_threadpool(acts.downloaded, seen, path.rpartition("/")[2])
        return True

    async def _refuse(self, visitor: Visitor, path: str, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] == "websocket":
            await receive()
            await send({"type": "websocket.close", "code": 4401})
            return
        await self._refusal(visitor, path, scope)(scope, receive, send)

    def _is_own(self, scope: Scope, path: str) -> bool:
        """Whether a server is asked by a name of its own, and a socket by a page of its own.

        The addresses of tables see to the name themselves, and say what is wrong.
        """
        headers = HTTPConnection(scope).headers
        host = headers.get("Host", "")
        if scope["type"] == "websocket" and urlsplit(headers.get("Origin", f"//{host}")).netloc != host:
            return False
        return path.startswith("/api/") or names.is_own(host, self.hosts)

    def _refusal(self, visitor: Visitor, path: str, scope: Scope) -> Response:
        if visitor.refused:
            return PlainTextResponse(text(visitor.refused, _lang(scope)), 403)
        if path.startswith("/api/"):
            return PlainTextResponse(text("sign_in.needed", _lang(scope)), 401, {"WWW-Authenticate": "Bearer"})
        connection = HTTPConnection(scope)
        if scope["method"] != "GET" or "text/html" not in connection.headers.get("Accept", ""):
            return PlainTextResponse(text("sign_in.needed", _lang(scope)), 401)
        if visitor.first:
            return RedirectResponse(f"{self.base}{visitor.first}", 303)
        query = scope["query_string"].decode("latin-1")
        target = quote(f"{scope['path']}?{query}" if query else scope["path"])
        return RedirectResponse(f"{self.base}/sign-in?next={target}", 303)

    def _visitor(self, scope: Scope, path: str) -> Visitor:
        """Who asks, by the token of a tool or the cookie of a session; the one at this machine where none is needed."""
        asking = HTTPConnection(scope)
        try:
            engine = self.engine()
            secret = asking.cookies.get(cookies.name(asking.headers.get("Host", "")), "")
            session = sessions.known(engine, secret) if secret else None
            if session is None and not people.anybody(engine):
                return _at_this_machine(scope, asking)
            found = asking.headers.get("Authorization", "")
            if found.lower().startswith("bearer "):
                reads = path.startswith("/api/") and scope.get("method") in ("GET", "HEAD")
                return Visitor(_of_token(engine, found[7:].strip()) if reads else None)
            proxied = settings.proxied(scope.get("client"), asking.headers)
            if proxied is not None:
                with database.reading_beside(engine) as connection:
                    return Visitor(people.named(connection, proxied))
        except DatabaseUnavailable:
            # There is nothing to see; what there is to do about it is told on the page, to this machine.
            at_it = _at_this_machine(scope, asking)
            return at_it if at_it.person is None else Visitor(NOBODY)
        if session is None:
            return Visitor(None)
        if session.unnoted:
            database.write_beside(engine, lambda connection: sessions.use(connection, secret))
        return Visitor(session.person, session.first)


def _of_token(engine: Engine, secret: str) -> Person | None:
    with database.reading_beside(engine) as connection:
        return tokens.person(connection, secret)


def _at_this_machine(scope: Scope, asking: HTTPConnection) -> Visitor:
    client = scope.get("client")
    near = client is not None and cookies.is_loopback(client[0])
    if near and not any(name in asking.headers for name in _FORWARDED):
        return Visitor(LOCAL)
    return Visitor(None, refused="sign_in.own_server")


def _lang(scope: Scope) -> Lang:
    accepted = HTTPConnection(scope).headers.get("Accept-Language", "")
    return "en" if accepted.lower().startswith("en") else LANGUAGES[0]
