"""Frames as a person reads them: labels, units, formats, statuses as colour, sign and word."""

from collections.abc import Sequence
from datetime import date
from functools import partial
from typing import Any, Literal, Unpack

import pandas as pd
import streamlit as st
from pandas.io.formats.style import Styler

from pages.shared import data, words
from tracking import database
from tracking.database import Engine
from tracking.exports import covers, formats, provenance
from tracking.exports.covers import Cover
from tracking.results import programme
from tracking.results.tables.filters import Chosen
from tracking.words import looks
from tracking.words.language import translations

# Rows that a page sends at once; whoever needs more downloads the file.
ROWS = 500
# A list sorted by one of these begins with the most.
WORST_FIRST = frozenset({"gap", "short_by", "needed_per_year", "consecutive_years", "year", "filed_at"})
# Of a share a fraction of 1, which a person reads in per cent.
IN_THE_METRIC_S_UNIT = frozenset({"required", "actual", "gap", "attainment", "threshold"})
# Figures that were made texts, since what they count differs from row to row.
_WRITTEN_FIGURES = frozenset({"value", "value_earlier", "value_later", "actual_before", "actual_after", "required"})
WIDTHS: dict[str, Literal["medium", "large"]] = {
    # A name of sixty characters must not push everything else off the screen.
    "space_name": "medium",
    "reason": "large",
    "reasons": "large",
    "description": "large",
}


def columns(frame: pd.DataFrame) -> dict[str, Any]:
    """Label and format for each column of a frame, for `st.dataframe`."""
    return {name: _column(name, str(frame[name].dtype)) for name in frame.columns}


def label(column: str) -> str:
    """The word over a column."""
    return words.text(f"column.{column}")


def show(
    frame: pd.DataFrame, *, names: dict[str, dict[str, str]] | None = None, key: str | None = None, select: bool = False
) -> int | None:
    """Draw a frame's first ROWS rows, and say so where there are more; with `select`, the position of the
    row clicked, None before.

    `names` gives, by column, the words for codes that the translations do not have (tracks).
    """
    shown = frame.head(ROWS)
    if len(frame) > ROWS:
        st.caption(words.text("table.first_rows", rows=f"{ROWS:,}", total=f"{len(frame):,}"))
    styled, config = _styled(shown, names or {}), columns(shown)
    if not select:
        st.dataframe(styled, hide_index=True, column_config=config, key=key, placeholder="")
        return None
    drawn = st.dataframe(
        styled,
        hide_index=True,
        column_config=config,
        key=key,
        placeholder="",
        on_select="rerun",
        selection_mode="single-cell",
    )
    cells = drawn["selection"]["cells"]
    return int(cells[0][0]) if cells else None


def downloads(
    frame: pd.DataFrame, name: str, table: str = "", chosen: Chosen | None = None, *, key: str = "download"
) -> None:
    """A button per kind of file for the whole frame, written when it is asked for; `key` tells two such rows apart.

    Of a table that the dictionary knows, what is chosen of it makes the first sheet of the workbook.
    """
    first = None
    if table:
        selection = {**(chosen or {}), "lang": words.lang()}
        first = data.ask(_cover, table=table, columns=tuple(frame.columns), rows=len(frame), **selection)
    with st.container(horizontal=True):
        for form in formats.FORMATS:
            st.download_button(
                words.text("download", form=form.upper()),
                data=partial(formats.written, [frame], form, first),
                file_name=f"{name}.{form}",
                on_click="ignore",
                icon=":material/download:",
                key=f"{key}_{form}",
            )


def _cover(
    engine: Engine, as_of: date, *, table: str, columns: Sequence[str], rows: int, **chosen: Unpack[Chosen]
) -> Cover:
    """What the rows of a page are and rest on."""
    with database.reading(engine, as_of) as connection:
        rests_on = provenance.of(connection, table, chosen)
        return covers.cover(connection, rests_on, chosen, columns, rows)


def track_names(offered: programme.Programme) -> dict[str, str]:
    """The tracks' names by code, as `show` takes them."""
    return {each.code: each.name(words.lang()) for tracks in offered.tracks.values() for each in tracks}


def edition_names(offered: programme.Programme) -> dict[str, str]:
    """The editions' names by code."""
    return {each.code: each.name(words.lang()) for each in offered.editions}


def heading(name: str) -> str:
    """The word over a column, also over one that tells what another would be otherwise."""
    plainly = name.removesuffix(looks.OTHERWISE)
    label = words.text(f"column.{plainly}") if f"column.{plainly}" in translations() else name
    return label if name == plainly else words.text("table.otherwise", column=label)


def is_year(name: str) -> bool:
    """Whether a column holds years: a year is a name, not an amount."""
    return name in ("year", "evaluation_year", "start_year", "end_year", "period_year")


def _column(name: str, kind: str) -> Any:  # noqa: ANN401 - Streamlit has no common type
    plainly, label = name.removesuffix(looks.OTHERWISE), heading(name)
    if is_year(name):
        return st.column_config.NumberColumn(label, format="%d")
    if kind.startswith("datetime64[us"):
        return st.column_config.DatetimeColumn(label, format="YYYY-MM-DD HH:mm")
    if kind.startswith("datetime64"):
        return st.column_config.DateColumn(label, format="YYYY-MM-DD")
    if kind in ("float64", "int64", "Int64"):
        return st.column_config.NumberColumn(label, format="localized")
    if kind == "bool":
        return st.column_config.CheckboxColumn(label)
    alignment: Literal["right"] | None = "right" if plainly in _WRITTEN_FIGURES else None
    return st.column_config.TextColumn(label, width=WIDTHS.get(plainly), alignment=alignment)


def _styled(frame: pd.DataFrame, names: dict[str, dict[str, str]]) -> Styler:
    lang = words.lang()
    worded = frame.copy()
    style = worded.style
    for name in frame.columns:
        if known := looks.of(name):
            worded[name] = [looks.mark(name, code, lang) for code in frame[name]]
            inks = [f"color: {known[code].ink}; background-color: {known[code].colour}" for code in frame[name]]
            style = style.apply(lambda _, inks=inks: inks, subset=[name])
        elif name in ("phase", "stage", "basis"):
            worded[name] = [words.text(f"{name}.{code}") for code in frame[name]]
        elif name in names:
            worded[name] = [names[name].get(code, code) for code in frame[name]]
    return style
