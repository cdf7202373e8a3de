"""What waits for a step of review, what changes most first; many clean ones are decided together."""

import pandas as pd
import streamlit as st

from pages.review_parts import deciding
from pages.shared import data, drawing, html_table, tables, words
from pages.shared.html_table import Html
from tracking.access.acts import Act
from tracking.review import deadlines, questions, standing, terms, waiting
from tracking.review.acting import Filing

_SHOWN = (
    *("space_name", "space_id", "district", "year", "term", "opened", "closed", "missed", "exits", "last_years"),
    *("warnings", "money", "review_state", "since", "days_here", "last_day", "filed_by", "approved_revision"),
)
# What rows are told apart by, where there are several of it.
_TOLD_APART = ("district", "review_state")
# Those that change most; whoever wants all of them has the file.
_AT_ONCE = 100
_CLEAN = ("space_name", "space_id", "year", "missed", "money", "filed_by")


def show(step: Act, year: int | None) -> None:
    """The queue of a step; a row that is picked is looked at by itself."""
    rows = standing.queue(data.engine(), data.today(), needs=step, year=year)
    named = words.text(f"review.step.{step}")
    if rows.empty:
        st.info(words.text("review.nothing", step=named), icon=":material/task_alt:")
        return
    st.subheader(words.text("review.waiting", step=named, count=f"{len(rows):,}"), anchor=False)
    if late := int((rows["term"] == "overdue").sum()):
        st.html(html_table.link("review", words.text("term.among", count=f"{late:,}"), step="overdue"))
    _together(step, rows[rows["clean"]])
    drawing.hint("review.pick")
    # A count that is nothing in every row says nothing, and no more does what is the same in every row.
    alike = {name for name in _TOLD_APART if rows[name].nunique() == 1} | ({"year"} if year else set())
    shown = [name for name in _SHOWN if name not in alike and rows[name].notna().any() and (rows[name] != 0).any()]
    tables.show(rows, shown=shown, caption=named, link=_to_one, most=_AT_ONCE)
    if len(rows) > _AT_ONCE:
        tables.downloads(rows, f"review-{step}")


def overdue() -> None:
    """What lies too long at any step that concerns whoever looks; a row leads to the filing."""
    found = waiting.overdue(data.engine(), deadlines.now())
    if found.empty:
        named = len(terms.listed(data.engine(), data.today()))
        st.info(words.text("term.nothing_overdue" if named else "term.none"), icon=":material/task_alt:")
        return
    title = words.text("term.overdue_list", count=f"{len(found):,}")
    st.subheader(title, anchor=False)
    rows = found.assign(step=[words.text(f"term.step.{each}") for each in found["step"]])
    shown = ("space_name", "space_id", "district", "year", "step", "last_day", "days_here", "since")
    tables.show(rows, shown=shown, caption=title, link=_to_one)
    tables.downloads(found, "review-overdue")


def questions_open() -> None:
    """Every question that is not resolved, of the spaces that whoever looks sees; a row leads to the filing."""
    found = questions.threads(data.engine(), data.today(), lang=words.lang())
    if found.empty:
        st.info(words.text("question.none"), icon=":material/task_alt:")
        return
    shown = ("space_name", "space_id", "year", "metric_name", "question_state", "body", "by", "at")
    tables.show(found, shown=shown, caption=words.text("review.step.question"), link=_to_one)


def _to_one(row: tables.Row, label: object) -> Html:
    return html_table.link("review", label, row=True, space=str(row["space_id"]), year=str(row["year"]))


def _together(step: Act, clean: pd.DataFrame) -> None:
    """Those that came without a warning and change no shortfall: listed, and moved on with one button."""
    if clean.empty or data.person().account is None:
        return
    count = f"{len(clean):,}"
    with st.expander(words.text("review.clean", count=count), icon=":material/done_all:"):
        st.caption(words.text("review.clean_why", act=words.text(f"review_act.{step}")))
        tables.show(clean, shown=_CLEAN, caption=words.text("review.clean", count=count), link=_to_one)
        if st.button(words.text(f"review.clean_button.{step}", count=count), type="primary", key=f"together_{step}"):
            keys = ["space_id", "year", "revision"]
            filings = [Filing(str(space), int(year), int(revision)) for space, year, revision in clean[keys].to_numpy()]
            deciding.act(step, filings, only_clean=True)
