"""The name under which a person's own file is handed out again: safe on any machine, its ending by what is in it."""

import io
import re
import unicodedata
import zipfile
from datetime import date
from pathlib import PurePath

from sqlalchemy import Engine

from tracking.filing.spreadsheets.markup_kinds import is_markup
from tracking.results import receipts

LONGEST = 100
# The names of devices to Windows, whatever their ending.
_RESERVED = re.compile(r"(?:con|prn|aux|nul|com[0-9¹²³]|lpt[0-9¹²³])(?:\..*)?", re.IGNORECASE | re.DOTALL)
_UNSAFE = frozenset('<>:"/\\|?*')
_TEXTS = (".csv", ".tsv", ".txt")
_PARTS = {"xl/workbook.bin": ".xlsb", "xl/vbaProject.bin": ".xlsm", "xl/workbook.xml": ".xlsx", "content.xml": ".ods"}


def name(engine: Engine, _: date, *, sha256: str, source: str) -> str:
    """The name for a file that was loaded from `source`. Raises LookupError where there is none."""
    return safe_name(source, receipts.document(engine, sha256))


def safe_name(source: str, content: bytes) -> str:
    """A name made of the one that a file came under: no signs that a machine or an eye is misled by, no ending but that
    of a spreadsheet or a text."""
    return named(source, ending(content, source))


def named(source: str, end: str) -> str:
    """As `safe_name`, of a file of which the ending is known."""
    stem = "".join(sign for sign in PurePath(source.replace("\\", "/")).name if _seen(sign)).strip(" .")
    stem = stem[: -len(end)] if stem.casefold().endswith(end) else stem.rpartition(".")[0] or stem
    stem = stem[:LONGEST].strip(" .") or "file"
    return f"{'_' if _RESERVED.fullmatch(stem) else ''}{stem}{end}"


def ending(content: bytes, source: str = "") -> str:
    """The ending that says what a file is; a text keeps the one that it came with, where that is one of a text."""
    if content.startswith(b"PK"):
        try:
            with zipfile.ZipFile(io.BytesIO(content)) as archive:
                there = set(archive.namelist())
        except zipfile.BadZipFile:
            return ".bin"
        return next((end for part, end in _PARTS.items() if part in there), ".bin")
    if content.startswith(b"\xd0\xcf\x11\xe0"):
        return ".xls"
    # A page of markup is handed out as a text, so that no machine runs what is in it.
    came_with = PurePath(source).suffix.casefold()
    return ".txt" if is_markup(content) else came_with if came_with in _TEXTS else ".csv"


def _seen(sign: str) -> bool:
    return sign not in _UNSAFE and unicodedata.category(sign) not in ("Cc", "Cf", "Cs", "Co", "Cn", "Zl", "Zp")
