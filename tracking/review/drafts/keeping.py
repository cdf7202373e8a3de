"""Drafts saved as a person acts, offered again, taken up, thrown away, and ended by being filed.

Each is one short transaction that waits for no load and stops none. Two who write at once: the later one is refused.
"""

import secrets
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import NamedTuple

import pandas as pd
import sqlalchemy as sa
from sqlalchemy import Connection, Engine

from tracking import database
from tracking.access import acts
from tracking.access.people import Person
from tracking.database import loads
from tracking.database.loads import Document
from tracking.filing.choices import Choices
from tracking.filing.preview import Preview
from tracking.review.drafts import scope, written
from tracking.review.drafts.written import Shown

# So many days after it was last saved a draft ends by itself.
DAYS = 90
# Of one person at a time: drafts, and the bytes of their files together.
MOST, MOST_BYTES = 20, 100_000_000
# Of what was decided about a file, in characters.
LONGEST = 2_000_000
LONGEST_NAME = 200
OFFERED = {
    "draft": "str",
    "saves": "int64",
    "source": "str",
    "spaces": "str",
    "started_by": "str",
    "started_at": "datetime64[us]",
    "written_by": "str",
    "saved_at": "datetime64[us]",
    "ends_at": "datetime64[us]",
}

_ALL = sa.text("""
SELECT
    draft.draft,
    draft.saves,
    draft.account,
    draft.own,
    draft.source,
    STRING_AGG(draft_space.space_id, ' ' ORDER BY draft_space.space_id) AS spaces,
    draft.started_by,
    draft.started_at,
    draft.written_by,
    draft.saved_at
FROM draft
LEFT JOIN draft_space
    ON draft.draft = draft_space.draft
WHERE
    draft.saved_at > :oldest
    AND (CAST(:draft AS TEXT) IS NULL OR draft.draft = :draft)
GROUP BY
    draft.draft,
    draft.saves,
    draft.account,
    draft.own,
    draft.source,
    draft.started_by,
    draft.started_at,
    draft.written_by,
    draft.saved_at
ORDER BY
    draft.saved_at DESC,
    draft.draft
""")
_KEPT = sa.text("""
SELECT
    draft.source,
    draft.choices,
    draft.shown,
    draft.data_version,
    draft.sha256,
    draft_document.content
FROM draft
INNER JOIN draft_document
    ON draft.sha256 = draft_document.sha256
WHERE draft.draft = :draft
""")
_INSERT = sa.text("""
INSERT INTO draft (
    draft, saves, account, own, started_by, started_at, written_by, saved_at, source, sha256, choices, shown,
    data_version
)
VALUES (:draft, 1, :account, :own, :by, :now, :by, :now, :source, :sha256, :choices, :shown, :data_version)
""")
_UPDATE = sa.text("""
UPDATE draft
SET
    saves = saves + 1,
    own = :own,
    written_by = :by,
    saved_at = :now,
    choices = :choices,
    shown = :shown,
    data_version = :data_version
WHERE draft = :draft
""")
# The same file with the same choices, dropped once more.
_SAME = sa.text("""
SELECT
    draft,
    saves
FROM draft
WHERE
    account IS NOT DISTINCT FROM CAST(:account AS TEXT)
    AND sha256 = :sha256
    AND source = :source
    AND choices = :choices
ORDER BY saved_at DESC
""")
_HELD = sa.text("""
SELECT
    COUNT(*) AS drafts,
    COALESCE(SUM(OCTET_LENGTH(draft_document.content)), 0) AS size
FROM draft
INNER JOIN draft_document
    ON draft.sha256 = draft_document.sha256
WHERE draft.account IS NOT DISTINCT FROM CAST(:account AS TEXT)
""")


class Handle(NamedTuple):
    """A draft as somebody has it before them: how often it had been saved then."""

    draft: str
    saves: int


@dataclass(frozen=True)
class TakenUp:
    """A draft to go on with: the file as it was uploaded, what was decided about it, and what its check led to then."""

    handle: Handle
    content: bytes
    source: str
    choices: Choices
    shown: Shown
    data_version: int
    spaces: Sequence[str]
    started_by: str
    written_by: str
    saved_at: datetime


class DraftMoved(Exception):
    """Somebody else saved the draft since: nothing was written. `by` and `at` say who and when."""

    def __init__(self, by: str, at: datetime) -> None:
        super().__init__(by)
        self.by = by
        self.at = at


class NoDraft(LookupError):
    """The draft has been filed or thrown away, has ended, cannot be read, or is not this person's to see."""


class UnkeptDraft(Exception):
    """There is too much of it: `why` is many (drafts of one person), size (of their files) or long (the choices)."""

    def __init__(self, why: str) -> None:
        super().__init__(why)
        self.why = why


def save(
    engine: Engine,
    handle: Handle | None,
    content: bytes,
    source: str,
    choices: Choices,
    seen: Preview,
    *,
    checked: bool = True,
    by: str = "",
) -> Handle | None:
    """Keep a file and what was decided about it as a draft, a new one where there is none; None for who files nothing.

    `seen` is what the person was shown of it, `checked` whether that is of these choices. An account signs by its own
    name, whatever `by` says.
    Raises DraftMoved, NoDraft, UnkeptDraft, DatabaseUnavailable.
    """
    if database.read_only():
        raise database.DatabaseUnavailable("read-only", "")
    named, known = scope.spaces(engine, seen, choices)
    told = written.choices_text(choices)
    if len(told) > LONGEST:
        raise UnkeptDraft("long")
    with database.reading(engine) as connection:
        version = database.data_version(connection)
    shown = written.shown_text(written.shown(seen, checked=checked))
    said = {"choices": told, "shown": shown, "data_version": version, "by": acts.signature(engine, by)}

    def work(connection: Connection) -> Handle | None:
        somebody = scope.person(connection, engine)
        if not acts.may(somebody, "file"):
            return None
        uploader = scope.account(somebody)
        row = {**said, "now": _now(), "account": uploader}
        spaces = frozenset(each for each in named if scope.files_for(connection, somebody, [each]))
        own = not known or spaces != named
        if handle is not None:
            before = _standing(connection, somebody, handle)
            # What was typed since is the doing of who was let go on with it.
            shared = own and not before["own"]
            connection.execute(_UPDATE, {**row, "draft": handle.draft, "own": own and not shared})
            _name(connection, handle.draft, spaces | _spaces(before) if shared else spaces)
            return Handle(handle.draft, handle.saves + 1)
        _end_old(connection)
        document = Document(loads.sha256(content), content)
        of_file = {"own": own, "source": source[:LONGEST_NAME], "sha256": document.sha256}
        same = connection.execute(_SAME, {**row, **of_file}).first()
        if same is not None:
            connection.execute(_UPDATE, {**row, "own": own, "draft": same.draft})
            _name(connection, same.draft, spaces)
            return Handle(same.draft, same.saves + 1)
        _room(connection, uploader, len(content))
        made = Handle(secrets.token_hex(8), 1)
        of_file |= {"draft": made.draft}
        connection.execute(_INSERT, {**row, **of_file})
        _name(connection, made.draft, spaces)
        _keep(connection, document)
        _sweep(connection)
        return made

    return database.write_beside(engine, work)


def offered(engine: Engine, _: date | None = None) -> pd.DataFrame:
    """The drafts that whoever looks may go on with, the latest first: columns OFFERED. No day is in it.

    `spaces` are IDs joined by blanks, empty where they are not known.
    """
    with database.reading(engine) as connection:
        somebody = scope.person(connection, engine)
        rows = database.frame(connection, _ALL, oldest=_oldest(), draft=None)
        seen = [_may_see(connection, somebody, row) for _, row in rows.iterrows()]
    rows = rows[pd.Series(seen, index=rows.index, dtype=bool)]
    rows = rows.assign(spaces=rows["spaces"].fillna(""), ends_at=rows["saved_at"] + timedelta(days=DAYS))
    return database.typed(rows[list(OFFERED)], OFFERED)


def take_up(engine: Engine, draft: str) -> TakenUp:
    """A draft to go on with. Raises NoDraft, DatabaseUnavailable."""
    with database.reading(engine) as connection:
        row = _seen(connection, scope.person(connection, engine), draft)
        kept = connection.execute(_KEPT, {"draft": draft}).one_or_none()
    if kept is None:
        raise NoDraft
    content = bytes(kept.content)
    if loads.sha256(content) != kept.sha256:
        raise NoDraft
    try:
        choices, shown = written.choices_of(kept.choices), written.shown_of(kept.shown)
    except (KeyError, TypeError, ValueError) as unreadable:
        raise NoDraft from unreadable
    return TakenUp(
        Handle(draft, int(row["saves"])),
        content,
        kept.source,
        choices,
        shown,
        int(kept.data_version),
        sorted(_spaces(row)),
        row["started_by"],
        row["written_by"],
        row["saved_at"].to_pydatetime(),
    )


def throw_away(engine: Engine, handle: Handle) -> None:
    """End a draft that is not to be filed. Raises DraftMoved, NoDraft, DatabaseUnavailable."""

    def work(connection: Connection) -> None:
        _standing(connection, scope.person(connection, engine), handle)
        _end(connection, handle.draft)
        _sweep(connection)

    database.write_beside(engine, work)


def ended_by_filing(handle: Handle) -> Callable[[Connection], None]:
    """What ends a draft in the transaction that stores it. Raises DraftMoved, where another saved it meanwhile."""

    def ending(connection: Connection) -> None:
        # Also who filed it may have lost a grant: it is filed all the same.
        row = _row(connection, handle.draft)
        if row is not None:
            _unmoved(row, handle)
            _end(connection, handle.draft)

    return ending


def _now() -> datetime:
    return datetime.now().replace(microsecond=0)


def _oldest() -> datetime:
    return _now() - timedelta(days=DAYS)


def _row(connection: Connection, draft: str) -> "pd.Series[object] | None":
    rows = database.frame(connection, _ALL, oldest=_oldest(), draft=draft)
    return None if rows.empty else rows.iloc[0]


def _may_see(connection: Connection, somebody: Person, row: "pd.Series[object]") -> bool:
    uploader = row["account"] if isinstance(row["account"], str) else None
    return scope.may_see(connection, somebody, uploader, _spaces(row), own=bool(row["own"]))


def _spaces(row: "pd.Series[object]") -> frozenset[str]:
    return frozenset(row["spaces"].split(" ") if isinstance(row["spaces"], str) else ())


def _seen(connection: Connection, somebody: Person, draft: str) -> "pd.Series[object]":
    row = _row(connection, draft)
    if row is None or not _may_see(connection, somebody, row):
        raise NoDraft
    return row


def _standing(connection: Connection, somebody: Person, handle: Handle) -> "pd.Series[object]":
    """A draft that somebody may write as they have it before them. Raises NoDraft, DraftMoved."""
    row = _seen(connection, somebody, handle.draft)
    _unmoved(row, handle)
    return row


def _unmoved(row: "pd.Series[object]", handle: Handle) -> None:
    if row["saves"] != handle.saves:
        raise DraftMoved(str(row["written_by"]), row["saved_at"].to_pydatetime())


def _room(connection: Connection, account: str | None, size: int) -> None:
    held = connection.execute(_HELD, {"account": account}).one()
    if held.drafts >= MOST:
        raise UnkeptDraft("many")
    if held.size + size > MOST_BYTES:
        raise UnkeptDraft("size")


def _name(connection: Connection, draft: str, spaces: frozenset[str]) -> None:
    known = sa.text("SELECT space_id FROM draft_space WHERE draft = :draft")
    before = set(connection.execute(known, {"draft": draft}).scalars().all())
    delete = sa.text("DELETE FROM draft_space WHERE draft = :draft AND space_id = :space_id")
    insert = sa.text("INSERT INTO draft_space VALUES (:draft, :space_id)")
    for statement, changed in ((delete, before - spaces), (insert, spaces - before)):
        for space_id in sorted(changed):
            connection.execute(statement, {"draft": draft, "space_id": space_id})


def _keep(connection: Connection, document: Document) -> None:
    there = sa.text("SELECT 1 FROM draft_document WHERE sha256 = :sha256")
    if database.value(connection, there, {"sha256": document.sha256}) is None:
        loads.keep(connection, [document], "draft_document")


def _end(connection: Connection, draft: str) -> None:
    for table in ("draft_space", "draft"):
        connection.execute(sa.text(f"DELETE FROM {table} WHERE draft = :draft"), {"draft": draft})


def _end_old(connection: Connection) -> None:
    old = sa.text("SELECT draft FROM draft WHERE saved_at <= :oldest")
    for draft in connection.execute(old, {"oldest": _oldest()}).scalars().all():
        _end(connection, str(draft))


def _sweep(connection: Connection) -> None:
    """Take away files that no draft has any more. Not where one is filed: another may be kept in the same moment."""
    connection.execute(sa.text("DELETE FROM draft_document WHERE sha256 NOT IN (SELECT sha256 FROM draft)"))
