"""One-time codes beside a password (TOTP, RFC 6238): a secret that a phone keeps, six figures each half minute."""

import hmac
import os
import time

import pyotp

from tracking.access.people import Person, Role

# Set to `required` where managers and administrators do not get on without codes.
REQUIRED = "TRACKING_SECOND_FACTOR"
OF_WHOM: tuple[Role, ...] = ("manager", "administrator")
STEP = 30
ISSUER = "tracking"


def fresh() -> str:
    """A new secret."""
    return pyotp.random_base32()


def step(secret: str, code: str, after: int | None) -> int | None:
    """The half minute that a code is of: this one, the one before or the next; None where it is of none of them.

    A code is good once: none of the half minute `after` or an earlier one is taken again.
    """
    typed = "".join(code.split())
    now = int(time.time()) // STEP
    codes = pyotp.TOTP(secret)
    for each in (now - 1, now, now + 1):
        if hmac.compare_digest(codes.at(each * STEP).encode(), typed.encode()) and (after is None or each > after):
            return each
    return None


def address(secret: str, name: str) -> str:
    """What a phone reads to keep a secret under an account's name."""
    return pyotp.TOTP(secret).provisioning_uri(name=name, issuer_name=ISSUER)


def demanded(person: Person) -> bool:
    """Whether somebody must have codes."""
    return os.environ.get(REQUIRED) == "required" and any(role in OF_WHOM for role in person.roles)
