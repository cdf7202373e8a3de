"""The names by which a server may be asked."""

from collections.abc import Sequence
from urllib.parse import urlsplit


def is_own(host: str, names: Sequence[str]) -> bool:
    """Whether the value of a Host header is one of the names (`*.` before one: its subdomains); none means any.

    A page of another site can have its own name resolve to this machine (DNS rebinding), and a browser would then let
    it read what it asks for; but its name stands in the request.
    """
    try:
        host_name = (urlsplit(f"//{host}").hostname or "").removesuffix(".")
    except ValueError:
        return False
    lower = [name.lower() for name in names]
    return not lower or any(
        own in ("*", host_name) or (own.startswith("*.") and host_name.endswith(own[1:])) for own in lower
    )
