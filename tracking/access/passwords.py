"""What is kept of a password, which are refused, and first passwords for somebody else."""

import secrets
from functools import cache
from pathlib import Path

from argon2 import PasswordHasher
from argon2.exceptions import InvalidHashError, VerificationError

SHORTEST, LONGEST = 12, 200
_COMMONEST = Path(__file__).parent / "commonest.txt"
# No letter or figure that is taken for another one.
_SIGNS = "abcdefghjkmnpqrstuvwxyz23456789"
_hasher = PasswordHasher()


def hashed(password: str) -> str:
    """What is kept: Argon2id with a salt of its own."""
    return _hasher.hash(password)


def fits(kept: str | None, password: str) -> bool:
    """Whether a password is the one that is kept; where none is it takes as long to say no."""
    try:
        return _hasher.verify(kept or _nobodys(), password[:LONGEST]) and kept is not None
    except (VerificationError, InvalidHashError):
        return False


def first() -> str:
    """A password that somebody gets from somebody else, to be changed at first use."""
    return "-".join("".join(secrets.choice(_SIGNS) for _ in range(5)) for _ in range(4))


def weakness(password: str, name: str) -> str | None:
    """Why a password is refused: short, long, common or name; None where it may be used.

    Length counts before composition: of the signs nothing is demanded, but that they are not what everybody takes.
    """
    if len(password) < SHORTEST:
        return "short"
    if len(password) > LONGEST:
        return "long"
    folded = password.casefold()
    if name and name.casefold() in folded:
        return "name"
    if folded in _commonest() or len(set(folded)) < SHORTEST // 2 or folded.rstrip("0123456789!.") in _commonest():
        return "common"
    return None


@cache
def _nobodys() -> str:
    return hashed(secrets.token_urlsafe())


@cache
def _commonest() -> frozenset[str]:
    return frozenset(_COMMONEST.read_text(encoding="utf-8").split())
