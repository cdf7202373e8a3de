"""A made-up city of 600 spaces, straight into the tables: what its files would bring in ten seconds, in two.

The register and the figures are those of `sample` at that size, with the same waves of filings, the last of them late.
Everything up to the year before the last is approved, and of the last what some spaces filed.
"""

import tempfile
from datetime import datetime
from pathlib import Path

import numpy as np
import pandas as pd
import sqlalchemy as sa
from sqlalchemy import Connection, Engine

from tests.policies import SHANGHAI
from tracking import database
from tracking.database import loads, refresh
from tracking.filing import register
from tracking.maintenance import made_up, sample
from tracking.policy import loading as policies

SPACES, YEARS = 600, 3
APPROVE = """
INSERT INTO review (load_id, space_id, year, revision, act)
SELECT :load, space_id, year, revision, 'approve'
FROM current_filing
WHERE year < :last OR space_id LIKE '%2' OR space_id LIKE '%5'
"""


def fill(engine: Engine) -> None:
    """Bring it into a database with Shanghai's policy in force."""
    read = policies.read(SHANGHAI)
    random = np.random.default_rng(0)
    enrolments = made_up.enrol(random, [track.track for track in read.tracks], SPACES, YEARS)
    figures, _ = made_up.figures(random, read, enrolments, YEARS)
    with tempfile.TemporaryDirectory() as folder:
        sample.write(Path(folder), spaces=SPACES, years=YEARS, source=read)
        content = (Path(folder) / "register.csv").read_bytes()
    assert register.load(engine, content, "register.csv", by="tests", at=datetime(2015, 1, 4)).loaded
    spaces = {space: f"SL{space + 1:05d}" for space in range(SPACES)}
    filed = figures.assign(space_id=figures["space"].map(spaces)).drop(columns="space")
    wave = random.choice(len(sample.WAVES), len(filed), p=sample.WAVE_SHARES)

    def file(connection: Connection) -> None:
        for (year, number), rows in filed.groupby(["year", wave]):
            at = datetime(year + 1, *sample.WAVES[number], 10)
            _file(connection, rows, f"{year}-{number + 1}.csv", at)
        refresh.refresh(connection)
        load = loads.record(connection, "review", "approve", b"", by="tests")
        connection.execute(sa.text(APPROVE), {"load": load, "last": made_up.LAST_YEAR - 1})
        refresh.reviewed(connection, [])

    database.write(engine, file)


def _file(connection: Connection, rows: pd.DataFrame, name: str, at: datetime) -> None:
    load = loads.record(connection, "filing", name, name.encode(), by=sample.BY, at=at)
    figures = rows.melt(["space_id", "year"], var_name="metric").dropna()
    counts = figures.groupby(["space_id", "year"]).size().rename("figures").reset_index()
    database.append(connection, "filing", counts.assign(load_id=load, revision=1))
    database.append(connection, "observation", figures.assign(load_id=load))
