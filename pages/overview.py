"""Overview: how the programme stands in a data year, who needs attention, and where."""

import streamlit as st

from pages.shared import data, drawing, filters, picks, tables, words
from pages.shared.data import ask
from tracking.charts import programme as charts
from tracking.charts import sentences
from tracking.results import overview, programme

# Nobody reads further down a list; the filters narrow it.
MOST = 100

offered = ask(programme.programme)
if not offered.years:
    st.info(words.text("overview.empty"))
    st.stop()

selection = filters.show(*filters.ALL, always=("year",))
lang, year = words.lang(), selection.year or offered.years[0]
scope = {**selection.chosen(*filters.OF_SPACES, "phase"), "year": year}
names = {"track": tables.track_names(offered)}

now, before = ask(overview.standing, **scope)
st.header(words.plain(sentences.standing(now, lang)), anchor=False)
if not now.enrolments:
    st.stop()

drawing.figures(now, before)

attention = ask(overview.attention, **scope)
st.subheader(words.plain(sentences.attention(attention, lang)), anchor=False)
if len(attention):
    st.caption(
        words.text("overview.attention_hint" if len(attention) <= MOST else "overview.attention_most", most=MOST)
    )
    attention = attention.head(MOST)
    attention["reason"] = [sentences.reasons(row, year, lang) for _, row in attention.iterrows()]
    # What is decided on comes first: a narrow screen shows no more.
    listed = attention[["space_name", "exit_warning", "reason", "result", "track", "district", "phase", "space_id"]]
    clicked = tables.show(listed, names=names, key="attention", select=True)
    if clicked is not None:
        drawing.open_space(listed["space_id"].iloc[clicked], enrolment=listed["track"].iloc[clicked])

row = st.container(horizontal=True, vertical_alignment="bottom", key="picture")
track = selection.track or picks.track_within(offered, selection.edition, row)
within = {**scope, "tracks": (track,)}
search = picks.text("search", row=row)
page = picks.page()
cells, matching = ask(overview.heatmap, **within, search=search, page=page, lang=lang)
if cells.empty:
    st.info(words.text("overview.no_match"))
else:
    finding = sentences.heatmap(cells, year, names["track"][track], lang)
    st.subheader(words.plain(finding), anchor=False)
    st.caption(words.text("overview.heatmap_hint"))
    drawing.legend("status", cells["status"])
    with drawing.wide("wide_heatmap", 74):
        cell = drawing.chart(charts.heatmap(cells, lang), "heatmap", finding, select=True)
    picks.pager(page, overview.PAGE, matching)
    if cell:
        drawing.open_space(cell[0], requirement=cell[1], enrolment=track)
    drawing.behind(cells.drop(columns="missed"), "cells")

counts = ask(overview.statuses, **within, lang=lang)
finding = sentences.statuses(counts, year, names["track"][track], lang)
st.subheader(words.plain(finding), anchor=False)
drawing.legend("status", counts["status"])
halves, most = charts.halves(counts), charts.longest(counts)
for number, (column, half) in enumerate(zip(st.columns(len(halves)), halves, strict=True)):
    with column:
        drawing.chart(charts.statuses(half, lang, most), f"statuses_{number}", finding)
drawing.behind(counts.drop(columns="missed"), "counts")

left, right = st.columns(2)
with left:
    received = ask(overview.received, **scope)
    finding = sentences.received(received, lang)
    st.subheader(words.plain(finding), anchor=False)
    drawing.chart(charts.received(received, data.today(), lang), "received", finding)
    drawing.behind(received, "received")
with right:
    places = ask(overview.districts, **scope)
    finding = sentences.districts(places, lang)
    st.subheader(words.plain(finding), anchor=False)
    drawing.legend("result", places["result"])
    drawing.chart(charts.districts(places, lang), "districts", finding)
    drawing.behind(places, "places")
