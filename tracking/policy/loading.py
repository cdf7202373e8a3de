"""`data/policy/` to tables: an edition is a folder, read whole, checked whole and stored whole."""

import io
import tarfile
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import asdict
from datetime import datetime
from pathlib import Path

import pandas as pd
import sqlalchemy as sa
from sqlalchemy import Connection, Engine

from tracking import database
from tracking.access import acts
from tracking.database import loads, refresh
from tracking.policy import across_editions, contradictions
from tracking.policy import folder as policy_folder
from tracking.policy.rows import Policy, RequirementRow, Row
from tracking.policy.vocabulary import Vocabulary, vocabulary
from tracking.words.problems import Problem, Refusal

__all__ = ["Policy", "Vocabulary", "load", "load_all", "read", "vocabulary"]

ROOT = Path(__file__).parents[2] / "data" / "policy"
# The rows of a policy, and their table in schema.sql.
TABLE_OF = {
    "tracks": "track",
    "units": "unit",
    "conversions": "conversion",
    "metrics": "metric",
    "clauses": "clause",
    "requirements": "requirement",
    "rules": "rule",
    "readings": "reading",
}
# As whom the server's keeper loads the folders, at the start and by a command.
KEEPERS = ("init", "serve")
# Those whose order in the file is the policy's own.
ORDERED = ("tracks", "metrics", "requirements", "readings")

_LATEST = sa.text("""
SELECT load.sha256
FROM current_edition
INNER JOIN load
    ON current_edition.load_id = load.load_id
WHERE current_edition.edition = :edition
""")
_IN_FORCE = sa.text("""
SELECT
    current_edition.load_id,
    current_edition.edition,
    document.content
FROM current_edition
INNER JOIN load
    ON current_edition.load_id = load.load_id
INNER JOIN document
    ON load.sha256 = document.sha256
""")
# By edition, what the folders said when they were loaded last.
_FROM_FOLDERS = sa.text("""
SELECT
    source,
    sha256
FROM load
WHERE
    kind = 'policy'
    AND loaded_by IN :keepers
ORDER BY load_id
""").bindparams(sa.bindparam("keepers", KEEPERS, expanding=True))
_ENROLLED = sa.text("SELECT DISTINCT space_id FROM current_enrolment WHERE edition = :edition")


def read(folder: Path) -> Policy:
    """What a policy's folder says. Raises Refusal with everything that is wrong in it."""
    policy, _ = _read(folder)
    return policy


def load(engine: Engine, folder: Path, *, by: str, at: datetime | None = None) -> int | None:
    """Store an edition and refresh the spaces enrolled under it; the load's number.

    None, and nothing stored, where the folder is as it was at its latest load. Raises Refusal, Forbidden,
    DatabaseUnavailable.
    """
    return load_files(engine, folder.resolve().name, policy_folder.contents(folder), by=by, at=at)


def load_files(
    engine: Engine, edition: str, files: Mapping[str, bytes], *, by: str, at: datetime | None = None
) -> int | None:
    """As `load`, of the files that a folder named as the edition would have."""
    policy, archive = _checked(edition, files)

    def work(connection: Connection) -> int | None:
        acts.check(connection, engine, "policy")
        return _take_in(connection, policy, archive, acts.signature(engine, by), at)

    number = database.write(engine, work)
    if number is not None:
        acts.noted(engine, "policy", str(number))
    return number


def load_all(engine: Engine, root: Path = ROOT, *, by: str) -> list[int]:
    """Store every edition under `root` that changed, all of them or none; the numbers of the loads.

    A folder that is as it was when one of KEEPERS loaded it last says nothing new: what was loaded on a page since
    stays in force. Raises Refusal, Forbidden, DatabaseUnavailable.
    """
    if not root.is_dir():
        raise Refusal([Problem("error", "policy-folder-missing", value=str(root))])
    editions = [_read(each) for each in sorted(root.iterdir()) if each.is_dir() and not each.name.startswith(".")]

    def work(connection: Connection) -> list[int | None]:
        acts.check(connection, engine, "policy")
        signed = acts.signature(engine, by)
        known = {str(row.source): row.sha256 for row in connection.execute(_FROM_FOLDERS).all()}
        new = [each for each in editions if known.get(each[0].edition) != loads.sha256(each[1])]
        return [_take_in(connection, policy, archive, signed) for policy, archive in new]

    numbers = [number for number in database.write(engine, work) if number is not None]
    for number in numbers:
        acts.noted(engine, "policy", str(number))
    return numbers


def in_force(connection: Connection, edition: str) -> dict[str, bytes]:
    """The files that an edition in force was loaded from, by name. Raises KeyError where there is no such edition."""
    for _, code, content in connection.execute(_IN_FORCE).all():
        if code == edition:
            return _files(bytes(content))
    raise KeyError(edition)


def take_in(connection: Connection, edition: str, files: Mapping[str, bytes], *, by: str) -> int | None:
    """As `load`, of files in memory and on a connection that may write. Raises Refusal."""
    policy, archive = _checked(edition, files)
    return _take_in(connection, policy, archive, by)


def rows_of(edition: str, content: bytes) -> Iterator[tuple[str, pd.DataFrame]]:
    """By table, the rows of an edition as its document says it. Raises Refusal where it cannot be read."""
    try:
        policy = policy_folder.read(edition, _files(content))
    except (tarfile.TarError, KeyError) as error:
        raise Refusal([Problem("error", "policy-file-unreadable", sheet=edition)]) from error
    for table, rows in _frames(policy):
        yield table, rows.assign(edition=edition)


def altered(connection: Connection) -> int:
    """How many rows of the editions in force are not what the folder says that they were loaded from, or lack."""
    differing = 0
    for load_id, edition, content in connection.execute(_IN_FORCE).all():
        try:
            read = policy_folder.read(edition, _files(bytes(content)))
        except (Refusal, tarfile.TarError, KeyError):
            differing += 1
            continue
        for table, rows in _frames(read):
            # A file without rows has no columns either; whatever is stored is then too much.
            columns = sa.text(f"SELECT {', '.join(rows.columns) or 1} FROM {table} WHERE load_id = :load_id")
            stored = Counter(map(tuple, connection.execute(columns, {"load_id": load_id}).all()))
            expected = Counter(rows.itertuples(index=False, name=None))
            differing += ((stored - expected) + (expected - stored)).total()
    return differing


def _read(folder: Path) -> tuple[Policy, bytes]:
    return _checked(folder.resolve().name, policy_folder.contents(folder))


def _checked(edition: str, files: Mapping[str, bytes]) -> tuple[Policy, bytes]:
    policy = policy_folder.read(edition, files)
    if problems := contradictions.within(policy):
        raise Refusal(problems)
    return policy, _archive(files)


def _archive(files: Mapping[str, bytes]) -> bytes:
    """The files as one: the same bytes for the same names and bytes, whatever their dates and owners."""
    archive = io.BytesIO()
    with tarfile.open(fileobj=archive, mode="w", format=tarfile.USTAR_FORMAT) as tar:
        for name, content in sorted(files.items()):
            entry = tarfile.TarInfo(name)
            entry.size = len(content)
            tar.addfile(entry, io.BytesIO(content))
    return archive.getvalue()


def _files(archive: bytes) -> dict[str, bytes]:
    """What `_archive` was made of."""
    with tarfile.open(fileobj=io.BytesIO(archive)) as tar:
        return {entry.name: tar.extractfile(entry).read() for entry in tar if entry.isfile()}  # type: ignore[union-attr]


def _take_in(connection: Connection, policy: Policy, archive: bytes, by: str, at: datetime | None = None) -> int | None:
    edition = {"edition": policy.edition}
    if connection.execute(_LATEST, edition).scalars().all() == [loads.sha256(archive)]:
        return None
    if problems := across_editions.between(policy, vocabulary(connection, without=policy.edition)):
        raise Refusal(problems)
    load_id = loads.record(connection, "policy", policy.edition, archive, by=by, at=at)
    for table, rows in _frames(policy):
        database.append(connection, table, rows.assign(load_id=load_id, edition=policy.edition))
    refresh.refresh(connection, connection.execute(_ENROLLED, edition).scalars().all())
    return load_id


def _frames(policy: Policy) -> Iterator[tuple[str, pd.DataFrame]]:
    """Each table of schema.sql with its rows, but for the load and the edition."""
    edition = asdict(policy.keys)
    edition["due_month"], edition["due_day"] = edition.pop("due")
    imprint = {key: edition.pop(key) for key in policy_folder.IMPRINT}
    yield "edition", pd.DataFrame([edition])
    yield "imprint", pd.DataFrame([imprint] if any(imprint.values()) else [], dtype=object)
    for name, table in TABLE_OF.items():
        yield table, _frame(name, getattr(policy, name))


def _frame(name: str, rows: Sequence[Row]) -> pd.DataFrame:
    records = [asdict(each) for each in rows]
    for position, (each, row) in enumerate(zip(records, rows, strict=True), start=1):
        del each["row"]
        if name in ORDERED:
            each["position"] = position
        if isinstance(row, RequirementRow):
            each["requirement"] = row.requirement
    return pd.DataFrame(records, dtype=object)
