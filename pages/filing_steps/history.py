"""Every revision of a filing: who, when, from which file; two of them compared; the file itself."""

from functools import partial

import pandas as pd
import streamlit as st

from pages.shared import data, tables, words
from tracking import history

_SHOWN = ("metric_name", "unit", "value_earlier", "value_later", "note_earlier", "note_later")
_ALL = (*_SHOWN, "evidence_earlier", "evidence_later")


def show(space: str | None, year: int | None) -> None:
    """The history of one filing."""
    if space is None:
        st.info(words.text("history.choose"))
        return
    filed = data.ask(history.owed, space=space)
    years = sorted(filed[filed["revisions"] > 0]["year"], reverse=True)
    if not years:
        st.info(words.text("history.none"))
        return
    year = st.selectbox(
        words.text("column.year"),
        years,
        index=years.index(year) if year in years else 0,
        format_func=lambda each: words.text("year", year=each),
        key="history_year",
    )
    revisions = data.ask(history.revisions, space=space, year=int(year))
    st.subheader(words.text("history.revisions", count=len(revisions)), anchor=False)
    tables.show(revisions, key="revisions")
    _original(revisions)
    if len(revisions) > 1:
        _compare(space, int(year), list(revisions["revision"]))


def _original(revisions: pd.DataFrame) -> None:
    """The file that each revision came from, byte for byte."""
    with st.container(horizontal=True):
        for revision, source, sha256 in revisions[["revision", "source", "sha256"]].itertuples(index=False):
            st.download_button(
                words.text("history.original", revision=revision, file=words.plain(source)),
                partial(history.document, data.engine(), sha256),
                file_name=source,
                on_click="ignore",
                icon=":material/download:",
                key=f"original_{revision}",
            )


def _compare(space: str, year: int, revisions: list[int]) -> None:
    with st.container(horizontal=True):
        earlier = st.selectbox(words.text("history.earlier"), revisions, index=1, key="history_earlier")
        later = st.selectbox(words.text("history.later"), revisions, index=0, key="history_later")
    told = data.ask(history.compared, space=space, year=year, earlier=int(earlier), later=int(later), lang=words.lang())
    differing = told[~told["same"]]
    st.subheader(
        words.text("history.differing", earlier=earlier, later=later, count=len(differing), total=len(told)),
        anchor=False,
    )
    if len(differing):
        columns = _ALL if differing[["evidence_earlier", "evidence_later"]].notna().any(axis=None) else _SHOWN
        tables.show(differing[list(columns)], key="compared")
