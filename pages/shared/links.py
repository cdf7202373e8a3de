"""Links that no longer lead anywhere: what a URL asks for that is not there is told, never left out unseen."""

import html
from collections.abc import Sequence

import streamlit as st

from pages.shared import url, words


def known(name: str, options: Sequence[str], label: str) -> None:
    """Stop the page where the URL gives a parameter what is none of these, and offer to leave it out."""
    for written in url.every(name):
        if written and written not in options:
            unknown(name, written, label)
            st.stop()


def unknown(name: str, value: str, label: str, *also: str) -> None:
    """Say that nothing here is called like that, and offer to leave the parameter out, with those that belong to it."""
    st.warning(words.text("url.unknown", label=label, value=words.plain(value)), icon=":material/link_off:")
    address, leave = html.escape(url.here(name, *also)), words.text("url.leave_out", label=label)
    st.html(f'<a class="inside" href="{address}">{html.escape(leave)}</a>')
