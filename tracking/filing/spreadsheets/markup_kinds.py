"""Whether a file is markup, by how it begins: a web page, XML, or a page with its parts in one file (MHTML)."""

import re

_HEAD = 2_000
_BEFORE = b"\xef\xbb\xbf\xff\xfe\x00 \t\r\n"
_ARCHIVE = re.compile(rb"(?:mime-version|from|content-type|date|subject):", re.IGNORECASE)


def is_markup(content: bytes) -> bool:
    """Whether a file begins as markup does, or as a page with its parts in one file."""
    return content[:_HEAD].lstrip(_BEFORE).startswith(b"<") or is_archive(content)


def is_archive(content: bytes) -> bool:
    """Whether a file is a page with its parts in one file."""
    head = content[:_HEAD].lstrip(_BEFORE)
    return bool(_ARCHIVE.match(head)) and b"multipart/related" in head.lower()
