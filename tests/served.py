"""The tables by address over a made-up programme, as the dashboard's server mounts them, without a socket."""

from functools import cache

from sqlalchemy import Engine
from starlette.applications import Starlette
from starlette.routing import Mount

from tracking import api, database, policy, sample


@cache
def programme() -> Engine:
    """The sample in a database of its own, made when it is first asked for; nobody writes to it."""
    engine = database.connect("duckdb://", create=True)
    database.initialise(engine)
    policy.load_all(engine, by="tests")
    sample.load_once(engine)
    return engine


served = Starlette(routes=[Mount(api.PREFIX, api.application(programme))])
