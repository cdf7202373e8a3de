"""The policy to an empty filing: one row per metric, last year's figure and the target beside it."""

from datetime import date
from decimal import Decimal
from pathlib import Path
from typing import Any

import sqlalchemy as sa
from sqlalchemy import Connection, Engine

from tracking import database
from tracking.filing import enrolled, template_forms
from tracking.filing.template_forms import Line
from tracking.words import numbers
from tracking.words.language import LANGUAGES, Lang, text


class UnknownTrackError(Exception):
    """No edition in force has the track; `known` are those there are."""

    def __init__(self, track: str, known: list[str]) -> None:
        super().__init__(track)
        self.track = track
        self.known = known


class UnknownSpaceError(Exception):
    """The register has no such space."""


class UncoveredYearError(Exception):
    """No enrolment of the space covers the year, so that a filing for it would be refused; `periods` are theirs."""

    def __init__(self, year: int, periods: str) -> None:
        super().__init__(year)
        self.year = year
        self.periods = periods


def template(engine: Engine, track: str, form: str, *, space: str = "", year: int | None = None) -> bytes:
    """A filing of a track to fill in, as `csv` or `xlsx`; loaded back, it gives no warning.

    With a space, its number and last year's figures are in it, and what its tracks need in that year: without the
    entry conditions where the year is not an enrolment's first.
    Raises UnknownTrackError, UnknownSpaceError, UncoveredYearError.
    """
    data_year = year if year is not None else date.today().year - 1
    with database.reading(engine) as connection:
        known = connection.execute(_TRACKS).scalars().all()
        if track not in known:
            raise UnknownTrackError(track, list(known))
        name = _name(connection, space, data_year) if space else ""
        lines = _lines(connection, track, space, data_year)
    return (
        template_forms.csv_file(lines, space, data_year)
        if form == "csv"
        else template_forms.workbook(lines, space, name, data_year)
    )


def _name(connection: Connection, space: str, year: int) -> str:
    named = sa.text("SELECT space_name FROM visible_space WHERE space_id = :space")
    found = connection.execute(named, {"space": space}).scalars().all()
    if not found:
        raise UnknownSpaceError(space)
    register = enrolled.known(connection, {space.casefold()})
    if year not in register.years.get(space, ()):
        raise UncoveredYearError(year, register.periods(space))
    return str(found[0])


_TRACKS = sa.text("SELECT DISTINCT track FROM current_requirement ORDER BY track")
# What a track's requirements need filed: of a share its two counts, of everything else the metric itself. A space
# is asked for what it owes in the year, so for the entry conditions in its first alone. A filing is the space's and
# of no track: what its other tracks need in the year follows, or filing again would drop it.
_FILED = sa.text("""
WITH owed AS (
    SELECT
        edition,
        track,
        position,
        stage,
        clause,
        clause_zh,
        clause_en,
        basis,
        comparison,
        threshold,
        filed,
        denominator
    FROM current_requirement
    WHERE
        EXISTS (
            SELECT 1
            FROM stored_attainment
            WHERE
                stored_attainment.space_id = :space
                AND stored_attainment.year = :year
                AND stored_attainment.edition = current_requirement.edition
                AND stored_attainment.requirement = current_requirement.requirement
        )
        OR (
            track = :track
            AND NOT EXISTS (
                SELECT 1
                FROM enrolment_year
                WHERE
                    enrolment_year.space_id = :space
                    AND enrolment_year.year = :year
                    AND enrolment_year.track = :track
            )
        )
),

needed AS (
    SELECT owed.*, filed AS metric
    FROM owed
    UNION ALL
    SELECT owed.*, denominator AS metric
    FROM owed
    WHERE denominator IS NOT NULL
)

SELECT
    needed.metric,
    current_metric.name_zh,
    current_metric.name_en,
    current_metric.kind,
    current_metric.unit_zh,
    current_metric.unit_en,
    needed.stage,
    needed.clause,
    needed.clause_zh,
    needed.clause_en,
    needed.basis,
    needed.comparison,
    needed.threshold,
    before.value
FROM needed
INNER JOIN current_metric
    ON needed.edition = current_metric.edition
    AND needed.metric = current_metric.metric
LEFT JOIN current_observation AS before
    ON before.space_id = :space
    AND before.year = :before
    AND needed.metric = before.metric
    AND (before.space_id, before.year) NOT IN (SELECT space_id, year FROM withheld_year)
ORDER BY
    needed.track <> :track,
    needed.edition,
    needed.position,
    needed.metric
""")


def _lines(connection: Connection, track: str, space: str, year: int) -> list[Line]:
    rows = connection.execute(_FILED, {"track": track, "space": space, "year": year, "before": year - 1}).all()
    lines: dict[str, Line] = {}
    for row in rows:
        target = _target(row)
        words: dict[Lang, str] = {"zh": row.clause_zh, "en": row.clause_en}
        clause = "\n\n".join(
            f"{text(f'stage.{row.stage}', lang)} {row.clause}: {wording}" for lang, wording in words.items()
        )
        lines.setdefault(
            row.metric,
            Line(
                row.metric,
                f"{row.name_zh} {row.name_en}",
                row.kind,
                f"{row.unit_zh} {row.unit_en}",
                clause,
                _figure(row.value, row.kind),
                target,
            ),
        )
    return list(lines.values())


def _target(row: Any) -> str:
    if row.basis == "attested":
        return _figure(row.threshold, row.kind)
    basis = " ".join(text(f"basis.{row.basis}", lang) for lang in LANGUAGES)
    if row.basis == "share":
        return f"{basis} {numbers.comparison(row.comparison)} {numbers.share(row.threshold)}"
    return f"{basis} {numbers.comparison(row.comparison)} {_figure(row.threshold, row.kind)}"


def _figure(value: Decimal | None, kind: str) -> str:
    if value is None:
        return ""
    if kind == "yes_no":
        return "是" if value else "否"
    return numbers.digits(value)


def form_of(path: Path) -> str | None:
    """`csv` or `xlsx` by what a file's name ends in, else None."""
    return path.suffix.lower().removeprefix(".") if path.suffix.lower() in (".csv", ".xlsx") else None
