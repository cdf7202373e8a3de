"""Filing: which years are due, a file checked and previewed, one button that stores it, the receipt, the history."""

import streamlit as st

from pages.filing_steps import draft as drafts
from pages.filing_steps import figures, history, owed, problems, receipt, register
from pages.shared import choices, data, tables, words
from tracking import loading, programme, reading

TASKS = ("filing", "history", "register")

offered = data.ask(programme.programme)
st.header(words.text("filing.title"), anchor=False)
task = choices.one_of("task", TASKS, lambda code: words.text(f"filing.kind.{code}"))


def filer() -> str:
    """Who files; kept while the person stays."""
    return st.text_input(words.text("filing.by"), key="by", max_chars=80).strip()


def upload() -> None:
    """From the file dropped to the receipt; nothing is stored before the one button is pressed."""
    if (stored := receipt.stored()) is not None:
        receipt.show(stored)
        return
    by = filer()
    file = drafts.drop(words.text("filing.drop", megabytes=reading.SIZE_LIMIT // 1_000_000))
    if file is None:
        return
    draft = drafts.of(file)
    seen = drafts.seen(draft, words.lang())
    report = seen.report
    if draft.corrections:
        with st.container(horizontal=True, vertical_alignment="center"):
            st.text(words.text("filing.corrected", name=draft.name), width="content")
            st.button(words.text("filing.as_uploaded"), on_click=drafts.as_uploaded, icon=":material/undo:")
    problems.show(draft, seen)
    if not report.refused:
        figures.show(draft, seen, tables.track_names(offered))
        if report.filings == report.unchanged:
            st.info(words.text("filing.stored_already"), icon=":material/check_circle:")
            return
    if not by:
        st.caption(words.text("filing.by_needed"))
    with st.container(horizontal=True):
        if st.button(words.text("filing.commit"), type="primary", disabled=report.refused or not by):
            told = loading.load(data.engine(), draft.content, draft.name, by=by)
            receipt.keep(told.sha256)
            st.rerun()
        st.button(words.text("filing.cancel"), on_click=drafts.forget)


if task == "register":
    register.show(filer())
else:
    row = st.container(horizontal=True, key="filters")
    # A history is of one year, which is chosen among those that were filed.
    names = ("edition", "track", "district") if task == "history" else ("edition", "track", "district", "year")
    chosen = choices.filters(*names, row=row)
    space = choices.any_space(chosen, row)
    if task == "history":
        history.show(space, chosen.year)
    else:
        owed.template(space, chosen.track, chosen.year)
        upload()
        st.divider()
        owed.show(chosen, space)
