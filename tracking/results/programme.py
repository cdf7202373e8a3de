"""What the programme consists of, to choose from: editions, tracks, districts and brands, years."""

from dataclasses import dataclass, field
from datetime import date

import sqlalchemy as sa
from sqlalchemy import Connection, Engine

from tracking import database
from tracking.results.tables.filters import FILTERS, Filter
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
_YEARS = sa.text("""
SELECT
    stored_year.year,
    MAX(CASE WHEN stored_year.due < reporting_day.as_of THEN 1 ELSE 0 END) AS due,
    COUNT(stored_year.revision) AS filed
FROM stored_year
INNER JOIN visible_space
    ON stored_year.space_id = visible_space.space_id
CROSS JOIN reporting_day
GROUP BY stored_year.year
ORDER BY stored_year.year
""")


_PROVISIONAL = sa.text("""
SELECT EXISTS (
    SELECT 1
    FROM provisional_filing
    INNER JOIN visible_space
        ON provisional_filing.space_id = visible_space.space_id
)
""")


@dataclass(frozen=True)
class NamedCode:
    """A code and its names."""

    code: str
    zh: str
    en: str

    def name(self, lang: Lang) -> str:
        """The name in a language."""
        return self.zh if lang == "zh" else self.en


@dataclass(frozen=True)
class Programme:
    """Editions, tracks (by edition, in the policy's order), what the register says of spaces, and data years.

    `places` has, by the name of a filter that tells of a space (district, brand), what there is to choose, by name.
    `latest_year` is the one under decision: the last data year that is due, since a few early filings of the next are
    no picture of it; before any is due the last that anybody has filed for; None where there is neither.
    `provisional` is whether any filing is not approved yet.
    """

    editions: list[NamedCode] = field(default_factory=list)
    tracks: dict[str, list[NamedCode]] = field(default_factory=dict)
    places: dict[str, list[str]] = field(default_factory=dict)
    years: list[int] = field(default_factory=list)
    latest_year: int | None = None
    provisional: bool = False


def programme(engine: Engine, as_of: date) -> Programme:
    """What there is to choose from. Raises DatabaseUnavailable."""
    with database.reading(engine, as_of) as connection:
        return _programme(connection)


def _programme(connection: Connection) -> Programme:
    editions = [NamedCode(*row) for row in connection.execute(_EDITIONS).all()]
    tracks: dict[str, list[NamedCode]] = {each.code: [] for each in editions}
    for edition, *names in connection.execute(_TRACKS).all():
        tracks[edition].append(NamedCode(*names))
    years = connection.execute(_YEARS).all()
    return Programme(
        editions,
        tracks,
        {each.name: _values_of_spaces(connection, each) for each in FILTERS if each.of == "space" and each.place},
        [int(year) for year, _, _ in years],
        max((int(year) for year, due, _ in years if due), default=None)
        or max((int(year) for year, _, filed in years if filed), default=None),
        bool(connection.execute(_PROVISIONAL).scalar_one()),
    )


def _values_of_spaces(connection: Connection, declared: Filter) -> list[str]:
    value: sa.ColumnElement[str] = sa.column(declared.column, sa.String)
    there = sa.select(value).select_from(sa.table(declared.known)).where(value != "").distinct().order_by(value)
    return [str(each) for each in connection.execute(there).scalars()]
