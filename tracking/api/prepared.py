"""Files that a page has made while it told how far it is: on the disk until they are fetched, and a while longer."""

import os
import secrets
import threading
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import IO

from starlette.requests import Request
from starlette.responses import Response, StreamingResponse

from tracking.access import people
from tracking.access.people import Person
from tracking.api.answers import MEDIA_TYPES, PIECE
from tracking.api.refusals import Refused
from tracking.exports import formats

# Whoever has not fetched a file while so many others were made makes it again.
_KEPT = 20


@dataclass(frozen=True)
class Prepared:
    """A file that can be fetched: its name, the address below PREFIX, and how many bytes it has."""

    name: str
    address: str
    size: int
    owner: str
    content: IO[bytes]


# By address, which nobody can guess; the oldest first.
_files: dict[str, Prepared] = {}
_one_reader = threading.Lock()


def prepare(write: Callable[[IO[bytes]], None], name: str, owner: Person) -> Prepared:
    """Make a file for a person, `name` being what it is called where it is saved; nobody else gets it.

    Raises OSError with the folder where the disk has no room, and what `write` raises.
    """
    content = formats.spooled(write)
    size = content.seek(0, os.SEEK_END)
    made = Prepared(name, f"/prepared/{secrets.token_urlsafe(16)}/{name}", size, _key(owner), content)
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
    return StreamingResponse(_pieces(made), media_type=MEDIA_TYPES[made.name.rpartition(".")[2]], headers=headers)


def _key(person: Person) -> str:
    """The same person with other grants than before makes a file anew."""
    return repr((person.account, person.visible))


def _pieces(made: Prepared) -> Iterator[bytes]:
    for start in range(0, made.size, PIECE):
        # A file has one place where it is read, and can be fetched twice at once.
        with _one_reader:
            made.content.seek(start)
            piece = made.content.read(PIECE)
        yield piece
