"""What the file does not say, or says in words of its own: chosen for the whole file, and offered again next time."""

from collections.abc import Sequence
from dataclasses import replace

import streamlit as st
from streamlit.delta_generator import DeltaGenerator

from pages.filing_steps.draft import Draft
from pages.shared import data, url, words
from tracking.filing import offers
from tracking.filing.choices import Choices
from tracking.filing.offers import Offers
from tracking.filing.preview import Preview
from tracking.filing.spreadsheets.tables import LEFT_OUT
from tracking.results import one_space

# So many headers are matched on the page; whoever has more renames them in the file.
_MOST_HEADERS = 20
# The file says nowhere of which space, or of which year, it is: in a table with a header, and in any other.
_MISSING = ("missing-column", "key-missing")


def show(draft: Draft, seen: Preview, wanted: Choices) -> Choices:
    """The fields for what this file needs, and the choices with what is chosen in them; nothing where it needs none."""
    problems = seen.report.problems
    headers = list(dict.fromkeys([*_unknown(seen), *draft.choices.columns]))[:_MOST_HEADERS]
    missing = {problem.column or problem.value for problem in problems if problem.code in _MISSING}
    space = "space_id" in missing or draft.choices.space is not None
    year = "year" in missing or draft.choices.year is not None
    dropped = draft.choices.keep or any(problem.code == "figures-dropped" for problem in problems)
    places = _places(seen, draft)
    unit = draft.choices.unit is not None or any(problem.code == "unit-unsure" for problem in problems)
    if not (headers or space or year or unit or dropped or places):
        return wanted
    with st.container(border=True, key="matching"):
        st.markdown(f"**{words.text('filing.matching')}**")
        if space or year:
            with st.container(horizontal=True):
                wanted = _space(draft, wanted) if space else wanted
                wanted = _year(draft, wanted) if year else wanted
        if headers or unit:
            offered = data.ask(
                offers.offers, headers=tuple(headers), spaces=tuple(seen.report.spaces), lang=words.lang()
            )
            wanted = _columns(draft, offered, headers, wanted) if headers else wanted
            wanted = _unit(draft, offered, wanted) if unit else wanted
        if places:
            wanted = _left_out(draft, places, wanted)
        if dropped:
            keep = st.checkbox(
                words.text("filing.keep"),
                draft.choices.keep,
                key=f"keep_{draft.key}",
                help=words.text("filing.keep_help"),
            )
            wanted = replace(wanted, keep=keep)
    return wanted


def _unknown(seen: Preview) -> list[str]:
    """The headers, and the names of metrics in long form, that nobody knows, as they are written."""
    codes = ("unknown-column", "unknown-metric")
    return [problem.value for problem in seen.report.problems if problem.code in codes and problem.value]


def _space(draft: Draft, wanted: Choices) -> Choices:
    names = data.ask(one_space.spaces, **dict.fromkeys(("edition", "track", "district")))
    by_id = dict(zip(names["space_id"], names["space_name"], strict=True))
    offered = draft.choices.space or url.written("space")
    options = list(by_id)
    chosen = st.selectbox(
        words.text("filing.space_of_file"),
        options,
        options.index(offered) if offered in by_id else None,
        format_func=lambda code: f"{code} {by_id[code]}",
        placeholder=words.text("space.choose"),
        key=f"space_{draft.key}",
    )
    return replace(wanted, space=chosen)


def _year(draft: Draft, wanted: Choices) -> Choices:
    latest = data.today().year
    years = list(range(latest, latest - 11, -1))
    offered = draft.choices.year or url.whole_number("year")
    chosen = st.selectbox(
        words.text("filing.year_of_file"),
        years,
        years.index(offered) if offered in years else None,
        format_func=lambda each: words.text("year", year=each),
        placeholder=words.text("filing.choose_year"),
        key=f"year_{draft.key}",
    )
    return replace(wanted, year=chosen)


def _columns(draft: Draft, offered: Offers, headers: Sequence[str], wanted: Choices) -> Choices:
    """A list to choose from for each header: the nearest metrics first, then leaving it out, then all others. Beside
    it, so that the page stays as high as it is, the unit, where the metric may be in several and the header says none.
    """
    st.caption(words.text("filing.match_help"))
    nothing = {"": words.text("filing.choose_column"), LEFT_OUT: words.text("filing.left_out_choice")}
    named = (offered.names | nothing).__getitem__
    columns, units = dict(wanted.columns), dict(wanted.units)
    for number, header in enumerate(headers):
        place, right = st.columns(2)
        # On a narrow screen it stands below, and has its room there before there is anything in it: what comes of a
        # choice would push the buttons away from under the finger.
        beside = right.container(key=f"unit_room_{number}")
        nearest = offered.nearest[header]
        options = ["", *nearest, LEFT_OUT, *(code for code in offered.names if code not in nearest)]
        before = draft.choices.columns.get(header) or offered.before.get(header, "")
        chosen = place.selectbox(
            words.text("filing.header", header=words.plain(header)),
            options,
            options.index(before) if before in options else 0,
            format_func=named,
            key=f"column_{draft.key}_{header}",
        )
        columns.pop(header, None)
        units.pop(header, None)
        if chosen:
            columns[header] = chosen
        if chosen in offered.units_of and header not in offered.with_units:
            known = draft.choices.units.get(header) or offered.units_before.get(header, "")
            unit = _one_of(
                beside,
                words.text("filing.unit_of_header", header=words.plain(header)),
                offered.units_of[chosen],
                known,
                f"unit_{draft.key}_{header}",
            )
            units |= {header: unit} if unit else {}
        else:
            beside.html("&nbsp;")
    return replace(wanted, columns=columns, units=units)


def _unit(draft: Draft, offered: Offers, wanted: Choices) -> Choices:
    """The unit of all amounts, where what the file says of it is not certain."""
    label = words.text("filing.unit_of_file")
    unit = _one_of(st.container(), label, offered.units, draft.choices.unit or "", f"unit_{draft.key}")
    return replace(wanted, unit=unit or None)


def _one_of(place: DeltaGenerator, label: str, units: Sequence[str], known: str, key: str) -> str:
    options = ["", *units]
    return place.selectbox(
        label,
        options,
        options.index(known) if known in options else 0,
        format_func=lambda each: each or words.text("filing.unit_as_said"),
        key=key,
    )


def _places(seen: Preview, draft: Draft) -> list[tuple[str | None, int | str]]:
    """The rows and columns of which something is wrong, and those that are left out already."""
    found: dict[tuple[str | None, int | str], None] = dict.fromkeys(draft.choices.left_out)
    sheets = {grid.sheet for grid in seen.grids}
    for problem in seen.report.problems:
        if problem.severity != "error" or problem.sheet not in sheets:
            continue
        if problem.code in ("unnamed-column", "column-twice", "unknown-column") and problem.letter:
            found[problem.sheet, problem.letter] = None
        elif problem.row is not None and problem.code not in (*_MISSING, "no-header"):
            found[problem.sheet, problem.row] = None
    return list(found)[:_MOST_HEADERS]


def _left_out(draft: Draft, places: Sequence[tuple[str | None, int | str]], wanted: Choices) -> Choices:
    chosen = st.multiselect(
        words.text("filing.left_out"),
        places,
        [place for place in places if place in draft.choices.left_out],
        format_func=_place,
        key=f"left_out_{draft.key}",
        placeholder=words.text("filing.left_out_none"),
    )
    return replace(wanted, left_out=frozenset(chosen))


def _place(place: tuple[str | None, int | str]) -> str:
    sheet, at = place
    name = words.text("filing.row" if isinstance(at, int) else "filing.column", at=at)
    return f"{sheet} · {name}" if sheet else name
