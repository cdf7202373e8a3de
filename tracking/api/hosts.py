"""Who may read the answers: no page of another site, whatever it makes a browser ask."""

from collections.abc import Sequence

from starlette.datastructures import MutableHeaders
from starlette.requests import Request
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from tracking.access import names
from tracking.api import refusals
from tracking.api.refusals import Refused, brief

# No page of another site gets an answer into its process, and no browser guesses what an answer is.
_HEADERS = {"Cross-Origin-Resource-Policy": "same-origin", "X-Content-Type-Options": "nosniff"}


class OwnHosts:
    """Answers only who asks by one of the names; Starlette's own knows no IPv6 and says no problem."""

    def __init__(self, app: ASGIApp, hosts: Sequence[str]) -> None:
        self.app = app
        self.names = hosts

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        async def guarded(message: Message) -> None:
            if message["type"] == "http.response.start":
                MutableHeaders(scope=message).update(_HEADERS)
            await send(message)

        request = Request(scope)
        host = request.headers.get("Host", "")
        if names.is_own(host, self.names):
            await self.app(scope, receive, guarded)
        else:
            await refusals.answer(request, Refused("foreign-host", host=brief(host)))(scope, receive, guarded)
