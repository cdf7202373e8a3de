"""Signing in by a provider of OpenID Connect: code flow with PKCE, a state and a nonce in a signed cookie.

What comes back is taken from the browser alone that was sent there. Who it is says the issuer and the subject of the
provider's signed token, never an e-mail address.
"""

from collections.abc import Awaitable, Callable
from functools import partial
from typing import Any
from urllib.parse import urlencode, urlsplit

import httpx2
from authlib.common.errors import AuthlibBaseError
from authlib.integrations.starlette_client import OAuth
from joserfc.errors import JoseError
from starlette.middleware import Middleware
from starlette.middleware.sessions import SessionMiddleware
from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route

from tracking.access.providers import Provider, Providers

# What a provider that is out of order, or somebody who has tampered with its answer, can make of a sign-in.
_FAILED = (AuthlibBaseError, JoseError, httpx2.HTTPError, RuntimeError, ValueError, KeyError, TypeError)
_MINUTES = 10
_NEXT = "next"

# What is done with whom a provider knows: its code, issuer, subject, name, and where to go on to.
Enter = Callable[[Request, str, str, str, str, str], Awaitable[Response]]
Refuse = Callable[[Request], Response]


class OpenId:
    """The addresses below `/sign-in/` of each provider."""

    def __init__(self, providers: Providers, base: str, enter: Enter, refuse: Refuse) -> None:
        self.providers = providers
        self.base = base
        self.enter = enter
        self.refuse = refuse
        self.clients: dict[str, Any] = {}
        registry = OAuth()
        for each in providers.all:
            self.clients[each.code] = registry.register(
                each.code,
                server_metadata_url=each.metadata,
                client_id=each.client_id,
                client_secret=each.client_secret,
                client_kwargs={"scope": "openid profile", "code_challenge_method": "S256"},
            )

    def paths(self) -> list[str]:
        """Every address, without what stands before all of them."""
        return [path for each in self.providers.all for path in (f"/sign-in/{each.code}", f"/sign-in/{each.code}/back")]

    def routes(self, own_path: Callable[[str], str]) -> list[Route]:
        """The addresses; `own_path` gives what of a `next` is a path of this server."""
        secure = urlsplit(self.providers.address).scheme == "https"
        kept = Middleware(
            SessionMiddleware,
            secret_key=self.providers.secret,
            session_cookie="__Host-tracking-sign-in" if secure else "tracking-sign-in",
            max_age=60 * _MINUTES,
            same_site="lax",
            https_only=secure,
        )
        return [
            Route(f"{self.base}/sign-in/{each.code}{end}", partial(work, each, own_path), middleware=[kept])
            for each in self.providers.all
            for end, work in (("", self._begin), ("/back", self._back))
        ]

    async def sign_out_address(self, code: str) -> str | None:
        """Where a browser goes to be signed out at the provider too; None where that is not to be had."""
        try:
            metadata = await self.clients[code].load_server_metadata()
        except _FAILED:
            return None
        there = metadata.get("end_session_endpoint")
        after = {"client_id": self.clients[code].client_id, "post_logout_redirect_uri": self._address("/sign-in")}
        return f"{there}{'&' if '?' in there else '?'}{urlencode(after)}" if there else None

    async def _begin(self, provider: Provider, own_path: Callable[[str], str], request: Request) -> Response:
        request.session.clear()
        request.session[_NEXT] = own_path(request.query_params.get(_NEXT, ""))
        back = self._address(f"/sign-in/{provider.code}/back")
        try:
            return await self.clients[provider.code].authorize_redirect(request, back)  # type: ignore[no-any-return]
        except _FAILED:
            return self.refuse(request)

    async def _back(self, provider: Provider, own_path: Callable[[str], str], request: Request) -> Response:
        following = own_path(str(request.session.pop(_NEXT, "")))
        try:
            token = await self.clients[provider.code].authorize_access_token(request)
            claims = token["userinfo"]
            who = (str(claims["iss"]), str(claims["sub"]), str(claims.get("name") or ""))
        except _FAILED:
            request.session.clear()
            return self.refuse(request)
        request.session.clear()
        return await self.enter(request, provider.code, *who, following)

    def _address(self, path: str) -> str:
        """As the provider and the browser know it: by the settings, whatever a request says of its host."""
        return f"{self.providers.address}{self.base}{path}"
