"""The filters: one row of them on every page, kept in the URL and nowhere else.

A link to another page carries the URL's choices with it, so they survive the move, the browser's Back
button and being sent to a colleague.
"""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import asdict, dataclass

import pandas as pd
import streamlit as st
from streamlit.delta_generator import DeltaGenerator

from pages.shared import data, words
from tracking.charts import sentences
from tracking.results import one_space, programme
from tracking.results.programme import Programme

FILTERS = ("edition", "track", "district", "year", "phase")
# Choices that belong to one page and do not travel.
LOCAL = ("page", "reading", "requirement", "enrolment", "task", "receipt", "search")
# A list of more is searched first.
MOST_SPACES = 1_000


@dataclass(frozen=True)
class Chosen:
    """What the person chose; None is everything."""

    edition: str | None = None
    track: str | None = None
    district: str | None = None
    year: int | None = None
    phase: str | None = None

    def scope(self) -> dict[str, str | int | None]:
        """As the keyword arguments of the questions in tracking that count."""
        return asdict(self)

    def tables(self) -> dict[str, tuple[str, ...] | tuple[int, ...]]:
        """As the keyword arguments of tracking.attainment, which knows no phase."""
        plural = {"edition": "editions", "track": "tracks", "district": "districts", "year": "years"}
        return {plural[name]: (value,) for name, value in asdict(self).items() if name in plural and value is not None}


def filters(*names: str, always: Sequence[str] = (), row: DeltaGenerator | None = None) -> Chosen:
    """The row of filters with these names, and what they say; `row` is for a page that adds to it.

    Those in `always` have no "all": the first track, the latest data year, cultivation; nor has the only edition
    there is, which stands there to be read.
    """
    offered = data.ask(programme.programme)
    chosen = current(offered, always)
    row = st.container(horizontal=True, key="filters") if row is None else row
    for name in names:
        options = _options(offered, name, chosen)
        only = name == "edition" and len(options) == 1
        _select(row, name, options, getattr(chosen, name), only or name in always)
    return chosen


def current(offered: Programme, always: Sequence[str] = ()) -> Chosen:
    """What the URL chooses of what there is; what does not exist chooses nothing."""
    edition = _one_of([each.code for each in offered.editions], "edition", None)
    tracks = _tracks(offered, edition)
    years = [str(year) for year in offered.years]
    latest = str(offered.latest_year or offered.years[0]) if offered.years and "year" in always else None
    year = _one_of(years, "year", latest)
    return Chosen(
        edition=edition or (offered.editions[0].code if len(offered.editions) == 1 else None),
        track=_one_of(list(tracks), "track", next(iter(tracks), None) if "track" in always else None),
        district=_one_of(offered.districts, "district", None),
        year=int(year) if year else None,
        phase=_one_of(programme.PHASES, "phase", programme.PHASES[-1] if "phase" in always else None),
    )


def carried(**changes: str | int | None) -> dict[str, str]:
    """The URL's parameters for a link to another page, with some set or (None) left out."""
    parameters = {name: value for name, value in st.query_params.to_dict().items() if name not in LOCAL}
    parameters |= {name: str(value) for name, value in changes.items() if value is not None}
    return {name: value for name, value in parameters.items() if changes.get(name, value) is not None}


def _options(offered: Programme, name: str, chosen: Chosen) -> Mapping[str, str]:
    """What can be chosen of a filter, by code, with the words for it."""
    lang = words.lang()
    if name == "edition":
        return {each.code: each.name(lang) for each in offered.editions}
    if name == "track":
        return _tracks(offered, chosen.edition)
    if name == "district":
        return {district: district for district in offered.districts}
    if name == "year":
        return {str(year): words.text("year", year=year) for year in reversed(offered.years)}
    return {phase: words.text(f"phase.{phase}") for phase in programme.PHASES}


def _tracks(offered: Programme, edition: str | None) -> dict[str, str]:
    lang = words.lang()
    lists = offered.tracks.values() if edition is None else [offered.tracks[edition]]
    return {each.code: each.name(lang) for tracks in lists for each in tracks}


def _one_of(options: Sequence[str], name: str, otherwise: str | None) -> str | None:
    asked = st.query_params.get(name)
    return asked if asked in options else otherwise


def _select(
    row: DeltaGenerator,
    name: str,
    options: Mapping[str, str],
    value: str | int | None,
    always: bool,
) -> None:
    codes = list(options) if always else ["", *options]
    if not codes:
        return
    key = f"filter_{name}"
    st.session_state[key] = "" if value is None else str(value)
    shown: Callable[[str], str] = lambda code: options[code] if code else words.text("filter.all")  # noqa: E731
    row.selectbox(words.text(f"filter.{name}"), codes, key=key, format_func=shown, on_change=_remember, args=(name,))


def _remember(name: str) -> None:
    """Put a choice into the URL; "all" leaves it out."""
    value = st.session_state[f"filter_{name}"]
    for local in ("page", *([name] if not value else [])):
        st.query_params.pop(local, None)
    if value:
        st.query_params[name] = value


def space(chosen: Chosen, row: DeltaGenerator) -> str:
    """The space that the person looks at, of those in the filter. Without any, the page says so and stops."""
    scope = {name: value for name, value in chosen.scope().items() if name in ("edition", "track", "district")}
    search = ""
    found = data.ask(one_space.spaces, **scope)
    if len(found) == MOST_SPACES:
        search = row.text_input(words.text("space.search"), key="space_search")
        found = data.ask(one_space.spaces, **scope, search=search)
    names = dict(zip(found["space_id"], found["space_name"], strict=True))
    asked = st.query_params.get("space")
    if not names and asked is None:
        st.info(words.text("space.nobody"))
        st.stop()
    st.session_state["filter_space"] = asked if asked in names or asked is None else None
    if asked is None:
        st.session_state["filter_space"] = next(iter(names))
    chosen_now = row.selectbox(
        words.text("space.choose"),
        list(names),
        key="filter_space",
        format_func=lambda code: f"{code} {names[code]}",
        on_change=_remember,
        args=("space",),
        placeholder=words.text("space.choose"),
    )
    return str(asked or chosen_now)


def any_space(chosen: Chosen, row: DeltaGenerator) -> str | None:
    """The space that the person looks at, of those in the filter; None for all of them."""
    scope = {name: value for name, value in chosen.scope().items() if name in ("edition", "track", "district")}
    found = data.ask(one_space.spaces, **scope)
    if len(found) == MOST_SPACES:
        found = data.ask(
            one_space.spaces, **scope, search=row.text_input(words.text("space.search"), key="space_search")
        )
    names = dict(zip(found["space_id"], found["space_name"], strict=True))
    _select(
        row,
        "space",
        {code: f"{code} {name}" for code, name in names.items()},
        _one_of(list(names), "space", None),
        False,
    )
    return _one_of(list(names), "space", None)


def one_of(name: str, options: Sequence[str], told: Callable[[str], str], usual: str | None = None) -> str:
    """Which of a few parts of a page is shown; before anybody chooses the usual one, else the first."""
    first = usual if usual in options else options[0]
    st.session_state[f"filter_{name}"] = _one_of(options, name, first)
    st.segmented_control(
        words.text(f"filter.{name}"),
        options,
        key=f"filter_{name}",
        required=True,
        format_func=told,
        on_change=_remember,
        args=(name,),
        label_visibility="collapsed",
    )
    return str(_one_of(options, name, first))


def enrolment(verdicts: pd.DataFrame, tracks: Mapping[str, str], editions: Mapping[str, str]) -> int:
    """The position of the enrolment looked at, among those of one space: the URL's, else one that the filters fit.

    The URL may name a track alone. `tracks` and `editions` give the names by code.
    """
    named = dict(zip(verdicts["edition"] + "/" + verdicts["track"], verdicts["track"].map(tracks), strict=True))
    if len({*verdicts["edition"]}) > 1:
        named = {code: f"{name} · {editions[code.rpartition('/')[0]]}" for code, name in named.items()}
    codes = list(named)
    asked = st.query_params.get("enrolment") or st.query_params.get("track") or ""
    track = asked.rpartition("/")[2]
    wanted = [
        asked,
        enrolment_code(st.query_params.get("edition", ""), track),
        *(code for code in codes if code.rpartition("/")[2] == track),
    ]
    at = next((codes.index(code) for code in wanted if code in codes), 0)
    if len(codes) > 1:
        st.session_state["filter_enrolment"] = codes[at]
        st.segmented_control(
            words.text("space.which"),
            codes,
            key="filter_enrolment",
            required=True,
            format_func=lambda code: named[code],
            on_change=_remember,
            args=("enrolment",),
        )
    return at


def enrolment_code(edition: str, track: str) -> str:
    """An enrolment of a space as the URL names it."""
    return f"{edition}/{track}"


def reading(others: pd.DataFrame) -> pd.Series | None:
    """Which of the other readings the person looks at, from rows of `readings.offered`; None before they choose."""
    codes = [f"{edition}/{code}" for edition, code in zip(others["edition"], others["reading"], strict=True)]
    asked = st.query_params.get("reading")
    st.session_state["filter_reading"] = asked if asked in codes else None
    st.selectbox(
        words.text("decisions.reading"),
        codes,
        key="filter_reading",
        format_func=lambda code: sentences.reading(others.iloc[codes.index(code)], words.lang()),
        on_change=_remember,
        args=("reading",),
        placeholder=words.text("decisions.choose"),
    )
    return others.iloc[codes.index(asked)] if asked in codes else None


def track_within(offered: Programme, edition: str | None, row: DeltaGenerator) -> str:
    """The track of a picture that shows only one, where the filter says all."""
    tracks = _tracks(offered, edition)
    chosen = _one_of(list(tracks), "one_track", next(iter(tracks)))
    st.session_state["filter_one_track"] = chosen
    row.segmented_control(
        words.text("filter.one_track"),
        list(tracks),
        key="filter_one_track",
        required=True,
        format_func=tracks.__getitem__,
        on_change=_remember,
        args=("one_track",),
    )
    return str(chosen)


def page() -> int:
    """The page of a long list, from the URL; 1 where it says none."""
    asked = st.query_params.get("page", "1")
    # More digits are no page that anybody was on.
    return max(1, int(asked)) if asked.isdecimal() and len(asked) < 10 else 1


def pager(shown: int, size: int, matching: int) -> None:
    """Buttons to the pages before and after, where there are several."""
    if matching <= size:
        return
    with st.container(horizontal=True, vertical_alignment="center"):
        st.button(
            words.text("page.before"),
            on_click=_turn,
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
            on_click=_turn,
            args=(shown + 1,),
            disabled=shown * size >= matching,
            icon=":material/chevron_right:",
        )


def _turn(to: int) -> None:
    st.query_params["page"] = str(to)
