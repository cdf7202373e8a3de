"""Whether a server may start as it is set up: with accounts anywhere, without them on this machine alone."""

import os
from collections.abc import Callable

from sqlalchemy import Engine

from tracking import database
from tracking.access import cookies, people
from tracking.database import DatabaseUnavailable

# Set where accounts must be there: a database that lost them is then nobody's, instead of this machine's.
REQUIRED = "TRACKING_SIGN_IN"


def refused(engine: Callable[[], Engine], address: str | None) -> str | None:
    """The key of the sentence why a server does not start that listens at an address (None: at all); None if it may."""
    chosen = os.environ.get(REQUIRED, "")
    if chosen not in ("", "required"):
        return "sign_in.half_configured"
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
