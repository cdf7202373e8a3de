"""Within how many days each step of review is to be done: what editions name, and naming it."""

import streamlit as st

from pages.review_parts import windows
from pages.shared import data, doing, tables, words
from pages.shared.data import ask
from tracking.results import programme
from tracking.review import terms
from tracking.review.terms import Days, UnusableTerm

_SAVED = "term_saved"
_STEPS = ("check", "approve", "mend")


def show() -> None:
    """The days that are named, and what names others."""
    st.subheader(words.text("term.title"), anchor=False)
    st.markdown(words.text("term.about"))
    if st.session_state.pop(_SAVED, False):
        st.success(words.text("window.saved"), icon=":material/check_circle:")
    names = tables.edition_names(ask(programme.programme))
    named = terms.listed(data.engine(), data.today())
    if named.empty:
        st.info(words.text("term.none"))
    else:
        tables.show(named, caption=words.text("term.title"), names={"edition": names})
    with st.form("terms"):
        st.markdown(f"**{words.text('term.set')}**")
        with st.container(horizontal=True, vertical_alignment="bottom"):
            edition = st.selectbox(tables.label("edition"), list(names), format_func=names.__getitem__)
            days = [_days(each) for each in _STEPS]
        by = windows.signature("term_by")
        if st.form_submit_button(words.text("term.save"), type="primary") and edition and windows.signed(by):
            doing.do(
                lambda: terms.set_days(data.engine(), edition, Days(*days), by=by),
                _SAVED,
                {UnusableTerm: lambda unusable: words.text(f"term.unusable_{unusable.what}")},
            )


def _days(step: str) -> int | None:
    chosen = st.number_input(words.text(f"term.{step}"), 1, terms.MOST_DAYS, None, key=f"term_{step}")
    return None if chosen is None else int(chosen)
