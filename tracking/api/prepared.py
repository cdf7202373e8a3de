"""Files that a page has made while it told how far it is: on the disk until they are fetched, and a while longer."""

import secrets
from collections.abc import Callable
from dataclasses import dataclass
from typing import IO

from starlette.requests import Request
from starlette.responses import Response, StreamingResponse

from tracking.access import people
from tracking.access.people import Person
from tracking.api.answers import MEDIA_TYPES
from tracking.api.files import File
from tracking.api.refusals import Refused
from tracking.exports import formats

# Whoever has not fetched a file while so many others were made makes it again.
_KEPT = 20


@dataclass(frozen=True)
class Prepared:
    """A file that can be fetched: its name, the address below PREFIX, and what it holds."""

    name: str
    address: str
    owner: str
    file: File

    @property
    def size(self) -> int:
        """How many bytes it has."""
        return self.file.size


# By address, which nobody can guess; the oldest first.
_files: dict[str, Prepared] = {}


def prepare(write: Callable[[IO[bytes]], None], name: str, owner: Person) -> Prepared:
    """Make a file for a person, `name` being what it is called where it is saved; nobody else gets it.

    Raises OSError with the folder where the disk has no room, and what `write` raises.
    """
    file = File.of(formats.spooled(write))
    made = Prepared(name, f"/prepared/{secrets.token_urlsafe(16)}/{name}", _key(owner), file)
    _files[made.address] = made
    for oldest in list(_files)[:-_KEPT]:
        # Whoever is fetching it has it to the end.
        _files.pop(oldest, None)
    return made


def answer(request: Request) -> Response:
    """The file of an address, from the disk. Raises Refused where it is there no more."""
    made = _files.get("/prepared/{token}/{name}".format(**request.path_params))
    if made is None or made.owner != _key(people.current.get()):
        raise Refused("not-kept")
    headers = {
        "Cache-Control": "private, no-cache",
        "Content-Disposition": f'attachment; filename="{made.name}"',
        "Content-Length": str(made.size),
    }
    return StreamingResponse(made.file.pieces(), media_type=MEDIA_TYPES[made.name.rpartition(".")[2]], headers=headers)


def _key(person: Person) -> str:
    """The same person with other grants than before makes a file anew."""
    return repr((person.account, person.visible))
