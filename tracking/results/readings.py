"""The programme under another reading of the policy, before anything is changed.

What came in, judged with one row of the policy read otherwise.
"""

from datetime import date

import sqlalchemy as sa
from sqlalchemy import Connection, Engine

from tracking import database
from tracking.database import refresh, states
from tracking.results import differences
from tracking.results.differences import Difference
from tracking.words.language import Lang

# What a reading leaves empty stays as it is in force; only a cumulative sum says which years it counts.
_READ_OTHERWISE = sa.text("""
UPDATE requirement
SET
    metric = COALESCE(reading.metric, requirement.metric),
    basis = COALESCE(reading.basis, requirement.basis),
    comparison = COALESCE(reading.comparison, requirement.comparison),
    threshold = COALESCE(reading.threshold, requirement.threshold),
    counted = CASE
        WHEN COALESCE(reading.basis, requirement.basis) = 'cumulative'
            THEN COALESCE(reading.counted, requirement.counted, 'period')
    END
FROM reading
INNER JOIN current_edition
    ON reading.edition = current_edition.edition
    AND reading.load_id = current_edition.load_id
WHERE
    reading.edition = :edition
    AND reading.reading = :reading
    AND requirement.edition = reading.edition
    AND requirement.load_id = reading.load_id
    AND requirement.requirement = reading.requirement
""")
_PASS_OTHERWISE = sa.text("""
UPDATE edition
SET pass_mark = reading.pass_mark
FROM reading
WHERE
    reading.edition = :edition
    AND reading.reading = :reading
    AND reading.pass_mark IS NOT NULL
    AND edition.edition = reading.edition
    AND edition.load_id = reading.load_id
""")
# Who is not judged under the reading need not be judged again.
_OTHERS = (
    sa.text("DELETE FROM enrolment WHERE edition <> :edition"),
    sa.text("""
DELETE FROM enrolment
WHERE track <> (
    SELECT MAX(requirement.track)
    FROM reading
    INNER JOIN requirement
        ON reading.edition = requirement.edition
        AND reading.requirement = requirement.requirement
    WHERE
        reading.edition = :edition
        AND reading.reading = :reading
)
"""),
)


def difference(engine: Engine, as_of: date, *, edition: str, reading: str, lang: Lang = "zh") -> Difference:
    """What would change, as of a day, if an edition were read as one of its other readings says.

    Takes about as long as judging everything once. Raises DatabaseUnavailable.
    """
    chosen = {"edition": edition, "reading": reading}
    with database.reading(engine, as_of) as connection:
        otherwise = differences.in_memory(connection, lambda target: _read_otherwise(target, chosen))
        before = differences.standing(connection, lang=lang, **chosen)
        seen = states.as_seen(otherwise, connection)
    with database.reading(seen, as_of) as connection:
        after = differences.standing(connection, lang=lang, **chosen)
    otherwise.dispose()
    return differences.compared(before, after)


def _read_otherwise(target: Connection, chosen: dict[str, str]) -> None:
    for statement in (_READ_OTHERWISE, _PASS_OTHERWISE, *_OTHERS):
        target.execute(statement, chosen)
    refresh.refresh(target)
