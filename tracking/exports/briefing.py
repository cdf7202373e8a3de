"""The programme's briefing to hand round: a data year on a page or two, as PDF, from what the overview shows."""

from collections.abc import Mapping
from datetime import date
from pathlib import Path
from typing import Any, Unpack

import pandas as pd
from sqlalchemy import Engine

from tracking.access import people
from tracking.charts import agreed, headlines, provisional, reasons, sentences
from tracking.exports import briefing_pictures, stamps, typesetting
from tracking.policy import in_force
from tracking.results import programme
from tracking.results.overview import cohorts, misses, places, queue, weakest
from tracking.results.overview.coming import Coming, coming
from tracking.results.overview.rates import Rate, Rates, rates
from tracking.results.tables import attainment, left_out
from tracking.results.tables.filters import FILTERS, Chosen, UnknownCode
from tracking.words import language, looks, numbers
from tracking.words.language import Lang

TEMPLATE = Path(__file__).with_suffix(".typ")
# Of a queue so many are printed, the rest counted: a city's six hundred fill one page.
ROWS = 3
# Of what was agreed.
AGREED = 10
KEYS = ["space_id", "edition", "track"]
# What it can be narrowed by, as the overview.
NARROWED_BY = ("edition", "track", "district", "brand", "phase", "approved_only")


def briefing(engine: Engine, as_of: date, *, year: int | None = None, **chosen: Unpack[Chosen]) -> bytes:
    """The briefing of a data year, the latest that is due unless said otherwise, of what is chosen.

    Raises UnknownCode for a year that no enrolment has, where there are any; NoChineseFont, DatabaseUnavailable.
    """
    lang = chosen.get("lang", "zh")
    offered = programme.programme(engine, as_of)
    if year and offered.years and year not in offered.years:
        raise UnknownCode("year", str(year), [str(each) for each in offered.years])
    shown = year or offered.latest_year or as_of.year - 1
    tracks = {each.code: each.name(lang) for of_edition in offered.tracks.values() for each in of_edition}
    of_spaces: Any = {name: value for name, value in chosen.items() if name not in ("phases", "lang")}
    found = rates(engine, as_of, year=shown, **chosen)
    limited = chosen.get("approved_only", False) or people.approved_only(engine)
    members = queue.members(engine, as_of, year=shown, **chosen)
    counts = {name: int(members[name].sum()) for name in queue.QUEUES}
    to_come = None if found.enrolments else coming(engine, as_of, year=shown, **chosen)
    scope = _scope(engine, as_of, offered, tracks, chosen, lang)
    headings = {
        "lang": lang,
        "stamp": stamps.stamp(engine, as_of, lang, "briefing.stamp"),
        "scope": [*scope, *_provisional(engine, as_of, offered.provisional, {**chosen, "years": (shown,)})],
        "title": headlines.coming(to_come, lang) if to_come else headlines.headline(found, lang, approved_only=limited),
        "summary": headlines.summary(found, counts, lang) if found.enrolments else "",
        "tiles": _coming(to_come, lang) if to_come else [_tile(each, found, lang) for each in found.all],
        "cohorts": briefing_pictures.cohorts(cohorts.cohorts(engine, as_of, **of_spaces), lang),
        "queues": [
            _queue(engine, as_of, part, (name, len(part) < counts[name]), shown, tracks, chosen)
            for name in queue.QUEUES
            for _, part in members[members[name]].groupby("period_over")
        ],
        "agreed": _agreed(engine, as_of, shown, chosen),
        "weakest": briefing_pictures.weakest(weakest.weakest(engine, as_of, year=shown, **chosen), shown, tracks, lang),
        "districts": briefing_pictures.districts(places.districts(engine, as_of, year=shown, **chosen), shown, lang),
        "filings": briefing_pictures.filings(places.filings(engine, as_of, year=shown, **chosen), shown, lang),
        "words": {
            "cohorts": _text("told.cohorts.title", lang),
            "queues": _text("told.queue.title", lang),
            "filings": _text("told.filings.title", lang),
            "agreed": _text("agreed.title", lang),
        },
    }
    return typesetting.pdf(TEMPLATE, headings, as_of)


def _provisional(engine: Engine, as_of: date, some: bool, chosen: Chosen) -> list[str]:
    """What the sign of what is provisional means, where there is some of it; or what was left out in its place."""
    lang = chosen.get("lang", "zh")
    out = left_out.of_table(engine, as_of, table="evaluations", **chosen)
    if out is None:
        return [provisional.legend(lang)] if some else []
    return [provisional.left_out(out, lang)]


def _scope(
    engine: Engine,
    as_of: date,
    offered: programme.Programme,
    tracks: Mapping[str, str],
    chosen: Chosen,
    lang: Lang,
) -> list[str]:
    """What is looked at, and by which edition and pass mark it is judged."""
    values: Mapping[str, Any] = chosen
    narrowed = []
    for each in FILTERS:
        if each.several and each.name != "edition" and (codes := values.get(each.keyword)):
            names = ", ".join(_name(each.name, str(code), tracks, lang) for code in codes)
            narrowed.append(f"{_text(f'column.{each.column}', lang)}: {names}")
    editions = {each.code: each.name(lang) for each in offered.editions}
    marks = [
        f"{editions[mark.edition]}: {sentences.pass_mark(mark, lang)}"
        for mark in in_force.pass_marks(engine, as_of)
        if mark.edition in (chosen.get("editions") or editions)
    ]
    return [*(narrowed or [_text("cover.whole", lang)]), *marks]


def _name(kind: str, code: str, tracks: Mapping[str, str], lang: Lang) -> str:
    if kind == "phase":
        return _text(f"phase.{code}", lang)
    return tracks.get(code, code) if kind == "track" else code


def _tile(rate: Rate, of: Rates, lang: Lang) -> dict[str, object]:
    key = "told.rate.of_targets" if rate.name == "missed" else "told.rate.of"
    counted = _text(key, lang, count=numbers.figure(rate.now.count), total=numbers.figure(rate.now.of))
    return {
        "name": _text(f"told.rate.{rate.name}", lang),
        "value": numbers.share(rate.now.share),
        "of": provisional.of(counted, rate.now.provisional, lang, rate.now.of),
        "change": headlines.change(rate, of, lang),
        "line": [
            {"year": str(year), "share": share, "text": headlines.in_line(rate, year, share)}
            for year, share in rate.line
        ],
    }


def _coming(to_come: Coming, lang: Lang) -> list[dict[str, object]]:
    return [
        {"name": name, "value": value, "of": of, "change": "", "line": []}
        for name, value, of in headlines.coming_figures(to_come, lang)
    ]


def _queue(
    engine: Engine,
    as_of: date,
    there: pd.DataFrame,
    of: tuple[str, bool],
    year: int,
    tracks: Mapping[str, str],
    chosen: Chosen,
) -> dict[str, object]:
    """The first of those in a queue who are all still running, or whose period is over for all.

    `of` is the queue, and whether it has others as well.
    """
    (name, mixed), lang, approved_only = of, chosen.get("lang", "zh"), chosen.get("approved_only", False)
    first = there.head(ROWS)
    spaces = tuple(dict.fromkeys(first["space_id"]))
    strips = queue.strips(engine, as_of, spaces=spaces, approved_only=approved_only)
    of_years = dict(iter(strips.groupby(KEYS, sort=False)))
    missed = misses.of_spaces(engine, as_of, spaces=spaces, lang=lang, approved_only=approved_only)
    of_each = dict(iter(missed.groupby(KEYS, sort=False)))
    rows = []
    for _, row in first.iterrows():
        key = tuple(row[KEYS])
        years, rests = of_years.get(key, strips.iloc[:0]), row["verdict_provisional"]
        rows.append(
            {
                "name": row["space_name"],
                "place": f"{tracks.get(row['track'], row['track'])} · {row['district']}",
                "years": [
                    {
                        "text": provisional.signed(f"{looks.RESULTS[code].sign}{at % 100:02}", open_yet),
                        **briefing_pictures.colours(looks.RESULTS[code]),
                    }
                    for at, code, open_yet in years[["year", "result", "provisional"]].itertuples(index=False)
                ],
                "verdict": None
                if (approved_only and rests) or pd.isna(row["verdict"])
                else briefing_pictures.look("verdict", row["verdict"], lang, rests=rests),
                "why": reasons.missed(of_each.get(key, missed.iloc[:0]), name, year, lang),
            }
        )
    more = len(there) - len(first)
    standing = "told.queue.ended" if there["period_over"].any() else "told.queue.running"
    count = _text(standing, lang, count=numbers.figure(len(there))) if mixed else numbers.figure(len(there))
    return {
        "name": f"{_text(f'told.queue.{name}', lang)} · {count}",
        "rows": rows,
        "more": _text("briefing.more", lang, count=numbers.figure(more)) if more else "",
    }


def _agreed(engine: Engine, as_of: date, year: int, chosen: Chosen) -> dict[str, object]:
    """What was agreed of the year: waivers in force, then what is overdue, then the rest of what is to be put right."""
    lang = chosen.get("lang", "zh")
    of_year: Any = {**chosen, "years": (year,), "lang": lang}
    waivers = attainment.meant(engine, as_of, table="waivers", **of_year)
    rectifications = attainment.meant(engine, as_of, table="rectifications", **of_year)
    waivers = waivers[waivers["in_force"]]
    rectifications = rectifications.sort_values("late", ascending=False, kind="stable")
    names = [*waivers["space_name"], *rectifications["space_name"]]
    lines = agreed.lines(waivers, rectifications, lang)
    more = len(lines) - AGREED
    return {
        "rows": [{"name": name, "text": text} for name, text in zip(names, lines, strict=True)][:AGREED],
        "more": _text("agreed.more", lang, count=numbers.figure(more)) if more > 0 else "",
    }


def _text(key: str, lang: Lang, **values: object) -> str:
    return language.text(key, lang, **values)
