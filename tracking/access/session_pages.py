"""What the pages around a session have in common: how they look, how they write, how a session is entered and left."""

from collections.abc import Callable
from typing import TypeVar

from sqlalchemy import Connection, Engine
from starlette.requests import Request
from starlette.responses import RedirectResponse, Response

from tracking import database
from tracking.access import cookies, forms

Result = TypeVar("Result")


class SessionPages:
    """Of one server: `engine` is asked for each time, `base` stands before every path, `policy` is the pages'
    Content-Security-Policy.
    """

    def __init__(self, engine: Callable[[], Engine], base: str, policy: str) -> None:
        self.engine = engine
        self.base = base
        self.policy = policy

    def page(self, request: Request, title: str, body: str, notice: str = "", status: int = 200) -> Response:
        """A page with a title and a body."""
        return forms.page(request, title, body, self.base, self.policy, notice, status)

    def write(self, work: Callable[[Connection], Result]) -> Result:
        """Run `work` in a transaction."""
        return database.write_beside(self.engine(), work)

    def enter(self, request: Request, secret: str, following: str) -> Response:
        """Have the browser hold a session, and go on."""
        response = RedirectResponse(following or f"{self.base}/", 303)
        cookies.give(response, forms.host_of(request), secret)
        return response

    def leave(self, request: Request, there: str | None = None) -> Response:
        """Have the browser forget its session, and go on to a provider or to the page of signing in."""
        response = RedirectResponse(there or f"{self.base}/sign-in?lang={forms.lang_of(request)}", 303)
        cookies.take(response, forms.host_of(request))
        return response
