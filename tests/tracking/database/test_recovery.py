"""What an unclean end leaves of an embedded database is mended from the folder of loads, and nothing is lost."""

import shutil
from pathlib import Path

import pytest
import sqlalchemy as sa
from sqlalchemy import Engine

from tests import databases
from tests.disks import full_disk
from tracking import database
from tracking.database import journal, recovery
from tracking.filing import loading, register
from tracking.maintenance import backup, verify

REGISTER = b"space_id,space_name,track,start_year,end_year\nS1,A,branding,2022,2024\nS2,B,branding,2022,2024\n"
FILED = b"space_id,year,funded_firms,mentors\nS1,2022,5,7\nS2,2022,6,8\n"


def _file(engine: Engine) -> None:
    assert register.load(engine, REGISTER, "register.csv", by="tests").loaded
    assert loading.load(engine, FILED, "2022.csv", by="tests").loaded


@pytest.fixture
def address(tmp_path: Path) -> str:
    """A database with three loads, closed."""
    return databases.filled_at(tmp_path / "data.duckdb", _file)


def rows(engine: Engine) -> dict[str, list[str]]:
    """Everything that came in, but for the moment."""
    with database.reading(engine) as connection:
        return {
            table: sorted(map(str, connection.execute(sa.text(f"SELECT * FROM {table}")).all()))
            for table in (*recovery.INCOMING, "document")
        }


def broken(engine: Engine) -> list[str]:
    return [finding.invariant for finding in verify.verify(engine) if finding.broken]


def altered(address: str, *statements: str) -> None:
    """Run statements behind the product's back."""
    engine = sa.create_engine(address)
    with engine.begin() as connection:
        for statement in statements:
            connection.execute(sa.text(statement))
    engine.dispose()


def test_every_load_stands_beside_the_database(address: str, tmp_path: Path) -> None:
    folder = tmp_path / "data.duckdb.loads"
    assert journal.numbers(folder) == [1, 2, 3]
    manifests = [journal.prove(journal.file_of(folder, number)) for number in (1, 2, 3)]
    assert manifests[2].rows == {"load": 1, "filing": 2, "observation": 4, "seal": 1, "document": 1}
    with database.reading(database.connect(address)) as connection:
        assert [each.head for each in manifests] == [database.head(connection, number).sha256 for number in (1, 2, 3)]
    assert {path.stat().st_mode & 0o777 for path in folder.iterdir()} == {0o600}
    assert folder.stat().st_mode & 0o777 == 0o700
    assert database.found(database.connect(address)) == []


def test_what_is_not_stored_is_not_beside_it(address: str, tmp_path: Path) -> None:
    engine = database.connect(address)
    assert not loading.load(engine, FILED.replace(b"5", b"about 5"), "2022.csv", by="tests").loaded
    with pytest.raises(database.DatabaseUnavailable) as full, full_disk(100):
        loading.load(engine, FILED.replace(b"5", b"6"), "2022.csv", by="tests")
    assert full.value.reason == "place"
    assert journal.numbers(tmp_path / "data.duckdb.loads") == [1, 2, 3]
    engine.dispose()


@pytest.mark.parametrize(
    ("damage", "kinds"),
    [
        (["DELETE FROM load WHERE load_id = 3"], ["rows-without-load", "load-brought"]),
        (["DELETE FROM observation WHERE space_id = 'S1'"], ["rows-without-load", "load-brought"]),
        (["UPDATE observation SET value = 50"], ["rows-without-load", "load-brought"]),
        (
            [f"DELETE FROM {table} WHERE load_id = 3" for table in ("load", "seal", "filing", "observation")],
            ["load-brought"],
        ),
    ],
    ids=["no line of the load", "half of its rows", "other figures", "nothing of it"],
)
def test_half_a_load_is_brought_whole(address: str, damage: list[str], kinds: list[str]) -> None:
    engine = database.connect(address)
    whole = rows(engine)
    engine.dispose()
    altered(address, *damage, "DELETE FROM stored_attainment WHERE space_id = 'S2'")
    mended = database.connect(address)
    found = database.found(mended) or recovery.recover(mended)
    assert [each.kind for each in found] == kinds
    assert {each.load_id for each in found} == {3}
    assert rows(mended) == whole
    assert broken(mended) == []
    mended.dispose()


def test_rows_that_nothing_was_promised_of_go_and_their_number_is_never_used(address: str, tmp_path: Path) -> None:
    altered(
        address,
        "INSERT INTO observation VALUES (4, 'S1', 2023, 'mentors', 7, NULL, NULL)",
        "INSERT INTO stored_attainment SELECT * FROM stored_attainment",
    )
    engine = database.connect(address)
    found = recovery.recover(engine)
    assert [(each.kind, each.load_id) for each in found] == [
        ("rows-without-load", 4),
        ("load-lost", 4),
        ("judged-anew", 0),
    ]
    report = loading.load(engine, FILED.replace(b"2022", b"2023"), "2023.csv", by="tests")
    assert report.load_id == 5
    assert broken(engine) == []
    assert [each.kind for each in database.mended(engine)] == [each.kind for each in found]
    engine.dispose()
    # The folder alone has no file of it.
    (tmp_path / "data.duckdb").write_bytes(bytes(5000))
    anew = database.connect(address)
    assert [(each.kind, each.load_id) for each in database.found(anew)] == [("database-made-anew", 0), ("load-lost", 4)]
    assert broken(anew) == []
    anew.dispose()


def test_of_loads_that_were_to_be_stored_together_none_is_brought_before_all_have_their_files(
    address: str, tmp_path: Path
) -> None:
    engine = database.connect(address)
    backup.backup(engine, tmp_path / "whole.zip")
    whole = rows(engine)
    engine.dispose()
    half = database.connect(f"duckdb:///{tmp_path / 'half.duckdb'}", create=True)
    database.initialise(half)
    half.dispose()
    folder = tmp_path / "half.duckdb.loads"
    folder.mkdir(exist_ok=True)
    for number in (1, 2):
        shutil.copy(journal.file_of(tmp_path / "data.duckdb.loads", number), folder)
    (folder / "together").write_text("1", encoding="utf-8")
    (folder / "open-killed").touch()
    again = database.connect(f"duckdb:///{tmp_path / 'half.duckdb'}")
    assert journal.numbers(folder) == []
    assert backup.restore(again, tmp_path / "whole.zip").load_id == 3
    assert rows(again) == whole
    assert journal.numbers(folder) == [1, 2, 3]
    assert not (folder / "together").exists()
    again.dispose()


def test_an_unclean_end_is_known_without_a_log_of_the_engine_s_own(address: str, tmp_path: Path) -> None:
    folder = tmp_path / "data.duckdb.loads"
    # Of a process that was killed while it read, which leaves no log.
    (folder / "open-killed").touch()
    for found in (["unclean-end"], []):
        engine = database.connect(address)
        assert [each.kind for each in database.found(engine)] == found
        assert [each.kind for each in database.mended(engine)] == ["unclean-end"]
        assert len(list(folder.glob("open-*"))) == 1
        engine.dispose()
        assert not list(folder.glob("open-*"))


def test_a_load_s_file_that_cannot_be_read_is_set_aside_and_made_anew(address: str, tmp_path: Path) -> None:
    folder = tmp_path / "data.duckdb.loads"
    path = journal.file_of(folder, 2)
    before = path.read_bytes()
    path.write_bytes(before[: len(before) // 2])
    engine = database.connect(address)
    assert [(each.kind, each.load_id) for each in recovery.recover(engine)] == [("file-made-anew", 2)]
    assert path.read_bytes() == before
    assert path.with_suffix(".unreadable").exists()
    engine.dispose()


@pytest.mark.parametrize("damage", ["cut", "overwritten"])
def test_a_database_that_cannot_be_read_is_made_anew_from_its_loads(address: str, tmp_path: Path, damage: str) -> None:
    engine = database.connect(address)
    whole = rows(engine)
    engine.dispose()
    file = tmp_path / "data.duckdb"
    content = file.read_bytes()
    file.write_bytes(content[:5000] if damage == "cut" else bytes(len(content)))
    anew = database.connect(address)
    assert [(each.kind, each.rows) for each in database.found(anew)] == [("database-made-anew", 3)]
    assert rows(anew) == whole
    assert broken(anew) == []
    assert len(list(tmp_path.glob("data.duckdb.unreadable-*"))) == 1
    anew.dispose()


def test_the_folder_alone_gives_the_same_database(address: str, tmp_path: Path, postgres: Engine) -> None:
    engine = database.connect(address)
    whole = rows(engine)
    engine.dispose()
    shutil.copytree(tmp_path / "data.duckdb.loads", tmp_path / "taken home")
    assert backup.restore(postgres, tmp_path / "taken home").load_id == 3
    assert rows(postgres)["observation"] == whole["observation"]
    assert rows(postgres)["load"] == whole["load"]
    assert broken(postgres) == []


def test_a_folder_that_lacks_a_load_is_refused(address: str, tmp_path: Path, engine: Engine) -> None:
    assert address
    folder = tmp_path / "data.duckdb.loads"
    journal.file_of(folder, 2).unlink()
    with pytest.raises(backup.BrokenBackupError):
        backup.restore(engine, folder)
    with database.reading(engine) as connection:
        assert database.data_version(connection) == 0
