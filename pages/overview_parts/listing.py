"""Enrolments in a table: who, how its years went with verdict and warning, and why it is listed."""

from collections.abc import Callable
from typing import Any

import pandas as pd
import streamlit as st

from pages.shared import html_table, picks, provisional, url, words
from pages.shared.data import ask
from pages.shared.html_table import Column, Html, escaped, joined, link, mark
from tracking.charts import bars
from tracking.results.overview import misses, queue

# So many rows stand there before all are asked for, and then at most.
FIRST, MOST = 12, 500
KEYS = ["space_id", "edition", "track"]

Why = Callable[[pd.Series, pd.DataFrame], object]


def show(
    rows: pd.DataFrame,
    why: Why,
    head: str,
    tracks: dict[str, str],
    caption: str,
    *,
    approved_only: bool,
    **whole: Any,  # noqa: ANN401 - as `link` takes them
) -> None:
    """Draw enrolments in their order, the first few unless the URL says that all are wanted.

    `why` makes what stands in the last column, under `head`, of an enrolment and its rows of `misses`. `whole`
    is what the URL has to keep for the link that shows all, the first of it what tells this list from others.
    `approved_only`, no year, verdict or reason stands there that rests on a filing which is not approved.
    """
    section = next(iter(whole), "coming")
    shown = rows.head(at_once(section))
    if shown.empty:
        return
    spaces = tuple(dict.fromkeys(shown["space_id"]))
    of_spaces = {"spaces": spaces, "approved_only": approved_only}
    strips, missed = ask(queue.strips, **of_spaces), ask(misses.of_spaces, **of_spaces, lang=words.lang())
    years = dict(iter(strips.groupby(KEYS, sort=False)))
    of_each = dict(iter(missed.groupby(KEYS, sort=False)))
    columns = [
        Column(words.text("column.space_name")),
        Column(words.text("column.track"), minor=True),
        Column(words.text("column.district"), minor=True),
        Column(words.text("overview.strip")),
        Column(head),
    ]
    lines = []
    for _, row in shown.iterrows():
        key = key_of(row)
        enrolment = picks.enrolment_code(row["edition"], row["track"])
        lines.append(
            [
                link("space", row["space_name"], row=True, space=row["space_id"], enrolment=enrolment),
                tracks.get(row["track"], row["track"]),
                row["district"],
                _course(row, years.get(key), approved_only),
                why(row, of_each.get(key, missed.iloc[:0])),
            ]
        )
    html_table.show(columns, lines, caption=caption, stacked=True)
    rests = [shown[["verdict_provisional", "warning_provisional"]].to_numpy(), strips["provisional"].to_numpy()]
    provisional.legend(not approved_only and any(each.any() for each in rests))
    rest(section, len(shown), len(rows), **whole)


def key_of(row: pd.Series) -> tuple[str, ...]:
    """The KEYS of a row."""
    return tuple(str(row[name]) for name in KEYS)


def at_once(section: str) -> int:
    """How many rows of a list stand there: the first few, unless the URL says that all of it are wanted."""
    return MOST if url.written("whole") == section else FIRST


def rest(section: str, shown: int, total: int, **whole: Any) -> None:  # noqa: ANN401 - as `link` takes them
    """Say how many of a list stand there, where that is not all, and lead to all of it."""
    if shown < total:
        sentence = escaped(words.text("overview.first_rows", count=f"{shown:,}", total=f"{total:,}"))
        more = link("overview", words.text("overview.whole"), whole=section, **whole)
        st.html(joined([sentence, *([Html(f'<span class="hint">{more}</span>')] if shown < MOST else [])], " "))


def to_its_card(row: pd.Series, part: str) -> Html:
    """What is told of a requirement, as a link to the space with the card of that requirement open."""
    enrolment = picks.enrolment_code(row["edition"], row["track"])
    return link("space", part, space=row["space_id"], enrolment=enrolment, requirement=row["requirement"])


def _course(row: pd.Series, years: pd.DataFrame | None, approved_only: bool) -> Html:
    """The results of the years, then the verdict and, where there is one, the warning."""
    strip = Html("" if years is None else bars.strip(years, words.lang()))
    marked = {"verdict": row["verdict_provisional"], "exit_warning": row["warning_provisional"]}
    marks = [
        mark(column, row[column], provisional=rests)
        for column, rests in marked.items()
        if row[column] != "none" and not (approved_only and rests) and not pd.isna(row[column])
    ]
    return Html(f'<span class="course">{strip}</span> <span class="marks">{joined(marks)}</span>')
