"""What an edition with a few of its rules changed would change, before anybody writes it down.

The same `schema.sql` in memory, filled with what came in; the changed edition is taken in as its folder would be, so
that what is refused there is refused here, and the folder to load afterwards is the one that was tried.
"""

import io
import zipfile
from collections.abc import Sequence
from datetime import date

import sqlalchemy as sa
from sqlalchemy import Connection, Engine

from tracking import database
from tracking.database import refresh, states
from tracking.policy import edited, loading
from tracking.policy.edited import Edit
from tracking.results import readings
from tracking.results.readings import Difference
from tracking.words.language import Lang

_OTHERS = sa.text("DELETE FROM enrolment WHERE edition <> :edition")
_STATUSES = """
SELECT
    attainment.space_id,
    attainment.space_name,
    attainment.district,
    current_space.brand,
    attainment.edition,
    attainment.track,
    attainment.year,
    attainment.phase,
    attainment.requirement,
    attainment.metric_name_{lang} AS metric_name,
    attainment.status
FROM attainment
INNER JOIN current_space
    ON attainment.space_id = current_space.space_id
WHERE attainment.edition = :edition
ORDER BY
    attainment.year DESC,
    attainment.space_id,
    attainment.position
"""


def difference(engine: Engine, as_of: date, *, edition: str, edits: Sequence[Edit], lang: Lang = "zh") -> Difference:
    """Who would be judged otherwise, in any year, if the edition in force said so; nothing is stored.

    Raises Refusal with what is wrong with the edits, DatabaseUnavailable.
    """
    with database.reading(engine, as_of) as connection:
        otherwise = _otherwise(connection, edition, edits)
        before = _standing(connection, edition, lang)
    with database.reading(otherwise, as_of) as connection:
        after = _standing(connection, edition, lang)
    otherwise.dispose()
    return readings.compared(before, after)


def folder(engine: Engine, as_of: date, *, edition: str, edits: Sequence[Edit]) -> bytes:
    """The changed edition as a ZIP of its folder, to be unpacked into `data/policy/` and loaded."""
    with database.reading(engine, as_of) as connection:
        files = edited.edited(loading.in_force(connection, edition), edits)
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in sorted(files.items()):
            archive.writestr(zipfile.ZipInfo(f"{edition}/{name}", (2000, 1, 1, 0, 0, 0)), content)
    return out.getvalue()


def _otherwise(source: Connection, edition: str, edits: Sequence[Edit]) -> Engine:
    """A database in memory in which the changed edition is in force."""
    files = edited.edited(loading.in_force(source, edition), edits)
    engine = database.connect("duckdb://", create=True)
    database.initialise(engine)
    with engine.begin() as target:
        for table in states.INCOMING:
            database.transfer(source, target, table, database.data_version(source))
        target.execute(_OTHERS, {"edition": edition})
        if loading.take_in(target, edition, files, by="") is None:
            refresh.refresh(target)
    return engine


def _standing(connection: Connection, edition: str, lang: Lang) -> Difference:
    return Difference(
        database.frame(connection, sa.text(_STATUSES.format(lang=lang)), edition=edition),
        database.frame(connection, readings.RESULTS, edition=edition),
    )
