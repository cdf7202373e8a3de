"""A register: who is enrolled, on which track, for which years."""

import pandas as pd
import streamlit as st

from pages.filing_steps import confirm
from pages.filing_steps import draft as drafts
from pages.shared import data, tables, words
from tracking.access.acts import Forbidden
from tracking.exports import formats
from tracking.filing import register
from tracking.filing.register import RegisterReport


def show() -> None:
    """The register's upload."""
    st.download_button(
        words.text("filing.register_template"),
        ",".join(code for code, _ in register.COLUMNS).encode("utf-8-sig") + b"\r\n",
        file_name="register.csv",
        on_click="ignore",
        icon=":material/download:",
    )
    file = drafts.drop("register")
    if file is None:
        return
    form = st.form("confirm_register", border=False, enter_to_submit=False)
    with form.container(horizontal=True, vertical_alignment="bottom"):
        by = confirm.filer()
        pressed = st.form_submit_button(words.text("filing.commit"), type="primary", icon=":material/check:")
    if not pressed or not confirm.named(by):
        return
    try:
        report = register.load(data.engine(), file.getvalue(), file.name, by=by)
    except Forbidden:
        st.error(words.text("access.forbidden"), icon=":material/block:")
        return
    if report.loaded:
        st.success(words.text("filing.registered", spaces=report.spaces, enrolments=report.enrolments))
    else:
        st.error(words.text("filing.refused"), icon=":material/block:")
    if report.problems:
        _problems(report)


def _problems(report: RegisterReport) -> None:
    listed = pd.DataFrame([problem.as_dict(words.lang()) for problem in report.problems])
    listed = listed.assign(severity=[words.text(f"severity.{each}") for each in listed["severity"]])
    shown = listed[["severity", "sheet", "row", "column", "value", "message", "hint"]].astype({"row": "Int64"})
    tables.show(shown)
    st.download_button(
        words.text("filing.problems_download"),
        formats.to_csv(shown),
        file_name="problems.csv",
        on_click="ignore",
        icon=":material/download:",
    )
