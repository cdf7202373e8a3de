"""Links that no longer lead anywhere: what a URL asks for that is not there is told, never left out unseen."""

import html
from collections.abc import Sequence
from urllib.parse import urlencode

import streamlit as st

from pages.shared import words


def known(name: str, options: Sequence[str], label: str) -> None:
    """Stop the page where the URL gives a parameter what is none of these, and offer to leave it out."""
    written = st.query_params.get(name)
    if not written or written in options:
        return
    st.warning(words.text("url.unknown", label=label, value=words.plain(written)), icon=":material/link_off:")
    others = [(key, value) for key in st.query_params for value in st.query_params.get_all(key) if key != name]
    address, leave = html.escape(f"?{urlencode(others)}"), words.text("url.leave_out", label=label)
    st.html(f'<a class="inside" href="{address}">{html.escape(leave)}</a>')
    st.stop()
