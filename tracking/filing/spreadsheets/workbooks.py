"""Workbooks, .xlsx and .xls, opened by a process of their own, which may fail without harm.

A workbook of a few hundred bytes can ask for terabytes, and the library that reads it then ends the process it
is in. So that process is not ours: it has a limit of memory and of time, and what it makes of the file comes back
through a pipe.
"""

import io
import pickle
import subprocess
import sys
import zipfile
from pathlib import Path
from typing import Any

_PROJECT = Path(__file__).parents[3]
# 100,000 rows of 40 columns take some 0.8 GB.
_MEMORY = 2 * 1024**3
_SECONDS = 60
_ZIP = b"PK\x03\x04"
# The container of .xls, and of an .xlsx with a password.
_OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_ENCRYPTED = "EncryptedPackage".encode("utf-16-le")


class UnreadableError(ValueError):
    """Why a workbook cannot be read: the code of a problem, and what its sentence needs."""

    def __init__(self, code: str, **details: Any) -> None:
        super().__init__(code)
        self.code = code
        self.details: dict[str, Any] = details


def is_workbook(content: bytes) -> bool:
    """Whether a file begins as workbooks do."""
    return content.startswith((_ZIP, _OLE))


def sheets(content: bytes, *, unpacked: int, columns: int, cells: int, longest: int) -> list[Any]:
    """What the grid of each sheet is made of, in its own order. Raises UnreadableError.

    The limits: bytes unpacked, columns and cells of a sheet, signs in a cell.
    """
    if content.startswith(_ZIP):
        _guard(content, unpacked)
    elif _ENCRYPTED in content:
        raise UnreadableError("file-protected")
    limits = map(str, (_MEMORY, _SECONDS, columns, cells, longest))
    try:
        process = subprocess.run(
            [sys.executable, "-m", "tracking.filing.spreadsheets.workbook_process", *limits],
            cwd=_PROJECT,
            input=content,
            capture_output=True,
            timeout=2 * _SECONDS,
            check=False,
        )
    except subprocess.TimeoutExpired as error:
        raise UnreadableError("file-too-demanding") from error
    if process.returncode:
        raise UnreadableError("file-too-demanding")
    # Our own process wrote it, of texts and numbers alone.
    code, told = pickle.loads(process.stdout)
    if code != "sheets":
        raise UnreadableError(code, **told)
    return list(told)


def _guard(content: bytes, unpacked: int) -> None:
    """Refuse by its directory what is no workbook, or would unpack to more than a machine should bear."""
    try:
        with zipfile.ZipFile(io.BytesIO(content)) as archive:
            entries = archive.infolist()
    except (zipfile.BadZipFile, ValueError, NotImplementedError) as error:
        raise UnreadableError("file-broken") from error
    if any(entry.flag_bits & 1 for entry in entries):
        raise UnreadableError("file-protected")
    if sum(entry.file_size for entry in entries) > unpacked:
        raise UnreadableError("file-unpacks-too-large")
    if not any(entry.filename == "xl/workbook.xml" for entry in entries):
        raise UnreadableError("file-not-a-spreadsheet")
