"""A file as an answer: whole, or the range of its bytes that a tool asks for.

A tool that reads Parquet over HTTP asks for the end of a file, then for some of its middle: what was made for the first
question is kept for the next ones.
"""

import os
import re
import threading
import weakref
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import IO

from starlette.requests import Request
from starlette.responses import Response, StreamingResponse

from tracking.api.refusals import Refused

# Bytes of a file that are sent at once.
PIECE = 1 << 20
# Files that are read in ranges, kept at one time.
_KEPT = 4
_RANGE = re.compile(r"bytes=(\d*)-(\d*)")
_one_maker = threading.Lock()


@dataclass(frozen=True)
class File:
    """A file that can be read by several at once, and its size."""

    content: IO[bytes]
    size: int
    one_reader: threading.Lock

    @classmethod
    def of(cls, content: IO[bytes]) -> "File":
        """From what was written, closed once nobody can read it any more: also where nobody ever did."""
        file = cls(content, content.seek(0, os.SEEK_END), threading.Lock())
        weakref.finalize(file, content.close)
        return file

    def pieces(self, first: int = 0, last: int | None = None) -> Iterator[bytes]:
        """The bytes from the first to the last, which is among them."""
        end = self.size if last is None else last + 1
        for start in range(first, end, PIECE):
            # A file has one place where it is read.
            with self.one_reader:
                self.content.seek(start)
                piece = self.content.read(min(PIECE, end - start))
            yield piece


# By tag, which differs where a byte could; the oldest first.
_files: dict[str, File] = {}


def answer(request: Request, write: Callable[[], IO[bytes]], media_type: str, headers: dict[str, str]) -> Response:
    """What `write` makes, or the range of it that is asked for; its tag is in the headers. Raises Refused."""
    wanted = _RANGE.fullmatch(request.headers.get("Range", "").replace(" ", ""))
    headers = {**headers, "Accept-Ranges": "bytes"}
    if wanted is None or "If-Range" in request.headers:
        # Who holds a part of an answer that may be another by now gets the whole.
        file = File.of(write())
        return StreamingResponse(
            _to_its_end(file), media_type=media_type, headers={**headers, "Content-Length": str(file.size)}
        )
    with _one_maker:
        if (kept := _files.pop(headers["ETag"], None)) is None:
            kept = File.of(write())
        _files[headers["ETag"]] = kept
        for oldest in list(_files)[:-_KEPT]:
            # Whoever is reading it has it to the end.
            _files.pop(oldest, None)
    first, last = _bounds(wanted[1], wanted[2], kept.size)
    part = {"Content-Range": f"bytes {first}-{last}/{kept.size}", "Content-Length": str(last - first + 1)}
    return StreamingResponse(kept.pieces(first, last), 206, {**headers, **part}, media_type)


def _to_its_end(file: File) -> Iterator[bytes]:
    with file.content:
        yield from file.pieces()


def _bounds(first: str, last: str, size: int) -> tuple[int, int]:
    """The first and the last byte of a range; without a first one, so many at the end. Raises Refused."""
    # More digits are past the end of any file.
    start = int(first[:18]) if first else max(size - int(last[:18] or 0), 0)
    end = min(int(last[:18]), size - 1) if first and last else size - 1
    if not (first or last) or start > end:
        raise Refused("no-such-range", size=size)
    return start, end
