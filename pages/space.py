"""Space: the story of one space over its whole period, requirement by requirement."""

import streamlit as st

from pages.shared import cards, drawing, filters, picks, printing, tables, words
from pages.shared.data import ask
from tracking.charts import sentences
from tracking.policy import in_force
from tracking.results import one_space, outlook, programme
from tracking.results.tables import attainment

offered = ask(programme.programme)
row = st.container(horizontal=True, key="filters")
space = picks.space(filters.show(*filters.OF_SPACES, row=row), row)
lang = words.lang()
of_space = {"spaces": (space,)}

verdicts = ask(attainment.verdicts, **of_space)
if verdicts.empty:
    st.warning(words.text("space.unknown", space=words.plain(space)))
    st.stop()
names = tables.track_names(offered)
editions = tables.edition_names(offered)
enrolment = verdicts.iloc[picks.enrolment(verdicts, names, editions)]
track, edition = str(enrolment["track"]), str(enrolment["edition"])
within = {**of_space, "tracks": (track,), "editions": (edition,)}

owed = one_space.with_objects(ask(attainment.meant, table="attainment", **within, lang=lang))
evaluations, rows = one_space.within(ask(attainment.meant, table="evaluations", **within), owed)
st.header(words.plain(enrolment["space_name"]), anchor=False)
named = [names[track], *([editions[edition]] if len(editions) > 1 else [])]
st.caption(words.plain(sentences.enrolment(enrolment, named, evaluations, lang)))
drawing.marks({"verdict": enrolment["verdict"], "exit_warning": enrolment["exit_warning"]})

printing.one(space)

figures = one_space.with_objects(ask(one_space.figures, space=space))
st.subheader(words.text("space.years"), anchor=False)
marks = ask(in_force.pass_marks)
drawing.pass_marks(marks, edition, editions)
tables.show(evaluations[["year", "evaluation_year", "result", "exit_warning", "phase", "due", "filed_at"]])
drawing.listed(
    sentences.result(year, one_space.missed(rows, year["year"]), lang)
    for _, year in evaluations[evaluations["failed"] | evaluations["not_filed"]].iterrows()
)

demands = one_space.demands(rows, evaluations, figures)
if len(demands):
    st.subheader(words.text("space.next", year=demands["year"].iloc[0]), anchor=False)
    drawing.pass_marks([mark for mark in marks if mark.share < 1], edition, editions)
    drawing.demands(demands, rows)

clauses = one_space.with_objects(ask(one_space.clauses, edition=edition, lang=lang))
behind = cards.Behind(
    clauses,
    figures,
    one_space.with_objects(one_space.sources(rows, clauses, figures)),
    one_space.with_objects(one_space.peers(ask(one_space.actuals, edition=edition, track=track), owed)),
    ask(outlook.best_years, edition=edition, track=track),
    one_space.latest(rows),
)
first = st.query_params.get("requirement")
for stage in one_space.STAGES:
    parts = one_space.cards(rows[rows["stage"] == stage], first)
    if parts:
        st.subheader(words.text(f"stages.{stage}"), anchor=False)
        drawing.legend("status", rows[rows["stage"] == stage]["status"])
        cards.show(parts, behind)
