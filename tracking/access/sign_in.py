"""Signing in and out: who gets a session, by a password or by a provider, and who gives it up."""

import html
from collections.abc import Callable
from urllib.parse import quote

from sqlalchemy import Connection, Engine
from starlette.applications import Starlette
from starlette.concurrency import run_in_threadpool
from starlette.requests import Request
from starlette.responses import PlainTextResponse, RedirectResponse, Response
from starlette.routing import Route
from starlette.types import Receive, Scope, Send

from tracking.access import accounts, authentication, cookies, forms, people, providers, sessions
from tracking.access.limits import Limit
from tracking.access.open_id import OpenId
from tracking.access.own_pages import OwnPages
from tracking.access.session_pages import SessionPages
from tracking.database import DatabaseUnavailable
from tracking.words.language import text

_ATTEMPTS_A_MINUTE = 30
_SIGN_IN = (
    forms.Field("name", "text", "username"),
    forms.Field("password", "password", "current-password"),
    forms.Field("code", "text", "one-time-code", required=False),
)


class SignIn:
    """Answers `/sign-in` for anybody; signing out and a person's own pages for whoever the gate lets through."""

    OPEN = ("/sign-in", "/sign-in/style.css")
    OWN = ("/sign-out", "/sign-out-everywhere", *OwnPages.PATHS)

    def __init__(self, engine: Callable[[], Engine], base: str) -> None:
        self.attempts = Limit(_ATTEMPTS_A_MINUTE)
        known = providers.configured()
        self.open_id = None if known is None else OpenId(known, base, self._known, self._not_known)
        led_to = () if known is None else tuple(each.origin for each in known.all)
        # A form that signs out leads on to the provider's page.
        self.site = SessionPages(engine, base, " ".join((forms.POLICY, *led_to)))
        open_id = [] if self.open_id is None else self.open_id.routes(lambda path: forms.own_path(path, base))
        self.app = Starlette(
            routes=[
                Route(f"{base}/sign-in", self._sign_in, methods=["GET", "POST"]),
                Route(f"{base}/sign-in/style.css", forms.style),
                *open_id,
                Route(f"{base}/sign-out", self._sign_out, methods=["POST"]),
                Route(f"{base}/sign-out-everywhere", self._sign_out_everywhere, methods=["POST"]),
                *OwnPages(self.site).routes(),
            ],
            exception_handlers={DatabaseUnavailable: self._unavailable},
        )

    def is_open(self, path: str) -> bool:
        """Whether a path is for anybody."""
        return path in self.OPEN or (self.open_id is not None and path in self.open_id.paths())

    def is_own(self, path: str) -> bool:
        """Whether a path is for whoever is signed in."""
        return path in self.OWN

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["method"] == "POST" and not forms.from_here(Request(scope)):
            await PlainTextResponse("", 403)(scope, receive, send)
            return
        await self.app(scope, receive, send)

    async def _sign_in(self, request: Request) -> Response:
        if not await run_in_threadpool(self._has_accounts):
            return RedirectResponse(f"{self.site.base}/", 303)
        following = forms.own_path(request.query_params.get("next", ""), self.site.base)
        if request.method == "GET":
            return self._sign_in_page(request, following)
        client = request.client.host if request.client else ""
        form = await request.form(max_files=0, max_fields=4)
        typed = {each.name: str(form.get(each.name, "")) for each in _SIGN_IN}
        if not self.attempts.admits(client):
            return self._sign_in_page(request, following, "sign_in.slower", 429, typed["name"])
        secret = await run_in_threadpool(self._begun, **typed)
        if secret is None:
            return self._sign_in_page(request, following, "sign_in.refused", 403, typed["name"])
        return self.site.enter(request, secret, following)

    def _sign_in_page(
        self, request: Request, following: str, notice: str = "", status: int = 200, name: str = ""
    ) -> Response:
        action = f"{self.site.base}/sign-in?next={quote(following)}&lang={forms.lang_of(request)}"
        # Whoever mistyped the password has not mistyped the name.
        form = forms.form(request, action, _SIGN_IN, "sign_in.enter", typed={"name": name})
        return self.site.page(request, "sign_in", self._by_provider(request, following) + form, notice, status)

    def _by_provider(self, request: Request, following: str) -> str:
        """The ways in by a provider, as links: a form would not be let go there."""
        if self.open_id is None:
            return ""
        lang = forms.lang_of(request)
        links = "".join(
            f'<a class=button href="{self.site.base}/sign-in/{each.code}?next={quote(following)}">'
            f"{html.escape(text('sign_in.by', lang, provider=each.names[lang]))}</a>"
            for each in self.open_id.providers.all
        )
        return f"<div class=row>{links}</div><p class=quiet>{html.escape(text('sign_in.or', lang))}</p>"

    async def _known(
        self, request: Request, provider: str, issuer: str, subject: str, display: str, following: str
    ) -> Response:
        """Let in whom a provider knows."""

        def begin(connection: Connection) -> str | None:
            account = accounts.of_identity(connection, provider, issuer, subject, display)
            return None if account is None else sessions.begin(connection, account, provider)

        secret = await run_in_threadpool(self.site.write, begin)
        return self._not_known(request) if secret is None else self.site.enter(request, secret, following)

    def _not_known(self, request: Request) -> Response:
        return self._sign_in_page(request, "", "sign_in.provider_refused", 403)

    def _unavailable(self, request: Request, _: Exception) -> Response:
        return self.site.page(request, "sign_in", "", "api.database-unavailable.detail", 503)

    def _has_accounts(self) -> bool:
        return people.anybody(self.site.engine())

    def _begun(self, name: str, password: str, code: str) -> str | None:
        found = authentication.sign_in(self.site.engine(), name, password, code)
        return None if found is None else self.site.write(lambda connection: sessions.begin(connection, found.account))

    async def _sign_out(self, request: Request) -> Response:
        secret = request.cookies.get(cookies.name(forms.host_of(request)), "")
        provider = await run_in_threadpool(self.site.write, lambda connection: sessions.end(connection, secret))
        known = self.open_id is not None and provider in self.open_id.clients
        there = await self.open_id.sign_out_address(provider) if known and self.open_id and provider else None
        return self.site.leave(request, there)

    async def _sign_out_everywhere(self, request: Request) -> Response:
        account = people.current.get().account
        if account is not None:
            await run_in_threadpool(self.site.write, lambda connection: sessions.end_all(connection, account))
        return self.site.leave(request)
