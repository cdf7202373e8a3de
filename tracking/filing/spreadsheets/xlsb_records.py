"""The records that the parts of an .xlsb are made of, as [MS-XLSB] has them. No length that a file tells is trusted."""

import struct
from collections.abc import Iterator

_LENGTH = struct.Struct("<I")
# Of a text that is not there.
_NONE = 0xFFFFFFFF


def records(part: bytes) -> Iterator[tuple[int, bytes]]:
    """Each record's kind and body. Raises ValueError where one goes beyond the end of the part."""
    at, end = 0, len(part)
    try:
        while at < end:
            kind = part[at]
            at += 1
            if kind & 0x80:
                kind = kind & 0x7F | (part[at] & 0x7F) << 7
                at += 1
            size = 0
            for shift in (0, 7, 14, 21):
                byte = part[at]
                at += 1
                size |= (byte & 0x7F) << shift
                if not byte & 0x80:
                    break
            body = part[at : at + size]
            if len(body) < size:
                raise ValueError(f"record {kind} is cut off")
            at += size
            yield kind, body
    except IndexError as error:
        raise ValueError("the last record is cut off") from error


def wide(body: bytes, at: int) -> tuple[bytes, int]:
    """The text at a place, as UTF-16, and where it ends. Raises ValueError, struct.error."""
    (count,) = _LENGTH.unpack_from(body, at)
    at += _LENGTH.size
    if count == _NONE:
        return b"", at
    end = at + 2 * count
    if end > len(body):
        raise ValueError("a text is cut off")
    return body[at:end], end


def text(content: bytes) -> str:
    """A text out of its UTF-16; half a sign is shown as one that is not known."""
    return content.decode("utf-16-le", errors="replace")
