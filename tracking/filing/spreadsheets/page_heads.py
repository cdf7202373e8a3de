"""What the head or foot of a page says, without how it is laid out."""

import re

# &C, &"宋体,Bold", &12, &P.
_CODES = re.compile(r'&(?:"[^"]*"|[0-9]{1,3}|[A-Za-z+-])')


def words(head: str) -> str:
    """The words of a head as Excel keeps it."""
    return _CODES.sub(" ", head).strip()
