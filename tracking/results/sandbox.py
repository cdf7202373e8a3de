"""What an edition with a few of its rules changed would change, before anybody writes it down.

The changed edition is taken in as its folder would be, so that what is refused there is refused here, and the folder to
load afterwards is the one that was tried.
"""

import io
import zipfile
from collections.abc import Mapping, Sequence
from datetime import date

import sqlalchemy as sa
from sqlalchemy import Connection, Engine

from tracking import database
from tracking.database import refresh, states
from tracking.policy import edited, loading
from tracking.policy.edited import Edit
from tracking.results import differences
from tracking.results.differences import Difference
from tracking.words.language import Lang

_OTHERS = sa.text("DELETE FROM enrolment WHERE edition <> :edition")


def difference(engine: Engine, as_of: date, *, edition: str, edits: Sequence[Edit], lang: Lang = "zh") -> Difference:
    """Who would be judged otherwise, in any year, if the edition in force said so; nothing is stored.

    Raises Refusal with what is wrong with the edits, DatabaseUnavailable.
    """
    with database.reading(engine, as_of) as connection:
        files = edited.edited(loading.in_force(connection, edition), edits)
        otherwise = differences.in_memory(connection, lambda target: _take_in(target, edition, files))
        before = differences.standing(connection, edition, lang)
        seen = states.as_seen(otherwise, connection)
    with database.reading(seen, as_of) as connection:
        after = differences.standing(connection, edition, lang)
    otherwise.dispose()
    return differences.compared(before, after)


def folder(engine: Engine, as_of: date, *, edition: str, edits: Sequence[Edit]) -> bytes:
    """The changed edition as a ZIP of its folder, to be unpacked into `data/policy/` and loaded."""
    with database.reading(engine, as_of) as connection:
        files = edited.edited(loading.in_force(connection, edition), edits)
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in sorted(files.items()):
            archive.writestr(zipfile.ZipInfo(f"{edition}/{name}", (2000, 1, 1, 0, 0, 0)), content)
    return out.getvalue()


def _take_in(target: Connection, edition: str, files: Mapping[str, bytes]) -> None:
    target.execute(_OTHERS, {"edition": edition})
    if loading.take_in(target, edition, files, by="") is None:
        refresh.refresh(target)
