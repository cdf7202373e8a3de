"""Shortfalls: what is missed, by whom, since when and by how much, with its downloads."""

import streamlit as st

from pages.shared import choices, data, tables, words
from tracking import attainment, programme

offered = data.ask(programme.programme)
chosen = choices.filters("edition", "track", "district", "year")
st.header(words.text("shortfalls.title"), anchor=False)
statuses = st.pills(
    words.text("shortfalls.statuses"),
    ["short", "behind_pace", "unreported", "unfiled"],
    selection_mode="multi",
    format_func=lambda code: words.text(f"status.{code}"),
)
least = st.slider(words.text("shortfalls.years_in_a_row"), 1, 10, 1)

missed = data.ask(attainment.shortfalls, **chosen.tables(), statuses=tuple(statuses), lang=words.lang())
missed = missed[missed["consecutive_years"] >= least]
if missed.empty:
    st.info(words.text("shortfalls.none"))
    st.stop()

st.text(
    words.text(
        "shortfalls.counted",
        rows=f"{len(missed):,}",
        spaces=f"{missed['space_id'].nunique():,}",
        requirements=f"{missed['requirement'].nunique():,}",
    )
)
shown = missed[
    [
        *("space_id", "space_name", "district", "track", "year", "phase", "metric_name", "unit", "required", "actual"),
        *("gap", "short_by", "needed_per_year", "attainment", "status", "consecutive_years", "clause", "revision"),
    ]
]
tables.show(shown, names={"track": tables.track_names(offered)}, key="shortfalls")

tables.downloads(missed, "shortfalls")
