"""A made-up country, straight into the tables: spaces on every track, all filings of all years."""

from datetime import datetime
from pathlib import Path

import numpy as np
import pandas as pd
import sqlalchemy as sa
from sqlalchemy import Connection, Engine

from tracking import database
from tracking.database import loads, refresh
from tracking.policy import loading as policies

POLICY = Path(__file__).parent.parent / "data" / "policy" / "shanghai-sanhua"
FIRST_YEAR = 2014
METRICS = 36
# As many as Shanghai has, and brands of some ten spaces.
DISTRICTS = tuple(f"区{number:02d}" for number in range(1, 17))
OF_A_BRAND = 10


def fill(engine: Engine, spaces: int, years: int) -> None:
    """A register of `spaces` enrolments over `years` data years, each filed with METRICS figures, and judged."""
    enrol(engine, spaces, years)
    figures = observations(engine, spaces, years)

    def file(connection: Connection) -> None:
        load_id = loads.record(connection, "filing", "made up", b"", by="benchmark", at=datetime(2020, 3, 1))
        keys = figures[["space_id", "year"]].drop_duplicates()
        database.append(connection, "filing", keys.assign(load_id=load_id, revision=1, figures=METRICS))
        database.append(connection, "observation", figures.assign(load_id=load_id))
        refresh.refresh(connection)

    database.write(engine, file)


def enrol(engine: Engine, spaces: int, years: int) -> None:
    """The policy and the register alone, nothing filed."""
    database.initialise(engine)
    policies.load(engine, POLICY, by="benchmark")
    database.write(engine, lambda connection: _register(connection, spaces, years))


def wide(engine: Engine, spaces: int, years: int) -> pd.DataFrame:
    """A filing a row as operators lay it out, METRICS figures in each: what a check finds no fault with.

    All figures of a row are one number, so that no part exceeds its whole.
    """
    with database.reading(engine) as connection:
        filed = sa.text("SELECT metric, kind FROM metric WHERE kind <> 'share' ORDER BY kind DESC, position")
        metrics = connection.execute(filed).all()
    numbers = np.random.default_rng(0).integers(20, 40, spaces * years)
    kept = [(metric, kind) for metric, kind in metrics if kind != "decimal"][:METRICS]
    figures = {metric: "是" if kind == "yes_no" else numbers for metric, kind in kept}
    keys = {"space_id": np.repeat(_space_ids(spaces), years), "year": np.tile(_years(years), spaces)}
    return pd.DataFrame(keys | figures)


def observations(engine: Engine, spaces: int, years: int) -> pd.DataFrame:
    """METRICS made-up figures for every space and year: space_id, year, metric, value."""
    with database.reading(engine) as connection:
        filed = sa.text("SELECT metric FROM metric WHERE kind <> 'share' ORDER BY position")
        metrics = [metric for (metric,) in connection.execute(filed).all()][:METRICS]
    rows = spaces * years * len(metrics)
    return pd.DataFrame(
        {
            "space_id": np.repeat(_space_ids(spaces), years * len(metrics)),
            "year": np.tile(np.repeat(_years(years), len(metrics)), spaces),
            "metric": np.tile(metrics, spaces * years),
            "value": np.random.default_rng(0).integers(0, 40, rows),
        }
    )


def _register(connection: Connection, spaces: int, years: int) -> None:
    load_id = loads.record(connection, "register", "made up", b"", by="benchmark", at=datetime(2020, 1, 1))
    ids = _space_ids(spaces)
    tracks = [track for (track,) in connection.execute(sa.text("SELECT track FROM track ORDER BY position")).all()]
    edition = connection.execute(sa.text("SELECT edition FROM current_edition")).scalar_one()
    database.append(
        connection,
        "space",
        pd.DataFrame(
            {
                "load_id": load_id,
                "space_id": ids,
                "space_name": ids,
                "district": np.resize(DISTRICTS, spaces),
                "operator": "",
                "brand": [f"B{number // OF_A_BRAND}" for number in range(spaces)],
            }
        ),
    )
    database.append(
        connection,
        "enrolment",
        pd.DataFrame(
            {
                "load_id": load_id,
                "space_id": ids,
                "track": np.resize(tracks, spaces),
                "edition": edition,
                "start_year": FIRST_YEAR,
                "end_year": FIRST_YEAR + years - 1,
            }
        ),
    )


def _years(years: int) -> np.ndarray:
    return np.arange(FIRST_YEAR, FIRST_YEAR + years)


def _space_ids(spaces: int) -> np.ndarray:
    return np.array([f"S{number:05d}" for number in range(spaces)])
