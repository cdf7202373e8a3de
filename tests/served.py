"""The tables by address over a made-up programme, as the dashboard's server mounts them, without a socket."""

from functools import cache

from starlette.applications import Starlette
from starlette.routing import Mount

from tests import databases
from tracking import api

# The policy, the register and the filings in ten files: as many loads as there are.
VERSIONS = 12


# Made when it is first asked for; nobody writes to it.
programme = cache(databases.small)

served = Starlette(routes=[Mount(api.PREFIX, api.application(programme))])
