"""A file that is to back something: what it is, by its content alone, and whether it is taken at all.

No file is opened but a list, to be counted, and that by the process that reads spreadsheets in limits.
"""

from typing import NamedTuple

from tracking.database import loads
from tracking.filing import originals
from tracking.filing.spreadsheets import grids, markup_kinds
from tracking.review import evidence_lists
from tracking.review.evidence_lists import Counted
from tracking.words.problems import Refusal

SIZE_LIMIT = 20_000_000
# How a file begins that is no spreadsheet.
_MAGIC = {b"%PDF-": "pdf", b"\x89PNG\r\n\x1a\n": "png", b"\xff\xd8\xff": "jpg"}
_LISTS = ("xlsx", "xls", "xlsb", "ods", "csv", "tsv", "txt")


class UnusableEvidence(Exception):
    """Nothing was stored; `why` has its sentence, `cell` is where personal data stand.

    It is empty, large, kind, unreadable, personal, unknown, locked or there (is attached already).
    """

    def __init__(self, why: str, cell: str = "") -> None:
        super().__init__(why)
        self.why = why
        self.cell = cell


class EvidenceFile(NamedTuple):
    """A file as it is kept: under a name that fits what it is; of a list how many rows it has."""

    name: str
    kind: str
    content: bytes
    counted: Counted | None

    def columns(self) -> dict[str, object]:
        """What a table that names the file says of it."""
        return {
            "sha256": loads.sha256(self.content),
            "name": self.name,
            "kind": self.kind,
            "size": len(self.content),
        }


def read(content: bytes, name: str) -> EvidenceFile:
    """What a file is. Raises UnusableEvidence."""
    kind = _kind(content, name)
    counted = _list(content, name) if kind in _LISTS else None
    return EvidenceFile(originals.named(name, f".{kind}"), kind, content, counted)


def _kind(content: bytes, name: str) -> str:
    if not content:
        raise UnusableEvidence("empty")
    if len(content) > SIZE_LIMIT:
        raise UnusableEvidence("large")
    for begins, kind in _MAGIC.items():
        if content.startswith(begins):
            return kind
    kind = originals.ending(content, name).removeprefix(".")
    # A page of markup, and what could run by itself, backs nothing.
    if kind not in _LISTS or markup_kinds.is_markup(content):
        raise UnusableEvidence("kind")
    return kind


def _list(content: bytes, name: str) -> Counted:
    try:
        found = grids.read(content, name)
    except Refusal as refusal:
        raise UnusableEvidence("unreadable") from refusal
    if private := evidence_lists.private(found):
        raise UnusableEvidence("personal", private[0])
    return evidence_lists.count(found)
