"""Does one thing to a database again and again, and writes down each load that was stored: to be killed meanwhile.

`python -m tests.at_work ADDRESS KIND FOLDER` starts a process for each line that it reads, `BYTES FILE`: how large a
file may become (0: as it likes), and where to write down. It tells the process's number, then how it ended. What takes
long to import is there before the first.
"""

import os
import resource
import sys
from collections.abc import Callable
from pathlib import Path

import pandas as pd
import sqlalchemy as sa
from sqlalchemy import Connection, Engine

from tests.policies import SHANGHAI
from tracking import database
from tracking.closings import closing
from tracking.database import loads, refresh
from tracking.filing import loading
from tracking.maintenance import backup
from tracking.policy import loading as policies

Work = Callable[[Engine, Path, int], object]


def filings(engine: Engine, _: Path, number: int, year: int = 2023) -> object:
    """Two spaces file something else each time."""
    first = _newest(engine)
    filed = f"space_id,year,funded_firms,mentors\nS1,{year},{(first + number) % 90},7\nS2,{year},{number % 80},8\n"
    return loading.load(engine, filed.encode(), f"{number}.csv", by="tests").load_id


def revisions(engine: Engine, folder: Path, number: int) -> object:
    """The same for a year that was filed before."""
    return filings(engine, folder, number, 2022)


def policy(engine: Engine, folder: Path, _: int) -> object:
    """The edition under another name each time."""
    edition = folder / SHANGHAI.name
    text = (edition / "edition.toml").read_text(encoding="utf-8")
    # At once, so that a kill spoils the database alone, if anything.
    other = folder / "edition.toml"
    other.write_text(text.replace('name_en = "', 'name_en = "x'), encoding="utf-8")
    other.replace(edition / "edition.toml")
    return policies.load(engine, edition, by="tests")


def large(engine: Engine, _: Path, number: int) -> object:
    """150,000 figures of one space, more than DuckDB keeps together in a group of rows."""

    def work(connection: Connection) -> int:
        first = database.data_version(connection)
        load_id = loads.record(connection, "filing", "large", f"{first} {number}".encode(), by="tests")
        newest = sa.text("SELECT COALESCE(MAX(revision), 0) FROM filing WHERE year = 3000")
        filed = pd.DataFrame({"load_id": load_id, "space_id": "S1", "year": range(3000, 8000), "figures": 30})
        rows = filed.loc[filed.index.repeat(30), ["load_id", "space_id", "year"]].reset_index(drop=True)
        metrics = sa.text("SELECT DISTINCT metric FROM metric WHERE kind <> 'share' ORDER BY metric")
        names = list(connection.execute(metrics).scalars())[:30]
        database.append(connection, "filing", filed.assign(revision=connection.execute(newest).scalar_one() + 1))
        database.append(connection, "observation", rows.assign(metric=names * 5000, value=number % 2))
        refresh.refresh(connection, ["S1"])
        return load_id

    return database.write(engine, work)


def closings(engine: Engine, _: Path, __: int) -> object:
    """A year is closed, again and again."""
    closing.close(engine, edition=SHANGHAI.name, year=2022, by="tests")
    return _newest(engine)


def backups(engine: Engine, folder: Path, _: int) -> object:
    """A backup takes the place of the one before."""
    backup.backup(engine, folder / "kept.zip")
    return ""


WORKS: dict[str, Work] = {
    "large": large,
    "filings": filings,
    "policy": policy,
    "revisions": revisions,
    "closings": closings,
    "backups": backups,
}


def _newest(engine: Engine) -> int:
    with database.reading(engine) as connection:
        return database.data_version(connection)


def run(address: str, kind: str, folder: Path, told: Path, times: int) -> None:
    """Work so many times, and write each load down before the next."""
    with told.open("w", buffering=1, encoding="utf-8") as out:
        engine = database.connect(address)
        print("ready", file=out)
        for number in range(times):
            print(WORKS[kind](engine, folder, number), file=out)


def _started(address: str, kind: str, folder: Path, told: Path, most: int) -> int:
    """A process at work. Where `most` is given, once, and no file grows beyond so many bytes."""
    child = os.fork()
    if child:
        return child
    if most:
        resource.setrlimit(resource.RLIMIT_FSIZE, (most, resource.getrlimit(resource.RLIMIT_FSIZE)[1]))
    run(address, kind, folder, told, 1 if most else 1_000_000)
    sys.exit()


if __name__ == "__main__":
    for line in sys.stdin:
        most, told = line.split(maxsplit=1)
        child = _started(sys.argv[1], sys.argv[2], Path(sys.argv[3]), Path(told.strip()), int(most))
        print(child, flush=True)
        print(os.waitstatus_to_exitcode(os.waitpid(child, 0)[1]), flush=True)
