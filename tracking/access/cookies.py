"""The one cookie of a session, by the name that the server is asked by."""

import ipaddress
from urllib.parse import urlsplit

from starlette.responses import Response

_OPEN, _SECURE = "tracking-session", "__Host-tracking-session"


def is_loopback(address: str) -> bool:
    """Whether an address, or a name, is of this very machine."""
    try:
        found = ipaddress.ip_address(address)
    except ValueError:
        return address.lower().removesuffix(".") == "localhost"
    mapped = getattr(found, "ipv4_mapped", None)
    return (mapped or found).is_loopback


def name(host: str) -> str:
    """What the cookie is called where a server is asked by the value of a Host header.

    But on this machine it is bound to the very host and to encryption: no neighbour can set it, nobody can read it on
    its way.
    """
    try:
        host_name = urlsplit(f"//{host}").hostname or ""
    except ValueError:
        host_name = ""
    return _OPEN if is_loopback(host_name) else _SECURE


def give(response: Response, host: str, secret: str) -> None:
    """Have the browser hold a session; it forgets it when it closes."""
    called = name(host)
    response.set_cookie(called, secret, path="/", httponly=True, samesite="lax", secure=called == _SECURE)


def take(response: Response, host: str) -> None:
    """Have the browser forget it."""
    called = name(host)
    response.delete_cookie(called, path="/", httponly=True, samesite="lax", secure=called == _SECURE)
