"""Within how many days each step of review is to be done: what editions name, and naming it."""

import pandas as pd
import streamlit as st

from pages.review_parts import windows
from pages.shared import data, doing, html_table, tables, words
from tracking.review import terms
from tracking.review.terms import Days, UnusableTerm

_SAVED = "term_saved"
_STEPS = ("check", "approve", "mend")


def show() -> None:
    """The days that are named, and what names others."""
    st.subheader(words.text("term.title"), anchor=False)
    names = windows.begin("term", _SAVED)
    named = terms.listed(data.engine(), data.today())
    if named.empty:
        st.info(words.text("term.none"))
    else:
        tables.show(named, caption=words.text("term.title"), names={"edition": names}, link=_to_overdue)
    st.markdown(f"**{words.text('term.set')}**")
    edition = st.selectbox(tables.label("edition"), list(names), format_func=names.__getitem__, key="term_edition")
    with st.form("terms"):
        # What stays as it is stands there already.
        before = named[named["edition"] == edition]
        with st.container(horizontal=True, vertical_alignment="bottom"):
            days = [_days(each, edition, before[f"{each}_days"]) for each in _STEPS]
        by = windows.signature("term_by")
        if st.form_submit_button(words.text("term.save"), type="primary") and edition and windows.signed(by):
            doing.do(
                lambda: terms.set_days(data.engine(), edition, Days(*days), by=by),
                _SAVED,
                {UnusableTerm: lambda unusable: words.text(f"term.unusable_{unusable.what}")},
            )


def _to_overdue(row: tables.Row, label: object) -> html_table.Html:
    """The terms of an edition lead to what lies longer than they allow."""
    return html_table.link("review", label, row=True, edition=row["edition"], step="overdue")


def _days(step: str, edition: str | None, before: "pd.Series[int]") -> int | None:
    usual = None if before.isna().all() else int(before.iloc[0])
    key = f"term_{step}_{edition}"
    chosen = st.number_input(words.text(f"term.{step}"), 1, terms.MOST_DAYS, usual, key=key)
    return None if chosen is None else int(chosen)
