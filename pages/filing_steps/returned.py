"""What of a space's filings is locked, and what came back from review: why, and which figures are to be looked at."""

from functools import partial
from typing import Any

import pandas as pd
import streamlit as st

from pages.filing_steps import receipt
from pages.shared import data, filed_figures, words
from tracking.access.acts import Forbidden
from tracking.database import Engine
from tracking.filing import locks
from tracking.review import again, deadlines, figures, questions, returned, standing, waiting, windows


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
        ends = row["until_at"].to_pydatetime()
        until = windows.last_day_for(data.engine(), data.today(), space=space, ends=ends)
        head = words.text("review.reopened", **about, until=f"{until:%Y-%m-%d}")
    else:
        head = words.text("review.returned", **about, at=f"{row['since']:%Y-%m-%d %H:%M}")
    reason = words.text("review.reason", reason=words.plain(row["reason"]))
    lines = [f"**{head}**", reason, *_until(space, int(row["year"])), words.text("review.mend")]
    st.warning("  \n".join(lines), icon=":material/assignment_return:")
    found = data.ask(figures.figures, space=space, year=int(row["year"]), lang=words.lang())
    if found["named"].any():
        over = ("metric_name", "value", "unit", "cell", "year_before", "required", "status")
        filed_figures.show(found[found["named"]], head, space, over=over)
    if found["named"].any() and row["act"] == "return":
        of_filing = {"space": space, "year": int(row["year"]), "lang": words.lang()}
        st.download_button(
            words.text("returned.download"),
            partial(_workbook, data.engine(), **of_filing),
            file_name=f"{space}-{row['year']}-returned.xlsx",
            on_click="ignore",
            icon=":material/download:",
            key=f"returned_{space}_{row['year']}",
        )
    if questions.may(data.engine(), "answer", space):
        _again(space, int(row["year"]))


def _until(space: str, year: int) -> list[str]:
    """Until when it is to be filed again, where the edition names days."""
    rows = waiting.of_space(data.engine(), deadlines.now(), space=space)
    return [
        words.text("term.mend_over" if row["term"] == "overdue" else "term.mend_by", day=f"{row['last_day']:%Y-%m-%d}")
        for _, row in rows[(rows["year"] == year) & rows["last_day"].notna()].iterrows()
    ]


def _again(space: str, year: int) -> None:
    """Where the figures are right: an answer, and filing them again as they are."""
    with st.form(f"again_{space}_{year}"):
        st.markdown(words.text("again.title"))
        answer = st.text_input(words.text("again.answer"), max_chars=again.LONGEST)
        pressed = st.form_submit_button(words.text("again.file"), icon=":material/replay:")
    if not pressed:
        return
    try:
        report = again.file_again(data.engine(), space=space, year=year, answer=answer, lang=words.lang())
    except again.UnusableAnswer:
        st.warning(words.text("again.needs_answer"), icon=":material/edit:")
    except again.NotReturned:
        st.warning(words.text("again.too_late"), icon=":material/sync_problem:")
    except Forbidden:
        st.error(words.text("access.forbidden"), icon=":material/block:")
    else:
        if report.load_id is not None:
            receipt.keep(report.load_id)
            st.rerun()
        for problem in report.problems:
            st.error(f"{words.plain(problem.message(words.lang()))} {words.plain(problem.hint(words.lang()))}")


def _workbook(seen: Engine, **of_filing: Any) -> bytes:  # noqa: ANN401 - as `returned.workbook` takes it
    # Made when it is asked for, outside of any page: the database was given to it as this person sees it.
    return returned.workbook(seen, data.today(), **of_filing)[1]
