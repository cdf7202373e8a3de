"""The filters: one row of them on every page, as they are declared, kept in the URL and nowhere else.

A link to another page carries the URL's choices with it, so they survive the move, the browser's Back
button and being sent to a colleague.
"""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field

import streamlit as st
from streamlit.delta_generator import DeltaGenerator

from pages.shared import data, links, url, words
from tracking.access import people
from tracking.results import programme
from tracking.results.programme import Programme
from tracking.results.tables.filters import FILTERS, Chosen

_DECLARED = {each.name: each for each in sorted(FILTERS, key=lambda each: each.place) if each.place}
# Every filter of the row, and those of them that tell which spaces are looked at, whatever the year.
ALL = tuple(_DECLARED)
OF_SPACES = tuple(name for name, each in _DECLARED.items() if each.of in ("space", "enrolment"))
# The switch: which of what is known of these spaces is looked at, that which rests on approved filings or all.
APPROVED = next(name for name, each in _DECLARED.items() if each.kind is bool)
# What the URL says of a filter that is on.
_YES = "yes"
# Choices that belong to one page and do not travel.
LOCAL = (
    *("page", "reading", "requirement", "enrolment", "task", "receipt", "search"),
    *("queue", "cohort", "verdict", "whole", "beside", "compared", "step", "event"),
    *("table", "revision", "lost"),
)


@dataclass(frozen=True)
class Selection:
    """What the row of filters says, by name; a filter that is not there chooses everything."""

    values: Mapping[str, str | int] = field(default_factory=dict)

    @property
    def edition(self) -> str | None:
        """The edition's code."""
        return self._text("edition")

    @property
    def track(self) -> str | None:
        """The track's code."""
        return self._text("track")

    @property
    def approved_only(self) -> bool:
        """Whether what rests on filings that are not approved is left out."""
        return bool(self.values.get(APPROVED))

    @property
    def phase(self) -> str | None:
        """The phase's code."""
        return self._text("phase")

    @property
    def year(self) -> int | None:
        """The data year."""
        year = self.values.get("year")
        return None if year is None else int(year)

    def chosen(self, *names: str) -> Chosen:
        """As the keyword arguments of the questions in tracking: of the filters named alone, where some are."""
        kept = [(_DECLARED[name], value) for name, value in self.values.items() if not names or name in names]
        return {each.keyword: (value,) if each.several else value for each, value in kept}  # type: ignore[return-value]

    def _text(self, name: str) -> str | None:
        value = self.values.get(name)
        return None if value is None else str(value)


def show(*names: str, always: Sequence[str] = (), row: DeltaGenerator | None = None) -> Selection:
    """The row of filters with these names, and what they say; `row` is for a page that adds to it.

    Those in `always` have no "all": the first track, the latest data year, cultivation. A filter of which there is
    nothing to choose is not shown, nor is that of the only edition there is. Where the URL names what is not there,
    the page says so and stops: it must not show everything in place of something. The switch is shown where there is
    something for it to leave out.
    """
    offered = data.ask(programme.programme)
    selection = current(offered, always)
    row = st.container(horizontal=True, key="filters") if row is None else row
    for name in names:
        options = _options(offered, name, selection)
        if _is_choice(offered, name, options, selection):
            value = _written(name, selection.values.get(name))
            if name == APPROVED and _held():
                _show_held(row, options)
            else:
                select(row, name, options, value, name in always)
    check(offered, names, selection)
    return selection


def _is_choice(offered: Programme, name: str, options: Mapping[str, str], selection: Selection) -> bool:
    """Whether there is anything to choose of a filter."""
    if name == APPROVED:
        return offered.provisional or (selection.approved_only and not _held())
    return name != "edition" or len(options) > 1


def _held() -> bool:
    """Whether the grants show what is approved alone: then the switch is on, whatever the URL says."""
    return people.approved_alone(data.engine())


def _show_held(row: DeltaGenerator, options: Mapping[str, str]) -> None:
    row.selectbox(
        words.text(f"filter.{APPROVED}"),
        list(options.values()),
        disabled=True,
        help=words.text("filter.approved_held"),
        key="filter_held",
    )


def _written(name: str, value: str | int | None) -> str | int | None:
    """A value as the URL has it."""
    return _YES if _DECLARED[name].kind is bool and value else value


def check(offered: Programme, names: Sequence[str], selection: Selection) -> None:
    """Stop the page where the URL names what is not there, before anything is shown in place of it."""
    for name in names:
        links.known(name, list(_options(offered, name, selection)), words.text(f"filter.{name}"))


def current(offered: Programme, always: Sequence[str] = ()) -> Selection:
    """What the URL chooses of what there is; what does not exist chooses nothing."""
    selection = Selection()
    for name, declared in _DECLARED.items():
        options = _options(offered, name, selection)
        value = url.one_of(list(options), name, _usual(offered, name, list(options), name in always))
        if name == APPROVED and _held():
            value = _YES
        if value is not None:
            selection = Selection({**selection.values, name: declared.kind(value)})
    return selection


def _usual(offered: Programme, name: str, options: Sequence[str], always: bool) -> str | None:
    """What a filter says before anybody chooses."""
    if name == "edition":
        return options[0] if len(options) == 1 else None
    if not always or not options:
        return None
    if name == "year":
        return str(offered.latest_year or offered.years[0])
    return options[-1] if name == "phase" else options[0]


def carried(**changes: str | int | None) -> dict[str, str]:
    """The URL's parameters for a link to another page, with some set or (None) left out."""
    parameters = {name: value for name, value in url.parameters().items() if name not in LOCAL}
    parameters |= {name: str(value) for name, value in changes.items() if value is not None}
    return {name: value for name, value in parameters.items() if changes.get(name, value) is not None}


def _options(offered: Programme, name: str, selection: Selection) -> Mapping[str, str]:
    """What can be chosen of a filter, by code, with the words for it."""
    lang = words.lang()
    if name == "edition":
        return {each.code: each.name(lang) for each in offered.editions}
    if name == "track":
        return tracks(offered, selection.edition)
    if name == "year":
        return {str(year): words.text("year", year=year) for year in reversed(offered.years)}
    if name == APPROVED:
        return {_YES: words.text("filter.approved")}
    if name == "phase":
        return {phase: words.text(f"phase.{phase}") for phase in programme.PHASES}
    return {value: value for value in offered.places[name]}


def tracks(offered: Programme, edition: str | None) -> dict[str, str]:
    """The names of an edition's tracks, or of all, by code."""
    lang = words.lang()
    lists = offered.tracks.values() if edition is None else [offered.tracks[edition]]
    return {each.code: each.name(lang) for tracks in lists for each in tracks}


def select(
    row: DeltaGenerator, name: str, options: Mapping[str, str], value: str | int | None, always: bool = False
) -> None:
    """A filter's control, with an "all" unless one is always chosen; none where there is nothing to choose."""
    if not options:
        return
    label: Callable[[str], str] = lambda code: options[code] if code else words.text("filter.all")  # noqa: E731
    tie = url.tied(f"filter_{name}", name, "" if value is None else str(value))
    row.selectbox(words.text(f"filter.{name}"), list(options) if always else ["", *options], format_func=label, **tie)
