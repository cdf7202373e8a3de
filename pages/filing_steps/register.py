"""A register: who is enrolled, on which track, for which years."""

import pandas as pd
import streamlit as st

from pages.shared import data, tables, words
from tracking import exports, register


def show(by: str) -> None:
    """The register's upload."""
    file = st.file_uploader(
        words.text("filing.drop_register"), type=["csv", "tsv", "txt", "xlsx", "xls"], key="register"
    )
    st.download_button(
        words.text("filing.register_template"),
        ",".join(code for code, _ in register.COLUMNS).encode("utf-8-sig") + b"\r\n",
        file_name="register.csv",
        on_click="ignore",
        icon=":material/download:",
    )
    if file is None or not st.button(words.text("filing.commit"), type="primary", disabled=not by):
        return
    told = register.load(data.engine(), file.getvalue(), file.name, by=by)
    if not told.problems:
        st.success(words.text("filing.registered", spaces=told.spaces, enrolments=told.enrolments))
        return
    st.error(words.text("filing.refused"), icon=":material/block:")
    listed = pd.DataFrame([problem.as_dict(words.lang()) for problem in told.problems])
    listed = listed.assign(severity=[words.text(f"severity.{each}") for each in listed["severity"]])
    shown = listed[["severity", "sheet", "row", "column", "value", "message", "hint"]].astype({"row": "Int64"})
    st.dataframe(shown, hide_index=True, column_config=tables.columns(shown))
    st.download_button(
        words.text("filing.problems_download"),
        exports.to_csv(shown),
        file_name="problems.csv",
        on_click="ignore",
        icon=":material/download:",
    )
