"""Every revision of a filing: who, when, from which file, with which figures; two of them compared; the file itself."""

from functools import partial

import pandas as pd
import streamlit as st
from streamlit.delta_generator import DeltaGenerator

from pages.shared import data, html_table, links, tables, url, words
from tracking.filing import choice_records, originals
from tracking.filing.spreadsheets.tables import LEFT_OUT
from tracking.results import history, receipts
from tracking.words import numbers as words_numbers

_REVISIONS = ("revision", "filed_at", "filed_by", "figures", "source", "sha256")
_EXPLAINED = ("value", "note", "evidence")


def show(space: str | None, year: int | None, row: DeltaGenerator) -> None:
    """The history of one filing; `row` takes the choice of its year."""
    if space is None:
        st.info(words.text("history.choose"), icon=":material/arrow_upward:")
        return
    filed = data.ask(history.owed, spaces=(space,))
    years = sorted(filed[filed["revisions"] > 0]["year"], reverse=True)
    if not years:
        st.info(words.text("history.none"))
        return
    year = row.selectbox(
        words.text("column.year"),
        years,
        index=years.index(year) if year in years else 0,
        format_func=lambda each: words.text("year", year=each),
        key=f"history_year_{space}",
    )
    of_filing = {"space": space, "year": int(year)}
    revisions = data.ask(history.revisions, **of_filing)
    st.subheader(words.text("history.revisions", count=len(revisions)), anchor=False)
    to_revision = lambda row, label: html_table.to_filing(**of_filing, label=label, revision=row["revision"])  # noqa: E731
    tables.show(revisions, shown=_REVISIONS, caption=words.text("table.filings"), link=to_revision)
    _original(revisions)
    _choices(of_filing)
    numbers = [int(each) for each in revisions["revision"]]
    if len(numbers) > 1:
        _compare(of_filing, numbers)
    _figures(of_filing, numbers)


def _original(revisions: pd.DataFrame) -> None:
    """The file that each revision came from, byte for byte."""
    with st.container(horizontal=True):
        for revision, source, sha256 in revisions[["revision", "source", "sha256"]].itertuples(index=False):
            st.download_button(
                words.text("history.original", revision=revision, file=words.plain(source)),
                partial(receipts.document, data.engine(), sha256),
                file_name=data.ask(originals.name, sha256=sha256, source=source),
                on_click="ignore",
                icon=":material/download:",
                key=f"original_{revision}",
            )


def _choices(of_filing: dict[str, object]) -> None:
    """What was decided on the page on the way to each revision, cell by cell; the original file has none of it."""
    decided = data.ask(choice_records.of_filing, **of_filing, lang=words.lang())
    if decided.empty:
        return
    st.subheader(words.text("history.choices"), anchor=False)
    left_out = (decided["kind"] == "column") & (decided["after"] == LEFT_OUT)
    worded = decided.assign(
        kind=[words.text(f"choice.{kind}") for kind in decided["kind"]],
        after=decided["after"].mask(left_out, words.text("filing.left_out_choice")),
    )
    shown = [name for name in worded if worded[name].notna().any()]
    tables.show(worded[shown].rename(columns={"kind": "choice"}))


def _compare(of_filing: dict[str, object], revisions: list[int]) -> None:
    place = st.container()
    with st.container(horizontal=True):
        earlier = _revision("history.earlier", revisions, 1)
        later = _revision("history.later", revisions, 0)
    figures = _side_by_side(of_filing, earlier, later)
    differing = figures[~figures["same"]]
    counts = {"count": len(differing), "total": len(figures)}
    place.subheader(words.text("history.differing", earlier=earlier, later=later, **counts), anchor=False)
    if len(differing):
        sides = [f"{name}_{side}" for name in _EXPLAINED for side in ("earlier", "later")]
        shown = [name for name in sides if name.startswith("value") or differing[name].notna().any()]
        tables.show(differing[["metric_name", *shown, "unit"]])


def _figures(of_filing: dict[str, object], revisions: list[int]) -> None:
    """All that one revision says, with every explanation."""
    place = st.container()
    revision = _written(revisions)
    place.subheader(words.text("history.figures", revision=revision), anchor=False)
    figures = _side_by_side(of_filing, revision, revision)
    figures = figures.drop(columns=[f"{name}_earlier" for name in _EXPLAINED]).rename(
        columns=lambda name: name.split("_later")[0]
    )
    explained = [name for name in ("note", "evidence") if figures[name].notna().any()]
    tables.show(figures[["metric_name", "value", "unit", *explained]])


def _written(revisions: list[int]) -> int:
    """The revision that the URL names, the latest before anybody chooses; where there are several, with the choice."""
    options = [str(each) for each in revisions]
    shown = str(url.one_of(options, "revision", options[0]))
    if len(options) > 1:
        st.selectbox(
            words.text("history.revision"),
            options,
            format_func=lambda each: words.text("history.number", revision=each),
            **url.tied("history.revision", "revision", shown, options[0]),
        )
    links.known("revision", options, words.text("history.revision"))
    return int(shown)


def _revision(key: str, revisions: list[int], at: int) -> int:
    label = partial(words.text, "history.number")
    chosen = st.selectbox(words.text(key), revisions, index=at, format_func=lambda each: label(revision=each), key=key)
    return int(chosen)


def _side_by_side(of_filing: dict[str, object], earlier: int, later: int) -> pd.DataFrame:
    """Two revisions side by side, every figure as a person reads it."""
    lang = words.lang()
    figures = data.ask(history.compared, **of_filing, earlier=earlier, later=later, lang=lang)
    sides = ("value_earlier", "value_later")
    worded = {
        side: [
            words_numbers.filed(value, kind, lang) for value, kind in zip(figures[side], figures["kind"], strict=True)
        ]
        for side in sides
    }
    return figures.assign(**worded)
