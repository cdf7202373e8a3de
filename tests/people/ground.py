"""A small programme in which every space can be known again wherever it is told of, and people of every role in it."""

import io
import re
import zipfile
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, fields, is_dataclass
from datetime import date
from pathlib import Path
from typing import Any

import pandas as pd
import pyarrow.parquet as pq
import sqlalchemy as sa
from sqlalchemy import Engine

from tracking import database
from tracking.access import looking_after, people
from tracking.access.people import Person, Role
from tracking.closings import closing
from tracking.database import CITY, Scope
from tracking.filing import loading, register
from tracking.filing.choices import NONE, Choices
from tracking.results.tables.columns import COLUMNS
from tracking.review import (
    acting,
    evidence,
    papers,
    questions,
    rectification_files,
    rectifications,
    terms,
    waivers,
    windows,
)
from tracking.review.acting import Filing, Given
from tracking.review.measures import Subject
from tracking.review.rectifications import Written
from tracking.review.terms import Days

DAY = date(2024, 6, 1)
YEAR, EDITION, TRACK = 2023, "shanghai-sanhua", "specialization"
# Of another's, the year that is approved.
APPROVED = YEAR - 1
# The last one of every period, which no later one decides: what is to be put right of it stays open.
LAST = YEAR + 1
LONG_AHEAD = date(2099, 1, 1)
# What nobody has a figure for.
UNREPORTED = "specialization.target.5.funded_firms"
OWN, NEIGHBOUR, OTHER, FAR = "SPOWN", "SPNEIGHBOUR", "SPOTHER", "SPFAR"
SPACES = (OWN, NEIGHBOUR, OTHER, FAR)
NOBODYS = "SPNOBODYS"
NORTH, SOUTH = "北区", "南区"
DISTRICTS = {OWN: NORTH, NEIGHBOUR: NORTH, OTHER: SOUTH, FAR: SOUTH}
BEGUN = {OWN: 2022, NEIGHBOUR: 2022, OTHER: 2021, FAR: 2022}
# What nobody but who may see a space can know of it, beside its ID: its name, its brand, its figures, its words.
SECRETS = {
    OWN: ("甲本空间", "brandown", "6173", "noteown"),
    NEIGHBOUR: ("乙邻空间", "brandneighbour", "5417", "noteneighbour"),
    OTHER: ("丙别空间", "brandother", "7391", "noteother"),
    FAR: ("丁远空间", "brandfar", "8053", "notefar"),
}
# What was filed, asked and written of another's year that is not approved: no space, and told of like one.
OPEN = "what is not approved of SPOTHER"
SECRETS_OPEN = ("7439", "noteopen")


@dataclass(frozen=True)
class Place:
    """What somebody is: the role that they were given and over what, None for no grant; and whom they see by it."""

    role: Role | None
    scope: Scope
    sees: frozenset[str]
    provisional: bool = False


EVERY = frozenset({*SPACES, OPEN})
# The denied ones first. What each sees is said here by hand, as the city was promised it.
PEOPLE = {
    "nobody": Place(None, CITY, frozenset()),
    "administrator": Place("administrator", CITY, frozenset()),
    "operator": Place("operator", Scope("space", OWN), frozenset({OWN})),
    "reviewer": Place("district_reviewer", Scope("district", NORTH), frozenset({OWN, NEIGHBOUR})),
    "analyst": Place("analyst", Scope("district", SOUTH), frozenset({OTHER, FAR})),
    "insider": Place("analyst", Scope("district", SOUTH), frozenset({OTHER, FAR, OPEN}), provisional=True),
    "manager": Place("manager", CITY, EVERY),
}


def filing(*spaces: str, year: int = YEAR) -> bytes:
    """A file of filings of these spaces."""
    rows = [
        line
        for each in spaces
        for line in (
            f"{each},{year},mentor_services,{SECRETS[each][2]},,{SECRETS[each][3]}",
            f"{each},{year},mentors,25,,",
            f"{each},{year},professional_mentors,12,,",
        )
    ]
    return "\n".join(["space_id,year,metric,value,evidence,note", *rows, ""]).encode()


def registered() -> bytes:
    """The register of all four."""
    rows = [
        f"{each},{SECRETS[each][0]},{DISTRICTS[each]},operator{SECRETS[each][1]},{SECRETS[each][1]},{TRACK},{BEGUN[each]},2024,"
        f"contact{SECRETS[each][1]},021-6000"
        for each in SPACES
    ]
    return "\n".join(
        ["space_id,space_name,district,operator,brand,track,start_year,end_year,contact_name,telephone", *rows, ""]
    ).encode()


def _of_other() -> bytes:
    header = "space_id,year,mentor_services,带教,funded_firms"
    return f"{header}\n{OTHER},{YEAR},{SECRETS_OPEN[0]},25,无\n".encode()


def lay(engine: Engine) -> None:
    """Register, everybody's accounts, filings (one's own, another's, a file of two), what stands beside, a closing; of
    another's what review has brought about."""
    assert register.load(engine, registered(), "register.csv", by="keeper").loaded
    for name, place in PEOPLE.items():
        looking_after.add(engine, name, password=f"{name} and four herons")
        if place.role is not None:
            looking_after.give(engine, name, place.role, place.scope, provisional=place.provisional)
    # Another's has a column that somebody had to name, and a cell that is warned of.
    named = Choices(columns={"带教": "mentors"})
    for content, choices in (
        (filing(OWN), NONE),
        (_of_other(), named),
        (filing(NEIGHBOUR, FAR), NONE),
        (filing(OTHER, year=APPROVED), NONE),
    ):
        report = loading.load(engine, content, "filing.csv", by="keeper", choices=choices)
        assert report.loaded, report.problems
    windows.extend(engine, OTHER, YEAR, LONG_AHEAD, "reason", by="keeper")
    terms.set_days(engine, EDITION, Days(1, 1, 1), by="keeper")
    manager, of_other = seen(engine, "manager"), Subject(OTHER, YEAR, UNREPORTED, EDITION, TRACK)
    note = SECRETS_OPEN[1]
    waivers.waive(manager, of_other, LONG_AHEAD, note)
    rectifications.write(manager, "rectify", of_other, Written(note, LONG_AHEAD))
    evidence.attach(engine, OTHER, YEAR, "mentors", f"name\n{note}\n".encode(), f"{note}.csv")
    closing.close(engine, edition=EDITION, year=YEAR, by="keeper", as_of=DAY)
    later = f"space_id,year,metric,value\n{FAR},{YEAR},funded_firms,90\n".encode()
    assert loading.load(engine, later, "later.csv", by="keeper", choices=Choices(keep=True)).loaded
    # From here on review is in use, and what is not approved is provisional.
    acting.act(seen(engine, "reviewer"), "check", [Filing(NEIGHBOUR, YEAR, 1)])
    _review_other(engine)


def _review_other(engine: Engine) -> None:
    """Another's year is returned with a question, what is to be put right is planned; the year before is approved, and
    its paper has come back."""
    looking_after.add(engine, "south", password="south and four herons")
    looking_after.give(engine, "south", "district_reviewer", Scope("district", SOUTH))
    looking_after.give(engine, "south", "operator", Scope("space", OTHER))
    with database.reading(engine) as connection:
        found = people.named(connection, "south")
    assert found is not None
    south, manager, note = people.seen_by(engine, found), seen(engine, "manager"), SECRETS_OPEN[1]
    acting.act(south, "return", [Filing(OTHER, YEAR, 1)], Given(note, ("mentor_services",)))
    questions.write(south, "ask", OTHER, YEAR, "mentors", note)
    planned = Subject(OTHER, YEAR, UNREPORTED, EDITION, TRACK)
    rectifications.write(south, "plan", planned, Written(note, LONG_AHEAD, responsible=note))
    # Of a year for which nothing was filed, and so nothing is held back.
    open_one, note = planned._replace(year=LAST), SECRETS[OTHER][3]
    rectifications.write(south, "rectify", open_one, Written(note, LONG_AHEAD))
    rectification_files.attach(south, open_one, f"name\n{note} put right\n".encode(), f"{note}.csv")
    assert acting.act(south, "check", [Filing(OTHER, APPROVED, 1)]).moved
    assert acting.act(manager, "approve", [Filing(OTHER, APPROVED, 1)]).moved
    papers.keep(manager, OTHER, APPROVED, f"%PDF-1.4 {note}".encode(), by="manager")


def number(name: str) -> int:
    """The number of somebody's account."""
    return list(PEOPLE).index(name) + 1


def person(engine: Engine, name: str) -> Person:
    """Somebody with the grants of now."""
    with database.reading(engine) as connection:
        found = people.as_of_now(connection, number(name))
    assert found is not None
    return found


def seen(engine: Engine, name: str) -> Engine:
    """The database as somebody sees it."""
    return people.seen_by(engine, person(engine, name))


def told_of(answer: object, given: Iterable[str] = ()) -> set[str]:
    """The spaces that an answer tells of, and OPEN; not by an ID that whoever asked has given."""
    found = set()
    parts = list(texts(answer))
    for space, secrets in SECRETS.items():
        if _told(parts, secrets if space in given else (space, *secrets)):
            found.add(space)
    return found | ({OTHER, OPEN} if _told(parts, SECRETS_OPEN) else set())


def _told(parts: list[str], secrets: Iterable[str]) -> bool:
    # A figure may be grouped; within a hash it is none.
    signs = [rf"(?<![\w.]){each[0]},?{each[1:]}(?!\w)" if each.isdigit() else re.escape(each) for each in secrets]
    return any(re.search("|".join(signs), text) for text in parts)


def texts(answer: object) -> Iterator[str]:
    """Everything that an answer says, also within its files."""
    if isinstance(answer, Engine):
        with database.reading(answer, DAY) as connection:
            for table in (*COLUMNS, "observations"):
                yield from texts(database.frame(connection, _all(table)))
    elif isinstance(answer, pd.DataFrame):
        yield answer.to_csv()
    elif isinstance(answer, bytes):
        yield from _bytes(answer)
    elif isinstance(answer, Path):
        yield from _bytes(answer.read_bytes())
    elif is_dataclass(answer) and not isinstance(answer, type):
        for each in fields(answer):
            yield from texts(getattr(answer, each.name))
    elif isinstance(answer, dict):
        for each in (*answer, *answer.values()):
            yield from texts(each)
    elif isinstance(answer, Iterable) and not isinstance(answer, str):
        for each in answer:
            yield from texts(each)
    else:
        yield str(answer)


def _all(table: str) -> sa.Select[Any]:
    return sa.select(sa.text("*")).select_from(sa.table(table))


def _bytes(content: bytes) -> Iterator[str]:
    if content.startswith(b"PK"):
        with zipfile.ZipFile(io.BytesIO(content)) as archive:
            for name in archive.namelist():
                yield from _bytes(archive.read(name))
    elif content.startswith(b"PAR1"):
        yield pq.read_table(io.BytesIO(content)).to_pandas().to_csv()
    else:
        yield content.decode("utf-8", "replace")
