"""Who files, and the one button that stores; a file that is no longer what was looked at is not stored."""

import streamlit as st

from pages.filing_steps import draft as drafts
from pages.filing_steps import receipt
from pages.filing_steps.draft import Draft
from pages.shared import data, words
from tracking.filing import loading
from tracking.filing.preview import Preview

_FILER = "filer"


def filer() -> str:
    """The field for who files; what was typed there last is offered again."""
    known = str(st.session_state.get(_FILER, ""))
    example = words.text("filing.by_example")
    return str(st.text_input(words.text("filing.by"), known, max_chars=80, placeholder=example, width=420)).strip()


def named(by: str) -> bool:
    """Whether somebody stands to it; if nobody does, the page asks who."""
    if not by:
        st.warning(words.text("filing.by_needed"), icon=":material/person:")
        return False
    st.session_state[_FILER] = by
    return True


def show(draft: Draft, seen: Preview, moved: bool) -> None:
    """The last step. `moved` says that what would change is not what the person looked at."""
    report = seen.report
    if not report.refused and report.filings == report.unchanged:
        st.info(words.text("filing.stored_already"), icon=":material/check_circle:")
        st.button(words.text("filing.another"), on_click=drafts.forget, icon=":material/upload_file:")
        return
    # One form, so that a name just typed and the press of the button arrive together.
    form = st.form("confirm", border=False, enter_to_submit=False)
    with form.container(horizontal=True, vertical_alignment="bottom"):
        by = filer()
        pressed = st.form_submit_button(
            words.text("filing.commit"),
            type="secondary" if report.refused else "primary",
            disabled=report.refused,
            icon=":material/check:",
        )
    st.button(words.text("filing.cancel"), on_click=drafts.forget, type="tertiary", icon=":material/close:")
    if pressed and not report.refused and named(by):
        if moved:
            st.warning(words.text("filing.moved"), icon=":material/sync_problem:")
            return
        told = loading.load(data.engine(), draft.content, draft.name, by=by)
        receipt.keep(told.sha256)
        st.rerun()
