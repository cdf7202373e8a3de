"""What was understood of a file: what it changes, and every figure beside last year's and what is asked."""

import pandas as pd
import streamlit as st

from pages.filing_steps import draft as drafts
from pages.filing_steps.draft import Draft
from pages.shared import tables, words
from tracking import corrections, looks, preview, telling
from tracking.preview import MOST_FILINGS, Preview

_EDITED = ("typed", "evidence", "note")
_COLUMNS = (
    *("space_name", "year", "metric_name", "unit", "typed", "stored", "year_before", "asked", "becomes"),
    *("evidence", "note"),
)


def show(draft: Draft, seen: Preview, names: dict[str, str]) -> None:
    """What would change, and the figures, which can be corrected where they stand."""
    report = seen.report
    st.subheader(words.text("filing.changes", closed=seen.closed, opened=seen.opened), anchor=False)
    counts = {"filings": report.filings, "unchanged": report.unchanged, "observations": report.observations}
    st.text(words.text("filing.counted", **counts))
    if len(seen.changes):
        tables.show(seen.changes, names={"track": names}, key=f"changes_{draft.key}")
    if seen.figures.empty:
        return
    with st.expander(words.text("filing.figures"), expanded=True):
        if len(report.revisions) > MOST_FILINGS:
            st.caption(words.text("filing.first_filings", shown=MOST_FILINGS, total=f"{len(report.revisions):,}"))
        _correct(draft, seen)


def _correct(draft: Draft, seen: Preview) -> None:
    each = preview.distinct(seen.figures)
    shown = each.assign(**_asked(seen.figures, each))[list(_COLUMNS)]
    # A correction files what is on the page; where not every filing is, that would leave the others out.
    all_there = len(seen.report.revisions) <= MOST_FILINGS
    with st.form(f"figures_{draft.key}", border=False):
        edited = st.data_editor(
            shown,
            hide_index=True,
            placeholder="",
            disabled=True if not all_there else [name for name in _COLUMNS if name not in _EDITED],
            column_config=tables.columns(shown) | _worded(),
            key=f"figures_table_{draft.key}",
        )
        asked = st.form_submit_button(
            words.text("filing.correct"),
            icon=":material/edit:",
            disabled=not all_there,
            help=words.text("filing.note_help"),
        )
    if asked:
        typed = edited[list(_EDITED)].fillna("")
        if not typed.equals(shown[list(_EDITED)].fillna("")):
            told = each.drop(columns=["value", *_EDITED]).assign(**typed.rename(columns={"typed": "value"}))
            drafts.correct(draft, corrections.to_csv(told), "csv")
            st.rerun()
        st.caption(words.text("filing.nothing_mended"))


def _worded() -> dict[str, object]:
    text = st.column_config.TextColumn
    return {
        "typed": text(words.text("filing.typed")),
        "stored": st.column_config.NumberColumn(words.text("filing.stored_before"), format="localized"),
        "asked": text(words.text("filing.asked"), width="medium"),
        "becomes": text(words.text("filing.becomes"), width="medium"),
    }


def _asked(figures: pd.DataFrame, each: pd.DataFrame) -> dict[str, list[str]]:
    """For each figure the targets that it serves, and how each would stand."""
    lang = words.lang()
    keys = ["space_id", "year", "metric"]
    served = figures[figures["requirement"].notna()]
    asked = {key: [telling.target(row, lang) for _, row in rows.iterrows()] for key, rows in served.groupby(keys)}
    stands = {
        key: [looks.told("status", status, lang) for status in rows["status"]] for key, rows in served.groupby(keys)
    }
    order = list(each[keys].itertuples(index=False, name=None))
    return {
        "asked": ["; ".join(dict.fromkeys(asked.get(key, []))) for key in order],
        "becomes": ["; ".join(dict.fromkeys(stands.get(key, []))) for key in order],
    }
