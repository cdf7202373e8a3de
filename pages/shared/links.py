"""Links that no longer lead anywhere: what a URL asks for that is not there is told, never left out unseen."""

import html
from collections.abc import Sequence

import streamlit as st

from pages.shared import url, words


def known(name: str, options: Sequence[str], label: str) -> None:
    """Stop the page where the URL gives a parameter what is none of these, and offer to leave it out."""
    written = url.written(name)
    if not written or written in options:
        return
    st.warning(words.text("url.unknown", label=label, value=words.plain(written)), icon=":material/link_off:")
    address, leave = html.escape(url.here(name)), words.text("url.leave_out", label=label)
    st.html(f'<a class="inside" href="{address}">{html.escape(leave)}</a>')
    st.stop()
