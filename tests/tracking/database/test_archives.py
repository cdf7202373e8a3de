"""Tables in a ZIP: the same rows are the same bytes, and their digest is of them."""

import hashlib
import io
import zipfile

import pyarrow as pa
import pyarrow.parquet

from tracking.database import archives

COLUMNS = pa.schema([("space_id", pa.string()), ("year", pa.int32())])
PIECES = [pa.table({"space_id": ["S1"], "year": [2022]}), pa.table({"space_id": ["S2"], "year": [2023]})]


def written() -> tuple[bytes, int, str]:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as archive:
        rows, digest = archives.write_table(archive, "filing", COLUMNS, PIECES)
    return out.getvalue(), rows, digest


def test_a_table_is_written_piece_by_piece_and_read_as_one() -> None:
    content, rows, digest = written()
    with zipfile.ZipFile(io.BytesIO(content)) as archive:
        member = archive.read("filing.parquet")
        assert archives.digest(archive, "filing") == digest == hashlib.sha256(member).hexdigest()
    table = pyarrow.parquet.read_table(io.BytesIO(member))
    assert (rows, table.to_pylist()) == (2, [{"space_id": "S1", "year": 2022}, {"space_id": "S2", "year": 2023}])
    assert table.schema.field("year").type == pa.int32()


def test_the_same_rows_are_the_same_bytes() -> None:
    assert written() == written()
