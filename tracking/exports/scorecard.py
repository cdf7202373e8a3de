"""A scorecard to hand over: one space on a printed page or two, as PDF, in Chinese or English."""

import io
import re
import zipfile
from collections.abc import Iterable, Iterator, Sequence
from datetime import date
from pathlib import Path
from urllib.parse import quote

import pandas as pd
from sqlalchemy import Engine

import tracking
from tracking import database
from tracking.access import trail
from tracking.charts import agreed, sentences
from tracking.exports import typesetting
from tracking.policy import in_force
from tracking.results import one_space, programme
from tracking.results.tables import attainment
from tracking.words import language, looks, numbers
from tracking.words.language import Lang

TEMPLATE = Path(__file__).with_suffix(".typ")
# What no name of a file may hold on one machine or another, or what leads out of its folder.
FORBIDDEN = r"""[\\/:*?"<>|%\x00-\x1f]"""
# What stands beside the statuses.
_BESIDE = ("waivers", "rectifications")
# Spaces whose figures are read together: one by one takes longer, all at once more memory.
READ_AT_ONCE = 50


def scorecard(engine: Engine, as_of: date, *, space: str, lang: Lang = "zh") -> bytes:
    """The scorecard of a space as PDF, every enrolment of it. Raises NoChineseFont, DatabaseUnavailable."""
    return next(scorecards(engine, as_of, spaces=[space], lang=lang))


def scorecards(engine: Engine, as_of: date, *, spaces: Sequence[str], lang: Lang = "zh") -> Iterator[bytes]:
    """The scorecards of several spaces, one after the other. Raises NoChineseFont, DatabaseUnavailable."""
    offered = programme.programme(engine, as_of)
    tracks = {each.code: each.name(lang) for of_edition in offered.tracks.values() for each in of_edition}
    editions = {each.code: each.name(lang) for each in offered.editions}
    marks = {mark.edition: mark for mark in in_force.pass_marks(engine, as_of)}
    with database.reading(engine) as connection:
        version = database.data_version(connection)
        head = trail.head(connection).short
    named = {"rules": database.rules()[:12], "release": tracking.RELEASE, "trail": head}
    stamp = _text("stamp", lang, version=version, day=as_of.isoformat(), **named)
    clauses = {code: one_space.clauses(engine, as_of, edition=code, lang=lang) for code in editions}
    for first in range(0, len(spaces), READ_AT_ONCE):
        some = spaces[first : first + READ_AT_ONCE]
        verdicts = attainment.verdicts(engine, as_of, spaces=some)
        rows = _quick(attainment.meant(engine, as_of, table="attainment", spaces=some, lang=lang))
        years = _quick(attainment.meant(engine, as_of, table="evaluations", spaces=some))
        waivers, rectifications = (
            attainment.meant(engine, as_of, table=each, spaces=some, lang=lang) for each in _BESIDE
        )
        for space in some:
            figures = one_space.figures(engine, as_of, space=space)
            pages = []
            for _, verdict in verdicts[verdicts["space_id"] == space].iterrows():
                named = {"track": tracks[verdict["track"]], "edition": editions[verdict["edition"]]}
                of_years, of_rows = one_space.within(_of(years, verdict), _of(rows, verdict))
                demands = one_space.demands(of_rows, of_years, figures)
                page = _enrolment(verdict, named, of_rows, of_years, demands, clauses[verdict["edition"]], lang)
                page["agreed"] = agreed.lines(_of(waivers, verdict), _of(rectifications, verdict), lang)
                pages.append({**page, "pass_mark": sentences.pass_mark(marks[verdict["edition"]], lang)})
            yield typesetting.pdf(TEMPLATE, {"lang": lang, "stamp": stamp, "enrolments": pages}, as_of)


def file_name(space: str) -> str:
    """The name of a space's scorecard as a file, on any machine: what an ID may hold and a name may not is escaped."""
    return f"{re.sub(FORBIDDEN, lambda sign: quote(sign[0], safe=''), space)}.pdf"


def archive(files: Iterable[tuple[str, bytes]]) -> bytes:
    """A ZIP of files by name; the same files give the same bytes."""
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as folder:
        for name, content in files:
            folder.writestr(zipfile.ZipInfo(name, (2000, 1, 1, 0, 0, 0)), content)
    return out.getvalue()


def _enrolment(
    verdict: pd.Series,
    named: dict[str, str],
    rows: pd.DataFrame,
    years: pd.DataFrame,
    demands: pd.DataFrame,
    clauses: pd.DataFrame,
    lang: Lang,
) -> dict[str, object]:
    """What the template says of one enrolment."""
    notes = dict(zip(clauses["requirement"], clauses["note"], strict=True))
    last = one_space.latest(rows)
    return {
        "name": verdict["space_name"],
        "place": sentences.enrolment(verdict, [named["track"]], years, lang),
        "edition": named["edition"],
        "marks": [
            _look("verdict", verdict["verdict"], lang),
            *([_look("exit_warning", verdict["exit_warning"], lang)] if verdict["exit_warning"] != "none" else []),
        ],
        "columns": {
            name: _text(f"column.{name}", lang) for name in ("requirement", "target", "trend", "results", "notes")
        },
        "agreed_title": language.text("agreed.title", lang),
        "legend": [
            {"text": looks.mark("status", code, lang), "colour": look.colour, "ink": look.ink}
            for code, look in looks.STATUSES.items()
            if code in set(rows["status"])
        ],
        "years": [
            {
                "year": str(year.year),
                "evaluated": _text("evaluated", lang, year=year.evaluation_year),
                "phase": language.text(f"phase.{year.phase}", lang),
                "result": _look("result", str(year.result), lang),
            }
            for year in years.itertuples(index=False)
        ],
        "stages": [
            {
                "name": language.text(f"stages.{stage}", lang),
                "rows": [_row(part, list(years["year"]), lang) for _, part in owed.groupby("requirement", sort=False)],
            }
            for stage in one_space.STAGES
            if len(owed := rows[rows["stage"] == stage])
        ],
        "next": {
            "title": _text("next", lang, year=demands["year"].iloc[0]) if len(demands) else "",
            "demands": [
                sentences.demand(row, last.get(row["requirement"]), lang)
                for _, row in demands.iterrows()
                if row["missed"]
            ],
        },
        "notes": [
            f"{name}：{notes[code]}" if lang == "zh" else f"{name}: {notes[code]}"
            for code, name in rows.drop_duplicates("requirement")[["requirement", "metric_name"]].itertuples(
                index=False
            )
            if notes.get(code)
        ],
    }


def _row(part: pd.DataFrame, years: list[int], lang: Lang) -> dict[str, object]:
    """A requirement's line: its target, and by year its figure with colour and sign and where its column stands.

    Of the height between the lowest and the highest of 0, the figures and what is asked, a column begins at `foot`
    and takes `height`; `mark` is where what the year asks stands. All are fractions of 1.
    """
    first = part.iloc[0]
    attested = first["basis"] == "attested"
    by_year = {row["year"]: row for _, row in part.iterrows()}
    known = [*part["actual"].dropna(), *part["required"].dropna(), 0.0]
    low, span = min(known), (max(known) - min(known)) or 1.0
    return {
        "name": first["metric_name"],
        "clause": first["clause"],
        "target": "" if attested else sentences.threshold(first, lang),
        "cells": [_cell(by_year[year], low, span, lang) if year in by_year else None for year in years],
    }


def _cell(row: pd.Series, low: float, span: float, lang: Lang) -> dict[str, object]:
    look = looks.STATUSES[row["status"]]
    shown = "" if row["basis"] == "attested" else numbers.of_metric(row["actual"], row["basis"], row["required"])
    counted = row["basis"] != "attested"
    drawn = counted and not pd.isna(row["actual"])
    return {
        "colour": look.colour,
        "ink": look.ink,
        "text": f"{look.sign} {shown or looks.word('status', row['status'], lang)}",
        "foot": (min(0.0, float(row["actual"])) - low) / span if drawn else None,
        "height": abs(float(row["actual"])) / span if drawn else None,
        "mark": (float(row["required"]) - low) / span if counted else None,
    }


def _look(column: str, code: str, lang: Lang) -> dict[str, str]:
    look = looks.BY_COLUMN[column][code]
    return {"text": looks.mark(column, code, lang), "colour": look.colour, "ink": look.ink}


def _of(frame: pd.DataFrame, verdict: pd.Series) -> pd.DataFrame:
    """The rows of one enrolment."""
    of = (frame[name] == verdict[name] for name in ("space_id", "edition", "track"))
    return frame[next(of) & next(of) & next(of)]


def _quick(frame: pd.DataFrame) -> pd.DataFrame:
    """The frame with its texts as Python's own: read row by row, the others take three times as long."""
    texts = frame.select_dtypes("str").columns
    return frame.astype(dict.fromkeys(texts, "object"))


def _text(key: str, lang: Lang, **values: object) -> str:
    return language.text(f"scorecard.{key}", lang, **values)
