"""Tools read the tables over a socket: polars, and whatever asks for a file's size and then for parts of it."""

import io
import socket
import threading
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager

import polars
import pyarrow.parquet
import pytest
import uvicorn
from sqlalchemy import Engine
from starlette.applications import Starlette

from tests import databases
from tracking import api, database
from tracking.access import looking_after, people, tokens
from tracking.access.gate import Gate
from tracking.api import files
from tracking.database import CITY
from tracking.filing import loading


@contextmanager
def serving(engine: Engine) -> Iterator[str]:
    """The gate and the tables behind it on a port of this machine; the address of the tables."""
    routes = api.routes(lambda: people.seen_by(engine, people.current.get()))
    server = uvicorn.Server(uvicorn.Config(Gate(Starlette(routes=routes), lambda: engine), log_level="error"))
    with socket.socket() as here:
        here.bind(("127.0.0.1", 0))
        here.listen()
        running = threading.Thread(target=server.run, kwargs={"sockets": [here]})
        running.start()
        try:
            yield f"http://127.0.0.1:{here.getsockname()[1]}{api.PREFIX}"
        finally:
            server.should_exit = True
            running.join()


@pytest.fixture
def programme() -> Iterator[Engine]:
    engine = databases.programme()
    yield engine
    engine.dispose()


@pytest.fixture(autouse=True)
def kept(monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    """Files that are read in parts, among those of this test alone."""
    own: dict[str, files.File] = {}
    monkeypatch.setattr(files, "_files", own)
    yield
    for each in own.values():
        each.content.close()


def token(engine: Engine) -> str:
    looking_after.add(engine, "Wang")
    looking_after.give(engine, "wang", "analyst", CITY)
    return database.write_beside(engine, lambda connection: tokens.make(connection, 1, "a tool"))


def rows(engine: Engine, table: str) -> int:
    with database.reading(engine) as connection:
        return connection.exec_driver_sql(f"SELECT COUNT(*) FROM {table}").scalar_one()


class Afar(io.RawIOBase):
    """A file that is read as DuckDB's httpfs does: its size by HEAD, then ranges, all of them under one tag."""

    def __init__(self, address: str, secret: str) -> None:
        self.asked = urllib.request.Request(address, headers={"Authorization": f"Bearer {secret}"})
        self.asked.method = "HEAD"
        with urllib.request.urlopen(self.asked) as head:
            assert head.headers["Accept-Ranges"] == "bytes"
            self.size, self.tag = int(head.headers["Content-Length"]), head.headers["ETag"]
        self.asked.method = "GET"
        self.at = 0
        self.parts = 0

    def seekable(self) -> bool:
        return True

    def readable(self) -> bool:
        return True

    def tell(self) -> int:
        return self.at

    def seek(self, offset: int, whence: int = io.SEEK_SET) -> int:
        self.at = offset + {io.SEEK_SET: 0, io.SEEK_CUR: self.at, io.SEEK_END: self.size}[whence]
        return self.at

    def readinto(self, buffer: memoryview) -> int:
        last = min(self.at + len(buffer), self.size) - 1
        if last < self.at:
            return 0
        self.asked.add_header("Range", f"bytes={self.at}-{last}")
        with urllib.request.urlopen(self.asked) as part:
            assert (part.status, part.headers["ETag"]) == (206, self.tag)
            content = part.read()
        buffer[: len(content)] = content
        self.at += len(content)
        self.parts += 1
        return len(content)


def test_polars_reads_an_address_as_it_is(programme: Engine) -> None:
    with serving(programme) as address:
        tables = [
            polars.read_csv(f"{address}/attainment.csv", infer_schema_length=None),
            polars.scan_parquet(f"{address}/attainment.parquet").select("space_id", "status", "actual").collect(),
        ]
    csv, parquet = (table.select("space_id", "status", "actual") for table in tables)
    assert len(csv) == rows(programme, "attainment")
    assert csv.equals(parquet)


def test_parts_of_a_file_are_of_one_file_with_a_token_and_of_none_without(programme: Engine) -> None:
    secret = token(programme)
    with serving(programme) as address:
        with pytest.raises(OSError, match="401"):
            urllib.request.urlopen(f"{address}/attainment.parquet")
        afar = Afar(f"{address}/attainment.parquet", secret)
        table = pyarrow.parquet.read_table(io.BufferedReader(afar, 8), columns=["space_id", "status"])
        assert len(table) == rows(programme, "attainment")
        assert afar.parts > 1
        # polars sends no header of its own; what a client of one's own gets it reads.
        asked = urllib.request.Request(f"{address}/verdicts.csv", headers={"Authorization": f"Bearer {secret}"})
        with urllib.request.urlopen(asked) as answer:
            assert len(polars.read_csv(answer.read())) == rows(programme, "verdicts")
        space, year = table["space_id"][0].as_py(), 2024
        filed = f"space_id,year,mentors\n{space},{year},41\n".encode()
        assert loading.load(programme, filed, "again.csv", by="tests").loaded
        assert Afar(f"{address}/attainment.parquet", secret).tag != afar.tag
