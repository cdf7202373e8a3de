"""Space: the story of one space over its whole period, requirement by requirement."""

import streamlit as st

from dashboard.shared import choices, drawing, requirement, tables, words
from dashboard.shared.data import ask
from tracking import attainment, looks, outlook, programme, story
from tracking.charts import requirement as charts

offered = ask(programme.programme)
chosen = choices.filters("edition", "track", "district")
space = choices.space(chosen)
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
drawing.legend("verdict", [enrolment["verdict"]])
if enrolment["exit_warning"] != "none":
    drawing.legend("exit_warning", [enrolment["exit_warning"]])

rows = ask(attainment.attainment, **within, lang=lang)
evaluations = ask(attainment.evaluations, **within)
evaluations["reason"] = [story.missed(rows, year, lang) for year in evaluations["year"]]
st.subheader(words.text("space.years"), anchor=False)
tables.show(evaluations[["year", "evaluation_year", "phase", "result", "exit_warning", "due", "filed_at", "reason"]])

demands = story.demands(rows, evaluations)
if len(demands):
    st.subheader(words.text("space.next", year=demands["year"].iloc[0]), anchor=False)
    drawing.demands(demands, rows)

behind = requirement.Behind(
    ask(story.clauses, edition=edition, lang=lang),
    ask(story.figures, space=space),
    ask(story.peers, space=space, edition=edition, track=track),
    ask(outlook.best_years, edition=edition, track=track),
)
counted = rows[rows["basis"] != "attested"]
for code in story.in_order(counted, st.query_params.get("requirement")):
    requirement.panel(counted[counted["requirement"] == code], behind)

stated = rows[rows["basis"] == "attested"]
if len(stated):
    st.subheader(words.text("space.attested"), anchor=False)
    drawing.legend("status", stated["status"])
    drawing.chart(charts.attested(stated, lang), "attested", words.text("space.attested"))
    for code in story.in_order(stated, st.query_params.get("requirement")):
        own = stated[stated["requirement"] == code]
        with st.expander(f"{looks.STATUSES[own['status'].iloc[-1]].sign} {words.plain(own['metric_name'].iloc[0])}"):
            requirement.clause(own, behind)
            requirement.source(own, behind)
