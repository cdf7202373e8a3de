"""Reads the codes on the scan on standard input, and writes what kind of file it is and what they say as JSON.

Run by `papers`, through `limited`: a picture of some bytes can ask for gigabytes, and who opens it then ends.
"""

import io
import json
import sys
from collections.abc import Iterator

import pypdfium2
import zxingcpp
from PIL import Image

from tracking.filing.spreadsheets import limited

# By the first bytes, whatever the name says.
_KINDS = {b"%PDF-": "application/pdf", b"\xff\xd8\xff": "image/jpeg", b"\x89PNG\r\n\x1a\n": "image/png"}
MOST_PAGES = 10
# As scanners have it: 200 dots an inch, of a page of 72 points an inch.
_SCALE = 200 / 72
_MOST_PIXELS = 60_000_000
_LENGTH = 64
_SIGNS = frozenset("0123456789abcdef")


def main() -> None:
    """Read, within the limits; whatever goes wrong ends the process."""
    limited.limit(*map(int, sys.argv[1:]))
    content = sys.stdin.buffer.read()
    kind = next((name for beginning, name in _KINDS.items() if content.startswith(beginning)), None)
    codes = list(dict.fromkeys(_codes(kind, content))) if kind else []
    sys.stdout.write(json.dumps({"kind": kind, "codes": codes}))


def _codes(kind: str, content: bytes) -> Iterator[str]:
    """What looks like a fingerprint among the codes of each page."""
    for page in _pages(kind, content):
        for found in zxingcpp.read_barcodes(page):
            text = found.text.strip().lower()
            if len(text) == _LENGTH and set(text) <= _SIGNS:
                yield text


def _pages(kind: str, content: bytes) -> Iterator[Image.Image]:
    Image.MAX_IMAGE_PIXELS = _MOST_PIXELS
    if kind != "application/pdf":
        yield Image.open(io.BytesIO(content), formats=["JPEG", "PNG"]).convert("L")
        return
    document = pypdfium2.PdfDocument(content)
    for number in range(min(len(document), MOST_PAGES)):
        width, height = document[number].get_size()
        if width * height * _SCALE**2 <= _MOST_PIXELS:
            yield document[number].render(scale=_SCALE).to_pil().convert("L")


if __name__ == "__main__":
    main()
