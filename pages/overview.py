"""Overview: how the programme stands in a data year, and who needs attention."""

import streamlit as st

from pages.shared import choices, tables, words
from pages.shared.data import ask
from tracking import attainment

chosen = choices.filters("edition", "track", "district", "year", "phase", always=("year",))
st.header(words.text("page.overview"))
tables.show(ask(attainment.evaluations, **chosen.tables()))
