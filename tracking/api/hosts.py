"""Who may read the answers: no page of another site, whatever it makes a browser ask."""

from collections.abc import Sequence
from urllib.parse import urlsplit

from starlette.datastructures import MutableHeaders
from starlette.requests import Request
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from tracking.api import refusals
from tracking.api.refusals import Refused, brief

# No page of another site gets an answer into its process, and no browser guesses what an answer is.
_HEADERS = {"Cross-Origin-Resource-Policy": "same-origin", "X-Content-Type-Options": "nosniff"}


class OwnHosts:
    """Answers only who asks by one of the names (`*.` before one: its subdomains); none means any.

    A page of another site can have its own name resolve to this machine (DNS rebinding), and a browser would then let
    it read what it asks for; but its name stands in the request. Starlette's own knows no IPv6 and says no problem.
    """

    def __init__(self, app: ASGIApp, names: Sequence[str]) -> None:
        self.app = app
        self.names = [name.lower() for name in names]

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        async def guarded(message: Message) -> None:
            if message["type"] == "http.response.start":
                MutableHeaders(scope=message).update(_HEADERS)
            await send(message)

        request = Request(scope)
        host = request.headers.get("Host", "")
        if self._is_own(host):
            await self.app(scope, receive, guarded)
        else:
            await refusals.answer(request, Refused("foreign-host", host=brief(host)))(scope, receive, guarded)

    def _is_own(self, host: str) -> bool:
        try:
            name = (urlsplit(f"//{host}").hostname or "").removesuffix(".")
        except ValueError:
            return False
        return not self.names or any(
            own in ("*", name) or (own.startswith("*.") and name.endswith(own[1:])) for own in self.names
        )
