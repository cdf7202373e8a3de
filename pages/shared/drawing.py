"""Charts, signs and formulas, as every page draws them."""

import html
from collections.abc import Iterable, Mapping

import plotly.graph_objects as go
import streamlit as st
from streamlit.delta_generator import DeltaGenerator

from pages.shared import words
from tracking.charts import provisional as signs
from tracking.charts import sentences as charts_sentences
from tracking.policy.in_force import PassMark
from tracking.words import looks, methods


def wide(key: str, width: int = 56) -> DeltaGenerator:
    """A place for a picture that a screen narrower than `width` rem scrolls sideways, as it cannot be read smaller."""
    st.html(f"<style>.st-key-{key} {{overflow-x: auto}} .st-key-{key} > div {{min-width: {width}rem}}</style>")
    place = st.container(key=key)
    # What scrolls must be reached by the keyboard; a screen that shows all of it has nothing to scroll.
    place.html(
        # The page has margins beside it.
        f"<style>@media (min-width: {width + 6}rem) {{.scrolls {{display: none}}}}</style>"
        f'<span class="scrolls" tabindex="0">{words.text("drawing.scrolls")}</span>'
    )
    return place


def chart(drawn: go.Figure, key: str, alt: str) -> None:
    """Draw a chart with its text alternative."""
    st.plotly_chart(drawn, key=key, alt=alt, config={"displayModeBar": False})


def hint(key: str, about: str | None = None) -> None:
    """What can be done with what stands below, in small letters that are not printed; before it, by its key, what that
    is about, which is."""
    first = f"<span>{html.escape(words.text(about))}</span>" if about else ""
    st.html(f'<div class="faint">{first} <span class="hint">{html.escape(words.text(key))}</span></div>')


def pass_marks(marks: Iterable[PassMark], edition: str | None, editions: Mapping[str, str]) -> None:
    """What a year has to hold to pass, in an edition or (None) in each, then with its name."""
    shown = [mark for mark in marks if edition in (None, mark.edition)]
    for mark in shown:
        named = f"{editions[mark.edition]} · " if len(shown) > 1 else ""
        st.caption(words.plain(named + charts_sentences.pass_mark(mark, words.lang())))


def legend(column: str, codes: Iterable[str]) -> None:
    """The signs that a picture uses, each with its word and colour."""
    present = set(codes)
    with st.container(horizontal=True, gap="small"):
        for code in looks.BY_COLUMN[column]:
            if code in present:
                _mark(column, code)


def marks(codes: Mapping[str, str], *, provisional: bool = False) -> None:
    """Codes of several columns side by side, as colour, sign and word; an exit warning of none is not told.

    `provisional`, they rest on a filing that is not approved.
    """
    with st.container(horizontal=True, gap="small"):
        for column, code in codes.items():
            if code != "none":
                _mark(column, code, provisional)


def _mark(column: str, code: str, provisional: bool = False) -> None:
    look = looks.BY_COLUMN[column][code]
    style = f"background:{look.colour};color:{look.ink};padding:1px 8px;border-radius:3px"
    rests = signs.mark(words.lang()) if provisional else ""
    st.html(f'<span style="{style}">{looks.mark(column, code, words.lang())}{rests}</span>', width="content")


def narrow_formulas() -> None:
    """A formula does not wrap: on a narrow screen it is set smaller, and so has nothing to scroll."""
    st.html("<style>.katex-display {font-size: min(1rem, 2.5vw); overflow: visible !important}</style>")


def outlook() -> None:
    """How what may come is told, by formula and source: a pace, a hint, what is out of reach."""
    pace = next(example for example in methods.BASES if example.code == "cumulative")
    st.markdown(f"**{words.text('basis.cumulative')}** {words.text('methods.basis.cumulative')}")
    st.latex(methods.in_language(pace.formula, words.lang()))
    year, value, spread = methods.HINT
    figures = ", ".join(f"{each}: {figure}" for each, figure in methods.HINT_YEARS.items())
    st.markdown(words.text("methods.hint", figures=figures, year=year, value=value, spread=spread))
    st.latex(methods.HINT_FORMULA)
    st.markdown(words.text("methods.reach"))
