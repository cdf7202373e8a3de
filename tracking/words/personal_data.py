"""Personal data that nobody asked for: identity card numbers and mobile numbers of mainland China."""

import re

# Six digits of a region, a day of birth, three digits, and one that checks them.
_IDENTITY = re.compile(
    r"(?<!\d)([1-9]\d{5}(?:18|19|20)\d{2}(?:0[1-9]|1[0-2])(?:0[1-9]|[12]\d|3[01])\d{3}[\dxX])(?![\dxX])"
)
_MOBILE = re.compile(r"(?<!\d)(?:(?:\+|00)?86)?[\s-]?1[3-9]\d(?:[\s-]?\d{4}){2}(?!\d)")
# No text that is shorter holds such a number.
SHORTEST = 11
# GB 11643-1999: the weighted sum of the first 17 digits, modulo 11, picks the last sign.
_WEIGHTS = (7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2)
_LAST = "10X98765432"


def kind(text: str) -> str | None:
    """`identity-card` or `mobile` where a text holds such a number, else None."""
    if len(text) < SHORTEST or sum(map(str.isdigit, text)) < SHORTEST:
        return None
    if any(_valid(number) for number in _IDENTITY.findall(text)):
        return "identity-card"
    return "mobile" if _MOBILE.search(text) else None


def _valid(number: str) -> bool:
    weighted = sum(weight * int(digit) for weight, digit in zip(_WEIGHTS, number, strict=False))
    return _LAST[weighted % 11] == number[-1].upper()
