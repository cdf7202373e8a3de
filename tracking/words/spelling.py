"""Texts as they are compared and understood: one width, one case, nothing invisible."""

import re
import unicodedata
from functools import lru_cache

_MISLEADING = re.compile(
    "[\x00-\x1f\x7f-\x9f\u061c\u200e\u200f\u2028-\u202e\u2066-\u2069"
    "\ue000-\uf8ff\U000f0000-\U000ffffd\U00100000-\U0010fffd]"
)
# Marks that combine are sorted among each other, every one against all before it: 32,000 in a row cost seconds. Nobody
# writes more than a few, and no name or figure is as long as this.
_PIECE = 500
# Names of columns are compared again with every file: some two thousand are known, and none is longer.
_NAMES, _LONGEST_NAME = 8_192, 100


def one_width(text: str) -> str:
    """The text in its compatible form (NFKC); a very long one piece by piece."""
    if len(text) <= _PIECE:
        return unicodedata.normalize("NFKC", text)
    pieces = (text[at : at + _PIECE] for at in range(0, len(text), _PIECE))
    return "".join(unicodedata.normalize("NFKC", piece) for piece in pieces)


def full_width(text: str) -> str:
    """The text as wide as Chinese signs are: （Ａ） for (A)."""
    return "".join(chr(ord(sign) + 0xFEE0) if "!" <= sign <= "~" else sign for sign in text)


def misleading(text: str) -> bool:
    """Whether a text has signs that control a machine, turn the direction of what is read, or are of private use, which
    each machine shows as something else: no name has any."""
    return not text.isprintable() and _MISLEADING.search(text) is not None


def shown(text: str) -> str:
    """The text on one line, with what controls a machine or a reader's eye told by its number."""
    return text if text.isprintable() else _MISLEADING.sub(lambda sign: f"⟨U+{ord(sign[0]):04X}⟩", text)


def tidy(text: str) -> str:
    """The text as it is understood: one width, nothing invisible, no spaces around it."""
    if text.isascii() and text.isalnum():
        return text
    return words(one_width(text))


def words(text: str) -> str:
    """A person's own words, sign for sign: nothing invisible, no spaces around them."""
    return "".join(sign for sign in text if unicodedata.category(sign) != "Cf").strip()


def folded(text: str) -> str:
    """A header as it is compared: one width, one case, no spaces, nothing invisible."""
    if text.isascii() and text.replace("_", "").isalnum():
        return text.casefold()
    return _folded_name(text) if len(text) <= _LONGEST_NAME else _folded(text)


def _folded(text: str) -> str:
    small = one_width(text).casefold()
    return "".join(sign for sign in small if not sign.isspace() and unicodedata.category(sign) not in ("Cf", "Cc"))


_folded_name = lru_cache(_NAMES)(_folded)
