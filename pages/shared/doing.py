"""An act on a page: done and the page drawn anew, or refused and said why."""

from collections.abc import Callable, Mapping
from typing import Any

import streamlit as st

from pages.shared import words
from tracking.access.acts import Forbidden


def do(work: Callable[[], object], kept: str, refused: Mapping[type[Exception], Callable[[Any], str]]) -> None:
    """Do it, keep in the session under `kept` that it was, and draw the page anew.

    `refused` has what may refuse it, each with the sentence that says why.
    """
    try:
        work()
    except tuple(refused) as refusal:
        st.error(refused[type(refusal)](refusal))
    except Forbidden:
        st.error(words.text("access.forbidden"), icon=":material/block:")
    else:
        st.session_state[kept] = True
        st.rerun()
