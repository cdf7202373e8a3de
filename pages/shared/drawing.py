"""Figures, charts and the data behind them, as every page draws them."""

from collections.abc import Iterable, Mapping

import pandas as pd
import plotly.graph_objects as go
import streamlit as st
from streamlit.delta_generator import DeltaGenerator

from pages.shared import tables, words
from tracking.charts import provisional as signs
from tracking.charts import sentences as charts_sentences
from tracking.policy.in_force import PassMark
from tracking.results import one_space
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


def chart(drawn: go.Figure, key: str, alt: str, *, select: bool = False) -> tuple[str, ...] | None:
    """Draw a chart with its text alternative; with `select`, the customdata of the mark clicked."""
    config = {"displayModeBar": False}
    if not select:
        st.plotly_chart(drawn, key=key, alt=alt, config=config)
        return None
    state = st.plotly_chart(drawn, key=key, alt=alt, config=config, on_select="rerun", selection_mode="points")
    points = state["selection"]["points"]
    return tuple(points[0]["customdata"]) if points else None


def demands(owed: pd.DataFrame, rows: pd.DataFrame) -> None:
    """What a year to come asks: what was missed before in sight, the rest one click away."""
    last = one_space.latest(rows)
    lines = [charts_sentences.demand(row, last.get(row["requirement"]), words.lang()) for _, row in owed.iterrows()]
    missed = int(owed["missed"].sum())
    if not last:
        listed(lines)
        return
    if missed:
        listed(lines[:missed])
    else:
        st.markdown(words.text("space.keep_all"))
    if missed < len(lines):
        with st.expander(words.text("space.keep", count=len(lines) - missed)):
            listed(lines[missed:])


def listed(sentences: Iterable[str]) -> None:
    """Sentences one under the other."""
    st.markdown("\n".join(f"- {words.plain(each)}" for each in sentences))


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


@st.fragment
def behind(frame: pd.DataFrame, key: str) -> None:
    """The data of the chart above, one click away and not sent before."""
    with st.expander(words.text("data"), icon=":material/table:", key=f"behind_{key}", on_change="rerun") as place:
        if place.open:
            tables.show(frame, caption=words.text("data"))
