"""What backs the figures of a year: each file as a download, a list held against its figure, and attaching another."""

from collections.abc import Callable
from urllib.parse import urljoin

import pandas as pd
import streamlit as st

from pages.shared import data, doing, words
from tracking import api
from tracking.charts import backing
from tracking.review import evidence, standing
from tracking.review import figures as review_figures
from tracking.review.evidence import UnusableEvidence

_KEPT = "evidence_kept"


def offer(space: str) -> None:
    """Of the latest year that a space filed for and may still change, for who files for it."""
    years = standing.states(data.engine(), data.today(), space=space)["year"]
    open_ones = (each for each in map(int, years) if evidence.may(data.engine(), data.today(), space=space, year=each))
    year = next(open_ones, None)
    if year is not None:
        figures = data.ask(review_figures.figures, space=space, year=year, lang=words.lang())
        st.caption(words.text("year", year=year))
        show(space, year, figures[figures["kind"].notna()].drop_duplicates("metric"))


def show(space: str, year: int, figures: pd.DataFrame) -> None:
    """Every file with what it is attached to, and for who files a form; `figures` have metric and metric_name."""
    found = evidence.attached(data.engine(), data.today(), space=space, year=year, lang=words.lang())
    may_file = evidence.may(data.engine(), data.today(), space=space, year=year)
    if st.session_state.pop(_KEPT, False):
        st.success(words.text("evidence.kept"), icon=":material/check_circle:")
    if found.empty and not may_file:
        return
    st.subheader(words.text("evidence.title"), anchor=False)
    for _, row in found.iterrows():
        _file(row, may_file=may_file)
    if may_file:
        _attach(space, year, dict(zip(figures["metric"], figures["metric_name"], strict=True)))


def _file(row: "pd.Series[object]", *, may_file: bool) -> None:
    number = int(str(row["load_id"]))
    with st.container(border=True):
        sentence = backing.sentence(row, words.lang())
        icon = ":material/warning: " if row["differs"] or isinstance(row["again"], str) else ""
        kind = words.text(f"evidence_kind.{row['kind']}")
        by = words.text("evidence.by", by=words.plain(row["attached_by"]), at=f"{row['attached_at']:%Y-%m-%d %H:%M}")
        st.markdown(f"**{words.plain(row['metric_name'])}** · {kind} · {by}")
        if sentence:
            st.markdown(f"{icon}{words.plain(sentence)}")
        with st.container(horizontal=True):
            address = urljoin(st.context.url or "/", f"{api.PREFIX.lstrip('/')}/evidence/{number}")
            label = words.plain(row["name"])
            st.link_button(label, address, icon=":material/download:", key=f"evidence_{number}")
            if may_file and st.button(words.text("evidence.remove"), key=f"remove_{number}"):
                _done(lambda: evidence.remove(data.engine(), number))


def _attach(space: str, year: int, names: dict[str, str]) -> None:
    with st.expander(words.text("evidence.attach"), icon=":material/attach_file:"):
        st.caption(words.text("evidence.about"))
        with st.form(f"evidence_{space}_{year}", clear_on_submit=True, border=False):
            metric = st.selectbox(words.text("evidence.figure"), list(names), format_func=names.__getitem__)
            limit = evidence.SIZE_LIMIT // 1_000_000
            file = st.file_uploader(words.text("evidence.file", megabytes=limit))
            pressed = st.form_submit_button(words.text("evidence.attach"), type="primary")
        if pressed and file is not None and metric is not None:
            content, name = file.getvalue(), file.name
            _done(lambda: evidence.attach(data.engine(), space, year, str(metric), content, name))


def _done(work: Callable[[], object]) -> None:
    doing.do(
        work,
        _KEPT,
        {UnusableEvidence: lambda unusable: words.text(f"evidence.why_{unusable.why}", cell=unusable.cell)},
    )
