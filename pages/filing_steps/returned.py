"""What of a space's filings is locked, and what came back from review: why, and which figures are to be looked at."""

from functools import partial
from typing import Any

import pandas as pd
import streamlit as st

from pages.shared import data, filed_figures, words
from tracking.filing import locks
from tracking.review import figures, returned, standing


def show(space: str | None) -> None:
    """Every filing of the space that waits for its operator."""
    if space is None:
        return
    for lock in locks.of_space(data.engine(), data.today(), space=space):
        st.info(
            f"{words.plain(lock.message(words.lang()))} {words.plain(lock.hint(words.lang()))}", icon=":material/lock:"
        )
    states = standing.states(data.engine(), data.today(), space=space)
    for _, row in states[states["review_state"] == "returned"].iterrows():
        _one(space, row)


def _one(space: str, row: "pd.Series[object]") -> None:
    about = {"year": row["year"], "by": words.plain(row["moved_by"])}
    if isinstance(row["until_at"], pd.Timestamp):
        head = words.text("review.reopened", **about, until=f"{row['until_at']:%Y-%m-%d %H:%M}")
    else:
        head = words.text("review.returned", **about, at=f"{row['since']:%Y-%m-%d %H:%M}")
    reason = words.text("review.reason", reason=words.plain(row["reason"]))
    st.warning("  \n".join([f"**{head}**", reason, words.text("review.mend")]), icon=":material/assignment_return:")
    found = data.ask(figures.figures, space=space, year=int(row["year"]), lang=words.lang())
    if found["named"].any():
        over = ("metric_name", "value", "unit", "cell", "year_before", "required", "status")
        filed_figures.show(found[found["named"]], head, over=over)
    if found["named"].any() and row["act"] == "return":
        of_filing = {"space": space, "year": int(row["year"]), "lang": words.lang()}
        st.download_button(
            words.text("returned.download"),
            partial(_workbook, **of_filing),
            file_name=f"{space}-{row['year']}-returned.xlsx",
            on_click="ignore",
            icon=":material/download:",
            key=f"returned_{space}_{row['year']}",
        )


def _workbook(**of_filing: Any) -> bytes:  # noqa: ANN401 - as `returned.workbook` takes it
    return returned.workbook(data.engine(), data.today(), **of_filing)[1]
