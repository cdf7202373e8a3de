"""A made-up country, straight into the tables: spaces on every track, the filings of all years, few of them missing."""

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
# Of so many filings one was never filed, one was filed anew; of so many figures one is blank; of so many enrolments one
# ended a year early.
_UNFILED, _REFILED, _BLANK, _LEFT = 37, 23, 53, 40


def fill(engine: Engine, spaces: int, years: int) -> None:
    """A register of `spaces` enrolments over `years` data years, filed with METRICS figures each but for what is
    missing, some of it anew, and judged."""
    enrol(engine, spaces, years)
    figures = observations(engine, spaces, years)
    number, at = np.arange(len(figures)) // METRICS, np.arange(len(figures))
    filed = figures[(number % _UNFILED != _UNFILED - 1) & (at % _BLANK != _BLANK - 1)]
    again = filed[number[filed.index] % _REFILED == _REFILED - 1]

    def file(connection: Connection) -> None:
        _file(connection, filed, 1)
        _file(connection, again.assign(value=again["value"] + 1), 2)
        refresh.refresh(connection)

    database.write(engine, file)


def _file(connection: Connection, figures: pd.DataFrame, revision: int) -> None:
    day = datetime(2020, 3, revision)
    load_id = loads.record(connection, "filing", "made up", str(revision).encode(), by="benchmark", at=day)
    filings = figures.groupby(["space_id", "year"], as_index=False).agg(figures=("metric", "size"))
    database.append(connection, "filing", filings.assign(load_id=load_id, revision=revision))
    database.append(connection, "observation", figures.assign(load_id=load_id))


def enrol(engine: Engine, spaces: int, years: int) -> None:
    """The policy and the register alone, nothing filed."""
    database.initialise(engine)
    policies.load(engine, POLICY, by="benchmark")
    tracks = _tracks(engine)
    database.write(engine, lambda connection: _register(connection, spaces, years, tracks))


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
    """METRICS made-up figures for every space and year, those first that its track asks for: space_id, year, metric,
    value."""
    of_tracks = np.array(_metrics(engine))
    of_spaces = of_tracks[np.arange(spaces) % len(of_tracks)]
    return pd.DataFrame(
        {
            "space_id": np.repeat(_space_ids(spaces), years * METRICS),
            "year": np.tile(np.repeat(_years(years), METRICS), spaces),
            "metric": np.repeat(of_spaces, years, axis=0).ravel(),
            "value": np.random.default_rng(0).integers(0, 40, of_spaces.size * years),
        }
    )


def _metrics(engine: Engine) -> list[list[str]]:
    """By track, METRICS metrics that can be filed."""
    wanted = sa.text(
        "SELECT DISTINCT track, current_metric.metric FROM current_requirement INNER JOIN current_metric"
        " ON current_metric.metric IN (current_requirement.filed, current_requirement.denominator)"
    )
    with database.reading(engine) as connection:
        filed = sa.text("SELECT metric FROM current_metric WHERE kind <> 'share' ORDER BY position")
        metrics = list(connection.execute(filed).scalars().all())
        asked = {tuple(row) for row in connection.execute(wanted).all()}
    of_tracks = [{metric for of, metric in asked if of == track} for track in _tracks(engine)]
    return [sorted(metrics, key=lambda metric: metric not in own)[:METRICS] for own in of_tracks]


def _tracks(engine: Engine) -> list[str]:
    with database.reading(engine) as connection:
        return list(connection.execute(sa.text("SELECT track FROM current_track ORDER BY position")).scalars().all())


def _register(connection: Connection, spaces: int, years: int, tracks: list[str]) -> None:
    load_id = loads.record(connection, "register", "made up", b"", by="benchmark", at=datetime(2020, 1, 1))
    ids = _space_ids(spaces)
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
                "exit_year": pd.array(
                    [
                        FIRST_YEAR + years - 2 if years > 1 and number % _LEFT == _LEFT - 1 else None
                        for number in range(spaces)
                    ],
                    dtype="Int32",
                ),
            }
        ),
    )


def _years(years: int) -> np.ndarray:
    return np.arange(FIRST_YEAR, FIRST_YEAR + years)


def _space_ids(spaces: int) -> np.ndarray:
    return np.array([f"S{number:05d}" for number in range(spaces)])
