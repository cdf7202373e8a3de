"""Spreadsheets that are no plain text (.xlsx, .xlsm, .xlsb, .xls, .ods, a web page or XML called .xls), opened by a
process of their own, which may fail without harm."""

import io
import pickle
import zipfile
from collections.abc import Iterable
from typing import Any

from tracking.filing.spreadsheets import enclosures, limited
from tracking.filing.spreadsheets.markup_kinds import is_markup
from tracking.filing.spreadsheets.sheets import UnreadableError

_ZIP = b"PK\x03\x04"
# The container of .xls, and of an .xlsx with a password.
_OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_ENCRYPTED = "EncryptedPackage".encode("utf-16-le")
# An archive is a workbook of the kind of which it has this part.
XLSX, XLSB, ODS = "xl/workbook.xml", "xl/workbook.bin", "content.xml"
_MARKUP_SECONDS = 20
_READER = "tracking.filing.spreadsheets.workbook_process"


def is_workbook(content: bytes) -> bool:
    """Whether a file begins as workbooks do, or as markup that a spreadsheet may be."""
    return content.startswith((_ZIP, _OLE)) or is_markup(content)


def main_part(content: bytes) -> str:
    """The part by which an archive is a workbook: XLSX, XLSB or ODS. Raises UnreadableError where there is none."""
    with zipfile.ZipFile(io.BytesIO(content)) as archive:
        return _main_part(archive.infolist())


def sheets(content: bytes, *, unpacked: int, columns: int, cells: int, longest: int) -> list[dict[str, Any]]:
    """What the grid of each sheet is made of, by the names of its fields. Raises UnreadableError.

    The limits: bytes unpacked, columns of a sheet, cells of all sheets together, signs in a cell.
    """
    seconds, remarks = limited.SECONDS, tuple[str, ...]()
    if is_markup(content):
        seconds = _MARKUP_SECONDS
    elif content.startswith(_ZIP):
        remarks = enclosures.of_archive(_guarded(content, unpacked))
    elif _ENCRYPTED in content:
        raise UnreadableError("file-protected")
    else:
        remarks = enclosures.of_xls(content)
    try:
        answer = limited.run(_READER, columns, cells, longest, given=content, seconds=seconds)
    except limited.LimitExceeded as error:
        raise UnreadableError("file-too-demanding") from error
    # Our own process wrote it, of texts and numbers alone.
    code, found = pickle.loads(answer)
    if code != "sheets":
        raise UnreadableError(code, **found)
    for sheet in found[:1]:
        sheet["remarks"] = remarks
    return list(found)


def _guarded(content: bytes, unpacked: int) -> list[zipfile.ZipInfo]:
    """The directory of a workbook, by which is refused what is none, or would unpack to more than a machine bears."""
    try:
        with zipfile.ZipFile(io.BytesIO(content)) as archive:
            entries = archive.infolist()
    except (zipfile.BadZipFile, ValueError, NotImplementedError) as error:
        raise UnreadableError("file-broken") from error
    if any(entry.flag_bits & 1 for entry in entries):
        raise UnreadableError("file-protected")
    if sum(entry.file_size for entry in entries) > unpacked:
        raise UnreadableError("file-unpacks-too-large")
    _main_part(entries)
    return entries


def _main_part(entries: Iterable[zipfile.ZipInfo]) -> str:
    found = {entry.filename for entry in entries} & {XLSX, XLSB, ODS}
    if not found:
        raise UnreadableError("file-not-a-spreadsheet")
    if len(found) > 1:
        # Two workbooks in one: which of them a person sees, the program decides that opens it.
        raise UnreadableError("file-broken")
    return found.pop()
