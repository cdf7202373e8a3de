"""The shortfalls that would open and close, and the statuses that would change, before something is stored."""

import pandas as pd
import streamlit as st

from pages.shared import data, tables, words
from tracking.results import programme
from tracking.words import numbers

_SHOWN = (
    *("change", "space_id", "space_name", "track", "year", "metric_name"),
    *("required", "actual_before", "actual_after", "status_before", "status_after"),
)
_FIGURES = ("required", "actual_before", "actual_after")


def counts(closed: int | None, opened: int | None) -> None:
    """How many shortfalls there would be less and more; None where that may not be told."""
    if closed is None or opened is None:
        st.caption(words.text("would_change.few"))
    else:
        st.markdown(words.text("filing.changes", closed=f"{closed:,}", opened=f"{opened:,}"))


def show(changes: pd.DataFrame) -> None:
    """Each status that would change, the shortfalls that would open first."""
    if changes.empty:
        return
    st.subheader(words.text("would_change.title", count=f"{len(changes):,}"), anchor=False)
    shown = changes.head(tables.ROWS)
    figures = {name: [_figure(row, name) for row in shown.to_dict("records")] for name in _FIGURES}
    worded = shown.assign(**figures)
    columns = [name for name in _SHOWN if (worded[name].notna() & (worded[name] != "")).any()]
    names = tables.track_names(data.ask(programme.programme))
    if len(changes) > len(shown):
        st.caption(words.text("table.first_rows", rows=f"{len(shown):,}", total=f"{len(changes):,}"))
    tables.show(worded, shown=columns, caption=words.text("would_change.title", count=""), names={"track": names})
    if len(changes) > len(shown):
        tables.downloads(changes, "changes", key="would_change")


def _figure(row: dict[str, object], name: str) -> str:
    required = row["required"] if name != "required" else None
    return numbers.judged(row[name], row["basis"], required, words.lang())  # type: ignore[arg-type]
