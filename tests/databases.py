"""Databases for the tests: each a copy of one that is made once, since making the schema takes ten times as long."""

import shutil
import tempfile
from collections.abc import Callable
from functools import cache
from pathlib import Path

from sqlalchemy import Engine

from tests.policies import SHANGHAI
from tracking import database
from tracking.database import in_memory
from tracking.maintenance import sample
from tracking.policy import loading as policies


def empty() -> Engine:
    """A fresh DuckDB in memory, with the schema."""
    return _in_memory(_empty())


def shanghai() -> Engine:
    """The same with Shanghai's policy in force."""
    return _in_memory(_shanghai())


def programme() -> Engine:
    """The same with the made-up programme."""
    return _in_memory(_programme())


def small() -> Engine:
    """The same with the filings of a dozen made-up spaces for two years."""
    return _in_memory(_small())


def shanghai_at(file: Path) -> str:
    """The address of a database in this file, with Shanghai's policy in force."""
    return _placed(_shanghai(), file)


def programme_at(file: Path) -> str:
    """The address of a database in this file, with the made-up programme."""
    return _placed(_programme(), file)


@cache
def _empty() -> Path:
    return _made("empty", lambda _: None)


@cache
def _shanghai() -> Path:
    return _made("shanghai", lambda engine: policies.load(engine, SHANGHAI, by="tests"))


@cache
def _programme() -> Path:
    def fill(engine: Engine) -> None:
        policies.load(engine, SHANGHAI, by="tests")
        sample.load(engine)

    return _made("programme", fill)


@cache
def _folder() -> tempfile.TemporaryDirectory[str]:
    """Where the originals are, as long as the tests run."""
    return tempfile.TemporaryDirectory(prefix="originals-")


@cache
def _small() -> Path:
    def fill(engine: Engine) -> None:
        policies.load(engine, SHANGHAI, by="tests")
        with tempfile.TemporaryDirectory() as folder:
            sample.write(Path(folder), spaces=12, years=2)
            sample.load(engine, Path(folder))

    return _made("small", fill)


def _made(name: str, fill: Callable[[Engine], object]) -> Path:
    file = Path(_folder().name) / f"{name}.duckdb"
    engine = database.connect(f"duckdb:///{file}", create=True)
    database.initialise(engine)
    fill(engine)
    engine.dispose()
    return file


def _in_memory(original: Path) -> Engine:
    engine = database.connect("duckdb://", create=True)
    with engine.connect() as connection:
        in_memory.take_over(connection, original)
    return engine


def _placed(original: Path, file: Path) -> str:
    shutil.copy(original, file)
    shutil.copytree(original.with_name(f"{original.name}.loads"), file.with_name(f"{file.name}.loads"))
    return f"duckdb:///{file}"
