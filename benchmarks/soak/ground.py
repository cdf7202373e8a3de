"""A programme of two years that are filed and one that is to be, an account for each space, and what will be filed."""

import io
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
_READER = "reader"


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
    names = [f"{_READER}{at}" for at in range(readers)]
    wanted = [(each.name, Scope("space", str(space))) for each, space in zip(filers, rows["space_id"], strict=True)]
    with engine.begin() as connection:
        for name, scope in [*wanted, *((name, CITY) for name in names)]:
            _account(connection, engine, name, scope)
    return filers, names


def _account(connection: Connection, engine: Engine, name: str, scope: Scope) -> None:
    accounts.add(connection, engine, name, password=PASSWORD)
    role: Role = "analyst" if scope == CITY else "operator"
    grants.give(connection, engine, accounts.number_of(connection, name), role, scope, date(2020, 1, 1))


def _filer(row: pd.DataFrame, name: str) -> Filer:
    wrong = row.astype(object).assign(mentors="about 20")
    other = row.assign(mentors=row["mentors"] + 1)
    return Filer(name, _csv(wrong), _csv(row), _csv(other))


def _csv(rows: pd.DataFrame) -> bytes:
    text = io.StringIO()
    rows.to_csv(text, index=False)
    return text.getvalue().encode()
