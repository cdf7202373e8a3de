"""Space: the story of one space over its whole period, requirement by requirement."""

import streamlit as st

from pages.shared import cards, choices, drawing, printing, tables, words
from pages.shared.data import ask
from tracking import attainment, outlook, programme, story

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
enrolment = verdicts.iloc[choices.enrolment(verdicts, {"track": names})]
track, edition = str(enrolment["track"]), str(enrolment["edition"])
within = {**of_space, "tracks": (track,), "editions": (edition,)}

st.header(words.plain(enrolment["space_name"]), anchor=False)
st.caption(
    words.text(
        "space.enrolment",
        space=words.plain(space),
        district=words.plain(enrolment["district"]),
        track=words.plain(names[track]),
        start=enrolment["start_year"],
        end=enrolment["end_year"],
    )
)
drawing.marks({"verdict": enrolment["verdict"], "exit_warning": enrolment["exit_warning"]})

printing.one(space)

rows = ask(attainment.attainment, **within, lang=lang)
evaluations = ask(attainment.evaluations, **within)
evaluations["reason"] = [story.missed(rows, year, lang) for year in evaluations["year"]]
st.subheader(words.text("space.years"), anchor=False)
tables.show(evaluations[["year", "evaluation_year", "phase", "result", "exit_warning", "due", "filed_at", "reason"]])

demands = story.demands(rows, evaluations)
if len(demands):
    st.subheader(words.text("space.next", year=demands["year"].iloc[0]), anchor=False)
    drawing.demands(demands, rows)

behind = cards.Behind(
    ask(story.clauses, edition=edition, lang=lang),
    ask(story.figures, space=space),
    ask(story.peers, space=space, edition=edition, track=track),
    ask(outlook.best_years, edition=edition, track=track),
)
asked = st.query_params.get("requirement")
for stage in story.STAGES:
    parts = story.cards(rows[rows["stage"] == stage], asked)
    if parts:
        st.subheader(words.text(f"stage.{stage}"), anchor=False)
        drawing.legend("status", rows[rows["stage"] == stage]["status"])
        cards.show(parts, behind)
