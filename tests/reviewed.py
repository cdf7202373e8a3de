"""A small programme with people who file, check and approve, for the tests of review."""

import time
from datetime import date, datetime, timedelta
from zoneinfo import ZoneInfo

import sqlalchemy as sa
from sqlalchemy import Connection, Engine

from tests import databases
from tracking import database
from tracking.access import accounts, people
from tracking.access.people import Role
from tracking.database import CITY, Scope
from tracking.filing import loading, register
from tracking.filing.filing_report import FilingReport
from tracking.review.acting import Filing

DAY = date(2023, 5, 1)
# Longer than a test takes that counts days from the one on which it runs.
LEFT = timedelta(minutes=1)
# Spaces of which a property takes one after the other.
SPARE = [f"T{number:02}" for number in range(5)]
ENROLLED = """space_id,space_name,district,track,start_year,end_year
S1,甲,北区,specialization,2022,2024
S2,乙,北区,specialization,2022,2024
S3,丙,南区,specialization,2022,2024
""" + "".join(f"{space},丁{space},北区,specialization,2022,2024\n" for space in SPARE)
FILED = "space_id,year,mentors,funded_firms\nS1,2022,20,5\nS2,2022,25,5\nS3,2022,25,4\n"
GRANTS: dict[str, list[tuple[Role, Scope]]] = {
    "operator": [("operator", Scope("space", each)) for each in ("S1", "S2", *SPARE)],
    "reviewer": [("district_reviewer", Scope("district", "北区"))],
    "southern": [("district_reviewer", Scope("district", "南区"))],
    "manager": [("manager", CITY)],
    "analyst": [("analyst", CITY)],
    "administrator": [("administrator", CITY)],
    # Files for one space and reviews at both steps.
    "everything": [
        *(("operator", Scope("space", each)) for each in ("S1", *SPARE)),
        ("district_reviewer", Scope("district", "北区")),
        ("manager", CITY),
    ],
}


def today(zone: str) -> date:
    """The day in a place, which does not end while a test runs: of one that is about to, the end is waited for."""
    now = datetime.now(ZoneInfo(zone))
    soon = now + LEFT
    if soon.date() == now.date():
        return now.date()
    time.sleep(LEFT.total_seconds())
    return soon.date()


def enrolled(engine: Engine) -> Engine:
    """Three spaces of two districts and some to spare, nothing filed, and an account for each of GRANTS."""
    return databases.filled(engine, _enrol)


def _enrol(engine: Engine) -> None:
    assert register.load(engine, ENROLLED.encode(), "register.csv", by="tests").loaded
    people_of(engine)


def filed(engine: Engine) -> Engine:
    """The same with what they filed for 2022."""
    return databases.filled(engine, _file)


def _file(engine: Engine) -> None:
    assert file(enrolled(engine)).loaded


def people_of(engine: Engine) -> None:
    """An account for each of GRANTS."""
    with engine.begin() as connection:
        for number, name in enumerate(GRANTS, start=1):
            _account(connection, number, name)


def _account(connection: Connection, number: int, name: str) -> None:
    """An account that nobody signs in by: to make a password takes longer than all the rest."""
    row = {"number": number, "name": name}
    columns = "account, name, display, made_at, password"
    account = f"INSERT INTO account ({columns}) VALUES (:number, :name, :name, LOCALTIMESTAMP, '')"
    connection.execute(sa.text(account), row)
    columns = "access_grant, account, role, scope, code, from_day, given_at"
    grant = (
        f"INSERT INTO access_grant ({columns}) VALUES (:id, :number, :role, :kind, :code, CURRENT_DATE, LOCALTIMESTAMP)"
    )
    for at, (role, scope) in enumerate(GRANTS[name]):
        given = {"id": number * 100 + at, "number": number, "role": role, **scope._asdict()}
        connection.execute(sa.text(grant), given)


def by(engine: Engine, name: str) -> Engine:
    """The database as one of them sees it."""
    with database.reading(engine) as connection:
        person = people.as_of_now(connection, accounts.number_of(connection, name))
    assert person is not None
    return people.seen_by(engine, person)


def file(engine: Engine, content: str = FILED) -> FilingReport:
    """File as whoever the engine is given to."""
    return loading.load(engine, content.encode(), "filed.csv", by="tests")


def of(space: str, revision: int = 1) -> Filing:
    """A revision of the year 2022."""
    return Filing(space, 2022, revision)
