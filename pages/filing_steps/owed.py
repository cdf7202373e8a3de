"""Which years are due, filed and late, and the template to fill in."""

from functools import partial

import pandas as pd
import streamlit as st

from pages.shared import data, drawing, html_table, picks, tables, words
from pages.shared.filters import OF_SPACES, Selection
from pages.shared.html_table import Html
from tracking.filing import templates
from tracking.results import history
from tracking.results.tables import attainment
from tracking.words import looks

_OF_SPACE = ("year", "state", "due", "filed_at", "filed_by", "revision", "observations")
_OF_ALL = ("space_name", "space_id", "state", "year", *_OF_SPACE[2:])
# Rows of the list, the most urgent first; the file has all.
_AT_ONCE = 10


def show(selection: Selection, space: str | None) -> int | None:
    """What is owed by one space, or by all that were chosen, and a template for it; the year chosen of one space."""
    chosen = selection.chosen(*OF_SPACES, *(() if space else ("year",)))
    rows = data.ask(history.owed, **chosen, spaces=(space,) if space else ())
    if rows.empty:
        st.info(words.text("filing.nobody"))
        return None
    counts = rows["state"].value_counts()
    labels = [f"{looks.word('state', state, words.lang())} {counts[state]:,}" for state in rows["state"].unique()]
    st.subheader(words.text("filing.due", counts=words.text("filing.comma").join(labels)), anchor=False)
    if space is None:
        _of_all(rows, selection)
        return None
    return _of_space(space, rows)


def _of_all(rows: pd.DataFrame, selection: Selection) -> None:
    drawing.hint("filing.pick_row")
    # Of those that nobody has filed nothing is known of the filing.
    shown = [name for name in _OF_ALL if rows[name].head(_AT_ONCE).notna().any()]
    tables.show(rows, shown=shown, caption=words.text("table.filings"), link=_to_filing, most=_AT_ONCE)
    if len(rows) > _AT_ONCE:
        tables.downloads(rows, "filings", "filings", selection.chosen())
    if selection.track is not None:
        _template(selection.track, "", data.today().year - 1)


def _to_filing(row: tables.Row, label: object) -> Html:
    return html_table.link("filing", label, row=True, space=row["space_id"], year=row["year"])


def _of_space(space: str, rows: pd.DataFrame) -> int:
    """The years of a space, the most urgent first, and the template of the one chosen, for all its tracks."""
    tables.show(rows, shown=_OF_SPACE, caption=words.text("table.filings"), link=_to_filing)
    states = {str(year): state for year, state in rows[["year", "state"]].itertuples(index=False)}
    labels = {year: looks.mark("state", state, words.lang()) for year, state in states.items()}
    # What is collected now, and not the oldest that is owed: that one is hardly what anybody has at hand.
    collected = str(data.today().year - 1)
    named = lambda each: f"{words.text('year', year=each)} {labels[each]}"  # noqa: E731
    year = int(picks.part("year", list(states), named, collected))
    enrolled = data.ask(attainment.verdicts, spaces=(space,), withheld=True)
    covering = enrolled[(enrolled["start_year"] <= year) & (enrolled["end_year"] >= year)]
    _template(str(covering["track"].iloc[0]), space, year)
    return year


def _template(track: str, space: str, year: int) -> None:
    with st.container(horizontal=True, vertical_alignment="center"):
        st.text(words.text("filing.template", year=year), width="content")
        for form in ("xlsx", "csv"):
            st.download_button(
                words.text(f"filing.template_{form}"),
                partial(templates.template, data.engine(), track, form, space=space, year=year),
                file_name=f"{space or track}-{year}.{form}",
                on_click="ignore",
                icon=":material/download:",
                type="primary" if form == "xlsx" else "secondary",
                key=f"template_{form}",
            )
