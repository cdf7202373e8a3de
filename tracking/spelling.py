"""Texts in one width, so that ２０ and 20 are the same, in time that grows no faster than they do."""

import unicodedata

# Marks that combine are sorted among each other, every one against all before it: 32,000 in a row cost seconds. Nobody
# writes more than a few, and no name or figure is as long as this.
_PIECE = 500


def one_width(text: str) -> str:
    """The text in its compatible form (NFKC); a very long one piece by piece."""
    if len(text) <= _PIECE:
        return unicodedata.normalize("NFKC", text)
    pieces = (text[at : at + _PIECE] for at in range(0, len(text), _PIECE))
    return "".join(unicodedata.normalize("NFKC", piece) for piece in pieces)
