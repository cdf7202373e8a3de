"""Every load under seal: the SHA-256 of its own rows in canonical form, chained to that of the load before.

A row that is altered gives another hash than its load's seal; a seal that is altered with it no longer leads to the
head of the chain, which is printed on receipts and backups.
"""

import hashlib
from collections.abc import Sequence
from functools import cache
from itertools import pairwise
from pathlib import Path
from typing import NamedTuple

import sqlalchemy as sa
from sqlalchemy import Connection

from tracking.database.rows import filled, lines
from tracking.database.schema import INCOMING

# What a seal is of: all that came in but for the seals.
_SEALED = sorted(table for table in INCOMING if table != "seal")
_ROOT = Path(__file__).parents[2]
_UNKNOWN = ""
# Of the table with most rows: a figure is there once, and lies in this order already.
_KEYS = {"observation": ["space_id", "year", "metric"]}
_TEXTS = ("text", "varchar")
# By itself SQLAlchemy would ask table by table, which took ten times as long as all the rest.
_COLUMNS = sa.text(
    "SELECT table_name, column_name, data_type FROM information_schema.columns "
    "WHERE table_schema = CURRENT_SCHEMA() AND table_name IN :tables"
).bindparams(sa.bindparam("tables", _SEALED, expanding=True))
# What there is not of a cell that is NULL the one CONCAT around all of them leaves out: one around each took longer.
_CELL = "CASE WHEN {name} IS NOT NULL THEN '|{name}=' END, LENGTH({text}) || '\\:', {text}"


class Head(NamedTuple):
    """The end of the chain at a load: its number, and the hash that rests on all loads up to it."""

    load_id: int
    sha256: str

    def __str__(self) -> str:
        return f"{self.load_id}:{self.sha256}"


class Seal(NamedTuple):
    """What is kept of a load: the hash of its rows, of the chain up to it, and of the program that read its document,
    which is not known of loads from before there were seals."""

    load_id: int
    content: str
    head: str
    read_by: str


class Findings(NamedTuple):
    """Loads whose rows are not those that were sealed, and loads whose seal does not follow from the one before."""

    altered: list[int]
    unchained: list[int]


@cache
def program() -> str:
    """The SHA-256 of the program's own text, and of the versions of what it rests on."""
    digest = hashlib.sha256()
    sources = [*sorted((_ROOT / "tracking").rglob("*.py")), _ROOT / "requirements.txt"]
    for path in sources:
        digest.update(f"{path.relative_to(_ROOT).as_posix()}\n".encode())
        digest.update(path.read_bytes() if path.exists() else b"")
    return digest.hexdigest()


def contents(connection: Connection, after: int = 0, until: int | None = None) -> dict[int, str]:
    """By load behind `after`, up to `until`, the SHA-256 of its rows; also of loads that have rows and no line."""
    return _contents(connection, after, until)[0]


def _contents(connection: Connection, after: int, until: int | None) -> tuple[dict[int, str], set[str]]:
    """With it, the tables in which those rows are."""
    digests: dict[int, hashlib._Hash] = {}
    where = f"load_id > {after:d}" + ("" if until is None else f" AND load_id <= {until:d}")
    columns = _columns(connection)
    tables = filled(connection, columns, where)
    for table in sorted(tables):
        for load_id, text in lines(connection, sa.text(_canonical(table, columns[table], where))):
            digests.setdefault(load_id, hashlib.sha256()).update(text)
    return {load_id: digest.hexdigest() for load_id, digest in digests.items()}, tables


def of_filing(connection: Connection, load_id: int, space_id: str, year: int) -> str:
    """The SHA-256 of one filing's own rows in canonical form: the filing and its figures, whatever came with it."""
    columns, digest = _columns(connection), hashlib.sha256()
    which = {"load": load_id, "space": space_id, "year": year}
    for table in ("filing", "observation"):
        where = "load_id = :load AND space_id = :space AND year = :year"
        for _, text in connection.execute(sa.text(_canonical(table, columns[table], where)), which).all():
            digest.update(text.encode())
    return digest.hexdigest()


def seal(connection: Connection, numbers: Sequence[int], read_by: str = _UNKNOWN) -> set[str]:
    """Seal loads, whose rows are all there, in the order of their numbers; the tables in which they have any."""
    if not numbers:
        return set()
    found, tables = _contents(connection, min(numbers) - 1, max(numbers))
    previous = head(connection, min(numbers) - 1).sha256
    for load_id in sorted(numbers):
        made = Seal(load_id, found[load_id], _chained(previous, load_id, found[load_id], read_by), read_by)
        connection.execute(sa.text("INSERT INTO seal VALUES (:load_id, :content, :head, :read_by)"), made._asdict())
        previous = made.head
    return {*tables, "seal"}


def unsealed(connection: Connection, after: int = 0) -> list[int]:
    """The loads behind `after` that have no seal, in their order."""
    statement = sa.text(
        "SELECT load_id FROM load WHERE load_id > :after AND load_id NOT IN (SELECT load_id FROM seal) ORDER BY load_id"
    )
    return list(connection.execute(statement, {"after": after}).scalars().all())


def head(connection: Connection, until: int | None = None) -> Head:
    """The end of the chain, up to a load: the newest that is sealed; number 0 where none is."""
    where = "" if until is None else f"WHERE load_id <= {until:d}"
    newest = sa.text(f"SELECT load_id, head FROM seal {where} ORDER BY load_id DESC LIMIT 1")
    found = connection.execute(newest).one_or_none()
    return Head(*found) if found else Head(0, "")


def as_sealed(connection: Connection, load_id: int, head: str) -> bool:
    """Whether the rows of a load are those of the seal that has this head of the chain."""
    sealed = sa.text("SELECT content FROM seal WHERE load_id = :load_id AND head = :head")
    found = connection.execute(sealed, {"load_id": load_id, "head": head}).scalars().all()
    return list(found) == list(contents(connection, load_id - 1, load_id).values())


def findings(connection: Connection) -> Findings:
    """Hold every load against its seal, and every seal against the one before it."""
    found = contents(connection)
    seals = {each.load_id: each for each in _seals(connection)}
    sealed = {number: each.content for number, each in seals.items()}
    altered = [number for number in sorted({*found, *sealed}) if sealed.get(number) != found.get(number)]
    unchained = [
        each.load_id
        for before, each in pairwise([Seal(0, "", "", ""), *seals.values()])
        if each.head != _chained(before.head, each.load_id, each.content, each.read_by)
    ]
    return Findings(altered, unchained)


def stands(connection: Connection, at: Head) -> bool:
    """Whether the chain had this head at that load; of the hash, its beginning is enough."""
    found = connection.execute(sa.text("SELECT head FROM seal WHERE load_id = :load_id"), {"load_id": at.load_id})
    return any(each.startswith(at.sha256) for each in found.scalars())


def read_by_this(connection: Connection) -> set[int]:
    """The loads whose documents this very program read."""
    statement = sa.text("SELECT load_id FROM seal WHERE read_by = :program")
    return set(connection.execute(statement, {"program": program()}).scalars().all())


def _seals(connection: Connection) -> list[Seal]:
    statement = sa.text("SELECT load_id, content, head, read_by FROM seal ORDER BY load_id")
    return [Seal(*row) for row in connection.execute(statement).all()]


def _chained(previous: str, load_id: int, content: str, read_by: str) -> str:
    return hashlib.sha256(f"{previous}\n{load_id}\n{content}\n{read_by}\n".encode()).hexdigest()


def _canonical(table: str, types: dict[str, str], where: str) -> str:
    """A line per row, in the order of their cells: the same on every engine, in whatever order rows lie.

    A cell stands by its column's name and its length, and not at all where it is NULL: so a column that came later
    changes nothing for the rows of before.
    """
    texts = {name: _text(name, kind) for name, kind in sorted(types.items()) if name != "load_id"}
    cells = ", ".join(_CELL.format(name=name, text=text) for name, text in texts.items())
    keys = _KEYS.get(table, texts)
    order = ", ".join(f'{name} COLLATE "C"' if types[name] in _TEXTS else name for name in keys)
    return f"SELECT load_id, CONCAT('{table}', {cells}, CHR(10)) FROM {table} WHERE {where} ORDER BY load_id, {order}"


def _columns(connection: Connection) -> dict[str, dict[str, str]]:
    """By table that there is, its columns with their types: an older database has fewer when its loads are sealed."""
    found: dict[str, dict[str, str]] = {}
    for table, column, kind in connection.execute(_COLUMNS).all():
        found.setdefault(table, {})[column] = kind.lower()
    return {table: found[table] for table in _SEALED if table in found}


def _text(name: str, kind: str) -> str:
    """A cell as text, the same on every engine: each writes what is derived, DOUBLE PRECISION, in its own way."""
    if kind.startswith("double"):
        name = f"CAST(FLOOR(LEAST(GREATEST({name}, -9e14), 9e14) * 10000) AS BIGINT)"
    return f"CAST({name} AS VARCHAR)"
