"""What it costs that not everybody sees everything: a page with the gate and without, a question with the visible
spaces and without; in processor time, taking turns."""

import os
import statistics
import time
from collections.abc import Callable, Sequence
from datetime import date
from functools import partial
from pathlib import Path
from typing import NamedTuple

import sqlalchemy as sa
import streamlit as st
from sqlalchemy import Engine
from starlette.testclient import TestClient
from starlette.types import ASGIApp, Receive, Scope, Send
from streamlit.proto.BackMsg_pb2 import BackMsg
from streamlit.proto.ForwardMsg_pb2 import ForwardMsg

from benchmarks import queries
from pages.shared import told_files
from tracking import database
from tracking.access import looking_after, sessions
from tracking.access.gate import Gate
from tracking.database import CITY
from tracking.results.tables import attainment

AS_OF = date(2024, 6, 1)
# A page takes long, and the gate little of it: in nine turns one could not be told from what a machine does besides.
TURNS, PAGES = 15, 31
# A page and what a browser that was here before asks beside it.
ASKED = ("/", "/_stcore/health", "/_stcore/host-config")
NAME, PASSWORD = "wang", "four lively herons dance"
_SEES_ALL = "CREATE OR REPLACE VIEW visible_space AS SELECT {columns} FROM current_space"
_COLUMNS = "load_id, space_id, space_name, district, operator, brand, FALSE AS approved_only"


def run(url: str) -> None:
    """Print both, on a database that is filled."""
    engine = database.connect(url)
    _questions(engine)
    # Where pages find it.
    os.environ["TRACKING_DATABASE"] = url
    _page(engine)
    engine.dispose()


def _page(engine: Engine) -> None:
    """A whole page for a manager of the city: its addresses, its socket, its script."""
    looking_after.add(engine, NAME, password=PASSWORD)
    looking_after.give(engine, NAME, "manager", CITY)
    secret = database.write_beside(engine, lambda connection: sessions.begin(connection, 1))
    headers = {"Cookie": f"tracking-session={secret}", "Host": "localhost"}
    open_one = st.App(str(Path(__file__).parents[1] / "pages" / "front.py"))
    switch = _Switch(open_one, Gate(open_one, lambda: engine, led_to=told_files.names))

    def visit(gated: bool) -> None:
        switch.gated = gated
        for path in ASKED:
            assert client.get(path, headers=headers).status_code == 200, path
        with client.websocket_connect("/_stcore/stream", subprotocols=["streamlit"], headers=headers) as page:
            asked = BackMsg()
            asked.rerun_script.query_string = ""
            page.send_bytes(asked.SerializeToString())
            while ForwardMsg.FromString(page.receive_bytes()).WhichOneof("type") != "script_finished":
                pass

    with TestClient(switch, "http://localhost", client=("127.0.0.1", 1)) as client:
        visit(False)
        _say("a page", _in_turn(partial(visit, False), partial(visit, True), turns=PAGES), "gate", "5")


class _Switch:
    """The same server behind the gate, or before it."""

    def __init__(self, open_one: ASGIApp, gate: ASGIApp) -> None:
        self.open_one = open_one
        self.gate = gate
        self.gated = False

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        await (self.gate if self.gated else self.open_one)(scope, receive, send)


def _questions(engine: Engine) -> None:
    """What the overview and the lists ask, by who sees the city, against a view that lets everybody see it."""
    year = AS_OF.year - 1
    with database.reading(engine) as connection:
        defined = connection.execute(
            sa.text("SELECT view_definition FROM information_schema.views WHERE table_name = 'visible_space'")
        ).scalar_one()
        track = connection.execute(sa.text("SELECT MIN(track) FROM current_enrolment")).scalar_one()
        one = connection.execute(sa.text("SELECT MIN(space_id) FROM current_space")).scalar_one()
    whole = _SEES_ALL.format(columns=_COLUMNS)
    as_it_is = defined if defined.upper().startswith("CREATE") else f"CREATE VIEW visible_space AS {defined}"
    as_it_is = as_it_is.replace("CREATE VIEW", "CREATE OR REPLACE VIEW", 1)
    questions: dict[str, Callable[[], object]] = {
        **queries.overview(engine, track, AS_OF),
        "shortfalls of a year": lambda: attainment.shortfalls(engine, AS_OF, years=(year,)),
        "verdicts": lambda: attainment.verdicts(engine, AS_OF),
        "one space's attainment": lambda: attainment.attainment(engine, AS_OF, spaces=(one,)),
    }
    taken = []
    for name, ask in questions.items():
        before = (partial(_define, engine, whole), partial(_define, engine, as_it_is))
        taken.append(_in_turn(ask, ask, before))
        _say(name, taken[-1], "visible spaces", "10")
    together = sum(each.seconds for each in taken)
    without = sum(each.seconds / each.ratio for each in taken)
    _say("all of these", Taken(together, together / without), "visible spaces", "10")


def _define(engine: Engine, view: str) -> None:
    with engine.begin() as connection:
        connection.execute(sa.text(view))


class Taken(NamedTuple):
    """Processor time of something, and how many times that is what it is held against."""

    seconds: float
    ratio: float


def _in_turn(
    without: Callable[[], object],
    with_it: Callable[[], object],
    before: Sequence[Callable[[], object]] = (lambda: None, lambda: None),
    turns: int = TURNS,
) -> Taken:
    """The middle of many turns of two works, which begin in turn; what comes before each is not counted."""
    pairs = []
    for turn in range(turns):
        taken = [0.0, 0.0]
        for at in (0, 1) if turn % 2 else (1, 0):
            before[at]()
            started = time.process_time()
            (without, with_it)[at]()
            taken[at] = time.process_time() - started
        pairs.append(taken)
    return Taken(statistics.median(each[1] for each in pairs), statistics.median(each[1] / each[0] for each in pairs))


def _say(what: str, taken: Taken, it: str, aim: str) -> None:
    more = 100 * (taken.ratio - 1)
    print(f"  {what:<30} {taken.seconds * 1000:>9,.1f} ms with the {it}, {more:+.1f} % (aim ≤ {aim} %)", flush=True)
