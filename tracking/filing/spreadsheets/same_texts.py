"""Cells that say the same as one text: a table of filings says most things over and over."""

from collections.abc import Sequence

# A file that says more different things than this does not say them over and over.
_MOST = 100_000


class SameTexts:
    """Texts met so far, as long as they are not too many."""

    def __init__(self) -> None:
        self._known: dict[str, str] = {}

    def of(self, row: Sequence[str]) -> list[str]:
        """The texts of a row; what is equal to one met before is that one itself."""
        if len(self._known) > _MOST:
            self._known.clear()
        return list(map(self._known.setdefault, row, row))
