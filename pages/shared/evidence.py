"""What backs the figures of a year: each file as a download, a list held against its figure, and attaching another."""

from collections.abc import Callable
from urllib.parse import urljoin

import pandas as pd
import streamlit as st

from pages.shared import data, doing, uploads, words
from tracking import api
from tracking.charts import backing
from tracking.review import evidence, evidence_files
from tracking.review.evidence_files import UnusableEvidence

_KEPT = "evidence_kept"
_KEY = "evidence"


def offer(space: str, year: int, held: pd.DataFrame | None = None) -> None:
    """The same as `show`, for who files for the space while the year is open, whether or not anything was filed."""
    if evidence.may(data.engine(), data.today(), space=space, year=year):
        show(space, year, held)


def show(space: str, year: int, held: pd.DataFrame | None = None) -> None:
    """Every file with what it is attached to, and for who files a form.

    `held` are the files beside the figures of something that is not stored yet, as `backed` has them.
    """
    found = held
    if found is None:
        found = evidence.attached(data.engine(), data.today(), space=space, year=year, lang=words.lang())
    may_file = evidence.may(data.engine(), data.today(), space=space, year=year)
    if st.session_state.pop(_KEPT, False):
        st.success(words.text("evidence.kept"), icon=":material/check_circle:")
    if found.empty and not may_file:
        return
    title = words.text("evidence.title_of" if may_file else "evidence.title", year=year)
    st.subheader(title, anchor=False)
    for _, row in found.iterrows():
        _file(row, may_file=may_file)
    if may_file:
        with st.container(key=_KEY):
            _attach(space, year)


def _file(row: "pd.Series[object]", *, may_file: bool) -> None:
    number = int(str(row["load_id"]))
    with st.container(border=True):
        sentence = backing.sentence(row, words.lang())
        differs = pd.notna(row["differs"]) and row["differs"]
        icon = ":material/warning: " if differs or isinstance(row["again"], str) else ""
        kind = words.text(f"evidence_kind.{row['kind']}")
        by = words.text("evidence.by", by=words.plain(row["attached_by"]), at=f"{row['attached_at']:%Y-%m-%d %H:%M}")
        st.markdown(f"**{words.plain(row['metric_name'])}** · {kind} · {by}")
        if sentence:
            st.markdown(f"{icon}{words.plain(sentence)}")
        with st.container(horizontal=True):
            link(number, str(row["name"]))
            if may_file and st.button(words.text("evidence.remove"), key=f"remove_{number}"):
                _done(lambda: evidence.remove(data.engine(), number))


def link(number: int, name: str) -> None:
    """A file of a number, as a download."""
    address = urljoin(st.context.url or "/", f"{api.PREFIX.lstrip('/')}/evidence/{number}")
    st.link_button(words.plain(name), address, icon=":material/download:", key=f"evidence_{number}")


def _attach(space: str, year: int) -> None:
    figures = evidence.figures(data.engine(), data.today(), space=space, year=year, lang=words.lang())
    names = dict(zip(figures["metric"], figures["metric_name"], strict=True))
    megabytes = evidence_files.SIZE_LIMIT // 1_000_000
    with st.expander(words.text("evidence.attach"), icon=":material/attach_file:"):
        st.caption(words.text("evidence.about"))
        uploads.worded("evidence", megabytes, within=_KEY)
        with st.form(f"evidence_{space}_{year}", clear_on_submit=True, border=False):
            # None before it is chosen: what is attached to a figure by oversight would be held against it.
            metric = st.selectbox(
                words.text("evidence.figure"),
                list(names),
                index=None,
                format_func=names.__getitem__,
                placeholder=words.text("evidence.choose"),
            )
            file = st.file_uploader(words.text("evidence.file"), max_upload_size=megabytes)
            pressed = st.form_submit_button(words.text("evidence.attach"), type="primary")
        if pressed and (file is None or metric is None):
            st.warning(words.text("evidence.incomplete"), icon=":material/edit:")
        elif pressed and file is not None:
            content, name = file.getvalue(), file.name
            _done(lambda: evidence.attach(data.engine(), space, year, str(metric), content, name))


def _done(work: Callable[[], object]) -> None:
    doing.do(
        work,
        _KEPT,
        {UnusableEvidence: lambda unusable: words.text(f"evidence.why_{unusable.why}", cell=unusable.cell)},
    )
