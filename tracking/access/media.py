"""Whose a file is that a page hands out below `/media`: whose page was led to it."""

import threading
from collections import OrderedDict
from collections.abc import Collection

from tracking.access.people import Person

PLACE = "/media/"
# Of each person the latest so many are known; a page that is looked at holds fewer.
_KEPT = 2_000


class Media:
    """The files that each person's pages were led to; of this process alone, as the files are.

    The same person with other grants than before is led there anew.
    """

    def __init__(self) -> None:
        self._files: dict[str, OrderedDict[str, None]] = {}
        self._lock = threading.Lock()

    def tell(self, person: Person, names: Collection[str]) -> None:
        """Note the files that a person's page is led to; most messages lead to none."""
        if not names:
            return
        with self._lock:
            files = self._files.setdefault(_key(person), OrderedDict())
            for name in names:
                files[name] = None
                files.move_to_end(name)
            while len(files) > _KEPT:
                files.popitem(last=False)

    def holds(self, person: Person, path: str) -> bool:
        """Whether a path below `/media` is of a file that a person's page was led to."""
        with self._lock:
            return path.removeprefix(PLACE) in self._files.get(_key(person), {})


def _key(person: Person) -> str:
    return repr((person.account, person.name, person.grants))
