"""Overview: how the programme stands in a data year, who is to be decided about, what is missed and where."""

import streamlit as st

from pages.overview_parts import cohorts, notdue, pictures, queue
from pages.shared import eyes, filters, links, printing, provisional, tables, words
from pages.shared.data import ask
from tracking.charts import headlines, tiles
from tracking.results import programme
from tracking.results.overview import queue as queues
from tracking.results.overview import rates as questions
from tracking.results.overview.coming import coming as to_come

offered = ask(programme.programme)
if not offered.years:
    eyes.nothing_enrolled()

selection = filters.current(offered, ("year",))
filters.check(offered, filters.ALL, selection)
links.known("queue", queues.QUEUES, words.text("told.queue.title"))
lang, year = words.lang(), selection.year or offered.years[0]
of_spaces = dict(selection.chosen(*filters.OF_SPACES, filters.APPROVED))
scope = {**of_spaces, **selection.chosen("phase")}
tracks = tables.track_names(offered)

rates = ask(questions.rates, year=year, **scope)
members = ask(queues.members, year=year, **scope)
open_year = None if rates.enrolments else ask(to_come, year=year, **scope)
coming_year = open_year if open_year and not open_year.enrolments.empty else None
headline = (
    headlines.coming(coming_year, lang)
    if coming_year
    else headlines.headline(rates, lang, approved_only=selection.approved_only)
)
# Before the filters: it stands in the first screen of a telephone.
st.header(words.plain(headline), anchor=False)
if rates.enrolments:
    st.markdown(words.plain(headlines.summary(rates, queue.counted(members), lang)))
provisional.left("evaluations", **scope, years=(year,))
filters.show(*filters.ALL, always=("year",))

printing.briefing(year, scope)
if coming_year:
    notdue.show(coming_year, tracks)
    cohorts.show(of_spaces, tracks)
    st.stop()
if not rates.enrolments:
    st.stop()

with st.container(key="tiles"):
    st.html(tiles.tiles(rates, lang))
provisional.legend(rates.provisional or rates.provisional_before)
cohorts.show(of_spaces, tracks)
queue.show(members, year, tracks, approved_only=selection.approved_only)
pictures.requirements(year, scope, tracks)
pictures.where_and_when(year, scope, selection)
pictures.by_requirement(year, scope, selection, offered)
