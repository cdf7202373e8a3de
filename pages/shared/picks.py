"""What a person picks on one page alone: kept in the URL as the filters are."""

from collections.abc import Callable, Mapping, Sequence
from typing import Any

import pandas as pd
import streamlit as st
from streamlit.delta_generator import DeltaGenerator

from pages.shared import data, filters, links, url, words
from pages.shared.filters import Selection
from tracking.charts import sentences
from tracking.results import one_space
from tracking.results.programme import Programme

LONGEST_TEXT = 80
# What comes along from another page, and need not be among what this one has to choose from.
TRAVELLING = frozenset({*filters.ALL, "space"})
# A list of more spaces is searched first.
MOST_SPACES = 1_000


def several(name: str, options: Sequence[str], label: Callable[[str], str]) -> list[str]:
    """Some of a few; none is all."""
    picked = url.several(options, name)
    st.pills(_label(name), options, selection_mode="multi", format_func=label, **_tied(name, picked))
    links.known(name, options, _label(name))
    return picked


def many(name: str, options: Sequence[str], usual: Sequence[str], label: Callable[[str], str]) -> list[str]:
    """Some of many, in the order in which they were picked; the usual ones before anybody picks, and for none."""
    picked = url.several(options, name) or list(usual)
    tied = _tied(name, picked, list(usual))
    st.multiselect(_label(name), options, format_func=label, label_visibility="collapsed", **tied)
    links.known(name, options, _label(name))
    return picked


def one(
    name: str,
    options: Sequence[str],
    label: Callable[[str], str],
    *,
    none: str = "filter.all",
    row: Any = st,  # noqa: ANN401
) -> str | None:
    """One of many or, before anybody chooses, none, for which `none` is the key of the words."""
    picked = url.one_of(options, name)
    shown: Callable[[str], str] = lambda code: label(code) if code else words.text(none)  # noqa: E731
    row.selectbox(_label(name), ["", *options], format_func=shown, **_tied(name, picked or ""))
    if name not in TRAVELLING:
        links.known(name, options, _label(name))
    return picked


def text(name: str, *, row: Any = st) -> str:  # noqa: ANN401 - a container or the page
    """A text to look for."""
    written = url.text(name, LONGEST_TEXT)
    row.text_input(_label(name), max_chars=LONGEST_TEXT, **_tied(name, written))
    return written


def count(name: str, most: int, *, row: Any = st) -> int:  # noqa: ANN401 - a container or the page
    """A whole number from 1 on."""
    number = url.number(name, most)
    row.number_input(_label(name), 1, most, **_tied(name, number, 1))
    return number


def part(name: str, options: Sequence[str], label: Callable[[str], str], usual: str | None = None) -> str:
    """Which of a few parts of a page is shown; before anybody chooses the usual one, else the first."""
    shown = str(url.one_of(options, name, usual if usual in options else options[0]))
    st.segmented_control(
        words.text(f"filter.{name}"),
        options,
        required=True,
        format_func=label,
        label_visibility="collapsed",
        **url.tied(f"filter_{name}", name, shown),
    )
    if name not in TRAVELLING:
        links.known(name, options, words.text(f"filter.{name}"))
    return shown


def space(selection: Selection, row: DeltaGenerator) -> str:
    """The space that the person looks at, of those in the filter. Without any, the page says so and stops."""
    names = _spaces(selection, row)
    written = url.written("space")
    if not names and written is None:
        st.info(words.text("space.nobody"))
        st.stop()
    shown = next(iter(names)) if written is None else url.one_of(list(names), "space")
    picked = row.selectbox(
        words.text("space.choose"),
        list(names),
        format_func=lambda code: f"{code} {names[code]}",
        placeholder=words.text("space.choose"),
        **url.tied("filter_space", "space", shown),
    )
    return str(written or picked)


def any_space(selection: Selection, row: DeltaGenerator) -> str | None:
    """The space that the person looks at, of those in the filter; None for all of them."""
    names = _spaces(selection, row)
    picked = url.one_of(list(names), "space")
    filters.select(row, "space", {code: f"{code} {name}" for code, name in names.items()}, picked)
    if len(names) < MOST_SPACES:
        links.known("space", list(names), words.text("space.choose"))
    return picked


def _spaces(selection: Selection, row: DeltaGenerator) -> dict[str, str]:
    """The spaces in the filter, by ID, with their names; where there are too many, those that a search finds."""
    chosen = selection.chosen(*filters.OF_SPACES)
    found = data.ask(one_space.spaces, **chosen)
    if len(found) == MOST_SPACES:
        search = row.text_input(words.text("space.search"), key="space_search")
        found = data.ask(one_space.spaces, **chosen, search=search)
    return dict(zip(found["space_id"], found["space_name"], strict=True))


def enrolment(verdicts: pd.DataFrame, tracks: Mapping[str, str], editions: Mapping[str, str]) -> int:
    """The position of the enrolment looked at, among those of one space: the URL's, else one that the filters fit.

    The URL may name a track alone. `tracks` and `editions` give the names by code.
    """
    named = dict(zip(verdicts["edition"] + "/" + verdicts["track"], verdicts["track"].map(tracks), strict=True))
    if len({*verdicts["edition"]}) > 1:
        named = {code: f"{name} · {editions[code.rpartition('/')[0]]}" for code, name in named.items()}
    codes = list(named)
    named_alone = [code.rpartition("/")[2] for code in codes]
    written = url.written("enrolment") or url.written("track") or ""
    track = written.rpartition("/")[2]
    if url.written("enrolment"):
        links.known("enrolment", [*codes, *named_alone], words.text("space.which"))
    wanted = [
        written,
        enrolment_code(url.written("edition") or "", track),
        *(code for code in codes if code.rpartition("/")[2] == track),
    ]
    at = next((codes.index(code) for code in wanted if code in codes), 0)
    if len(codes) > 1:
        st.segmented_control(
            words.text("space.which"),
            codes,
            required=True,
            format_func=lambda code: named[code],
            **url.tied("filter_enrolment", "enrolment", codes[at]),
        )
    return at


def enrolment_code(edition: str, track: str) -> str:
    """An enrolment of a space as the URL names it."""
    return f"{edition}/{track}"


def reading(others: pd.DataFrame) -> pd.Series | None:
    """Which of the other readings the person looks at, from rows of `in_force.offered`; None before they choose."""
    codes = [f"{edition}/{code}" for edition, code in zip(others["edition"], others["reading"], strict=True)]
    picked = url.one_of(codes, "reading")
    st.selectbox(
        words.text("decisions.reading"),
        codes,
        format_func=lambda code: sentences.reading(others.iloc[codes.index(code)], words.lang()),
        placeholder=words.text("decisions.choose"),
        **url.tied("filter_reading", "reading", picked),
    )
    links.known("reading", codes, words.text("decisions.reading"))
    return None if picked is None else others.iloc[codes.index(picked)]


def track_within(offered: Programme, edition: str | None, row: DeltaGenerator) -> str:
    """The track of a picture that shows only one, where the filter says all."""
    tracks = filters.tracks(offered, edition)
    shown = str(url.one_of(list(tracks), "one_track", next(iter(tracks))))
    row.segmented_control(
        words.text("filter.one_track"),
        list(tracks),
        required=True,
        format_func=tracks.__getitem__,
        **url.tied("filter_one_track", "one_track", shown),
    )
    return shown


def page() -> int:
    """The page of a long list, from the URL; 1 where it says none."""
    return url.number("page")


def pager(shown: int, size: int, matching: int) -> None:
    """Buttons to the pages before and after, where there are several."""
    if matching <= size:
        return
    with st.container(horizontal=True, vertical_alignment="center"):
        st.button(
            words.text("page.before"),
            on_click=url.turn,
            args=(shown - 1,),
            disabled=shown == 1,
            icon=":material/chevron_left:",
        )
        first = (shown - 1) * size + 1
        st.text(
            words.text(
                "page.place", first=f"{first:,}", last=f"{min(first + size - 1, matching):,}", total=f"{matching:,}"
            )
        )
        st.button(
            words.text("page.after"),
            on_click=url.turn,
            args=(shown + 1,),
            disabled=shown * size >= matching,
            icon=":material/chevron_right:",
        )


def _label(name: str) -> str:
    return words.text(f"pick.{name}")


def _tied(name: str, value: object, *usual: object) -> dict[str, Any]:
    return url.tied(f"pick_{name}", name, value, *usual)
