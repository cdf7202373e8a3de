"""The database: a URL to an engine, transactions, and rows as frames. The only package that knows that engines differ.

schema        what schema.sql makes, each table and view with what it is
engine        connecting, and who sees what of it
transactions  one state to read, one transaction to write
unavailable   why a database cannot be used
replicas      a second server that is read in the first one's place
servers       which servers are PostgreSQL and which only look like it
timing        queries that took too long
upgrades      the tables of a new one, and the steps from an older one
seals         the hash of each load's rows, chained to the load before
journal       each load of an embedded one as a file beside it
recovery      mending what an unclean end left
marks         whether whoever opened an embedded one has closed it
opening       connecting to a database that is whole
placing       files that take the place of files
rows          rows of queries as frames, and frames as rows of tables
remembered    what every request asks, until something is stored
loads         everything that comes in, numbered, with its bytes
refresh       the stored judgement, recomputed where a load touched it
in_memory     a database for what is computed and thrown away
states        an earlier state, filled anew from the loads up to a number

What every room asks of it stands here by name: `database.reading(engine)`, `database.frame(connection, statement)`.
"""

from sqlalchemy import Engine

from tracking.database.engine import CITY, DEFAULT_URL, Kind, Scope, opened, scopes, seen_by
from tracking.database.in_memory import scratch
from tracking.database.looking import count_anew, look, whole_tables
from tracking.database.opening import close, connect, found, initialise
from tracking.database.placing import is_file, is_own, room_of
from tracking.database.recovery import Mended, mended
from tracking.database.remembered import remembered
from tracking.database.rows import (
    CHUNK,
    UnfitRows,
    append,
    arrow,
    check_columns,
    declared,
    frame,
    frames,
    stored,
    transfer,
    typed,
    value,
)
from tracking.database.schema import FILE as SCHEMA
from tracking.database.schema import rules
from tracking.database.seals import Head, head
from tracking.database.seals import of_filing as fingerprint
from tracking.database.steps import standing
from tracking.database.transactions import (
    READ_ONLY,
    data_version,
    read_only,
    reading,
    reading_beside,
    rehearse,
    settle,
    write,
    write_beside,
    writers,
    written,
)
from tracking.database.unavailable import DatabaseUnavailable
from tracking.database.upgrades import Upgrade

__all__ = [
    "CHUNK",
    "CITY",
    "DEFAULT_URL",
    "READ_ONLY",
    "SCHEMA",
    "DatabaseUnavailable",
    "Engine",
    "Head",
    "Kind",
    "Mended",
    "Scope",
    "UnfitRows",
    "Upgrade",
    "append",
    "arrow",
    "check_columns",
    "close",
    "connect",
    "count_anew",
    "data_version",
    "declared",
    "fingerprint",
    "found",
    "frame",
    "frames",
    "head",
    "initialise",
    "is_file",
    "is_own",
    "look",
    "opened",
    "read_only",
    "reading",
    "reading_beside",
    "rehearse",
    "remembered",
    "room_of",
    "rules",
    "scopes",
    "scratch",
    "seen_by",
    "settle",
    "standing",
    "stored",
    "mended",
    "transfer",
    "typed",
    "value",
    "whole_tables",
    "write",
    "write_beside",
    "writers",
    "written",
]
