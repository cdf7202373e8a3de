"""A register: who is enrolled, on which track, for which years; what it would change is shown before it is stored."""

import streamlit as st

from pages.filing_steps import confirm, kept
from pages.filing_steps import draft as drafts
from pages.shared import data, problem_list, tables, words, would_change
from tracking.access import acts
from tracking.access.acts import Forbidden
from tracking.filing import register, register_preview, register_rows
from tracking.filing.register_preview import RegisterPreview
from tracking.results import programme
from tracking.words.language import translations


def show() -> None:
    """The register's upload."""
    if not acts.may(data.person(), "register"):
        st.info(words.text("register.whose"), icon=":material/block:")
        return
    st.download_button(
        words.text("filing.register_template"),
        ",".join(code for code, _ in register_rows.COLUMNS).encode("utf-8-sig") + b"\r\n",
        file_name="register.csv",
        on_click="ignore",
        icon=":material/download:",
    )
    file = drafts.drop("register")
    if file is None:
        return
    content, name = file.getvalue(), file.name
    try:
        seen = register_preview.preview(data.engine(), content, name, data.today(), words.lang())
        if not seen.report.loaded:
            st.error(words.text("upload.refused"), icon=":material/block:")
        elif seen.report.load_id is None:
            st.info(words.text("register.same"), icon=":material/check_circle:")
        elif _confirmed(seen):
            _store(content, name)
            return
    except Forbidden:
        st.error(words.text("access.forbidden"), icon=":material/block:")
        return
    problem_list.show(seen.report.problems)
    _entries(seen)
    would_change.show(seen.changes)


def _confirmed(seen: RegisterPreview) -> bool:
    """What it comes to, who stands to it, and whether the button was pressed."""
    counts = {name: f"{getattr(seen.report, name):,}" for name in ("spaces", "enrolments")}
    st.markdown(words.text("register.seen", **counts))
    would_change.counts(seen.closed, seen.opened)
    form = st.form("confirm_register", border=False, enter_to_submit=False)
    with form.container(horizontal=True, vertical_alignment="bottom"):
        by = confirm.filer()
        pressed = st.form_submit_button(words.text("filing.commit"), type="primary", icon=":material/check:")
    return bool(pressed) and confirm.named(by)


def _store(content: bytes, name: str) -> None:
    person = data.person()
    by = str(st.session_state.get(kept.FILER, "")) if person.account is None else person.name
    report = register.load(data.engine(), content, name, by=by)
    if report.loaded:
        st.success(words.text("filing.registered", spaces=report.spaces, enrolments=report.enrolments))
    else:
        # Somebody stored something in between.
        st.error(words.text("upload.refused"), icon=":material/block:")
    problem_list.show(report.problems)


def _entries(seen: RegisterPreview) -> None:
    if seen.entries.empty:
        return
    st.subheader(words.text("register.entries"), anchor=False)
    shown = seen.entries.assign(entry=[_entry(each) for each in seen.entries["entry"]])
    columns = [name for name in shown if (shown[name] != "").any()]
    names = tables.track_names(data.ask(programme.programme))
    tables.show(shown, shown=columns, caption=words.text("register.entries"), names={"track": names})
    if len(shown) > tables.ROWS:
        tables.downloads(shown, "register-changes", key="entries")


def _entry(code: str) -> str:
    key = f"column.{code}"
    return words.text(key if key in translations() else f"register.entry.{code}")
