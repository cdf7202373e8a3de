"""What was stored: space, year, revision, figures, file, SHA-256, who and when."""

import streamlit as st

from pages.filing_steps import draft as drafts
from pages.shared import choices, data, tables, words
from tracking import exports, history

_STORED = "filing_stored"


def keep(sha256: str) -> None:
    """Remember that this file was stored, to show its receipt until the next one."""
    st.session_state[_STORED] = sha256


def stored() -> str | None:
    """The SHA-256 of the file just stored; None where there is none."""
    known: str | None = st.session_state.get(_STORED)
    return known


def show(sha256: str) -> None:
    """The receipt of a stored file, its download, and what to do next."""
    told = data.ask(history.receipt, sha256=sha256)
    st.success(words.text("filing.stored", filings=len(told)), icon=":material/check_circle:")
    tables.show(told, key="receipt_table")
    with st.container(horizontal=True, vertical_alignment="center"):
        st.download_button(
            words.text("filing.receipt_download"),
            lambda: exports.to_csv(told),
            file_name=f"receipt-{sha256[:12]}.csv",
            on_click="ignore",
            icon=":material/download:",
        )
        if len(told):
            first = str(told["space_id"].iloc[0])
            st.page_link(
                "space.py",
                label=words.text("filing.to_space", space=words.plain(told["space_name"].iloc[0])),
                icon=":material/apartment:",
                query_params=choices.carried(space=first),
            )
        st.button(words.text("filing.another"), icon=":material/upload_file:", on_click=_another)


def _another() -> None:
    st.session_state.pop(_STORED, None)
    drafts.forget()
