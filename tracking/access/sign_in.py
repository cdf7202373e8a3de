"""The pages around a session, in plain HTML without a script: signing in and out, one's own password and tokens."""

import html
from collections.abc import Callable, Mapping
from typing import TypeVar
from urllib.parse import quote

from sqlalchemy import Connection, Engine
from starlette.applications import Starlette
from starlette.concurrency import run_in_threadpool
from starlette.requests import Request
from starlette.responses import PlainTextResponse, RedirectResponse, Response
from starlette.routing import Route
from starlette.types import Receive, Scope, Send

from tracking import database
from tracking.access import accounts, codes, cookies, forms, passwords, people, providers, sessions, tokens
from tracking.access.accounts import RefusedPassword
from tracking.access.limits import Limit
from tracking.access.open_id import OpenId
from tracking.access.people import Person
from tracking.words.language import Lang, text

_ATTEMPTS_A_MINUTE = 30

Result = TypeVar("Result")


_SIGN_IN = (
    forms.Field("name", "text", "username"),
    forms.Field("password", "password", "current-password"),
    forms.Field("code", "text", "one-time-code", required=False),
)
_CODE = (forms.Field("code", "text", "one-time-code"),)
_CHANGE = (
    forms.Field("before", "password", "current-password"),
    forms.Field("after", "password", "new-password"),
    forms.Field("again", "password", "new-password"),
)


class SignIn:
    """Answers `/sign-in` for anybody, and a person's own pages for whoever the gate lets through to them."""

    OPEN = ("/sign-in", "/sign-in/style.css")
    OWN = ("/password", "/second-factor", "/sign-out", "/account", "/sign-out-everywhere", "/tokens", "/tokens/end")

    def __init__(self, engine: Callable[[], Engine], base: str) -> None:
        self.engine = engine
        self.base = base
        self.attempts = Limit(_ATTEMPTS_A_MINUTE)
        known = providers.configured()
        self.open_id = None if known is None else OpenId(known, base, self._known, self._not_known)
        led_to = () if known is None else tuple(each.origin for each in known.all)
        # A form that signs out leads on to the provider's page.
        self.policy = " ".join((forms.POLICY, *led_to))
        open_id = [] if self.open_id is None else self.open_id.routes(lambda path: forms.own_path(path, base))
        self.app = Starlette(
            routes=[
                Route(f"{base}/sign-in", self._sign_in, methods=["GET", "POST"]),
                Route(f"{base}/sign-in/style.css", forms.style),
                *open_id,
                Route(f"{base}/second-factor", self._second_factor, methods=["GET", "POST"]),
                Route(f"{base}/password", self._password, methods=["GET", "POST"]),
                Route(f"{base}/sign-out", self._sign_out, methods=["POST"]),
                Route(f"{base}/sign-out-everywhere", self._sign_out_everywhere, methods=["POST"]),
                Route(f"{base}/account", self._account),
                Route(f"{base}/tokens", self._make_token, methods=["POST"]),
                Route(f"{base}/tokens/end", self._end_token, methods=["POST"]),
            ]
        )

    def is_open(self, path: str) -> bool:
        """Whether a path is for anybody."""
        return path in self.OPEN or (self.open_id is not None and path in self.open_id.paths())

    def is_own(self, path: str) -> bool:
        """Whether a path is one of a person's own pages."""
        return path in self.OWN

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["method"] == "POST" and not forms.from_here(Request(scope)):
            await PlainTextResponse("", 403)(scope, receive, send)
            return
        await self.app(scope, receive, send)

    async def _sign_in(self, request: Request) -> Response:
        if not await run_in_threadpool(self._has_accounts):
            return RedirectResponse(f"{self.base}/", 303)
        following = forms.own_path(request.query_params.get("next", ""), self.base)
        if request.method == "GET":
            return self._sign_in_page(request, following)
        client = request.client.host if request.client else ""
        form = await request.form(max_files=0, max_fields=4)
        if not self.attempts.admits(client):
            return self._sign_in_page(request, following, "sign_in.slower", 429)
        typed = [str(form.get(each.name, "")) for each in _SIGN_IN]
        secret = await run_in_threadpool(self._begun, *typed)
        if secret is None:
            return self._sign_in_page(request, following, "sign_in.refused", 403)
        return self._enter(request, secret, following)

    def _sign_in_page(self, request: Request, following: str, notice: str = "", status: int = 200) -> Response:
        action = f"{self.base}/sign-in?next={quote(following)}&lang={forms.lang_of(request)}"
        form = forms.form(request, action, _SIGN_IN, "sign_in.enter")
        return self._page(request, "sign_in", self._by_provider(request, following) + form, notice, status)

    def _by_provider(self, request: Request, following: str) -> str:
        """The ways in by a provider, as links: a form would not be let go there."""
        if self.open_id is None:
            return ""
        lang = forms.lang_of(request)
        links = "".join(
            f'<a class=button href="{self.base}/sign-in/{each.code}?next={quote(following)}">'
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

        secret = await run_in_threadpool(self._write, begin)
        return self._not_known(request) if secret is None else self._enter(request, secret, following)

    def _not_known(self, request: Request) -> Response:
        return self._sign_in_page(request, "", "sign_in.provider_refused", 403)

    async def _password(self, request: Request) -> Response:
        person = _person()
        if person.account is None:
            return RedirectResponse(f"{self.base}/", 303)
        notice = ""
        if request.method == "POST":
            typed = {name: str(value) for name, value in (await request.form(max_files=0, max_fields=4)).items()}
            try:
                secret = await run_in_threadpool(self._changed, person.account, typed)
                return self._enter(request, secret, f"{self.base}/")
            except RefusedPassword as refused:
                notice = f"sign_in.password_{refused.reason}"
        rule = html.escape(text("sign_in.password_rule", forms.lang_of(request), fewest=passwords.SHORTEST))
        form = forms.form(request, f"{self.base}/password?lang={forms.lang_of(request)}", _CHANGE, "sign_in.change")
        body = f"<p class=quiet>{rule}</p>{form}"
        return self._page(request, "sign_in.password_title", body, notice, 400 if notice else 200)

    async def _second_factor(self, request: Request) -> Response:
        person = _person()
        if person.account is None:
            return RedirectResponse(f"{self.base}/", 303)
        account, secret, notice = person.account, codes.fresh(), ""
        if await run_in_threadpool(self._has_codes, account):
            on = html.escape(text("sign_in.codes_on", forms.lang_of(request)))
            return self._page(request, "sign_in.codes", f"<p>{on}</p>")
        if request.method == "POST":
            form = await request.form(max_files=0, max_fields=3)
            secret = str(form.get("secret", ""))
            try:
                begun = await run_in_threadpool(self._turned_on, account, secret, str(form.get("code", "")))
                return self._enter(request, begun, f"{self.base}/")
            except RefusedPassword as refused:
                notice = f"sign_in.password_{refused.reason}"
        return self._second_factor_page(request, person, secret, notice)

    def _second_factor_page(self, request: Request, person: Person, secret: str, notice: str) -> Response:
        lang = forms.lang_of(request)
        # In groups of four, as one types them.
        shown = " ".join(secret[at : at + 4] for at in range(0, len(secret), 4))
        address = html.escape(codes.address(secret, person.name))
        hidden = f'<input type=hidden name=secret value="{html.escape(secret)}">'
        form = forms.form(request, f"{self.base}/second-factor?lang={lang}", _CODE, "sign_in.codes_turn_on", hidden)
        body = (
            f"<p class=quiet>{html.escape(text('sign_in.codes_how', lang))}</p><code>{html.escape(shown)}</code>"
            f'<p><a href="{address}">{html.escape(text("sign_in.codes_open", lang))}</a></p>{form}'
        )
        return self._page(request, "sign_in.codes", body, notice, 400 if notice else 200)

    def _has_codes(self, account: int) -> bool:
        with database.reading(self.engine()) as connection:
            return accounts.has_codes(connection, account)

    def _turned_on(self, account: int, secret: str, code: str) -> str:
        def work(connection: Connection) -> str:
            accounts.turn_on(connection, account, secret, code)
            return sessions.begin(connection, account)

        return self._write(work)

    async def _sign_out(self, request: Request) -> Response:
        secret = request.cookies.get(cookies.name(forms.host_of(request)), "")
        provider = await run_in_threadpool(self._write, lambda connection: sessions.end(connection, secret))
        known = self.open_id is not None and provider in self.open_id.clients
        there = await self.open_id.sign_out_address(provider) if known and self.open_id and provider else None
        return self._leave(request, there)

    async def _sign_out_everywhere(self, request: Request) -> Response:
        account = _person().account
        if account is not None:
            await run_in_threadpool(self._write, lambda connection: sessions.end_all(connection, account))
        return self._leave(request)

    async def _account(self, request: Request) -> Response:
        return await self._account_page(request)

    async def _make_token(self, request: Request) -> Response:
        account = _person().account
        if account is None:
            return RedirectResponse(f"{self.base}/", 303)
        form = await request.form(max_files=0, max_fields=2)
        name = str(form.get("name", "")) or "-"
        secret = await run_in_threadpool(self._write, lambda connection: tokens.make(connection, account, name))
        return await self._account_page(request, secret)

    async def _end_token(self, request: Request) -> Response:
        account = _person().account
        number = str((await request.form(max_files=0, max_fields=2)).get("token", ""))
        if account is not None and number.isascii() and number.isdigit() and len(number) < 9:
            await run_in_threadpool(self._write, lambda connection: tokens.end(connection, account, int(number)))
        return RedirectResponse(f"{self.base}/account?lang={forms.lang_of(request)}", 303)

    async def _account_page(self, request: Request, secret: str = "") -> Response:
        person, lang = _person(), forms.lang_of(request)
        if person.account is None:
            return RedirectResponse(f"{self.base}/", 303)
        kept = await run_in_threadpool(self._tokens, person.account)
        held = "".join(f"<tr><td>{html.escape(each)}</td></tr>" for each in forms.described(person, lang))
        parts = [f"<p>{html.escape(person.display or person.name)}</p>"]
        nothing = f"<p>{html.escape(text('sign_in.no_grant', lang))}</p>"
        parts.append(f"<table>{held}</table>" if held else nothing)
        leave = forms.button(f"{self.base}/sign-out", "sign_in.leave", lang)
        everywhere = forms.button(f"{self.base}/sign-out-everywhere", "sign_in.leave_everywhere", lang)
        change = html.escape(text("sign_in.password_title", lang))
        parts.append(f"<div class=row>{leave}{everywhere}</div>")
        parts.append(f'<p><a href="{self.base}/password?lang={lang}">{change}</a></p>')
        codes_page = html.escape(text("sign_in.codes", lang))
        parts.append(f'<p><a href="{self.base}/second-factor?lang={lang}">{codes_page}</a></p>')
        parts.append(f"<h2>{html.escape(text('sign_in.tokens', lang))}</h2>")
        parts.append(f"<p class=quiet>{html.escape(text('sign_in.tokens_are', lang))}</p>")
        if secret:
            parts.append(f"<p>{html.escape(text('sign_in.token_once', lang))}</p><code>{html.escape(secret)}</code>")
        rows = "".join(self._token(each, lang) for each in kept)
        parts.append(f"<table>{rows}</table>" if rows else "")
        parts.append(
            f'<form class=row method=post action="{self.base}/tokens?lang={lang}"><label><span>'
            f"{html.escape(text('sign_in.token_name', lang))}</span><input name=name maxlength=60 required></label>"
            f"<button>{html.escape(text('sign_in.token_make', lang))}</button></form>"
        )
        return self._page(request, "sign_in.account", "\n".join(parts))

    def _token(self, row: Mapping[str, object], lang: Lang) -> str:
        hidden = f'<input type=hidden name=token value="{row["token"]}">'
        button = forms.button(f"{self.base}/tokens/end", "sign_in.token_end", lang, hidden)
        until = html.escape(text("sign_in.token_until", lang, day=row["until_day"]))
        return f"<tr><td>{html.escape(str(row['name']))}</td><td class=quiet>{until}</td><td>{button}</td></tr>"

    def _has_accounts(self) -> bool:
        with database.reading(self.engine()) as connection:
            return people.any_account(connection)

    def _page(self, request: Request, title: str, body: str, notice: str = "", status: int = 200) -> Response:
        return forms.page(request, title, body, self.base, self.policy, notice, status)

    def _tokens(self, account: int) -> list[dict[str, object]]:
        with database.reading(self.engine()) as connection:
            return tokens.own(connection, account)

    def _begun(self, name: str, password: str, code: str) -> str | None:
        found = accounts.sign_in(self.engine(), name, password, code)
        return None if found is None else self._write(lambda connection: sessions.begin(connection, found.account))

    def _changed(self, account: int, form: Mapping[str, str]) -> str:
        if form.get("after", "") != form.get("again", ""):
            raise RefusedPassword("again")

        def change(connection: Connection) -> str:
            accounts.change_password(connection, account, form.get("before", ""), form.get("after", ""))
            return sessions.begin(connection, account)

        return self._write(change)

    def _write(self, work: Callable[[Connection], Result]) -> Result:
        return database.write_beside(self.engine(), work)

    def _enter(self, request: Request, secret: str, following: str) -> Response:
        response = RedirectResponse(following or f"{self.base}/", 303)
        cookies.give(response, forms.host_of(request), secret)
        return response

    def _leave(self, request: Request, there: str | None = None) -> Response:
        response = RedirectResponse(there or f"{self.base}/sign-in?lang={forms.lang_of(request)}", 303)
        cookies.take(response, forms.host_of(request))
        return response


def _person() -> Person:
    return people.current.get()
