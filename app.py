"""The dashboard's server: the gate, behind it the pages for people, and below `/api/v1` the tables for their tools.

`python -m tracking serve` starts it on this machine alone; `streamlit run app.py` does so with Streamlit's own options.
"""

import sys
from functools import cache
from pathlib import Path

import streamlit as st
from starlette.middleware import Middleware
from starlette.requests import Request
from starlette.responses import RedirectResponse
from starlette.routing import Route

from pages.shared import restarting, told_files
from pages.shared.lost import Lost
from pages.shared.shell import Shell
from tracking import api, database
from tracking.access import people, settings
from tracking.access.gate import Gate
from tracking.access.sign_in import SignIn
from tracking.database import Engine, replicas
from tracking.maintenance import dashboard
from tracking.operations.running import lifespan, prepare
from tracking.operations.watch import Watch
from tracking.words.language import LANGUAGES, text


@cache
def opened() -> Engine:
    """The database, as its keeper sees it: for the gate alone. Raises DatabaseUnavailable."""
    return dashboard.connect(dashboard.database_url())


def engine() -> Engine:
    """The database as whoever asks may see it. Raises DatabaseUnavailable."""
    return replicas.current(people.seen_by(opened(), people.current.get()))


def overview(request: Request) -> RedirectResponse:
    """The first page has no name in its address; whoever types its name gets there all the same."""
    return RedirectResponse(f"./?{request.url.query}" if request.url.query else "./")


dashboard.end_with_its_starter()
# Streamlit holds its pages to the names that the server may be asked by; the addresses keep to the same.
hosts = st.get_option("server.allowedHosts")
# What stands before every path of the server, if anything.
base = st.get_option("server.baseUrlPath").strip("/")
if reason := settings.refused(opened, st.get_option("server.address")):
    sys.exit("\n".join(text(reason, lang) for lang in LANGUAGES))
room = database.room_of(dashboard.database_url())
if wrong := prepare(room, dashboard.database_url()):
    sys.exit("\n".join(text(wrong.key, lang, **wrong.details) for lang in LANGUAGES))
names = {path.stem for path in (Path(__file__).parent / "pages").glob("*.py")} - {"__init__", "front"}
places = {f"/{name}" for name in names} | {*SignIn.OPEN, *SignIn.OWN}
first = Route(f"/{base}/overview" if base else "/overview", overview)
app = st.App(
    "pages/front.py",
    routes=[first, *api.routes(engine, hosts, base)],
    middleware=[
        Middleware(Watch, opened, room, places, base),
        Middleware(Gate, opened, base, hosts, told_files.names),
        Middleware(Lost, places, base),
        Middleware(Shell),
    ],
    lifespan=lifespan(opened, restarting.tell, dashboard.database_url()),
)
