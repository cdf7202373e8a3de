"""A backup comes back whole, or is refused: what is in it is a file's, never to be trusted."""

import io
import json
import lzma
import os
import zipfile
from collections.abc import Callable
from pathlib import Path

import pyarrow as pa
import pyarrow.parquet
import pytest
import sqlalchemy as sa
from sqlalchemy import Engine

from tests.disks import full_disk
from tracking import database
from tracking.database import archives, states, steps
from tracking.maintenance import backup, verify

FIXTURES = Path(__file__).parents[1] / "database" / "fixtures"
INJECTED = "source_zh) SELECT 1; DROP TABLE load; --"


def _table(change: Callable[[pa.Table], pa.Table]) -> Callable[[bytes], bytes]:
    def changed(content: bytes) -> bytes:
        out = io.BytesIO()
        pa.parquet.write_table(change(pa.parquet.read_table(io.BytesIO(content))), out)
        return out.getvalue()

    return changed


def _renamed(table: pa.Table) -> pa.Table:
    return table.rename_columns([*table.column_names[:-1], INJECTED])


def _blank(table: pa.Table) -> pa.Table:
    return table.set_column(2, "track", pa.nulls(len(table), pa.string()))


def _words(table: pa.Table) -> pa.Table:
    return table.set_column(3, "position", pa.array(["x"] * len(table)))


def _twice(table: pa.Table) -> pa.Table:
    return pa.concat_tables([table.slice(1), table.slice(len(table) - 1)])


def _another(table: pa.Table) -> pa.Table:
    return table.set_column(1, "content", pa.array([b"another"] * len(table)))


def _without_digests(manifest: bytes) -> bytes:
    """The manifest of an earlier version, so that something else has to find what was changed."""
    return json.dumps({key: each for key, each in json.loads(manifest).items() if key != "sha256"}).encode()


@pytest.mark.parametrize(
    ("name", "change"),
    [
        pytest.param("manifest.json", lambda _: b"[]", id="manifest"),
        pytest.param("track.parquet", lambda _: b"", id="no table"),
        pytest.param("track.parquet", _table(_renamed), id="names of columns"),
        pytest.param("track.parquet", _table(_blank), id="blank"),
        pytest.param("track.parquet", _table(_words), id="words for a number"),
        pytest.param("track.parquet", _table(_twice), id="key twice"),
        pytest.param("document.parquet", _table(_another), id="another document"),
    ],
)
def test_a_backup_that_was_tampered_with_is_refused_and_leaves_nothing(
    shanghai: Engine, any_engine: Engine, tmp_path: Path, name: str, change: Callable[[bytes], bytes]
) -> None:
    backup.backup(shanghai, tmp_path / "whole.zip")
    with zipfile.ZipFile(tmp_path / "whole.zip") as whole, zipfile.ZipFile(tmp_path / "other.zip", "w") as other:
        for each in whole.namelist():
            other.writestr(each, change(whole.read(each)) if each == name else whole.read(each))
    into = database.connect("duckdb://", create=True) if any_engine is shanghai else any_engine
    database.initialise(into)
    with pytest.raises(backup.BrokenBackupError):
        backup.restore(into, tmp_path / "other.zip")
    with database.reading(into) as connection:
        assert database.data_version(connection) == 0
        assert _documents(connection) == []


def test_what_a_stopped_restore_left_is_in_no_way(shanghai: Engine, any_engine: Engine, tmp_path: Path) -> None:
    backup.backup(shanghai, tmp_path / "whole.zip")
    with database.reading(shanghai) as connection:
        stored = _documents(connection)
    into = database.connect("duckdb://", create=True) if any_engine is shanghai else any_engine
    database.initialise(into)
    left = [(stored[0][0], b"half of it"), ("0" * 64, b"of an older backup")]
    insert = sa.text("INSERT INTO document VALUES (:sha256, :content)")
    database.write(
        into, lambda connection: [connection.execute(insert, {"sha256": key, "content": each}) for key, each in left]
    )
    backup.restore(into, tmp_path / "whole.zip")
    with database.reading(into) as connection:
        assert _documents(connection) == stored


def test_a_member_that_is_not_what_was_written_is_found(shanghai: Engine, tmp_path: Path) -> None:
    backup.backup(shanghai, tmp_path / "whole.zip")
    with zipfile.ZipFile(tmp_path / "whole.zip") as whole, zipfile.ZipFile(tmp_path / "other.zip", "w") as other:
        for each in whole.namelist():
            track = each == "track.parquet"
            other.writestr(each, _table(_renamed_track)(whole.read(each)) if track else whole.read(each))
    into = database.connect("duckdb://", create=True)
    database.initialise(into)
    with pytest.raises(backup.BrokenBackupError):
        backup.restore(into, tmp_path / "other.zip")


def _renamed_track(table: pa.Table) -> pa.Table:
    at = table.column_names.index("name_en")
    return table.set_column(at, table.field(at), pa.array(["Another"] * len(table)))


def test_a_newer_version_s_backup_is_refused_as_such(shanghai: Engine, tmp_path: Path) -> None:
    backup.backup(shanghai, tmp_path / "whole.zip")
    with zipfile.ZipFile(tmp_path / "whole.zip") as whole, zipfile.ZipFile(tmp_path / "newer.zip", "w") as newer:
        for each in whole.namelist():
            content = whole.read(each)
            if each == backup.MANIFEST:
                content = json.dumps({**json.loads(content), "schema": steps.newest() + 1}).encode()
            newer.writestr(each, content)
    with pytest.raises(backup.NewerBackupError):
        backup.restore(database.connect("duckdb://", create=True), tmp_path / "newer.zip")


@pytest.mark.parametrize("most", [0, 3_000, 20_000])
def test_on_a_full_disk_the_older_backup_stays(shanghai: Engine, tmp_path: Path, most: int) -> None:
    place = tmp_path / "kept.zip"
    place.write_bytes(b"the older one")
    with pytest.raises(OSError, match="large"), full_disk(most):
        backup.backup(shanghai, place)
    assert place.read_bytes() == b"the older one"
    assert os.listdir(tmp_path) == ["kept.zip"]


def test_a_backup_is_its_owner_s_alone(shanghai: Engine, tmp_path: Path) -> None:
    (tmp_path / "kept.zip").touch(0o644)
    backup.backup(shanghai, tmp_path / "kept.zip")
    assert (tmp_path / "kept.zip").stat().st_mode & 0o777 == 0o600


def test_the_same_database_gives_the_same_bytes(shanghai: Engine, tmp_path: Path) -> None:
    backup.backup(shanghai, tmp_path / "one.zip")
    backup.backup(shanghai, tmp_path / "other.zip")
    assert (tmp_path / "one.zip").read_bytes() == (tmp_path / "other.zip").read_bytes()


def _documents(connection: sa.Connection) -> list[tuple[str, bytes]]:
    """Every file that is stored, by its SHA-256."""
    rows = connection.execute(sa.text("SELECT sha256, content FROM document ORDER BY sha256")).all()
    return [(sha256, bytes(content)) for sha256, content in rows]


def test_a_backup_of_the_first_months_is_restored(any_engine: Engine, tmp_path: Path) -> None:
    older = tmp_path / "older.duckdb"
    older.write_bytes(lzma.decompress((FIXTURES / "0" / "database.duckdb.xz").read_bytes()))
    rows = {}
    with (
        sa.create_engine(f"duckdb:///{older}").connect() as connection,
        zipfile.ZipFile(tmp_path / "b.zip", "w") as file,
    ):
        found = sa.inspect(connection)
        for table in (each for each in (*states.INCOMING, "document") if found.has_table(each)):
            columns = database.declared(connection, table)
            if table == "observation":
                # As if it had come later: nothing was said in it then.
                columns = columns.remove(columns.get_field_index("note"))
            pieces = [piece.select(columns.names) for piece in database.stored(connection, table)]
            rows[table], _ = archives.write_table(file, table, columns, pieces)
        file.writestr("manifest.json", json.dumps({"data_version": 10, "rows": rows}))
    assert "seal" not in rows
    assert backup.restore(any_engine, tmp_path / "b.zip").load_id == 10
    assert [finding.invariant for finding in verify.verify(any_engine) if finding.broken] == []
    with database.reading(any_engine) as connection:
        assert connection.execute(sa.text("SELECT COUNT(*) FROM observation")).scalar_one() == rows["observation"]
