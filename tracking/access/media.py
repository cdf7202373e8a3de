"""Whose a file is that a page hands out below `/media`: whose page was told its address."""

import re
import threading
from collections import OrderedDict
from collections.abc import Iterator

_PLACE = b"/media/"
# A text of a message with how long it is before it, as pages are sent; what follows it may be a letter as well.
_TEXT = re.compile(rb"(?s)(.)(?=/media/)")
_NAMED = re.compile(rb"/media/([0-9A-Za-z]+\.[0-9A-Za-z]+)")
# Of each person the latest so many are known; a page that is looked at holds fewer.
_KEPT = 2_000


class Media:
    """The files that each person's pages were told of; of this process alone, as the files are."""

    def __init__(self) -> None:
        self._files: dict[str, OrderedDict[bytes, None]] = {}
        self._lock = threading.Lock()

    def tell(self, person: str, message: bytes) -> None:
        """Note the files whose addresses stand in a message to a person's page."""
        if _PLACE not in message:
            return
        with self._lock:
            files = self._files.setdefault(person, OrderedDict())
            for name in _names(message):
                files[name] = None
                files.move_to_end(name)
            while len(files) > _KEPT:
                files.popitem(last=False)

    def holds(self, person: str, path: str) -> bool:
        """Whether a path below `/media` is of a file that a person's page was told of."""
        name = path.removeprefix(_PLACE.decode())
        with self._lock:
            return name.encode() in self._files.get(person, {})


def _names(message: bytes) -> Iterator[bytes]:
    """The files whose addresses are texts of their own in a message; none is longer than one byte says."""
    for before in _TEXT.finditer(message):
        if named := _NAMED.fullmatch(message, before.end(), before.end() + before[1][0]):
            yield named[1]
