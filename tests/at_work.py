"""Does one thing to a database again and again, and writes down each load that was stored: to be killed meanwhile.

`python -m tests.at_work` starts a process for each task that it reads, a line of JSON. It tells the process's number,
then how it ended. What takes long to import is there before the first.
"""

import json
import os
import resource
import signal
import sys
from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import NamedTuple

import pandas as pd
import sqlalchemy as sa
from sqlalchemy import Connection, Engine

from tests import reviewed
from tests.policies import SHANGHAI
from tracking import database
from tracking.closings import closing
from tracking.database import loads, refresh
from tracking.filing import loading
from tracking.maintenance import backup
from tracking.policy import loading as policies
from tracking.results import rejudging
from tracking.review import acting

# By state, who moves a filing on, and how.
_MOVES: dict[str, tuple[str, acting.ReviewAct]] = {
    "filed": ("reviewer", "check"),
    "checked": ("manager", "approve"),
    "approved": ("manager", "reopen"),
}
WHOLE = "whole.zip"


class Task(NamedTuple):
    """What to do: which kind of work in which database and folder, where to write down what was stored, and how large
    a file may become (0: as it likes)."""

    address: str
    kind: str
    folder: str
    receipts: str
    most: int = 0


def filings(engine: Engine, _: Path, number: int, year: int = 2023) -> object:
    """Two spaces file something else each time."""
    first = _newest(engine)
    filed = f"space_id,year,funded_firms,mentors\nS1,{year},{(first + number) % 90},7\nS2,{year},{number % 80},8\n"
    return loading.load(engine, filed.encode(), f"{number}.csv", by="tests").load_id


def revisions(engine: Engine, folder: Path, number: int) -> object:
    """The same for a year that was filed before."""
    return filings(engine, folder, number, 2022)


def reviews(engine: Engine, _: Path, number: int) -> object:
    """A filing is checked, approved and opened again, then filed anew."""
    question = sa.text("SELECT state, revision FROM filing_state WHERE space_id = 'S1' AND year = 2022")
    with database.reading(engine) as connection:
        state, revision = connection.execute(question).one()
    if state not in _MOVES:
        filed = f"space_id,year,funded_firms,mentors\nS1,2022,{number % 90},{number % 80}\n"
        return loading.load(engine, filed.encode(), f"{number}.csv", by="tests").load_id
    name, act = _MOVES[state]
    until = datetime.now(UTC).replace(tzinfo=None) + timedelta(days=1)
    given = acting.Given("to be mended", until_at=until) if act == "reopen" else acting.NOTHING
    return acting.act(reviewed.by(engine, name), act, [reviewed.of("S1", revision)], given).load_id


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
    closing.close(engine, edition=SHANGHAI.name, year=2022, by="tests", with_unapproved=True)
    return _newest(engine)


def backups(engine: Engine, folder: Path, _: int) -> object:
    """A backup takes the place of the one before."""
    backup.backup(engine, folder / "kept.zip")
    return ""


def restores(engine: Engine, folder: Path, _: int) -> object:
    """A backup is brought into a database that is not there yet."""
    database.initialise(engine)
    return backup.restore(engine, folder / WHOLE).load_id


def migrations(engine: Engine, _: Path, __: int) -> object:
    """A database of the first shape is brought up, and judged by the rules of today."""
    rejudged = rejudging.difference(engine)
    database.initialise(engine)
    rejudging.follow(engine, rejudged, by="tests")
    return _newest(engine)


# What can be done to a database once.
ONCE: dict[str, Callable[[Engine, Path, int], object]] = {"restores": restores, "migrations": migrations}
WORKS: dict[str, Callable[[Engine, Path, int], object]] = {
    "large": large,
    "filings": filings,
    "policy": policy,
    "revisions": revisions,
    "reviews": reviews,
    "closings": closings,
    "backups": backups,
    **ONCE,
}


def _newest(engine: Engine) -> int:
    with database.reading(engine) as connection:
        return database.data_version(connection)


def run(task: Task) -> None:
    """Work until killed, or once, and write each load down before the next."""
    once = task.kind in ONCE or task.most
    with Path(task.receipts).open("w", buffering=1, encoding="utf-8") as out:
        engine = database.connect(task.address, create=task.kind in ONCE)
        print("ready", file=out)
        for number in range(1 if once else 1_000_000):
            print(WORKS[task.kind](engine, Path(task.folder), number), file=out)
        if not task.most:
            signal.pause()


def _started(task: Task) -> int:
    """A process at work. Where a size is given, once, and no file grows beyond it."""
    child = os.fork()
    if child:
        return child
    if task.most:
        resource.setrlimit(resource.RLIMIT_FSIZE, (task.most, resource.getrlimit(resource.RLIMIT_FSIZE)[1]))
    run(task)
    sys.exit()


if __name__ == "__main__":
    for line in sys.stdin:
        child = _started(Task(*json.loads(line)))
        print(child, flush=True)
        print(os.waitstatus_to_exitcode(os.waitpid(child, 0)[1]), flush=True)
