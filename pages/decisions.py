"""Decisions: the acceptances and evaluations that are due, and what another reading would change."""

import streamlit as st

from pages.shared import (
    agreed,
    contacts,
    data,
    drawing,
    eyes,
    filters,
    picks,
    printing,
    provisional,
    tables,
    trials,
    words,
)
from pages.shared.data import ask
from tracking.charts import sentences
from tracking.policy import in_force
from tracking.results import decisions, programme, readings
from tracking.results.tables.columns import DECISIONS

# So many are read at once; what is tried below stays within reach.
PAGE = 20

offered = ask(programme.programme)
if not offered.years:
    eyes.nothing_enrolled()

selection = filters.show(*filters.ALL, always=("year", "phase"))
lang, year = words.lang(), selection.year or offered.years[0]
names = {"track": tables.track_names(offered)}

due = ask(decisions.due, year=year, **selection.chosen(*filters.OF_SPACES, "phase", filters.APPROVED), lang=lang)
st.header(words.plain(sentences.decisions(due, year, selection.phase or "", lang)), anchor=False)
provisional.left("decisions", **selection.chosen())
drawing.pass_marks(ask(in_force.pass_marks), selection.edition, tables.edition_names(offered))
if len(due):
    listed = ("space_name", "result", "exit_warning", "reasons", "track", "district", "due", "filed_at")
    number = min(picks.page(), -(-len(due) // PAGE))
    part = agreed.beside(due[(number - 1) * PAGE : number * PAGE], year)
    beside = [name for name, there in (("agreed", part["agreed"]), ("provisional", due["provisional"])) if there.any()]
    tables.show(
        part,
        shown=[*listed, *beside],
        caption=words.text("page.decisions"),
        names=names,
        link=tables.to_enrolment(),
        stacked=True,
    )
    picks.pager(number, PAGE, len(due))
    tables.downloads(due[list(DECISIONS)], f"decisions-{year}-{selection.phase}", "decisions", selection.chosen())
    silent = due[due["filed_at"].isna()]
    if len(silent):
        contacts.offer(silent)
    printing.many(sorted(set(due["space_id"])), approved_only=selection.approved_only)
st.page_link("closings.py", label=words.text("closings.link"), icon=":material/lock:", query_params=filters.carried())

others = ask(in_force.offered, lang=lang)
others = others[others["edition"] == selection.edition] if selection.edition else others
# A rule is changed in the folder of the edition that is in force now.
past = data.version() != data.newest()
ways = [way for way, offers in (("reading", len(others)), ("rules", not past)) if offers]
if not ways:
    st.stop()
changes = None
with st.container(key="trial"):
    st.subheader(words.text("decisions.otherwise"), anchor=False)
    st.markdown(words.text("decisions.otherwise_why"))
    way = picks.part("try", ways, lambda code: words.text(f"trial.{code}"))
    if way == "reading":
        reading = picks.reading(others)
        if reading is not None:
            chosen = {"edition": reading["edition"], "reading": reading["reading"]}
            with st.spinner(words.text("decisions.rereading")):
                changes = ask(readings.difference, **chosen, lang=lang)
    else:
        edition = selection.edition or offered.editions[0].code
        edits = trials.edits(edition, selection)
        if edits:
            with st.spinner(words.text("decisions.rereading")):
                changes = trials.sandboxed(edition, edits)
            if changes is not None:
                trials.folder(edition, edits)
        else:
            st.caption(words.text("trial.nothing_changed"))
    if changes is not None:
        trials.show(changes, selection, names, "trial")
