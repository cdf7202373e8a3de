"""A proxy is told to send nobody where the database, its version, the disk or a coming stop is in the way."""

import shutil
from collections import namedtuple
from pathlib import Path

import pytest
import sqlalchemy as sa
from sqlalchemy import Engine

from tracking import database
from tracking.database import DatabaseUnavailable
from tracking.operations import readiness, stopping

OK = {"draining": "ok", "disk": "ok", "database": "ok", "schema": "ok"}


def states(engine: Engine, room: Path) -> dict[str, str]:
    found = readiness.checks(lambda: engine, room)
    assert readiness.ready(found) == all(check.state == "ok" for check in found)
    return {check.name: check.state for check in found}


def test_a_server_that_can_answer_is_ready(any_engine: Engine, tmp_path: Path) -> None:
    assert states(any_engine, tmp_path) == OK


def test_a_database_that_another_release_brought_up_is_told_apart_from_none(engine: Engine, tmp_path: Path) -> None:
    with engine.begin() as connection:
        connection.execute(sa.text("INSERT INTO schema_version VALUES (9999, LOCALTIMESTAMP)"))
    assert states(engine, tmp_path) == OK | {"schema": "newer"}

    def gone() -> Engine:
        raise DatabaseUnavailable("unreachable", "postgresql://nowhere")

    found = readiness.checks(gone, tmp_path)
    assert [(check.name, check.state) for check in found[2:]] == [("database", "failed"), ("schema", "failed")]


def test_a_full_disk_and_a_coming_stop_are_in_the_way(
    engine: Engine, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    usage = namedtuple("usage", "total used free")
    monkeypatch.setattr(shutil, "disk_usage", lambda _: usage(10**12, 10**12 - 10**8, 10**8))
    stopping.drained(None, 0, lambda: None)(15, None)
    assert states(engine, tmp_path) == OK | {"draining": "draining", "disk": "full"}


def test_the_room_is_where_the_file_grows(tmp_path: Path) -> None:
    assert database.room_of(f"duckdb:///{tmp_path}/data/x.duckdb") == tmp_path / "data"
    assert database.room_of("postgresql+psycopg://u@h/d") == database.room_of("duckdb://") == Path.cwd()
