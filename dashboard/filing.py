"""Filing: which years are due, a file checked and previewed, one button that stores it, and the receipt."""

import pandas as pd
import streamlit as st

from pages.shared import choices, data, tables, words
from tracking import attainment, exports, loading, loads, preview, programme, reading, register

offered = data.ask(programme.programme)
lang = words.lang()
st.header(words.text("filing.title"), anchor=False)

kind = st.segmented_control(
    words.text("filing.kind"),
    ["filing", "register"],
    default="filing",
    required=True,
    format_func=lambda code: words.text(f"filing.kind.{code}"),
)
by = st.text_input(words.text("filing.by"), key="by", max_chars=80)
file = st.file_uploader(
    words.text("filing.drop", megabytes=reading.SIZE_LIMIT // 1_000_000),
    type=["csv", "tsv", "txt", "xlsx", "xls"],
    key=f"file_{kind}",
)


def problems(found: list[dict[str, object]]) -> None:
    """The problems of a file as a table, errors first, and as a download."""
    listed = pd.DataFrame(found)
    listed["severity"] = [words.text(f"filing.{severity}") for severity in listed["severity"]]
    shown = listed[["severity", "sheet", "row", "column", "value", "message", "hint"]].astype("str")
    st.dataframe(shown.replace({"None": "", "nan": ""}), hide_index=True, column_config=tables.columns(shown))
    st.download_button(
        words.text("filing.problems_download"),
        exports.to_csv(shown),
        file_name="problems.csv",
        on_click="ignore",
        icon=":material/download:",
    )


if file is None:
    st.session_state.pop("receipt", None)
elif kind == "register":
    if st.button(words.text("filing.commit"), type="primary", disabled=not by.strip()):
        told = register.load(data.engine(), file.getvalue(), file.name, by=by.strip())
        if told.problems:
            st.error(words.text("filing.refused"))
            problems([problem.as_dict(lang) for problem in told.problems])
        else:
            st.success(words.text("filing.registered", spaces=told.spaces, enrolments=told.enrolments))
else:
    content = file.getvalue()
    receipt = st.session_state.get("receipt")
    if receipt and receipt.sha256 != loads.sha256(content):
        receipt = None
    if receipt is None:
        with st.spinner(words.text("filing.reading")):
            seen = preview.preview(data.engine(), content, file.name, data.today(), lang)
        report = seen.report
        if report.problems:
            errors = sum(problem.severity == "error" for problem in report.problems)
            st.subheader(
                words.text("filing.problems", errors=errors, warnings=len(report.problems) - errors), anchor=False
            )
            problems([problem.as_dict(lang) for problem in report.problems])
        if not report.refused:
            st.subheader(words.text("filing.changes", closed=seen.closed, opened=seen.opened), anchor=False)
            st.text(
                words.text(
                    "filing.counted",
                    filings=report.filings,
                    unchanged=report.unchanged,
                    observations=report.observations,
                )
            )
            if len(seen.changes):
                tables.show(seen.changes, names={"track": tables.track_names(offered)}, key="changes")
            if len(seen.figures):
                with st.expander(words.text("filing.figures")):
                    tables.show(seen.figures, key="figures")
        if not by.strip():
            st.caption(words.text("filing.by_needed"))
        if st.button(words.text("filing.commit"), type="primary", disabled=report.refused or not by.strip()):
            st.session_state["receipt"] = loading.load(data.engine(), content, file.name, by=by.strip())
            st.rerun()
    else:
        st.success(
            words.text("filing.stored", changed=len(receipt.revisions), unchanged=receipt.unchanged),
            icon=":material/check_circle:",
        )
        told = receipt.revisions.assign(source=receipt.file, sha256=receipt.sha256, filed_by=by.strip())
        tables.show(told, key="receipt_table")
        st.download_button(
            words.text("filing.receipt_download"),
            exports.to_csv(told),
            file_name="receipt.csv",
            on_click="ignore",
            icon=":material/download:",
        )

st.divider()
chosen = choices.filters("track", "district", "year")
st.subheader(words.text("filing.due"), anchor=False)
states = data.ask(attainment.filings, **chosen.tables())
if states.empty:
    st.info(words.text("filing.nobody"))
else:
    tables.show(states.drop(columns=["sha256"]), key="states")
