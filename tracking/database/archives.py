"""Tables as Parquet files in a ZIP, written piece by piece: what backups and the folder of loads are made of."""

import hashlib
import zipfile
from collections.abc import Iterable
from typing import IO

import pyarrow as pa
import pyarrow.parquet

# The first day a ZIP can name: the same rows give the same bytes.
MADE = (1980, 1, 1, 0, 0, 0)
DOCUMENT = pa.schema([("sha256", pa.string()), ("content", pa.binary())])
_PIECE = 1 << 20


def member(table: str) -> str:
    """The name of a table's file in the ZIP."""
    return f"{table}.parquet"


def write_table(
    archive: zipfile.ZipFile, table: str, columns: pa.Schema, pieces: Iterable[pa.Table]
) -> tuple[int, str]:
    """Write a table as a member; its rows, and the SHA-256 of the member's bytes. Raises OSError."""
    with archive.open(zipfile.ZipInfo(member(table), MADE), "w", force_zip64=True) as file:
        placed = _Placed(file)
        with pa.parquet.ParquetWriter(placed, columns, compression="zstd") as writer:
            count = 0
            for piece in pieces:
                writer.write_table(piece.cast(columns))
                count += len(piece)
    return count, placed.digest.hexdigest()


def digest(archive: zipfile.ZipFile, table: str) -> str:
    """The SHA-256 of a member's bytes as they stand there."""
    found = hashlib.sha256()
    with archive.open(member(table)) as file:
        while content := file.read(_PIECE):
            found.update(content)
    return found.hexdigest()


class _Placed:
    """A file that is being written into a ZIP, and knows how far it is: Parquet asks, and a ZIP cannot tell."""

    closed = False

    def __init__(self, file: IO[bytes]) -> None:
        self._file = file
        self._at = 0
        self.digest = hashlib.sha256()

    def write(self, content: bytes) -> int:
        self._at += len(content)
        self.digest.update(content)
        return self._file.write(content)

    def tell(self) -> int:
        return self._at

    def flush(self) -> None:
        self._file.flush()
