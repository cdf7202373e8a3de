"""The tables by address over a made-up programme, as the dashboard's server mounts them, without a socket."""

from functools import cache
from pathlib import Path
from tempfile import TemporaryDirectory

from sqlalchemy import Engine
from starlette.applications import Starlette
from starlette.routing import Mount

from tests import databases
from tracking import api
from tracking.maintenance import sample

SPACES = 12
# The policy, the register and the filings in ten files: as many loads as there are.
VERSIONS = 12


def made_up() -> Engine:
    """A few spaces in a database of its own."""
    engine = databases.shanghai()
    with TemporaryDirectory() as folder:
        sample.write(Path(folder), spaces=SPACES, years=2)
        sample.load(engine, Path(folder))
    return engine


# Made when it is first asked for; nobody writes to it.
programme = cache(made_up)

served = Starlette(routes=[Mount(api.PREFIX, api.application(programme))])
