"""What it costs that not everybody sees everything: a page with the gate and without, a question with the visible
spaces and without; in processor time, taking turns."""

import os
import time
from collections.abc import Callable
from datetime import date
from functools import partial
from pathlib import Path

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
TURNS = 9
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
        without, with_gate = _in_turn(partial(visit, False), partial(visit, True))
    _say("a page", with_gate, without, "gate", "5")


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
    sums = [0.0, 0.0]
    for name, ask in questions.items():
        taken = _in_turn(ask, ask, before=(partial(_define, engine, whole), partial(_define, engine, as_it_is)))
        _say(name, taken[1], taken[0], "visible spaces", "10")
        sums = [total + one for total, one in zip(sums, taken, strict=True)]
    _say("all of these", sums[1], sums[0], "visible spaces", "10")


def _define(engine: Engine, view: str) -> None:
    with engine.begin() as connection:
        connection.execute(sa.text(view))


def _in_turn(
    *works: Callable[[], object], before: tuple[Callable[[], object], ...] = (), runs: int = TURNS
) -> list[float]:
    """The least processor time of each of several works, which take turns; what comes before each is not counted."""
    taken: list[list[float]] = [[] for _ in works]
    for _ in range(runs):
        for at, work in enumerate(works):
            for each in before[at : at + 1]:
                each()
            started = time.process_time()
            work()
            taken[at].append(time.process_time() - started)
    return [min(each) for each in taken]


def _say(what: str, with_it: float, without: float, it: str, aim: str) -> None:
    more = 100 * (with_it / without - 1)
    print(f"  {what:<30} {with_it * 1000:>9,.1f} ms with the {it}, {more:+.1f} % (aim ≤ {aim} %)", flush=True)
