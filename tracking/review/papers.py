"""The paper of an approved filing, stamped and scanned: whether it says what is stored.

A paper carries the fingerprint of the revision that it was printed of: the SHA-256 of the filing's rows in the form
that loads are sealed in. It tells of which figures a paper was printed; that nobody altered a figure on it since is for
the eye, with the stored figures beside it.
"""

import json
from datetime import date
from typing import Literal, NamedTuple

import pandas as pd
import sqlalchemy as sa
from sqlalchemy import Connection, Engine

from tracking import database
from tracking.access import acts
from tracking.access.acts import Act
from tracking.database import loads
from tracking.filing.spreadsheets import limited

LARGEST = 20_000_000
# Of a fingerprint that is typed.
SHORTEST = 16
_MODULE = "tracking.review.scan_process"
_SECONDS = 30
SCANS = {
    "load_id": "int64",
    "revision": "int64",
    "content_type": "str",
    "fingerprint": "str",
    "by": "str",
    "at": "datetime64[us]",
    "paper": "str",
}
# same: the paper is of what is approved; earlier: of a revision before; other: of nothing of this filing; none: it has
# no code that can be read.
Paper = Literal["same", "earlier", "other", "none"]

_APPROVED = sa.text("""
SELECT
    filing_state.revision,
    filing_state.load_id
FROM filing_state
INNER JOIN visible_space
    ON filing_state.space_id = visible_space.space_id
WHERE
    filing_state.space_id = :space
    AND filing_state.year = :year
    AND filing_state.state = 'approved'
""")
_REVISIONS = sa.text("SELECT load_id FROM filing WHERE space_id = :space AND year = :year AND revision < :revision")
_INSERT = sa.text("""
INSERT INTO scan (load_id, space_id, year, revision, content_type, fingerprint)
VALUES (:load_id, :space_id, :year, :revision, :content_type, :fingerprint)
""")
_SCANS = sa.text("""
SELECT
    scan.load_id,
    scan.revision,
    scan.content_type,
    scan.fingerprint,
    load.loaded_by AS by,
    load.loaded_at AS at
FROM scan
INNER JOIN load
    ON scan.load_id = load.load_id
INNER JOIN visible_space
    ON scan.space_id = visible_space.space_id
WHERE
    scan.space_id = :space
    AND scan.year = :year
    AND (scan.space_id, scan.year) NOT IN (SELECT space_id, year FROM withheld_year)
ORDER BY scan.load_id DESC
""")
_CONTENT = sa.text("""
SELECT document.content
FROM scan
INNER JOIN load
    ON scan.load_id = load.load_id
INNER JOIN document
    ON load.sha256 = document.sha256
INNER JOIN visible_space
    ON scan.space_id = visible_space.space_id
WHERE
    scan.load_id = :load_id
    AND (scan.space_id, scan.year) NOT IN (SELECT space_id, year FROM withheld_year)
""")
# Who hands a paper in: who filed, or who reviews.
_BY: tuple[Act, ...] = ("file", "check", "approve")


class NotApproved(LookupError):
    """There is no approved filing of that space and year that may be seen."""


class UnusableScan(Exception):
    """The file is no picture and no PDF, too large, or cannot be opened; `why` is kind, size or unreadable."""

    def __init__(self, why: str) -> None:
        super().__init__(why)
        self.why = why


class Approved(NamedTuple):
    """The revision of a filing that is approved, and its fingerprint."""

    revision: int
    fingerprint: str


def approved(engine: Engine, _: date, *, space: str, year: int) -> Approved:
    """What a paper of a filing is printed of. Raises NotApproved. The day is none of it."""
    with database.reading(engine) as connection:
        return _approved(connection, space, year)


def compare(engine: Engine, _: date, *, space: str, year: int, fingerprint: str | None) -> Paper:
    """What a paper is of, by the fingerprint on it or its first SHORTEST signs and more. Raises NotApproved."""
    with database.reading(engine) as connection:
        return _compared(connection, _approved(connection, space, year), space, year, fingerprint)


def keep(engine: Engine, space: str, year: int, content: bytes, *, by: str, only_same: bool = False) -> Paper:
    """Keep a scan beside a filing; what it is of, by its code. With `only_same` no other is kept.

    Who has an account signs by its name.
    Raises UnusableScan, NotApproved, Forbidden, DatabaseUnavailable.
    """
    with database.reading(engine) as connection:
        _check(connection, engine, space)
        _approved(connection, space, year)
    kind, codes = _read(content)
    fingerprint = next(iter(codes), None)

    def work(connection: Connection) -> tuple[int | None, Paper]:
        _check(connection, engine, space)
        standing = _approved(connection, space, year)
        paper = _compared(connection, standing, space, year, fingerprint)
        if only_same and paper != "same":
            return None, paper
        signed = acts.signature(engine, by)
        load_id = loads.record(connection, "review", f"scan {space} {year}", content, by=signed)
        acts.sign(connection, engine, load_id)
        row = {"space_id": space, "year": year, "revision": standing.revision}
        values = {**row, "load_id": load_id, "content_type": kind, "fingerprint": fingerprint}
        connection.execute(_INSERT, values)
        return load_id, paper

    load_id, paper = database.write(engine, work)
    if load_id is not None:
        acts.noted(engine, "scan", str(load_id))
    return paper


def scans(engine: Engine, _: date, *, space: str, year: int) -> pd.DataFrame:
    """The papers that came in, the latest first: columns SCANS; `paper` is what each is of by what is approved now."""
    with database.reading(engine) as connection:
        rows = database.frame(connection, _SCANS, space=space, year=year)
        standing = _approved(connection, space, year)
        codes = [each if isinstance(each, str) else None for each in rows["fingerprint"]]
        found = [_compared(connection, standing, space, year, each) for each in codes]
    return database.typed(rows.assign(paper=found), SCANS)


def content(engine: Engine, load_id: int) -> bytes:
    """A scan as it came. Raises LookupError where there is none that may be seen."""
    with database.reading(engine) as connection:
        found = database.value(connection, _CONTENT, {"load_id": load_id})
    if found is None:
        raise LookupError(load_id)
    return bytes(found)


def may_keep(engine: Engine, space: str) -> bool:
    """Whether the grants of whoever looks let them hand in a paper of a space: what a page offers."""
    with database.reading(engine) as connection:
        try:
            _check(connection, engine, space)
        except acts.Forbidden:
            return False
    return True


def _check(connection: Connection, engine: Engine, space: str) -> None:
    refusals = []
    for act in _BY:
        try:
            acts.check(connection, engine, act, [space])
        except acts.Forbidden as refusal:
            refusals.append(refusal)
        else:
            return
    raise refusals[-1]


def _approved(connection: Connection, space: str, year: int) -> Approved:
    row = connection.execute(_APPROVED, {"space": space, "year": year}).one_or_none()
    if row is None:
        raise NotApproved(space)
    return Approved(int(row.revision), database.fingerprint(connection, int(row.load_id), space, year))


def _compared(connection: Connection, standing: Approved, space: str, year: int, fingerprint: str | None) -> Paper:
    written = "".join((fingerprint or "").split()).lower()
    if len(written) < SHORTEST:
        return "none"
    if standing.fingerprint.startswith(written):
        return "same"
    which = {"space": space, "year": year, "revision": standing.revision}
    earlier = connection.execute(_REVISIONS, which).scalars().all()
    before = [database.fingerprint(connection, int(each), space, year) for each in earlier]
    return "earlier" if any(each.startswith(written) for each in before) else "other"


def _read(content: bytes) -> tuple[str, list[str]]:
    """What kind of file it is by its first bytes, and the fingerprints of the codes on it."""
    if len(content) > LARGEST:
        raise UnusableScan("size")
    try:
        with limited.turn:
            read = json.loads(limited.run(_MODULE, given=content, seconds=_SECONDS))
    except limited.LimitExceeded as error:
        raise UnusableScan("unreadable") from error
    if read["kind"] is None:
        raise UnusableScan("kind")
    return str(read["kind"]), [str(each) for each in read["codes"]]
