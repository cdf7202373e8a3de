"""What the programme consists of, to choose from: editions, tracks, districts, years."""

from dataclasses import dataclass, field
from datetime import date

import sqlalchemy as sa
from sqlalchemy import Connection, Engine

from tracking import database
from tracking.words.language import Lang

PHASES = ("construction", "cultivation")

_EDITIONS = sa.text("SELECT edition, name_zh, name_en FROM current_edition ORDER BY edition")
_TRACKS = sa.text("""
SELECT
    edition,
    track,
    name_zh,
    name_en
FROM current_track
ORDER BY
    edition,
    position
""")
_DISTRICTS = sa.text("SELECT DISTINCT district FROM current_space ORDER BY district")
_YEARS = sa.text("""
SELECT
    stored_year.year,
    MAX(CASE WHEN stored_year.due < reporting_day.as_of THEN 1 ELSE 0 END) AS due,
    COUNT(stored_year.revision) AS filed
FROM stored_year
CROSS JOIN reporting_day
GROUP BY stored_year.year
ORDER BY stored_year.year
""")


@dataclass(frozen=True)
class Names:
    """A code and its names."""

    code: str
    zh: str
    en: str

    def name(self, lang: Lang) -> str:
        """The name in a language."""
        return self.zh if lang == "zh" else self.en


@dataclass(frozen=True)
class Programme:
    """Editions, tracks (by edition, in the policy's order), districts and data years that there are.

    `latest_year` is the one under decision: the last data year that is due, since a few early filings of the next are
    no picture of it; before any is due the last that anybody has filed for; None where there is neither.
    """

    editions: list[Names] = field(default_factory=list)
    tracks: dict[str, list[Names]] = field(default_factory=dict)
    districts: list[str] = field(default_factory=list)
    years: list[int] = field(default_factory=list)
    latest_year: int | None = None


def programme(engine: Engine, as_of: date) -> Programme:
    """What there is to choose from. Raises DatabaseUnavailable."""
    with database.reading(engine, as_of) as connection:
        return _programme(connection)


def _programme(connection: Connection) -> Programme:
    editions = [Names(*row) for row in connection.execute(_EDITIONS).all()]
    tracks: dict[str, list[Names]] = {each.code: [] for each in editions}
    for edition, *names in connection.execute(_TRACKS).all():
        tracks[edition].append(Names(*names))
    districts = [str(district) for (district,) in connection.execute(_DISTRICTS).all()]
    years = connection.execute(_YEARS).all()
    return Programme(
        editions,
        tracks,
        districts,
        [int(year) for year, _, _ in years],
        max((int(year) for year, due, _ in years if due), default=None)
        or max((int(year) for year, _, filed in years if filed), default=None),
    )
