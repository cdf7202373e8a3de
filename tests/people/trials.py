"""Somebody at the doors of the programme: what a cell of the table is, and the ways to try it."""

import dataclasses
import json
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from functools import partial
from pathlib import Path

import pytest
import sqlalchemy as sa
from click.testing import CliRunner
from sqlalchemy import Connection, Engine
from starlette.applications import Starlette
from starlette.testclient import TestClient

from tests.people import ground
from tests.people.at_page import CALLBACK, Browser
from tests.people.ground import OPEN, OTHER, OWN, PEOPLE, YEAR
from tracking import api, database
from tracking.access import people, sessions, tokens
from tracking.access.gate import Gate
from tracking.commands import group
from tracking.commands.settings import Settings
from tracking.exports import typesetting
from tracking.reminders import channels
from tracking.review import papers

FREE = "/api/v1"
# Whose own space the other one is, and who sees it all.
SEE_OTHER = {name for name, place in PEOPLE.items() if OTHER in place.sees}
# Who is shown what is not approved of it.
SEE_OPEN = {name for name, place in PEOPLE.items() if OPEN in place.sees}
SEE_ALL = {"manager"}
NOBODY: set[str] = set()
# Who is tried where a database is made for each answer.
FEW = ("operator", "analyst", "manager")


@dataclasses.dataclass(frozen=True)
class Cell:
    """An action on a surface: who may, and what trying it comes to for somebody: whether it was answered or done."""

    action: str
    surface: str
    may: set[str]
    attempt: Callable[["Trial"], bool]


@dataclasses.dataclass(frozen=True)
class Known:
    """What others than its owner could have heard of: numbers, hashes, addresses."""

    load_id: int
    sha256: str
    closed: str
    newest: int
    attached: int
    rectified: int

    def fill(self, words: str, folder: Path) -> str:
        """A template of an address or of a command's word, filled."""
        numbers = {"first": 3, "before": self.newest - 1, "newest": self.newest}
        numbers |= {"attached": self.attached, "rectified": self.rectified}
        return words.format(folder=folder, **numbers)


@dataclasses.dataclass(frozen=True)
class Trial:
    """Somebody with a session, a token, and the database as a page's callback has it."""

    name: str
    whole: Engine
    seen: Engine
    client: TestClient
    cookie: str
    token: str
    known: Known
    folder: Path
    tags: Mapping[str, str]
    browser: Browser

    def fetched(self, path: str, *, token: bool = False, tag: str = "") -> tuple[int, bytes]:
        """What an address answers, by one's session or by one's token."""
        headers = {"Authorization": f"Bearer {self.token}"} if token else {"Cookie": self.cookie}
        answer = self.client.get(path, headers={**headers, "If-None-Match": tag})
        return answer.status_code, answer.content

    def told_of_other(self, answer: object, *, closed: bool = False) -> bool:
        """Whether an answer tells of another's space, but for its ID, which was given.

        What is not approved it tells nobody who is not shown that, but what was `closed` before anything was reviewed.
        """
        told = ground.told_of(answer, [OTHER])
        assert closed or OPEN not in told or self.name in SEE_OPEN, (self.name, answer)
        return OTHER in told

    def ran(self, *words: str) -> tuple[int, str]:
        """What a command comes to, for somebody, by its own entry."""
        url = self.whole.url.render_as_string(hide_password=False)
        filled = [self.known.fill(each, self.folder) for each in words]
        environment = {"TRACKING_DATABASE": url, "TRACKING_LANG": "en", "TRACKING_AS": self.name, "USER": "x"}
        environment[channels.FILE] = str(self.folder / "channels.toml")
        done = CliRunner().invoke(group, filled, env=environment)
        assert done.exception is None or isinstance(done.exception, SystemExit), (words, done.exception)
        return done.exit_code, done.output


def known_of(engine: Engine) -> Known:
    """What is known of another's filing, of the closing and of what is attached."""
    with database.reading(engine) as connection:

        def one(statement: str) -> sa.Row:  # type: ignore[type-arg]
            return connection.execute(sa.text(statement), {"other": OTHER}).one()

        filed = one(
            "SELECT load.load_id, load.sha256 FROM load INNER JOIN filing ON load.load_id = filing.load_id "
            "WHERE filing.space_id = :other ORDER BY load.load_id LIMIT 1"
        )
        closed = one("SELECT sha256 FROM load WHERE kind = 'closing'")[0]
        attached = one("SELECT MIN(load_id) FROM evidence WHERE space_id = :other")[0]
        rectified = one("SELECT MIN(load_id) FROM rectification_file WHERE space_id = :other")[0]
        return Known(filed[0], filed[1], closed, database.data_version(connection), attached, rectified)


def files(folder: Path) -> None:
    """What commands are called with."""
    written = {
        "own.csv": ground.filing(OWN),
        # What was filed the year before would be told of it.
        "other.csv": f"space_id,year,mentor_services\n{OTHER},{YEAR},70\n".encode(),
        "register.csv": ground.registered(),
        "list.csv": b"name\nanother\n",
        "people.csv": f"name,display,role,scope,code\nsomebody,,operator,space,{OWN}\n".encode(),
        "channels.toml": b'address = "https://city.example"\n',
    }
    for name, content in written.items():
        (folder / name).write_bytes(content)
    (folder / "channels.toml").chmod(0o600)


@contextmanager
def opened(engine: Engine, folder: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[list[Trial]]:
    """Everybody at the doors of one database. What they do is rolled back, so that it can be tried by each."""
    routes = api.routes(lambda: people.seen_by(engine, people.current.get()))
    gate = Gate(Starlette(routes=routes), lambda: engine)
    known, made = known_of(engine), []
    files(folder)
    tags: dict[str, str] = {}

    def begun(connection: Connection, account: int) -> tuple[str, str]:
        return sessions.begin(connection, account), tokens.make(connection, account, "tool")

    with TestClient(gate, "http://localhost", client=("127.0.0.1", 1), follow_redirects=False) as client:
        for name in PEOPLE:
            account = ground.number(name)
            secret, token = database.write_beside(engine, partial(begun, account=account))
            cookie = f"tracking-session={secret}"
            browser = Browser(engine, cookie, monkeypatch)
            seen = browser.engine(CALLBACK)
            made.append(Trial(name, engine, seen, client, cookie, token, known, folder, tags, browser))
        answer = client.get(f"{FREE}/observations.csv", headers={"Cookie": made[-1].cookie})
        tags["observations"] = answer.headers["ETag"]
        client.cookies.clear()
        # One database for all of them: opening it takes longer than most of what is asked.
        monkeypatch.setattr(database, "connect", lambda *_, **__: engine)
        monkeypatch.setattr(Settings, "close", lambda settings: _close(settings, engine))
        # The words of what is printed, without the time that it takes to set them.
        monkeypatch.setattr(
            typesetting, "pdf", lambda _, content, __: json.dumps(content, default=str, ensure_ascii=False).encode()
        )
        monkeypatch.setattr(papers, "_read", lambda _: ("application/pdf", []))
        monkeypatch.setattr(database, "write", database.rehearse)
        monkeypatch.setattr(database, "write_beside", database.rehearse)
        yield made
        monkeypatch.undo()


def _close(settings: Settings, engine: Engine) -> None:
    for each in settings._opened:
        if each is not engine:
            each.dispose()
