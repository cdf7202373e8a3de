"""Whether what is asked for exists: a code that names nothing is told, never answered with an empty table."""

from collections.abc import Sequence

import sqlalchemy as sa
from sqlalchemy import Connection

from tracking.attainment import Chosen

# How many of the codes that exist an answer names.
_NAMED = 50


class UnknownCode(Exception):
    """There is no such space, track and so on, as `kind` says; `known` are the first that there are."""

    def __init__(self, kind: str, code: str, known: Sequence[str]) -> None:
        super().__init__(f"{kind}: {code}")
        self.kind = kind
        self.code = code
        self.known = known


def check(connection: Connection, chosen: Chosen) -> None:
    """Raises UnknownCode for the first space, track, edition, district or requirement that is not there."""
    _check(connection, "space", "current_space", "space_id", chosen.get("spaces", ()))
    _check(connection, "track", "current_requirement", "track", chosen.get("tracks", ()))
    _check(connection, "edition", "current_edition", "edition", chosen.get("editions", ()))
    _check(connection, "district", "current_space", "district", chosen.get("districts", ()))
    _check(connection, "requirement", "current_requirement", "requirement", chosen.get("requirements", ()))


def _check(connection: Connection, kind: str, table: str, column: str, asked: Sequence[str]) -> None:
    if not asked:
        return
    code: sa.ColumnElement[str] = sa.column(column, sa.String)
    there = sa.select(code).select_from(sa.table(table)).distinct()
    found = set(connection.execute(there.where(code.in_(list(asked)))).scalars().all())
    missing = next((each for each in asked if each not in found), None)
    if missing is not None:
        raise UnknownCode(
            kind, missing, connection.execute(there.where(code != "").order_by(code).limit(_NAMED)).scalars().all()
        )
