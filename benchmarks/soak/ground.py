"""A programme of two years that are filed and one that is to be, an account for each space, and what will be filed."""

import io
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

import pandas as pd
from sqlalchemy import Connection, Engine

from benchmarks import programme
from tracking.access import accounts, grants
from tracking.access.people import Role
from tracking.database import CITY, Scope
from tracking.filing import loading

PASSWORD = "soak in water for an hour"  # noqa: S105 - of made-up people on this machine alone
YEARS = 3
OPEN_YEAR = programme.FIRST_YEAR + YEARS - 1
_READER, DECIDER = "reader", "decider"


@dataclass(frozen=True)
class Filer:
    """An account, and the files that it brings one after the other: one with a slip, it mended, and a correction."""

    name: str
    slip: bytes
    mended: bytes
    correction: bytes


def lay(engine: Engine, spaces: int) -> None:
    """The policy, the register and the years that are over."""
    programme.enrol(engine, spaces, YEARS)
    before = programme.wide(engine, spaces, YEARS)
    before = before[before["year"] < OPEN_YEAR]
    assert loading.load(engine, _csv(before), "before.csv", by="soak").loaded


def people(engine: Engine, spaces: int, readers: int) -> tuple[list[Filer], list[str]]:
    """Accounts for who files and who reads."""
    rows = programme.wide(engine, spaces, YEARS)
    rows = rows[rows["year"] == OPEN_YEAR]
    filers = [_filer(rows.iloc[[at]], f"filer{at}") for at in range(len(rows))]
    with engine.begin() as connection:
        for each, space in zip(filers, rows["space_id"], strict=True):
            _account(connection, engine, each.name, {"operator": Scope("space", str(space))})
    return filers, readers_of(engine, readers)


def readers_of(engine: Engine, readers: int) -> list[str]:
    """Accounts for who reads."""
    names = [f"{_READER}{at}" for at in range(readers)]
    with engine.begin() as connection:
        for name in names:
            _account(connection, engine, name, {"analyst": CITY})
    return names


def decider(engine: Engine) -> None:
    """An account, DECIDER, for who reviews a district and decides for the city."""
    with engine.begin() as connection:
        roles: dict[Role, Scope] = {"manager": CITY, "district_reviewer": Scope("district", programme.DISTRICTS[0])}
        _account(connection, engine, DECIDER, roles)


def _account(connection: Connection, engine: Engine, name: str, roles: Mapping[Role, Scope]) -> None:
    accounts.add(connection, engine, name, password=PASSWORD)
    for role, scope in roles.items():
        grants.give(connection, engine, accounts.number_of(connection, name), role, scope, date(2020, 1, 1))


def _filer(row: pd.DataFrame, name: str) -> Filer:
    wrong = row.astype(object).assign(mentors="about 20")
    other = row.assign(mentors=row["mentors"] + 1)
    return Filer(name, _csv(wrong), _csv(row), _csv(other))


def _csv(rows: pd.DataFrame) -> bytes:
    text = io.StringIO()
    rows.to_csv(text, index=False)
    return text.getvalue().encode()
