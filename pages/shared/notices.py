"""What everybody has to know before they read on: a restart that is to come, a database mended or only to look at."""

import streamlit as st

from pages.shared import data, restarting, words
from tracking import database
from tracking.operations import stopping


def show() -> None:
    """Say it over the page, as long as it holds."""
    restarting.note()
    if stopping.draining():
        sentences = (words.text(restarting.KEY), words.text(f"{restarting.KEY}_more"))
        st.warning(" ".join(sentences), icon=restarting.ICON)
    if database.read_only():
        st.error(words.text("unavailable.read-only"), icon=":material/lock:")
    for each in database.mended(data.engine()):
        st.warning(words.text(f"mended.{each.kind}", load=each.load_id, rows=each.rows), icon=":material/healing:")
