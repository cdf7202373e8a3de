"""Decisions: the acceptances and evaluations that are due, and what another reading would change."""

import streamlit as st

from pages.shared import choices, drawing, printing, tables, words
from pages.shared.data import ask
from tracking.charts import sentences
from tracking.policy import in_force
from tracking.results import decisions, programme, readings
from tracking.results.tables.columns import DECISIONS
from tracking.results.tables.filters import Chosen

offered = ask(programme.programme)
if not offered.years:
    st.info(words.text("overview.empty"))
    st.stop()

chosen = choices.filters("edition", "track", "district", "year", "phase", always=("year", "phase"))
lang, year = words.lang(), chosen.year or offered.years[0]
names = {"track": tables.track_names(offered)}

due = ask(decisions.due, **chosen.scope(), lang=lang)
st.header(words.plain(sentences.decisions(due, year, chosen.phase or "", lang)), anchor=False)
drawing.pass_marks(ask(in_force.pass_marks), chosen.edition, tables.edition_names(offered))
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
        drawing.open_space(one["space_id"], enrolment=choices.enrolment_code(one["edition"], one["track"]))
    of_page: Chosen = {**chosen.tables(), "phases": (chosen.phase,) if chosen.phase else ()}  # type: ignore[typeddict-item]
    tables.downloads(due[list(DECISIONS)], f"decisions-{year}-{chosen.phase}", "decisions", of_page)
    printing.many(sorted(set(due["space_id"])))

st.subheader(words.text("decisions.otherwise"), anchor=False)
others = ask(in_force.offered, lang=lang)
others = others[others["edition"] == chosen.edition] if chosen.edition else others
if others.empty:
    st.info(words.text("decisions.no_reading"))
    st.stop()
st.markdown(words.text("decisions.otherwise_why"))
reading = choices.reading(others)
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
