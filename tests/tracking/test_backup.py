"""A backup comes back whole, or is refused: what is in it is a file's, never to be trusted."""

import io
import zipfile
from collections.abc import Callable
from pathlib import Path

import pyarrow as pa
import pyarrow.parquet
import pytest
from sqlalchemy import Engine

from tracking import backup, database

INJECTED = "source_zh) SELECT 1; DROP TABLE load; --"


def _track(change: Callable[[pa.Table], pa.Table]) -> Callable[[bytes], bytes]:
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


@pytest.mark.parametrize(
    ("name", "change"),
    [
        pytest.param("manifest.json", lambda _: b"[]", id="manifest"),
        pytest.param("track.parquet", lambda _: b"", id="no table"),
        pytest.param("track.parquet", _track(_renamed), id="names of columns"),
        pytest.param("track.parquet", _track(_blank), id="blank"),
        pytest.param("track.parquet", _track(_words), id="words for a number"),
        pytest.param("track.parquet", _track(_twice), id="key twice"),
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
