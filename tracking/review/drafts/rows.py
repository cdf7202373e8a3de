"""The rows of drafts, by whoever may see them: found, named, ended; each step within a transaction of the caller."""

from datetime import datetime, timedelta

import pandas as pd
import sqlalchemy as sa
from sqlalchemy import Connection

from tracking import database
from tracking.access.people import Person
from tracking.database import loads
from tracking.database.loads import Document
from tracking.review.drafts import scope
from tracking.review.drafts.handles import DraftMoved, Handle, NoDraft, UnkeptDraft

# So many days after it was last saved a draft ends by itself.
DAYS = 90
# Of one person at a time: drafts, and the bytes of their files together.
MOST, MOST_BYTES = 20, 100_000_000

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
_HELD = sa.text("""
SELECT
    COUNT(*) AS drafts,
    COALESCE(SUM(OCTET_LENGTH(draft_document.content)), 0) AS size
FROM draft
INNER JOIN draft_document
    ON draft.sha256 = draft_document.sha256
WHERE draft.account IS NOT DISTINCT FROM CAST(:account AS TEXT)
""")


def now() -> datetime:
    """This moment, as drafts keep it."""
    return datetime.now().replace(microsecond=0)


def standing_ones(connection: Connection) -> pd.DataFrame:
    """Every draft that has not ended, whosever it is, the latest first."""
    return database.frame(connection, _ALL, oldest=_oldest(), draft=None)


def of(connection: Connection, draft: str) -> "pd.Series[object] | None":
    """A draft that has not ended, whosever it is."""
    found = database.frame(connection, _ALL, oldest=_oldest(), draft=draft)
    return None if found.empty else found.iloc[0]


def may_see(connection: Connection, somebody: Person, row: "pd.Series[object]") -> bool:
    """Whether somebody may go on with a draft."""
    uploader = row["account"] if isinstance(row["account"], str) else None
    return scope.may_see(connection, somebody, uploader, spaces(row), own=bool(row["own"]))


def spaces(row: "pd.Series[object]") -> frozenset[str]:
    """The spaces that a draft names."""
    return frozenset(row["spaces"].split(" ") if isinstance(row["spaces"], str) else ())


def seen(connection: Connection, somebody: Person, draft: str) -> "pd.Series[object]":
    """A draft that somebody may go on with. Raises NoDraft."""
    row = of(connection, draft)
    if row is None or not may_see(connection, somebody, row):
        raise NoDraft
    return row


def standing(connection: Connection, somebody: Person, handle: Handle) -> "pd.Series[object]":
    """A draft that somebody may write as they have it before them. Raises NoDraft, DraftMoved."""
    row = seen(connection, somebody, handle.draft)
    check_unmoved(row, handle)
    return row


def check_unmoved(row: "pd.Series[object]", handle: Handle) -> None:
    """Raises DraftMoved where somebody saved the draft since."""
    if row["saves"] != handle.saves:
        raise DraftMoved(str(row["written_by"]), row["saved_at"].to_pydatetime())


def check_room(connection: Connection, account: str | None, size: int) -> None:
    """Raises UnkeptDraft where one more draft with a file of that size would be too much of one person."""
    held = connection.execute(_HELD, {"account": account}).one()
    if held.drafts >= MOST:
        raise UnkeptDraft("many")
    if held.size + size > MOST_BYTES:
        raise UnkeptDraft("size")


def name_spaces(connection: Connection, draft: str, named: frozenset[str]) -> None:
    """Keep which spaces a draft names."""
    known = sa.text("SELECT space_id FROM draft_space WHERE draft = :draft")
    before = set(connection.execute(known, {"draft": draft}).scalars().all())
    delete = sa.text("DELETE FROM draft_space WHERE draft = :draft AND space_id = :space_id")
    insert = sa.text("INSERT INTO draft_space VALUES (:draft, :space_id)")
    for statement, changed in ((delete, before - named), (insert, named - before)):
        for space_id in sorted(changed):
            connection.execute(statement, {"draft": draft, "space_id": space_id})


def keep_file(connection: Connection, document: Document) -> None:
    """Keep the file of a draft, once."""
    there = sa.text("SELECT 1 FROM draft_document WHERE sha256 = :sha256")
    if database.value(connection, there, {"sha256": document.sha256}) is None:
        loads.keep(connection, [document], "draft_document")


def end(connection: Connection, draft: str) -> None:
    """End a draft."""
    for table in ("draft_space", "draft"):
        connection.execute(sa.text(f"DELETE FROM {table} WHERE draft = :draft"), {"draft": draft})


def end_old(connection: Connection) -> None:
    """End those that were not saved for DAYS."""
    old = sa.text("SELECT draft FROM draft WHERE saved_at <= :oldest")
    for draft in connection.execute(old, {"oldest": _oldest()}).scalars().all():
        end(connection, str(draft))


def sweep(connection: Connection) -> None:
    """Take away files that no draft has any more. Not where one is filed: another may be kept in the same moment."""
    connection.execute(sa.text("DELETE FROM draft_document WHERE sha256 NOT IN (SELECT sha256 FROM draft)"))


def _oldest() -> datetime:
    return now() - timedelta(days=DAYS)
