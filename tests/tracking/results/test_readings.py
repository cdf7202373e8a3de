"""Another reading changes what a policy read so would change, and nothing that is stored."""

import csv
from collections.abc import Iterator
from datetime import date
from pathlib import Path

import pandas as pd
import pytest
from sqlalchemy import Engine

from tests import databases
from tests.conftest import SHANGHAI
from tests.policies import copied, spoil
from tracking import database
from tracking.database import refresh
from tracking.maintenance import sample
from tracking.policy import in_force as policy_in_force
from tracking.policy import loading as policies
from tracking.results import readings
from tracking.results.tables import attainment

TODAY = date(2026, 6, 1)
EDITION = SHANGHAI.name
READINGS = pd.read_csv(SHANGHAI / "readings.csv", dtype="str", keep_default_na=False)


@pytest.fixture(scope="module")
def made_up() -> Iterator[Engine]:
    """The made-up programme."""
    engine = databases.programme()
    yield engine
    engine.dispose()


def read_otherwise(folder: Path, reading: pd.Series) -> None:
    """Write a reading into a policy's folder as somebody would who puts it in force: it is no other one then."""
    others = READINGS[READINGS["reading"] != reading["reading"]]
    others.to_csv(folder / "readings.csv", index=False)
    if not reading["requirement"]:
        spoil(folder, "edition.toml", "pass_mark = 1.0", f"pass_mark = {reading['pass_mark']}")
        return
    path = folder / "requirements.csv"
    with path.open(encoding="utf-8", newline="") as file:
        rows = list(csv.DictReader(file))
    for row in rows:
        if ".".join([row["track"], row["stage"], row["clause"], row["metric"]]) == reading["requirement"]:
            row |= {name: reading[name] for name in ("basis", "comparison", "threshold", "counted") if reading[name]}
            row["metric"] = reading["metric"] or row["metric"]
            row["counted"] = row["counted"] if row["basis"] == "cumulative" else ""
    with path.open("w", encoding="utf-8", newline="") as file:
        writer = csv.DictWriter(file, rows[0])
        writer.writeheader()
        writer.writerows(rows)


def told(engine: Engine, table: str, columns: list[str]) -> pd.DataFrame:
    """A table's keys and what it says, a requirement by its place, since its code may name another metric."""
    return getattr(attainment, table)(engine, TODAY, editions=[EDITION])[columns]


@pytest.mark.parametrize("reading", [row for _, row in READINGS.iterrows()], ids=lambda reading: reading["reading"])
def test_it_tells_what_putting_it_in_force_would_change(made_up: Engine, tmp_path: Path, reading: pd.Series) -> None:
    difference = readings.difference(made_up, TODAY, edition=EDITION, reading=reading["reading"])
    folder = copied(SHANGHAI, tmp_path)
    read_otherwise(folder, reading)
    in_force = databases.programme()
    policies.load(in_force, folder, by="tests")

    years = ["space_id", "track", "year", "result", "exit_warning"]
    before, after = (told(engine, "evaluations", years) for engine in (made_up, in_force))
    changed = before[(before != after).any(axis=1)]
    assert [*map(tuple, difference.results[years].sort_values(years[:3]).to_numpy())] == [
        *map(tuple, changed.sort_values(years[:3]).to_numpy())
    ]
    owed = ["space_id", "track", "year", "status"]
    before, after = (told(engine, "attainment", owed) for engine in (made_up, in_force))
    changed = before[(before != after).any(axis=1)]
    assert [*map(tuple, difference.statuses[owed].sort_values(owed[:3]).to_numpy())] == [
        *map(tuple, changed.sort_values(owed[:3]).to_numpy())
    ]
    in_force.dispose()


def test_nothing_stored_is_touched(made_up: Engine) -> None:
    with database.reading(made_up) as connection:
        version = database.data_version(connection)
    readings.difference(made_up, TODAY, edition=EDITION, reading="cases-every-year")
    with database.reading(made_up) as connection:
        assert database.data_version(connection) == version
        assert refresh.differences(connection) == {}
    offered = policy_in_force.offered(made_up, TODAY, lang="en")
    assert offered["reading"].tolist() == READINGS["reading"].tolist()


def test_it_works_the_same_from_a_server(postgres: Engine) -> None:
    policies.load(postgres, SHANGHAI, by="tests")
    sample.load(postgres)
    embedded = databases.programme()
    one, other = (
        readings.difference(engine, TODAY, edition=EDITION, reading="cases-at-year-end")
        for engine in (postgres, embedded)
    )
    pd.testing.assert_frame_equal(one.statuses, other.statuses, check_dtype=False)
    pd.testing.assert_frame_equal(one.results, other.results, check_dtype=False)
