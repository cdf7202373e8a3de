"""A person's own pages, in plain HTML without a script: the password, one-time codes, the account and its tokens."""

import html
from collections.abc import Mapping

from sqlalchemy import Connection
from starlette.concurrency import run_in_threadpool
from starlette.requests import Request
from starlette.responses import RedirectResponse, Response
from starlette.routing import Route

from tracking import database
from tracking.access import accounts, codes, forms, passwords, people, sessions, tokens
from tracking.access.accounts import RefusedPassword
from tracking.access.people import Person
from tracking.access.session_pages import SessionPages
from tracking.words.language import Lang, text

_CODE = (forms.Field("code", "text", "one-time-code"),)
_CHANGE = (
    forms.Field("before", "password", "current-password"),
    forms.Field("after", "password", "new-password"),
    forms.Field("again", "password", "new-password"),
)


class OwnPages:
    """The pages of whoever the gate lets through to them."""

    PATHS = ("/password", "/second-factor", "/account", "/tokens", "/tokens/end")

    def __init__(self, site: SessionPages) -> None:
        self.site = site

    def routes(self) -> list[Route]:
        """Where they stand."""
        base = self.site.base
        return [
            Route(f"{base}/second-factor", self._second_factor, methods=["GET", "POST"]),
            Route(f"{base}/password", self._password, methods=["GET", "POST"]),
            Route(f"{base}/account", self._account),
            Route(f"{base}/tokens", self._make_token, methods=["POST"]),
            Route(f"{base}/tokens/end", self._end_token, methods=["POST"]),
        ]

    async def _password(self, request: Request) -> Response:
        person = people.current.get()
        if person.account is None:
            return RedirectResponse(f"{self.site.base}/", 303)
        notice = ""
        if request.method == "POST":
            typed = {name: str(value) for name, value in (await request.form(max_files=0, max_fields=4)).items()}
            try:
                secret = await run_in_threadpool(self._changed, person.account, typed)
                return self.site.enter(request, secret, f"{self.site.base}/")
            except RefusedPassword as refused:
                notice = f"sign_in.password_{refused.reason}"
        rule = html.escape(text("sign_in.password_rule", forms.lang_of(request), fewest=passwords.SHORTEST))
        form = forms.form(
            request, f"{self.site.base}/password?lang={forms.lang_of(request)}", _CHANGE, "sign_in.change"
        )
        body = f"<p class=quiet>{rule}</p>{form}"
        return self.site.page(request, "sign_in.password_title", body, notice, 400 if notice else 200)

    def _changed(self, account: int, form: Mapping[str, str]) -> str:
        if form.get("after", "") != form.get("again", ""):
            raise RefusedPassword("again")

        def change(connection: Connection) -> str:
            accounts.change_password(connection, account, form.get("before", ""), form.get("after", ""))
            return sessions.begin(connection, account)

        return self.site.write(change)

    async def _second_factor(self, request: Request) -> Response:
        person = people.current.get()
        if person.account is None:
            return RedirectResponse(f"{self.site.base}/", 303)
        account, secret, notice = person.account, codes.fresh(), ""
        if await run_in_threadpool(self._has_codes, account):
            on = html.escape(text("sign_in.codes_on", forms.lang_of(request)))
            return self.site.page(request, "sign_in.codes", f"<p>{on}</p>")
        if request.method == "POST":
            form = await request.form(max_files=0, max_fields=3)
            secret = str(form.get("secret", ""))
            try:
                begun = await run_in_threadpool(self._turned_on, account, secret, str(form.get("code", "")))
                return self.site.enter(request, begun, f"{self.site.base}/")
            except RefusedPassword as refused:
                notice = f"sign_in.password_{refused.reason}"
        return self._second_factor_page(request, person, secret, notice)

    def _second_factor_page(self, request: Request, person: Person, secret: str, notice: str) -> Response:
        lang = forms.lang_of(request)
        # In groups of four, as one types them.
        shown = " ".join(secret[at : at + 4] for at in range(0, len(secret), 4))
        address = html.escape(codes.address(secret, person.name))
        hidden = f'<input type=hidden name=secret value="{html.escape(secret)}">'
        form = forms.form(
            request, f"{self.site.base}/second-factor?lang={lang}", _CODE, "sign_in.codes_turn_on", hidden
        )
        body = (
            f"<p class=quiet>{html.escape(text('sign_in.codes_how', lang))}</p><code>{html.escape(shown)}</code>"
            f'<p><a href="{address}">{html.escape(text("sign_in.codes_open", lang))}</a></p>{form}'
        )
        return self.site.page(request, "sign_in.codes", body, notice, 400 if notice else 200)

    def _has_codes(self, account: int) -> bool:
        with database.reading(self.site.engine()) as connection:
            return accounts.has_codes(connection, account)

    def _turned_on(self, account: int, secret: str, code: str) -> str:
        def work(connection: Connection) -> str:
            accounts.turn_on(connection, account, secret, code)
            return sessions.begin(connection, account)

        return self.site.write(work)

    async def _account(self, request: Request) -> Response:
        return await self._account_page(request)

    async def _make_token(self, request: Request) -> Response:
        account = people.current.get().account
        if account is None:
            return RedirectResponse(f"{self.site.base}/", 303)
        form = await request.form(max_files=0, max_fields=2)
        name = str(form.get("name", "")) or "-"
        secret = await run_in_threadpool(self.site.write, lambda connection: tokens.make(connection, account, name))
        return await self._account_page(request, secret)

    async def _end_token(self, request: Request) -> Response:
        account = people.current.get().account
        number = str((await request.form(max_files=0, max_fields=2)).get("token", ""))
        if account is not None and number.isascii() and number.isdigit() and len(number) < 9:
            await run_in_threadpool(self.site.write, lambda connection: tokens.end(connection, account, int(number)))
        return RedirectResponse(f"{self.site.base}/account?lang={forms.lang_of(request)}", 303)

    async def _account_page(self, request: Request, secret: str = "") -> Response:
        person, lang = people.current.get(), forms.lang_of(request)
        if person.account is None:
            return RedirectResponse(f"{self.site.base}/", 303)
        kept = await run_in_threadpool(self._tokens, person.account)
        held = "".join(f"<tr><td>{html.escape(each)}</td></tr>" for each in forms.described(person, lang))
        parts = [f"<p>{html.escape(person.display or person.name)}</p>"]
        nothing = f"<p>{html.escape(text('sign_in.no_grant', lang))}</p>"
        parts.append(f"<table>{held}</table>" if held else nothing)
        leave = forms.button(f"{self.site.base}/sign-out", "sign_in.leave", lang)
        everywhere = forms.button(f"{self.site.base}/sign-out-everywhere", "sign_in.leave_everywhere", lang)
        change = html.escape(text("sign_in.password_title", lang))
        parts.append(f"<div class=row>{leave}{everywhere}</div>")
        parts.append(f'<p><a href="{self.site.base}/password?lang={lang}">{change}</a></p>')
        codes_page = html.escape(text("sign_in.codes", lang))
        parts.append(f'<p><a href="{self.site.base}/second-factor?lang={lang}">{codes_page}</a></p>')
        parts.append(f"<h2>{html.escape(text('sign_in.tokens', lang))}</h2>")
        parts.append(f"<p class=quiet>{html.escape(text('sign_in.tokens_are', lang))}</p>")
        if secret:
            parts.append(f"<p>{html.escape(text('sign_in.token_once', lang))}</p><code>{html.escape(secret)}</code>")
        rows = "".join(self._token(each, lang) for each in kept)
        parts.append(f"<table>{rows}</table>" if rows else "")
        parts.append(
            f'<form class=row method=post action="{self.site.base}/tokens?lang={lang}"><label><span>'
            f"{html.escape(text('sign_in.token_name', lang))}</span><input name=name maxlength=60 required></label>"
            f"<button>{html.escape(text('sign_in.token_make', lang))}</button></form>"
        )
        return self.site.page(request, "sign_in.account", "\n".join(parts))

    def _token(self, row: Mapping[str, object], lang: Lang) -> str:
        hidden = f'<input type=hidden name=token value="{row["token"]}">'
        button = forms.button(f"{self.site.base}/tokens/end", "sign_in.token_end", lang, hidden)
        until = html.escape(text("sign_in.token_until", lang, day=row["until_day"]))
        return f"<tr><td>{html.escape(str(row['name']))}</td><td class=quiet>{until}</td><td>{button}</td></tr>"

    def _tokens(self, account: int) -> list[dict[str, object]]:
        with database.reading(self.site.engine()) as connection:
            return tokens.own(connection, account)
