"""What an unclean end leaves of an embedded database is mended from the folder of loads, and nothing is lost."""

import os
import random
import shutil
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest
import sqlalchemy as sa
from sqlalchemy import Engine

from tests import databases
from tests.disks import full_disk
from tests.policies import SHANGHAI, copied
from tracking import database
from tracking.closings import archive, frozen
from tracking.database import journal, recovery
from tracking.filing import loading, register
from tracking.maintenance import backup, verify

REGISTER = b"space_id,space_name,track,start_year,end_year\nS1,A,branding,2022,2024\nS2,B,branding,2022,2024\n"
FILED = b"space_id,year,funded_firms,mentors\nS1,2022,5,7\nS2,2022,6,8\n"
# Of each kind of work; 34 make the 200 of `make kill`.
KILLS = int(os.environ.get("KILLS", "1"))


@pytest.fixture
def address(tmp_path: Path) -> str:
    """A database with three loads, closed."""
    address = databases.shanghai_at(tmp_path / "data.duckdb")
    engine = database.connect(address)
    assert register.load(engine, REGISTER, "register.csv", by="tests").loaded
    assert loading.load(engine, FILED, "2022.csv", by="tests").loaded
    engine.dispose()
    return address


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


def test_rows_that_nothing_was_promised_of_go_and_their_number_is_never_used(address: str) -> None:
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


def test_an_unclean_end_is_known_without_a_log_of_the_engine_s_own(address: str, tmp_path: Path) -> None:
    folder = tmp_path / "data.duckdb.loads"
    # Of a process that was killed while it read, which leaves no log.
    (folder / "open-killed").touch()
    for found in (["unclean-end"], []):
        engine = database.connect(address)
        assert [each.kind for each in database.found(engine)] == found
        assert [each.kind for each in database.told(engine)] == ["unclean-end"]
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


# Does one thing again and again, and tells each load that was stored.
CHILD = """
import resource, sys
from pathlib import Path
import pandas as pd
import sqlalchemy as sa
from tests.policies import SHANGHAI, copied, spoil
from tracking import database
from tracking.database import loads, refresh
from tracking.closings import closing
from tracking.filing import loading
from tracking.maintenance import backup
from tracking.policy import loading as policies

address, kind, folder, most = sys.argv[1], sys.argv[2], Path(sys.argv[3]), int(sys.argv[4])
engine = database.connect(address)
edition = folder / SHANGHAI.name
first = database.frame(engine.connect(), sa.text("SELECT MAX(load_id) AS load_id FROM load"))["load_id"][0]


def filings(number):
    year = 2023 if kind == "filings" else 2022
    figure = (first + number) % 90
    filed = f"space_id,year,funded_firms,mentors\\nS1,{year},{figure},7\\nS2,{year},{number % 80},8\\n"
    return loading.load(engine, filed.encode(), f"{number}.csv", by="tests").load_id


def policy(number):
    spoil(edition, "edition.toml", 'name_en = "', 'name_en = "x')
    return policies.load(engine, edition, by="tests")


def large(number):
    def work(connection):
        load_id = loads.record(connection, "filing", "large", f"{first} {number}".encode(), by="tests")
        newest = sa.text("SELECT COALESCE(MAX(revision), 0) FROM filing WHERE year = 3000")
        filed = pd.DataFrame({"load_id": load_id, "space_id": "S1", "year": range(3000, 8000), "figures": 30})
        rows = filed.loc[filed.index.repeat(30), ["load_id", "space_id", "year"]].reset_index(drop=True)
        metrics = sa.text("SELECT DISTINCT metric FROM metric WHERE kind <> 'share' ORDER BY metric")
        names = connection.execute(metrics).scalars().all()[:30]
        database.append(connection, "filing", filed.assign(revision=connection.execute(newest).scalar_one() + 1))
        database.append(connection, "observation", rows.assign(metric=names * 5000, value=number % 2))
        refresh.refresh(connection, ["S1"])
        return load_id

    return database.write(engine, work)


def closings(number):
    closing.close(engine, edition=edition.name, year=2022, by="tests")
    with database.reading(engine) as connection:
        return database.data_version(connection)


def backups(number):
    backup.backup(engine, folder / "kept.zip")


works = {"filings": filings, "revisions": filings, "policy": policy, "large": large, "closings": closings}
works["backups"] = backups
if most:
    resource.setrlimit(resource.RLIMIT_FSIZE, (most, most))
print("ready", flush=True)
for number in range(1 if most else 1_000_000):
    print(works[kind](number), flush=True)
"""
# The rest of them take a minute: `make kill`.
KINDS = ("large", "filings", "policy", "revisions", "closings", "backups")[: None if "KILLS" in os.environ else 1]


def after(address: str, receipts: list[str]) -> None:
    """Start again, and look whether all is there that was told, and nothing by half."""
    engine = database.connect(address)
    with database.reading(engine) as connection:
        recorded = set(connection.execute(sa.text("SELECT load_id FROM load")).scalars().all())
        closings = connection.execute(sa.text("SELECT closing FROM closing")).scalars().all()
        for number in closings:
            assert archive.rows(frozen.find(connection, number).content, "evaluations")["year"].eq(2022).all()
    assert recorded >= {int(line) for line in receipts if line.isdigit()}
    assert broken(engine) == []
    engine.dispose()


@pytest.mark.parametrize("kind", KINDS)
def test_whoever_is_killed_loses_no_load_that_was_told(address: str, tmp_path: Path, kind: str) -> None:
    copied(SHANGHAI, tmp_path)
    chance = random.Random(kind)
    for _ in range(KILLS):
        words = [sys.executable, "-c", CHILD, address, kind, str(tmp_path), "0"]
        with subprocess.Popen(words, stdout=subprocess.PIPE, text=True) as child:
            assert child.stdout is not None
            assert child.stdout.readline() == "ready\n"
            if chance.random() < 0.5:
                child.stdout.readline()
            time.sleep(chance.uniform(0, 1))
            child.kill()
            receipts = child.stdout.read().splitlines()
        # It was at work until then.
        assert child.returncode == -signal.SIGKILL
        assert list((tmp_path / "data.duckdb.loads").glob("open-*"))
        after(address, receipts)
        if (tmp_path / "kept.zip").exists():
            whole = database.connect("duckdb://", create=True)
            database.initialise(whole)
            backup.restore(whole, tmp_path / "kept.zip")
            whole.dispose()


@pytest.mark.parametrize("kind", KINDS)
def test_on_a_full_disk_nothing_is_stored_by_half(address: str, tmp_path: Path, kind: str) -> None:
    copied(SHANGHAI, tmp_path)
    for most in (1_000, 30_000):
        words = [sys.executable, "-c", CHILD, address, kind, str(tmp_path), str(most)]
        child = subprocess.run(words, capture_output=True, text=True, check=False)
        _, *receipts = child.stdout.splitlines()
        assert receipts or "OSError" in child.stderr or "DatabaseUnavailable" in child.stderr, child.stderr
        after(address, receipts)
