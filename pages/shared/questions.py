"""Questions on figures: every thread with what was written, and what whoever looks may write in it."""

import pandas as pd
import streamlit as st

from pages.shared import data, html_table, words
from tracking.access.acts import Forbidden
from tracking.database import DatabaseUnavailable
from tracking.review import questions
from tracking.review.drafts import answers
from tracking.review.questions import Entry

_WRITTEN = "question_written"


def show(space: str, year: int | None, *, resolved: bool = False) -> None:
    """The threads of a space, of a year or of all of them."""
    found = questions.threads(data.engine(), data.today(), space=space, year=year, resolved=resolved, lang=words.lang())
    if st.session_state.pop(_WRITTEN, False):
        st.success(words.text("question.written"), icon=":material/check_circle:")
    if found.empty:
        return
    st.subheader(words.text("question.title"), anchor=False)
    for _, row in found.iterrows():
        _thread(row)


def ask(space: str, year: int, figures: pd.DataFrame) -> None:
    """A new question on one of the figures, for who may ask."""
    if not questions.may(data.engine(), "ask", space):
        return
    names = dict(zip(figures["metric"], figures["metric_name"], strict=True))
    with st.form(f"ask_{space}_{year}", clear_on_submit=True):
        st.markdown(f"**{words.text('question.ask')}**")
        metric = st.selectbox(words.text("column.metric_name"), list(names), format_func=names.__getitem__)
        body = st.text_input(words.text("question.body"), max_chars=questions.LONGEST)
        if st.form_submit_button(words.text("question_act.ask")) and metric:
            write("ask", space, year, str(metric), body)


def write(entry: Entry, space: str, year: int, metric: str, body: str) -> None:
    """Write it, and draw the page anew; or say why not."""
    try:
        questions.write(data.engine(), entry, space, year, metric, body)
    except questions.UnusableQuestion as unusable:
        st.error(words.text(f"question.why_{unusable.why}"))
    except Forbidden:
        st.error(words.text("access.forbidden"), icon=":material/block:")
    else:
        st.session_state[_WRITTEN] = True
        st.session_state.pop(f"answer_{space}_{year}_{metric}", None)
        st.rerun()


def _thread(row: "pd.Series[object]") -> None:
    space, year, metric = str(row["space_id"]), int(str(row["year"])), str(row["metric"])
    written = questions.entries(data.engine(), data.today(), space=space, year=year, metric=metric)
    mark = html_table.mark("question_state", str(row["question_state"]))
    with st.container(border=True):
        name = html_table.escaped(f"{row['metric_name']} · {words.text('year', year=row['year'])}")
        st.html(html_table.joined([mark, name], " "))
        for _, each in written.iterrows():
            act = words.text(f"question_act.{each['act']}")
            by = f"{words.plain(each['by'])} {each['at']:%Y-%m-%d %H:%M}"
            body = f": {words.plain(each['body'])}" if isinstance(each["body"], str) else ""
            st.markdown(f"**{act}** · {by}{body}")
        _offer(space, year, metric)


def _offer(space: str, year: int, metric: str) -> None:
    offered: list[Entry] = [each for each in ("answer", "resolve") if questions.may(data.engine(), each, space)]
    if "answer" in offered:
        _answer(space, year, metric, offered)
        return
    if not offered:
        return
    with st.form(f"thread_{space}_{year}_{metric}", clear_on_submit=True, border=False):
        body = st.text_input(words.text("question.body"), max_chars=questions.LONGEST)
        with st.container(horizontal=True):
            pressed = [each for each in offered if st.form_submit_button(words.text(f"question_act.{each}"))]
    if pressed:
        write(pressed[0], space, year, metric, body)


def _answer(space: str, year: int, metric: str, offered: list[Entry]) -> None:
    """The answer, kept as it is left: in no form, since a form tells nothing before it is sent."""
    place = f"{space}_{year}_{metric}"
    key = f"answer_{place}"
    if key not in st.session_state:
        st.session_state[key] = answers.kept(data.engine(), data.today(), space=space, year=year, metric=metric)
    body = st.text_area(
        words.text("question.body"),
        max_chars=questions.LONGEST,
        key=key,
        height=80,
        on_change=_keep,
        args=(key, space, year, metric),
    )
    with st.container(horizontal=True):
        pressed = [
            each for each in offered if st.button(words.text(f"question_act.{each}"), key=f"{each}_answer_{place}")
        ]
    # Below the buttons, so that none moves from under a press.
    if key_of_word := st.session_state.get(f"{key}_kept"):
        st.caption(words.text(key_of_word))
    if pressed:
        st.session_state.pop(f"{key}_kept", None)
        write(pressed[0], space, year, metric, body)


def _keep(key: str, space: str, year: int, metric: str) -> None:
    body = str(st.session_state[key])
    try:
        is_kept = answers.keep(data.engine(), space, year, metric, body)
    except (DatabaseUnavailable, Forbidden):
        is_kept = False
    outcome = "question.draft_kept" if is_kept else "question.draft_unkept"
    st.session_state[f"{key}_kept"] = outcome if body.strip() else ""
