"""The providers of OpenID Connect that people sign in by, as a file of settings says them.

A file that is half filled in, or whose secret can be guessed, is refused as a whole: the server does not start with it.
"""

import os
import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from urllib.parse import urlsplit

from tracking.access import cookies

# The file's path.
FILE = "TRACKING_OPEN_ID"
SHORTEST_SECRET, FEWEST_SIGNS = 32, 12
_KEYS = {"name_zh", "name_en", "metadata", "client_id", "client_secret"}


class UnusableProviders(Exception):
    """The file cannot be read, lacks something or is not safe; `reason` says which."""

    def __init__(self, reason: str) -> None:
        super().__init__(reason)
        self.reason = reason


@dataclass(frozen=True)
class Provider:
    """Somebody else who knows people: its code in addresses, its names, where it describes itself, who we are there."""

    code: str
    names: Mapping[str, str]
    metadata: str
    client_id: str
    client_secret: str

    @property
    def origin(self) -> str:
        """Where its pages are."""
        return _origin(self.metadata)


@dataclass(frozen=True)
class Providers:
    """All of them; the address by which browsers know this server; what signs the cookie of a sign-in on its way."""

    address: str
    secret: str
    all: tuple[Provider, ...]


def configured() -> Providers | None:
    """What the environment's file says; None where there is none. Raises UnusableProviders."""
    path = os.environ.get(FILE)
    if not path:
        return None
    try:
        read = tomllib.loads(Path(path).read_text(encoding="utf-8"))
    except (OSError, ValueError) as error:
        raise UnusableProviders("file") from error
    address, secret = str(read.pop("address", "")), str(read.pop("secret", ""))
    if not _safe(address) or not read:
        raise UnusableProviders("address")
    if len(secret) < SHORTEST_SECRET or len(set(secret)) < FEWEST_SIGNS:
        raise UnusableProviders("secret")
    return Providers(address.rstrip("/"), secret, tuple(_provider(code, each) for code, each in read.items()))


def _provider(code: str, given: object) -> Provider:
    # Also what is misspelt is refused, and a code that is an address of its own.
    if not isinstance(given, dict) or set(given) != _KEYS or not code.isalnum() or not all(map(str, given.values())):
        raise UnusableProviders("provider")
    if not _safe(str(given["metadata"])):
        raise UnusableProviders("address")
    names = {lang: str(given[f"name_{lang}"]) for lang in ("zh", "en")}
    return Provider(code, names, str(given["metadata"]), str(given["client_id"]), str(given["client_secret"]))


def _safe(address: str) -> bool:
    """Whether nobody reads along on the way to an address."""
    split = urlsplit(address)
    return bool(split.hostname) and (
        split.scheme == "https" or (split.scheme == "http" and cookies.is_loopback(split.hostname or ""))
    )


def _origin(address: str) -> str:
    split = urlsplit(address)
    return f"{split.scheme}://{split.netloc}"
