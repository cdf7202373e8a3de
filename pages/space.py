"""Space: the story of one space over its whole period, requirement by requirement."""

import streamlit as st

from pages.shared import cards, choices, drawing, printing, tables, words
from pages.shared.data import ask
from tracking import attainment, decisions, outlook, programme, story, telling

offered = ask(programme.programme)
row = st.container(horizontal=True, key="filters")
space = choices.space(choices.filters("edition", "track", "district", row=row), row)
lang = words.lang()
of_space = {"spaces": (space,)}

verdicts = ask(attainment.verdicts, **of_space)
if verdicts.empty:
    st.warning(words.text("space.unknown", space=words.plain(space)))
    st.stop()
names = tables.track_names(offered)
editions = tables.edition_names(offered)
enrolment = verdicts.iloc[choices.enrolment(verdicts, names, editions)]
track, edition = str(enrolment["track"]), str(enrolment["edition"])
within = {**of_space, "tracks": (track,), "editions": (edition,)}

owed = story.light(ask(attainment.attainment, **within, lang=lang))
evaluations, rows = story.within(ask(attainment.evaluations, **within), owed)
st.header(words.plain(enrolment["space_name"]), anchor=False)
named = [names[track], *([editions[edition]] if len(editions) > 1 else [])]
st.caption(words.plain(telling.enrolment(enrolment, named, evaluations["year"].max(), lang)))
drawing.marks({"verdict": enrolment["verdict"], "exit_warning": enrolment["exit_warning"]})

printing.one(space)

figures = story.light(ask(story.figures, space=space))
st.subheader(words.text("space.years"), anchor=False)
marks = ask(decisions.pass_marks)
drawing.pass_marks(marks, edition, editions)
tables.show(evaluations[["year", "evaluation_year", "result", "exit_warning", "phase", "due", "filed_at"]])
drawing.listed(
    telling.result(year, story.missed(rows, year["year"]), lang)
    for _, year in evaluations[evaluations["result"].isin(("fail", "unfiled"))].iterrows()
)

demands = story.demands(rows, evaluations, figures)
if len(demands):
    st.subheader(words.text("space.next", year=demands["year"].iloc[0]), anchor=False)
    drawing.pass_marks([mark for mark in marks if mark.share < 1], edition, editions)
    drawing.demands(demands, rows)

clauses = story.light(ask(story.clauses, edition=edition, lang=lang))
behind = cards.Behind(
    clauses,
    figures,
    story.light(story.sources(rows, clauses, figures)),
    story.light(story.peers(ask(story.reached, edition=edition, track=track), owed)),
    ask(outlook.best_years, edition=edition, track=track),
    story.latest(rows),
)
asked = st.query_params.get("requirement")
for stage in story.STAGES:
    parts = story.cards(rows[rows["stage"] == stage], asked)
    if parts:
        st.subheader(words.text(f"stages.{stage}"), anchor=False)
        drawing.legend("status", rows[rows["stage"] == stage]["status"])
        cards.show(parts, behind)
