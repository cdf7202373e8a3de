"""Servers that speak as PostgreSQL does and are another: refused by name until every test has passed on them."""

import re
from typing import Any

import sqlalchemy as sa
from sqlalchemy import Engine

# As `SELECT version()` names them, whatever they say of PostgreSQL before or behind it.
_OTHERS = {
    "openGauss": r"opengauss",
    "GaussDB": r"gaussdb",
    "KingbaseES": r"kingbase",
    "CockroachDB": r"cockroachdb",
    "YugabyteDB": r"-yb-|yugabyte",
    "Redshift": r"redshift",
    "Greenplum": r"greenplum",
    "Cloudberry": r"cloudberry",
    "Materialize": r"materialize",
    "EnterpriseDB": r"enterprisedb",
}
_POSTGRESQL = re.compile(r"PostgreSQL \d")


class LookAlike(Exception):
    """The server is none of PostgreSQL's; it is called by the name that it gives itself."""


def name(version: str) -> str | None:
    """What a server is that answers so to `SELECT version()`; None for PostgreSQL."""
    found = next((called for called, sign in _OTHERS.items() if re.search(sign, version, re.IGNORECASE)), None)
    if found or _POSTGRESQL.match(version):
        return found
    return version.partition(" on ")[0][:40]


def refuse_look_alikes(engine: Engine) -> None:
    """Have each first connection to a server say what it is, before anything else is asked of it: raises LookAlike."""
    if engine.dialect.name != "postgresql":
        return
    known: list[str] = []

    def ask(connection: Any, _record: object) -> None:  # noqa: ANN401 - the driver's own
        if known:
            return
        with connection.cursor() as cursor:
            cursor.execute("SELECT version()")
            (version,) = cursor.fetchone()
        connection.rollback()
        if other := name(version):
            raise LookAlike(other)
        known.append(version)

    # Before SQLAlchemy's own question, which takes what it does not know for a defect.
    sa.event.listen(engine, "connect", ask, insert=True)
