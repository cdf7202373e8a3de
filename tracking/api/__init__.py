"""The tables by address, read-only, for Excel, pandas and a nightly curl: what the dashboard's server mounts.

refusals       what is wrong with an address, as problem details
hosts          who may read the answers
parameters     what an address may ask for
tables         the tables that have an address
answers        a table's rows in a format
prepared       a file that a page has made
description    all of it as OpenAPI
"""

from tracking.api.application import PREFIX, application, routes

__all__ = ["PREFIX", "application", "routes"]
