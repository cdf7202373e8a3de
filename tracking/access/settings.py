"""Whether a server may start as it is set up: with accounts anywhere, without them on this machine alone."""

import os
from collections.abc import Callable, Mapping, Sequence

from sqlalchemy import Engine

from tracking import database
from tracking.access import codes, cookies, people, providers
from tracking.access.providers import UnusableProviders
from tracking.database import DatabaseUnavailable

# Set where accounts must be there: a database that lost them is then nobody's, instead of this machine's.
REQUIRED = "TRACKING_SIGN_IN"
# A gateway in front that has signed people in: the header that names an account, and the gateway's own address.
PROXY_HEADER, PROXY_ADDRESS = "TRACKING_PROXY_HEADER", "TRACKING_PROXY_ADDRESS"


def has_proxy() -> bool:
    """Whether a gateway in front says who is there."""
    return bool(os.environ.get(PROXY_HEADER))


def proxied(client: Sequence[object] | None, headers: Mapping[str, str]) -> str | None:
    """Whom a gateway in front names, by the one header and from the address that the settings name; None for nobody.

    From anywhere else the header says nothing.
    """
    header, address = os.environ.get(PROXY_HEADER, ""), os.environ.get(PROXY_ADDRESS, "")
    if not header or client is None or client[0] != address:
        return None
    return headers.get(header) or None


def refused(engine: Callable[[], Engine], address: str | None) -> str | None:
    """The key of the sentence why a server does not start that listens at an address (None: at all); None if it may."""
    chosen = os.environ.get(REQUIRED, "")
    if chosen not in ("", "required") or os.environ.get(codes.REQUIRED, "") not in ("", "required"):
        return "sign_in.half_configured"
    if bool(os.environ.get(PROXY_HEADER)) != bool(os.environ.get(PROXY_ADDRESS)):
        return "sign_in.half_proxy"
    try:
        providers.configured()
    except UnusableProviders as unusable:
        return f"sign_in.providers_{unusable.reason}"
    try:
        with database.reading(engine()) as connection:
            there = people.any_account(connection)
    except DatabaseUnavailable:
        there = False
    if there:
        return None
    if chosen:
        return "sign_in.no_account"
    return None if address and cookies.is_loopback(address) else "sign_in.not_loopback"
