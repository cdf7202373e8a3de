"""Decisions: the acceptances and evaluations that are due, and what another reading would change."""

import streamlit as st

from pages.shared import drawing, filters, picks, printing, tables, words
from pages.shared.data import ask
from tracking.charts import sentences
from tracking.policy import in_force
from tracking.results import decisions, programme, readings
from tracking.results.tables.columns import DECISIONS

offered = ask(programme.programme)
if not offered.years:
    st.info(words.text("overview.empty"))
    st.stop()

selection = filters.show(*filters.ALL, always=("year", "phase"))
lang, year = words.lang(), selection.year or offered.years[0]
names = {"track": tables.track_names(offered)}

due = ask(decisions.due, year=year, **selection.chosen(*filters.OF_SPACES, "phase"), lang=lang)
st.header(words.plain(sentences.decisions(due, year, selection.phase or "", lang)), anchor=False)
drawing.pass_marks(ask(in_force.pass_marks), selection.edition, tables.edition_names(offered))
if len(due):
    listed = due[
        [
            *("space_name", "result", "exit_warning", "reasons", "track", "district", "space_id"),
            *("short", "unreported", "behind_pace", "due", "filed_at"),
        ]
    ]
    clicked = tables.show(listed, names=names, key="due", select=True)
    if clicked is not None:
        one = due.iloc[clicked]
        drawing.open_space(one["space_id"], enrolment=picks.enrolment_code(one["edition"], one["track"]))
    tables.downloads(due[list(DECISIONS)], f"decisions-{year}-{selection.phase}", "decisions", selection.chosen())
    printing.many(sorted(set(due["space_id"])))

st.subheader(words.text("decisions.otherwise"), anchor=False)
others = ask(in_force.offered, lang=lang)
others = others[others["edition"] == selection.edition] if selection.edition else others
if others.empty:
    st.info(words.text("decisions.no_reading"))
    st.stop()
st.markdown(words.text("decisions.otherwise_why"))
reading = picks.reading(others)
if reading is None:
    st.stop()

with st.spinner(words.text("decisions.rereading")):
    changes = ask(readings.difference, edition=reading["edition"], reading=reading["reading"], lang=lang)
st.markdown(f"**{words.plain(sentences.rereading(changes, lang))}**")
if len(changes.results):
    st.markdown(words.text("decisions.results"))
    tables.show(changes.results, names=names, key="results")
if len(changes.statuses):
    st.markdown(words.text("decisions.statuses"))
    tables.show(changes.statuses.drop(columns=["requirement"]), names=names, key="statuses")
