"""What everybody has to know before they read on: that the database was mended, or may only be looked at."""

import streamlit as st

from pages.shared import data, words
from tracking import database


def show() -> None:
    """Say it over the page, as long as it holds."""
    if database.read_only():
        st.error(words.text("unavailable.read-only"), icon=":material/lock:")
    for each in database.mended(data.engine()):
        st.warning(words.text(f"mended.{each.kind}", load=each.load_id, rows=each.rows), icon=":material/healing:")
