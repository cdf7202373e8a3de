"""Papers to be stamped, as PDF: an approved filing with the fingerprint of its figures, and a district's list."""

from datetime import date
from decimal import Decimal
from pathlib import Path

import pandas as pd
import segno
import sqlalchemy as sa
from sqlalchemy import Engine

from tracking import database
from tracking.exports import scorecard, stamps, typesetting
from tracking.review import papers
from tracking.words import language, numbers
from tracking.words.language import Lang

FILING, DISTRICT = (Path(__file__).with_name(f"{name}.typ") for name in ("paper", "district"))

_DISTRICTS = sa.text("SELECT DISTINCT district FROM visible_space WHERE district <> '' ORDER BY district")
_HEAD = sa.text("""
SELECT
    visible_space.space_name,
    visible_space.district,
    visible_space.operator,
    filing_state.filed_by,
    filing_state.filed_at,
    filing_state.moved_by,
    filing_state.since
FROM filing_state
INNER JOIN visible_space
    ON filing_state.space_id = visible_space.space_id
WHERE
    filing_state.space_id = :space
    AND filing_state.year = :year
""")
_FIGURES = """
SELECT
    COALESCE(named_metric.name_{lang}, observation.metric) AS metric_name,
    COALESCE(named_metric.unit_{lang}, '') AS unit,
    named_metric.kind,
    observation.value,
    observation.evidence,
    observation.note
FROM filing_state
INNER JOIN visible_space
    ON filing_state.space_id = visible_space.space_id
INNER JOIN observation
    ON filing_state.load_id = observation.load_id
    AND filing_state.space_id = observation.space_id
    AND filing_state.year = observation.year
LEFT JOIN named_metric
    ON observation.metric = named_metric.metric
WHERE
    filing_state.space_id = :space
    AND filing_state.year = :year
ORDER BY
    named_metric.position NULLS LAST,
    observation.metric
"""
_DISTRICT = sa.text("""
SELECT
    filings.space_id,
    filings.space_name,
    filings.state,
    filings.due,
    filings.first_filed_at,
    filing_state.state AS review_state,
    filing_state.revision,
    filing_state.load_id,
    COALESCE(current_exception.reason, filing_state.reason) AS reason
FROM filings
INNER JOIN visible_space
    ON filings.space_id = visible_space.space_id
LEFT JOIN filing_state
    ON filings.space_id = filing_state.space_id
    AND filings.year = filing_state.year
    AND NOT filings.withheld
LEFT JOIN current_exception
    ON filings.space_id = current_exception.space_id
    AND filings.year = current_exception.year
WHERE
    filings.district = :district
    AND filings.year = :year
ORDER BY
    filings.state_rank,
    filings.space_id
""")


def filing(engine: Engine, as_of: date, *, space: str, year: int, lang: Lang = "zh") -> bytes:
    """The paper of an approved filing. Raises NotApproved, NoChineseFont, DatabaseUnavailable."""
    standing = papers.approved(engine, as_of, space=space, year=year)
    with database.reading(engine, as_of) as connection:
        which = {"space": space, "year": year}
        head = connection.execute(_HEAD, which).one()
        rows = connection.execute(sa.text(_FIGURES.format(lang=lang)), which).all()
    content = {
        **_frame(engine, as_of, lang),
        "title": _text("title", lang, year=year),
        "watermark": _text("watermark", lang, space=space, year=year, revision=standing.revision),
        "code": segno.make(standing.fingerprint.upper(), error="q").svg_inline(scale=4, border=4),
        "fingerprint": _grouped(standing.fingerprint),
        "about": _text("about", lang),
        "facts": [
            [_text(f"fact.{name}", lang), value]
            for name, value in (
                ("space", f"{head.space_name} ({space})"),
                ("district", head.district),
                ("operator", head.operator),
                ("filed", f"{head.filed_by} · {head.filed_at:%Y-%m-%d %H:%M} · {standing.revision}"),
                ("approved", f"{head.moved_by} · {head.since:%Y-%m-%d %H:%M}"),
            )
            if value
        ],
        "columns": [_text(f"column.{name}", lang) for name in ("metric", "value", "unit", "beside")],
        "rows": [
            [row.metric_name, _figure(row.value, row.kind, lang), row.unit, _joined(row.evidence, row.note)]
            for row in rows
        ],
        "signatures": [_text(f"signature.{name}", lang) for name in ("person", "stamp", "date")],
    }
    return typesetting.pdf(FILING, content, as_of)


def district(engine: Engine, as_of: date, *, district: str, year: int, lang: Lang = "zh") -> bytes:
    """The list of a district's spaces of a year, who has not filed first. Raises NoChineseFont, DatabaseUnavailable."""
    with database.reading(engine, as_of) as connection:
        rows = database.frame(connection, _DISTRICT, district=district, year=year).to_dict("records")
        lines = [
            [
                row["space_id"],
                row["space_name"],
                language.text(f"state.{row['state']}", lang),
                _review(row["review_state"], lang),
                "" if pd.isna(row["first_filed_at"]) else f"{row['first_filed_at']:%Y-%m-%d}",
                row["reason"] if isinstance(row["reason"], str) else "",
                "" if pd.isna(row["load_id"]) else _of(connection, row, year),
            ]
            for row in rows
        ]
    missing = sum(pd.isna(row["first_filed_at"]) for row in rows)
    columns = ("space_id", "space", "state", "review", "filed_at", "reason", "fingerprint")
    content = {
        **_frame(engine, as_of, lang),
        "title": _text("district_title", lang, district=district, year=year),
        "summary": _text("district_summary", lang, spaces=len(rows), missing=missing),
        "columns": [_text(f"column.{name}", lang) for name in columns],
        "rows": lines,
        "signatures": [_text(f"signature.{name}", lang) for name in ("person", "stamp", "date")],
    }
    return typesetting.pdf(DISTRICT, content, as_of)


def districts(engine: Engine, _: date) -> list[str]:
    """The districts of whose spaces whoever looks sees some. The day is none of it."""
    with database.reading(engine) as connection:
        found = connection.execute(_DISTRICTS).scalars().all()
        return [str(each) for each in found]


def file_name(space: str, year: int) -> str:
    """The name of a filing's paper as a file, on any machine."""
    return f"{scorecard.file_name(space).removesuffix('.pdf')}-{year}.pdf"


def _frame(engine: Engine, as_of: date, lang: Lang) -> dict[str, object]:
    """What stands below every page."""
    return {"lang": lang, "stamp": stamps.stamp(engine, as_of, lang)}


def _of(connection: sa.Connection, row: dict[object, object], year: int) -> str:
    found = database.fingerprint(connection, int(str(row["load_id"]).removesuffix(".0")), str(row["space_id"]), year)
    return found[: papers.SHORTEST]


def _review(state: object, lang: Lang) -> str:
    return language.text(f"review_state.{state}", lang) if isinstance(state, str) else ""


def _figure(value: Decimal | None, kind: str | None, lang: Lang) -> str:
    """A figure to its last digit."""
    if value is None:
        return ""
    if kind == "yes_no":
        return numbers.filed(float(value), kind, lang)
    return f"{Decimal(numbers.digits(value)):,f}"


def _grouped(fingerprint: str) -> str:
    """In fours, for the eye."""
    return " ".join(fingerprint[at : at + 4] for at in range(0, len(fingerprint), 4))


def _joined(*parts: str | None) -> str:
    return "；".join(each for each in parts if each)


def _text(key: str, lang: Lang, **values: object) -> str:
    return language.text(f"paper.{key}", lang, **values)
