"""What a person chooses, kept in the URL and nowhere else: one place ties a control to its parameter."""

import html
from collections.abc import Sequence
from typing import Any
from urllib.parse import urlencode

import streamlit as st

from pages.shared import words


def one_of(options: Sequence[str], name: str, otherwise: str | None = None) -> str | None:
    """What the URL says of a parameter, where that can be chosen."""
    written = st.query_params.get(name)
    return written if written in options else otherwise


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


def number(name: str, most: int | None = None) -> int:
    """A whole number from 1 on; 1 where the URL says none."""
    written = st.query_params.get(name, "1")
    # More digits than nine are none that anybody chose.
    least = max(1, int(written)) if written.isdecimal() and len(written) < 10 else 1
    return least if most is None else min(least, most)


def tied(key: str, name: str, value: object, *usual: object, begins_again: bool = True) -> dict[str, Any]:
    """The arguments that tie a control to a parameter: it shows `value`, and what is chosen goes into the URL.

    Nothing and what is `usual` stand there by being left out. A list begins again at its first page.
    """
    st.session_state[key] = value
    return {"key": key, "on_change": _remember, "args": (key, name, usual, begins_again)}


def _remember(key: str, name: str, usual: Sequence[object], begins_again: bool) -> None:
    if begins_again:
        st.query_params.pop("page", None)
    value = st.session_state[key]
    if value in ("", None, [], *usual):
        st.query_params.pop(name, None)
    else:
        st.query_params[name] = value
