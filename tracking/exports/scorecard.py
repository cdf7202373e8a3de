"""A scorecard to hand over: one space on a printed page or two, as PDF, in Chinese or English."""

import io
import re
import zipfile
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from urllib.parse import quote

import pandas as pd
from sqlalchemy import Engine

import tracking
from tracking import database
from tracking.access import trail
from tracking.charts import agreed, provisional, sentences
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


def scorecard(engine: Engine, as_of: date, *, space: str, lang: Lang = "zh", approved_only: bool = False) -> bytes:
    """The scorecard of a space as PDF, every enrolment of it. Raises NoChineseFont, DatabaseUnavailable.

    `approved_only` leaves out what rests on filings that are not approved, and says so.
    """
    return next(scorecards(engine, as_of, spaces=[space], lang=lang, approved_only=approved_only))


def scorecards(
    engine: Engine, as_of: date, *, spaces: Sequence[str], lang: Lang = "zh", approved_only: bool = False
) -> Iterator[bytes]:
    """As `scorecard`, of several spaces, one after the other. Raises NoChineseFont, DatabaseUnavailable."""
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
        # What is withheld stands there without what it says, as what the switch leaves out.
        verdicts = attainment.verdicts(engine, as_of, spaces=some, withheld=True)
        rows = _quick(attainment.meant(engine, as_of, table="attainment", spaces=some, lang=lang, withheld=True))
        years = _quick(attainment.meant(engine, as_of, table="evaluations", spaces=some, withheld=True))
        waivers, rectifications = (
            attainment.meant(engine, as_of, table=each, spaces=some, lang=lang) for each in _BESIDE
        )
        for space in some:
            figures = one_space.figures(engine, as_of, space=space)
            limited = approved_only or one_space.approved_only(engine, as_of, space=space)
            pages = []
            for _, verdict in verdicts[verdicts["space_id"] == space].iterrows():
                named = {"track": tracks[verdict["track"]], "edition": editions[verdict["edition"]]}
                of_years, of_rows = one_space.within(_of(years, verdict), _of(rows, verdict))
                card = Card(verdict, of_rows, of_years, figures, clauses[verdict["edition"]], limited)
                page = _enrolment(card, named, lang)
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


@dataclass(frozen=True)
class Card:
    """What one enrolment's scorecard is made from: its verdict, and its rows of the tables with their meanings.

    `approved_only` leaves out what rests on filings that are not approved.
    """

    verdict: pd.Series
    rows: pd.DataFrame
    years: pd.DataFrame
    figures: pd.DataFrame
    clauses: pd.DataFrame
    approved_only: bool

    def kept(self, rows: pd.DataFrame) -> pd.DataFrame:
        """Those of some rows that are shown."""
        return one_space.approved(rows) if self.approved_only else rows

    @property
    def demands(self) -> pd.DataFrame:
        """What the next year asks."""
        demands = one_space.demands(self.rows, self.years, self.figures)
        return one_space.approved_demands(demands, self.rows) if self.approved_only else demands

    def provisional(self, lang: Lang) -> str:
        """What the sign of what is provisional means, or how much is left out in its place; nothing where none is."""
        count = int(self.rows["provisional"].sum())
        if count and self.approved_only:
            return language.text("told.provisional.entries_left", lang, count=numbers.figure(count))
        return provisional.legend(lang) if count else ""


def _enrolment(card: Card, named: dict[str, str], lang: Lang) -> dict[str, object]:
    """What the template says of one enrolment."""
    verdict, rows, years, demands = card.verdict, card.rows, card.years, card.demands
    notes = dict(zip(card.clauses["requirement"], card.clauses["note"], strict=True))
    last = one_space.latest(card.kept(rows))
    rests = bool(verdict["provisional"])
    return {
        "name": verdict["space_name"],
        "place": sentences.enrolment(verdict, [named["track"]], years, lang),
        "edition": named["edition"],
        "marks": [
            _look(column, verdict[column], lang, rests)
            for column in ("verdict", "exit_warning")
            if verdict[column] != "none" and not (rests and card.approved_only)
        ],
        "provisional": card.provisional(lang),
        "columns": {
            name: _text(f"column.{name}", lang) for name in ("requirement", "target", "trend", "results", "notes")
        },
        "agreed_title": language.text("agreed.title", lang),
        "legend": [
            {"text": looks.mark("status", code, lang), "colour": look.colour, "ink": look.ink}
            for code, look in looks.STATUSES.items()
            if code in set(card.kept(rows)["status"])
        ],
        "years": [
            {
                "year": str(year.year),
                "evaluated": _text("evaluated", lang, year=year.evaluation_year),
                "phase": language.text(f"phase.{year.phase}", lang),
                "result": None
                if year.provisional and card.approved_only
                else _look("result", str(year.result), lang, year.provisional),
            }
            for year in years.itertuples(index=False)
        ],
        "stages": [
            {
                "name": language.text(f"stages.{stage}", lang),
                "rows": [
                    _row(part.iloc[0], card.kept(part), list(years["year"]), lang)
                    for _, part in owed.groupby("requirement", sort=False)
                ],
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


def _row(first: pd.Series, part: pd.DataFrame, years: list[int], lang: Lang) -> dict[str, object]:
    """A requirement's line: its target, and by year its figure with colour and sign and where its column stands.

    `first` is any of its rows, `part` are those that are shown.

    Of the height between the lowest and the highest of 0, the figures and what is asked, a column begins at `foot`
    and takes `height`; `mark` is where what the year asks stands. All are fractions of 1.
    """
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
        "text": provisional.signed(
            f"{look.sign} {shown or looks.word('status', row['status'], lang)}", row["provisional"]
        ),
        "foot": (min(0.0, float(row["actual"])) - low) / span if drawn else None,
        "height": abs(float(row["actual"])) / span if drawn else None,
        "mark": (float(row["required"]) - low) / span if counted else None,
    }


def _look(column: str, code: str, lang: Lang, rests: object) -> dict[str, str]:
    look, shown = looks.BY_COLUMN[column][code], looks.mark(column, code, lang)
    return {"text": provisional.signed(shown, rests), "colour": look.colour, "ink": look.ink}


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
