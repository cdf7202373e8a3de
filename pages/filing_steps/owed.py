"""Which years are due, filed and late, and the template to fill in."""

from functools import partial

import streamlit as st

from pages.shared import data, tables, words
from pages.shared.choices import Chosen
from tracking import attainment, history, templates


def show(chosen: Chosen, space: str | None) -> None:
    """A row per space and year, what is overdue first."""
    scope = {name: value for name, value in chosen.scope().items() if name != "phase"}
    rows = data.ask(history.owed, **scope, space=space)
    if rows.empty:
        st.info(words.text("filing.nobody"))
        return
    counts = rows["state"].value_counts()
    told = [f"{words.text(f'state.{state}')} {counts[state]:,}" for state in _STATES if state in counts]
    st.subheader(words.text("filing.due", counts=words.text("filing.comma").join(told)), anchor=False)
    tables.show(rows, key="owed")


_STATES = ("unfiled", "upcoming", "late", "filed")


def template(space: str | None, track: str | None, year: int | None) -> None:
    """The template of a track, or of one space with its own figures of last year."""
    if space is not None:
        enrolled = data.ask(attainment.verdicts, spaces=(space,))
        tracks = list(dict.fromkeys(enrolled["track"]))
        track = track if track in tracks else next(iter(tracks), None)
    if track is None:
        st.caption(words.text("filing.template_choose"))
        return
    year = year or data.today().year - 1
    with st.container(horizontal=True, vertical_alignment="center"):
        st.text(words.text("filing.template", year=year), width="content")
        for form in ("xlsx", "csv"):
            st.download_button(
                form.upper(),
                partial(templates.template, data.engine(), track, form, space=space or "", year=year),
                file_name=f"{space or track}-{year}.{form}",
                on_click="ignore",
                icon=":material/download:",
                key=f"template_{form}",
            )
