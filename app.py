"""The dashboard's server: the pages for people, and below `/api/v1` the tables for their tools.

`python -m tracking serve` starts it on this machine alone; `streamlit run app.py` does so with Streamlit's own options.
"""

from functools import cache

import streamlit as st
from starlette.requests import Request
from starlette.responses import RedirectResponse
from starlette.routing import Route

from tracking import api, database
from tracking.database import Engine
from tracking.maintenance import dashboard


@cache
def engine() -> Engine:
    """The database that the addresses answer from. Raises DatabaseUnavailable."""
    return database.connect(dashboard.database_url())


def overview(request: Request) -> RedirectResponse:
    """The first page has no name in its address; whoever types its name gets there all the same."""
    return RedirectResponse(f"./?{request.url.query}" if request.url.query else "./")


# Streamlit holds its pages to the names that the server may be asked by; the addresses keep to the same.
hosts = st.get_option("server.allowedHosts")
# What stands before every path of the server, if anything.
base = st.get_option("server.baseUrlPath").strip("/")
first = Route(f"/{base}/overview" if base else "/overview", overview)
app = st.App("pages/front.py", routes=[first, *api.routes(engine, hosts, base)])
