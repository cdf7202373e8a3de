"""Drafts saved as a person acts, offered again, taken up, thrown away, and ended by being filed.

Each is one short transaction that waits for no load and stops none. Two who write at once: the later one is refused.
"""

import secrets
from collections.abc import Callable
from datetime import date, timedelta
from typing import Any

import pandas as pd
import sqlalchemy as sa
from sqlalchemy import Connection, Engine

from tracking import database
from tracking.access import acts, trail
from tracking.database import loads
from tracking.database.loads import Document
from tracking.filing.choices import Choices
from tracking.filing.preview import Preview
from tracking.review.drafts import rows, scope, written
from tracking.review.drafts.handles import Handle, NoDraft, TakenUp, UnkeptDraft

# Of what was decided about a file, in characters.
LONGEST = 2_000_000
LONGEST_NAME = 200
OFFERED = {
    "draft": "str",
    "saves": "int64",
    "source": "str",
    "spaces": "str",
    "filings": "object",
    "started_by": "str",
    "started_at": "datetime64[us]",
    "written_by": "str",
    "saved_at": "datetime64[us]",
    "ends_at": "datetime64[us]",
}

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
_SHOWN = sa.text("SELECT shown FROM draft WHERE draft = :draft")
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
    decided = written.choices_text(choices)
    if len(decided) > LONGEST:
        raise UnkeptDraft("long")
    if written.personal(choices, seen):
        raise UnkeptDraft("personal")
    with database.reading(engine) as connection:
        version = database.data_version(connection)
    shown = written.shown_text(written.shown(seen, checked=checked))
    kept_texts = {"choices": decided, "shown": shown, "data_version": version, "by": acts.signature(engine, by)}

    def work(connection: Connection) -> Handle | None:
        somebody = scope.person(connection, engine)
        if not acts.may(somebody, "file"):
            return None
        row = {**kept_texts, "now": rows.now(), "account": scope.account(somebody)}
        spaces = frozenset(each for each in named if scope.files_for(connection, somebody, [each]))
        own = not known or spaces != named
        if handle is None:
            return _new(connection, {**row, "own": own, "source": source[:LONGEST_NAME]}, content, spaces)
        before = rows.standing(connection, somebody, handle)
        # What was typed since is the doing of who was let go on with it.
        shared = own and not before["own"]
        connection.execute(_UPDATE, {**row, "draft": handle.draft, "own": own and not shared})
        rows.name_spaces(connection, handle.draft, spaces | rows.spaces(before) if shared else spaces)
        return Handle(handle.draft, handle.saves + 1)

    return database.write_beside(engine, work)


def _new(connection: Connection, row: dict[str, Any], content: bytes, spaces: frozenset[str]) -> Handle:
    """A draft of its own; where the same file lies there with the same choices, that one, saved once more."""
    rows.end_old(connection)
    document = Document(loads.sha256(content), content)
    row = {**row, "sha256": document.sha256}
    same = connection.execute(_SAME, row).first()
    if same is not None:
        connection.execute(_UPDATE, {**row, "draft": same.draft})
        rows.name_spaces(connection, same.draft, spaces)
        return Handle(same.draft, same.saves + 1)
    rows.check_room(connection, row["account"], len(content))
    made = Handle(secrets.token_hex(8), 1)
    connection.execute(_INSERT, {**row, "draft": made.draft})
    rows.name_spaces(connection, made.draft, spaces)
    rows.keep_file(connection, document)
    rows.sweep(connection)
    return made


def offered(engine: Engine, _: date | None = None) -> pd.DataFrame:
    """The drafts that whoever looks may go on with, the latest first: columns OFFERED. No day is in it.

    `spaces` are IDs joined by blanks, empty where they are not known; `filings` pairs of space and year, none where
    they are not known, or many.
    """
    with database.reading(engine) as connection:
        somebody = scope.person(connection, engine)
        found = rows.standing_ones(connection)
        seen = [rows.may_see(connection, somebody, row) for _, row in found.iterrows()]
        found = found[pd.Series(seen, index=found.index, dtype=bool)]
        texts = [database.value(connection, _SHOWN, {"draft": each}) for each in found["draft"]]
    ends = found["saved_at"] + timedelta(days=rows.DAYS)
    told = {
        "spaces": found["spaces"].fillna(""),
        "filings": pd.Series(list(map(written.filings_of, map(str, texts))), found.index, dtype=object),
    }
    return database.typed(found.assign(**told, ends_at=ends)[list(OFFERED)], OFFERED)


def take_up(engine: Engine, draft: str) -> TakenUp:
    """A draft to go on with. Raises NoDraft, DatabaseUnavailable."""
    with database.reading(engine) as connection:
        row = rows.seen(connection, scope.person(connection, engine), draft)
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
        sorted(rows.spaces(row)),
        row["started_by"],
        row["written_by"],
        row["saved_at"].to_pydatetime(),
    )


def throw_away(engine: Engine, handle: Handle) -> None:
    """End a draft that is not to be filed. Raises DraftMoved, NoDraft, DatabaseUnavailable."""

    def work(connection: Connection) -> None:
        somebody = scope.person(connection, engine)
        rows.standing(connection, somebody, handle)
        rows.end(connection, handle.draft)
        rows.sweep(connection)
        trail.note(connection, somebody.account, "draft-ended", handle.draft)

    database.write_beside(engine, work)


def ended_by_filing(handle: Handle) -> Callable[[Connection], None]:
    """What ends a draft in the transaction that stores it. Raises DraftMoved, where another saved it meanwhile."""

    def ending(connection: Connection) -> None:
        # Also who filed it may have lost a grant: it is filed all the same.
        row = rows.of(connection, handle.draft)
        if row is not None:
            rows.check_unmoved(row, handle)
            rows.end(connection, handle.draft)

    return ending
