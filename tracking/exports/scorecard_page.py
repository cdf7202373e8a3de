"""What a scorecard says of one enrolment, as its template takes it."""

from dataclasses import dataclass

import pandas as pd

from tracking.charts import provisional, sentences, standing, to_come
from tracking.results import one_enrolment, one_space
from tracking.words import language, looks, numbers
from tracking.words.language import Lang


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
        return one_enrolment.approved(rows) if self.approved_only else rows

    @property
    def demands(self) -> pd.DataFrame:
        """What the next year asks."""
        demands = one_enrolment.demands(self.rows, self.years, self.figures)
        return one_enrolment.approved_demands(demands, self.rows) if self.approved_only else demands

    def provisional(self, lang: Lang) -> str:
        """What the sign of what is provisional means, or how much is left out in its place; nothing where none is."""
        count = int(self.rows["provisional"].sum())
        if count and self.approved_only:
            return language.text("told.provisional.entries_left", lang, count=numbers.figure(count))
        return provisional.legend(lang) if count else ""


def page(card: Card, named: dict[str, str], lang: Lang) -> dict[str, object]:
    """What the template says of one enrolment."""
    verdict, rests = card.verdict, bool(card.verdict["provisional"])
    return {
        "name": verdict["space_name"],
        "place": standing.enrolment(verdict, [named["track"]], card.years, lang),
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
            if code in set(card.kept(card.rows)["status"])
        ],
        "years": _years(card, lang),
        "stages": _stages(card, lang),
        "next": _next(card, lang),
        "notes": _notes(card, lang),
    }


def _years(card: Card, lang: Lang) -> list[dict[str, object]]:
    """The heads of the columns: each year with its result, none where it is not shown."""
    return [
        {
            "year": str(year.year),
            "evaluated": _text("evaluated", lang, year=year.evaluation_year),
            "phase": language.text(f"phase.{year.phase}", lang),
            "result": None
            if year.provisional and card.approved_only
            else _look("result", str(year.result), lang, year.provisional),
        }
        for year in card.years.itertuples(index=False)
    ]


def _stages(card: Card, lang: Lang) -> list[dict[str, object]]:
    """The requirements' lines, those of each stage together."""
    return [
        {
            "name": language.text(f"stages.{stage}", lang),
            "rows": [
                _row(part.iloc[0], card.kept(part), list(card.years["year"]), lang)
                for _, part in owed.groupby("requirement", sort=False)
            ],
        }
        for stage in one_space.STAGES
        if len(owed := card.rows[card.rows["stage"] == stage])
    ]


def _next(card: Card, lang: Lang) -> dict[str, object]:
    """What the next year must bring of what is missed; without a title where no year comes."""
    demands, last = card.demands, one_enrolment.latest(card.kept(card.rows))
    return {
        "title": _text("next", lang, year=demands["year"].iloc[0]) if len(demands) else "",
        "demands": [
            to_come.demand(row, last.get(row["requirement"]), lang) for _, row in demands.iterrows() if row["missed"]
        ],
    }


def _notes(card: Card, lang: Lang) -> list[str]:
    """How each requirement is read, where the policy says something about it."""
    notes = dict(zip(card.clauses["requirement"], card.clauses["note"], strict=True))
    named = card.rows.drop_duplicates("requirement")[["requirement", "metric_name"]]
    return [
        f"{name}：{notes[code]}" if lang == "zh" else f"{name}: {notes[code]}"
        for code, name in named.itertuples(index=False)
        if notes.get(code)
    ]


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


def _text(key: str, lang: Lang, **values: object) -> str:
    return language.text(f"scorecard.{key}", lang, **values)
