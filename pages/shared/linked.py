"""Frames as tables of our own: a row leads to its space, codes are colour, sign and word."""

from collections.abc import Mapping, Sequence

import pandas as pd
import streamlit as st

from pages.shared import html_table, picks, tables, words
from pages.shared.html_table import Column, Html
from tracking.words import looks, numbers

# Rows that a person reads at once; a list that may have more has pages or a file.
MOST = 50
# What a telephone does without.
MINOR = frozenset({"district", "edition", "brand", "clause", "filed_at", "due", "space_id", "phase"})
# Codes that are words of the translations, by column.
_WORDED = ("phase", "stage", "basis")


def show(
    frame: pd.DataFrame,
    shown: Sequence[str],
    caption: str,
    *,
    names: Mapping[str, Mapping[str, str]] | None = None,
    to: Sequence[str] = (),
    most: int = MOST,
) -> None:
    """Draw these columns of a frame's first rows, and say so where there are more.

    Where the frame has space_id, edition and track each row is a link to that enrolment, with the columns in `to`
    as parameters of the address. `names` gives, by column, the words for codes that the translations do not have.
    """
    if len(frame) > most:
        st.caption(words.text("table.first_rows", rows=f"{most:,}", total=f"{len(frame):,}"))
    rows = frame.head(most)
    first = shown[0]
    heads = [Column(tables.heading(name), figures=_counts(frame[name]), minor=name in MINOR) for name in shown]
    lines = []
    for _, row in rows.iterrows():
        cells = [_cell(name, row, names or {}) for name in shown]
        if {"space_id", "track", "edition"} <= {*frame.columns}:
            more = {name: row[name] for name in to}
            enrolment = picks.enrolment_code(row["edition"], row["track"])
            goal = {"space": row["space_id"], "enrolment": enrolment, **more}
            cells[0] = html_table.link("space", cells[0] or row[first], row=True, **goal)
        lines.append(cells)
    html_table.show(heads, lines, caption=caption)


def _counts(column: "pd.Series[int]") -> bool:
    return column.dtype.kind in "iuf" or str(column.dtype) == "Int64"


def _cell(name: str, row: pd.Series, names: Mapping[str, Mapping[str, str]]) -> Html:
    value = row[name]
    if value is None or pd.isna(value):
        return Html("")
    plainly = name.removesuffix(looks.OTHERWISE)
    if looks.of(name):
        return html_table.mark(plainly, value)
    if name in _WORDED:
        return html_table.escaped(words.text(f"{name}.{value}"))
    if name in names:
        return html_table.escaped(names[name].get(value, value))
    if isinstance(value, pd.Timestamp):
        return Html(f'<span class="whole">{value.date()}</span>')
    if isinstance(value, bool):
        return html_table.escaped(words.text("told.yes" if value else "told.no"))
    if tables.is_year(name) or not isinstance(value, int | float):
        return html_table.escaped(value)
    basis = row.get("basis")
    if basis == "attested" and name in tables.IN_THE_METRIC_S_UNIT:
        # An answer has no gap to be told in figures.
        answered = name in ("required", "actual", "threshold")
        return html_table.escaped(numbers.filed(float(value), "yes_no", words.lang()) if answered else "")
    if basis == "share" and name in tables.IN_THE_METRIC_S_UNIT:
        return html_table.escaped(numbers.share(float(value)))
    return html_table.escaped(numbers.figure(float(value), decimals=numbers.DECIMALS))
