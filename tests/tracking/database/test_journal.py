"""A load's file beside an embedded database: whole, known by what it says of itself, and none of what is not stored."""

import shutil
import zipfile
from datetime import datetime
from pathlib import Path

import pytest
from sqlalchemy import Connection, Engine

from tests import databases
from tracking import database
from tracking.database import journal, loads


def record(connection: Connection, name: str) -> int:
    return loads.record(connection, "filing", name, name.encode(), by="tests", at=datetime(2024, 1, 1))


@pytest.fixture
def engine(tmp_path: Path) -> Engine:
    """A database in a file that has one load, the policy."""
    return database.connect(databases.shanghai_at(tmp_path / "data.duckdb"))


def folder_of(engine: Engine) -> Path:
    folder = journal.folder_of(engine)
    assert folder is not None
    return folder


def test_of_loads_that_are_stored_together_none_counts_before_all_are_there(tmp_path: Path) -> None:
    for number in (1, 2, 3):
        journal.file_of(tmp_path, number).touch()
    (tmp_path / "together").write_text("2", encoding="utf-8")
    assert journal.numbers(tmp_path) == [1]
    journal.drop_unfinished(tmp_path)
    assert [path.name for path in tmp_path.iterdir()] == ["00000001.load"]
    assert journal.numbers(tmp_path / "nowhere") == []


def test_nothing_is_kept_of_what_fails_after_its_file_was_written(engine: Engine) -> None:
    folder = folder_of(engine)

    def fail() -> None:
        with journal.kept(engine) as keep, engine.begin() as connection:
            for name in ("one", "other"):
                record(connection, name)
            keep(connection, [2, 3], journal.INCOMING)
            assert journal.numbers(folder) == [1, 2, 3]
            raise RuntimeError

    with pytest.raises(RuntimeError):
        fail()
    # Beside it stands only that the database is open.
    assert [path.name for path in folder.iterdir() if not path.name.startswith("open-")] == ["00000001.load"]
    engine.dispose()


@pytest.mark.parametrize("damage", ["altered", "cut", "gone"])
def test_a_file_that_is_not_as_it_was_written_is_refused_whole(engine: Engine, tmp_path: Path, damage: str) -> None:
    number = database.write(engine, lambda connection: record(connection, "one"))
    whole = journal.file_of(folder_of(engine), number)
    engine.dispose()
    assert journal.prove(whole).rows == {"load": 1, "seal": 1, "document": 1}
    spoilt = tmp_path / "spoilt.load"
    if damage == "altered":
        with zipfile.ZipFile(whole) as source, zipfile.ZipFile(spoilt, "w") as target:
            for name in source.namelist():
                content = source.read(name)
                target.writestr(name, content + b"x" if name == "load.parquet" else content)
    elif damage == "cut":
        shutil.copy(whole, spoilt)
        spoilt.write_bytes(spoilt.read_bytes()[:-40])
    fresh = databases.empty()
    with pytest.raises(journal.UnreadableLoad), fresh.begin() as connection:
        journal.bring(connection, spoilt)
    with database.reading(fresh) as connection:
        assert database.data_version(connection) == 0
    fresh.dispose()
