"""What a workbook carries besides its sheets: macros, links to other files, embedded programs."""

import re
import zipfile
from collections.abc import Iterable

from tracking.filing.spreadsheets.sheets import UnreadableError

# Of .xlsx, .xlsm, .xlsb and .ods, by the names of their parts.
_MACROS = re.compile(r"(?:xl/)?vbaProject\w*\.bin|xl/macrosheets/.+|Basic/.+|Scripts/.+", re.IGNORECASE)
_LINKS = re.compile(r"xl/externalLinks/externalLink\w*\.(?:xml|bin)", re.IGNORECASE)
# A chart of an .ods is an object too, but one that is a folder of parts.
_EMBEDDED = re.compile(r"xl/(?:embeddings|activeX)/[^/]+|Object [0-9]{1,6}", re.IGNORECASE)
# Of .xls, by the names in its directory.
_XLS_MACROS = "_VBA_PROJECT_CUR".encode("utf-16-le")
_XLS_EMBEDDED = re.compile(b"M\0B\0D\0(?:[0-9A-F]\0){8}|\x01\0O\0l\0e\x001\x000\0N\0a\0t\0i\0v\0e\0")


def of_archive(entries: Iterable[zipfile.ZipInfo]) -> tuple[str, ...]:
    """The codes of warnings about the parts of a workbook. Raises UnreadableError where something is embedded."""
    names = [entry.filename for entry in entries]
    embedded = next((name for name in names if _EMBEDDED.fullmatch(name)), None)
    if embedded:
        raise UnreadableError("file-embeds", part=embedded.rpartition("/")[2])
    found = {"macros-ignored": _MACROS, "linked-workbooks": _LINKS}
    return tuple(code for code, pattern in found.items() if any(map(pattern.fullmatch, names)))


def of_xls(content: bytes) -> tuple[str, ...]:
    """The same of an .xls."""
    if embedded := _XLS_EMBEDDED.search(content):
        raise UnreadableError("file-embeds", part=embedded[0].decode("utf-16-le").strip("\x01"))
    return ("macros-ignored",) if _XLS_MACROS in content else ()
