"""What is missed most, the districts, the filings, and space by requirement."""

from urllib.parse import urlencode

import pandas as pd
import streamlit as st

from pages.shared import drawing, filters, picks, provisional, words
from pages.shared.data import ask
from pages.shared.filters import Selection
from pages.shared.html_table import address, escaped
from tracking.charts import bars, cells, headlines, sentences
from tracking.results.overview import cells as spaces
from tracking.results.overview import places, weakest
from tracking.results.programme import Programme
from tracking.words import numbers

# Of each track so many requirements stand there, the others behind a click.
FIRST = 8


def requirements(year: int, scope: dict[str, object], tracks: dict[str, str]) -> None:
    """Which requirements are missed most: the tracks side by side, each sorted."""
    lang = words.lang()
    rows = ask(weakest.weakest, year=year, lang=lang, **scope)
    st.subheader(words.plain(headlines.weakest(rows, tracks, lang)), anchor=False)
    key = {
        "low": words.text("told.weakest.low"),
        "silent": words.text("told.weakest.none_filed"),
        "tick": words.text("told.weakest.before", year=year - 1),
    }
    st.html(bars.legend(key))
    drawing.hint("overview.weakest_hint", "told.weakest.of")
    most = max([*rows["share"], *rows["share_before"].dropna(), 0.01])
    panels = [
        _panel(rows[rows["track"] == code], most, year, tracks[code]) for code in tracks if code in {*rows["track"]}
    ]
    st.html(f'<div class="panels">{"".join(panels)}</div>')


def _panel(rows: pd.DataFrame, most: float, year: int, track: str) -> str:
    """A track's targets, the first of them in sight, and its entry conditions apart: they are asked of few."""
    lang, code = words.lang(), rows["track"].iloc[0]

    def draw(part: pd.DataFrame) -> str:
        return bars.ranked(part, most, year, lambda each: address("shortfalls", only=each, year=year, track=code), lang)

    targets, entry = (rows[rows["stage"] == stage] for stage in ("target", "entry"))
    title = words.text("told.weakest.track", track=track, count=numbers.figure(rows["owed"].max()))
    drawn = f"<div><h4>{escaped(title)}</h4>{draw(targets.head(FIRST))}"
    if len(targets) > FIRST:
        drawn += _more(words.text("told.weakest.rest", count=len(targets) - FIRST), draw(targets.iloc[FIRST:]))
    if len(entry):
        drawn += _more(words.text("told.weakest.entry"), draw(entry))
    return f"{drawn}</div>"


def where_and_when(year: int, scope: dict[str, object], selection: Selection) -> None:
    """The districts beside the year before, all of them whichever is chosen, and the filings."""
    lang, chosen = words.lang(), selection.values.get("district")
    everywhere = {name: value for name, value in scope.items() if name != "districts"}
    left, right = st.columns(2, gap="large")
    with left:
        found = ask(places.districts, year=year, **everywhere)
        st.subheader(words.plain(headlines.districts(found, lang)), anchor=False)
        drawing.hint("overview.district_hint")
        leads = lambda name: address("overview", district=None if name == chosen else name)  # noqa: E731
        st.html(bars.dots(found, None if chosen is None else str(chosen), year, leads, lang))
    with right:
        received = ask(places.filings, year=year, **scope)
        st.subheader(words.text("told.filings.title"), anchor=False)
        for each in (year, year - 1):
            if (received["year"] == each).any():
                st.markdown(words.plain(headlines.filings(received, each, lang)))
                st.html(bars.filings(received, each, lang))


def by_requirement(year: int, scope: dict[str, object], selection: Selection, offered: Programme) -> None:
    """Space by requirement on one track, worst first: a cell leads to its requirement."""
    lang, tracks = words.lang(), filters.tracks(offered, selection.edition)
    st.subheader(words.text("overview.heatmap"), anchor=False)
    row = st.container(horizontal=True, vertical_alignment="bottom", key="picture")
    track = selection.track or picks.track_within(offered, selection.edition, row)
    search = picks.text("search", row=row)
    page = picks.page()
    rows, matching = ask(
        spaces.heatmap, year=year, **{**scope, "tracks": (track,)}, search=search, page=page, lang=lang
    )
    if rows.empty:
        st.info(words.text("overview.no_match"))
        return
    finding = sentences.heatmap(rows, year, tracks[track], lang)
    st.markdown(f"**{words.plain(finding)}**")
    drawing.hint("overview.heatmap_hint", "overview.heatmap_about")
    drawing.legend("status", rows["status"])
    # Of some six hundred addresses the filters are the same.
    same = address("space", space=None, requirement=None, enrolment=track)
    leads = lambda space, code: f"{same}&{urlencode({'space': space, 'requirement': code})}"  # noqa: E731
    name = lambda space: f"{same}&{urlencode({'space': space})}"  # noqa: E731
    st.html(cells.cells(rows, leads, name, finding, lang))
    provisional.legend(rows["provisional"].any())
    picks.pager(page, spaces.PAGE, matching)


def _more(title: str, content: str) -> str:
    return f"<details><summary>{title}</summary>{content}</details>"
