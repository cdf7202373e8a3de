"""The policy to an empty filing: one row per metric, last year's figure and the target beside it."""

import csv
import io
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal
from pathlib import Path
from typing import Any

import sqlalchemy as sa
import xlsxwriter
from sqlalchemy import Connection, Engine

from tracking import database
from tracking.filing import enrolled
from tracking.filing.spreadsheets.sheets import END_OF_OURS
from tracking.words import numbers
from tracking.words.language import LANGUAGES, Lang, text

# What `interpreting` reads; columns that begin with 参考 are for the eye alone and passed over.
COLUMNS = ("空间编号 space_id", "年度 year", "指标 metric", "数值 value", "佐证 evidence", "说明 note")
REFERENCE = ("参考：单位 unit", "参考：上一年 year before", "参考：目标 target")
SIGNS = {">=": "≥", ">": ">"}
MOST = 10**14 - 1


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


@dataclass(frozen=True)
class Line:
    """A metric to fill in: its names and unit, the clause it serves, last year's figure, and what is asked."""

    metric: str
    label: str
    kind: str
    unit: str
    clause: str
    before: str
    target: str


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
    return _csv(lines, space, data_year) if form == "csv" else _xlsx(lines, space, name, data_year)


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
        return f"{basis} {SIGNS[row.comparison]} {numbers.share(row.threshold)}"
    return f"{basis} {SIGNS[row.comparison]} {_figure(row.threshold, row.kind)}"


def _figure(value: Decimal | None, kind: str) -> str:
    if value is None:
        return ""
    if kind == "yes_no":
        return "是" if value else "否"
    return numbers.digits(value)


def _csv(lines: list[Line], space: str, year: int) -> bytes:
    out = io.StringIO()
    writer = csv.writer(out, lineterminator="\r\n")
    writer.writerow([*COLUMNS, *REFERENCE])
    for line in lines:
        writer.writerow([space, year, line.label, "", "", "", line.unit, line.before, line.target])
    return b"\xef\xbb\xbf" + out.getvalue().encode("utf-8")


def _xlsx(lines: list[Line], space: str, name: str, year: int) -> bytes:
    out = io.BytesIO()
    with xlsxwriter.Workbook(out, {"in_memory": True, "strings_to_formulas": False}) as book:
        book.set_properties({"created": datetime(2000, 1, 1)})
        bold = book.add_format({"bold": True, "bottom": 1, "text_wrap": True, "valign": "top"})
        grey = book.add_format({"font_color": "#666666"})
        fill = book.add_format({"bg_color": "#fff8e1", "border": 1, "border_color": "#d9cfae"})
        sheet = book.add_worksheet("填报 filing")
        sheet.write_row(0, 0, [*COLUMNS, *REFERENCE], bold)
        sheet.set_row(0, 32)
        for column, width in enumerate((14, 10, 62, 14, 26, 26, 18, 18, 24)):
            sheet.set_column(column, column, width)
        for row, line in enumerate(lines, start=1):
            sheet.write_string(row, 0, space)
            sheet.write_number(row, 1, year)
            sheet.write_string(row, 2, line.label)
            for column in (3, 4, 5):
                sheet.write_blank(row, column, None, fill)
            for column, content in enumerate((line.unit, line.before, line.target), start=6):
                sheet.write_string(row, column, content, grey)
            sheet.write_comment(row, 2, line.clause + END_OF_OURS, {"width": 480, "height": 260})
            sheet.data_validation(row, 3, row, 3, _validation(line.kind))
        sheet.freeze_panes(1, 3)
        sheet.set_landscape()
        sheet.fit_to_pages(1, 0)
        sheet.repeat_rows(0)
        guide = book.add_worksheet("说明 read me")
        guide.set_column(0, 0, 100)
        sentences = [f"{space} {name}".strip(), *_guide("zh"), "", *_guide("en")]
        for row, sentence in enumerate(sentences):
            guide.write_string(row, 0, sentence)
    return out.getvalue()


def _guide(lang: Lang) -> list[str]:
    return [text(f"template.guide_{number}", lang) for number in range(1, 6)]


def _validation(kind: str) -> dict[str, Any]:
    if kind == "yes_no":
        return {"validate": "list", "source": ["是", "否"]}
    whole = {"validate": "integer" if kind == "whole" else "decimal", "criteria": "between", "minimum": 0}
    return {**whole, "maximum": MOST, "error_title": "数值 value", "error_message": text("template.number", "zh")[:255]}


def form_of(path: Path) -> str | None:
    """`csv` or `xlsx` by what a file's name ends in, else None."""
    return path.suffix.lower().removeprefix(".") if path.suffix.lower() in (".csv", ".xlsx") else None
