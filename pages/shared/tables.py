"""Frames as a person reads them: labels, units, formats, codes as colour, sign and word, rows that lead somewhere."""

from collections.abc import Callable, Mapping, Sequence
from datetime import date
from functools import partial
from typing import Any, Unpack

import pandas as pd
import streamlit as st

from pages.shared import data, html_table, picks, provisional, words
from pages.shared.html_table import Column, Html
from tracking import database
from tracking.database import Engine
from tracking.exports import covers, formats, provenance
from tracking.exports.covers import Cover
from tracking.results import programme
from tracking.results.tables.filters import Chosen
from tracking.words import looks, numbers
from tracking.words.language import translations

# Rows that a page sends at once; whoever needs more downloads the file.
ROWS = 500
# A list sorted by one of these begins with the most.
WORST_FIRST = frozenset({"gap", "short_by", "needed_per_year", "consecutive_years", "year", "filed_at"})
# Of a share a fraction of 1, which a person reads in per cent.
IN_THE_METRIC_S_UNIT = frozenset({"required", "actual", "gap", "attainment", "threshold"})
# Figures that were made texts, since what they count differs from row to row.
_WRITTEN_FIGURES = frozenset({"value", "value_earlier", "value_later", "actual_before", "actual_after", "required"})
# What a telephone does without where a row leads to the rest; that it is provisional the sign says beside each mark.
MINOR = frozenset(
    {"district", "edition", "brand", "clause", "filed_at", "due", "space_id", "phase", "start_year", "end_year"}
    | {"filed_by", "revision", "observations", "sha256", "provisional"}
)
# What is a word or two in every row.
SHORT = frozenset({"track", "unit", "phase", "clause"})
# Codes that are words of the translations, by column.
_WORDED = ("phase", "stage", "basis")
# Moments, as against days.
_WITH_MINUTES = "datetime64[us]"

# A row by its columns. A Series of each would take as long as all the cells.
Row = Mapping[str, Any]
# What a row leads to, with its first cell as the words of the link.
Link = Callable[[Row, object], Html]


def label(column: str) -> str:
    """The word over a column."""
    return words.text(f"column.{column}")


def show(
    frame: pd.DataFrame,
    *,
    shown: Sequence[str] | None = None,
    caption: str = "",
    names: Mapping[str, Mapping[str, str]] | None = None,
    link: Link | None = None,
    most: int = ROWS,
    stacked: bool = False,
) -> None:
    """Draw these columns of a frame's first rows, or all, and say so where there are more rows.

    `caption` says to whoever cannot see it what the table shows. `names` gives, by column, the words for codes that
    the translations do not have (tracks). With `link` each row leads where it says; what a row leads to tells the
    rest, so that a telephone does without MINOR; `stacked`, it has the cells of a row one under the other.
    """
    if len(frame) > most:
        st.caption(words.text("table.first_rows", rows=f"{most:,}", total=f"{len(frame):,}"))
    # As objects, each value is as Python has it, whatever stands beside it in the row.
    rows, shown = frame.head(most).astype(object), list(frame.columns) if shown is None else shown
    heads = [
        Column(
            heading(name),
            figures=_counts(name, frame[name]),
            # The first cell is the link itself.
            minor=link is not None and name in MINOR and name != shown[0],
            short=is_year(name) or name in SHORT,
        )
        for name in shown
    ]
    moments = {name for name in shown if str(frame[name].dtype) == _WITH_MINUTES}
    lines = []
    for row in rows.to_dict("records"):
        cells = [_cell(name, row, names or {}, minutes=name in moments) for name in shown]
        if link is not None:
            cells[0] = link(row, cells[0] or row[shown[0]])
        lines.append(cells)
    html_table.show(heads, lines, caption=caption or words.text("table.caption"), stacked=stacked)
    if "provisional" in rows and any(map(looks.of, shown)):
        provisional.legend(rows["provisional"].any())


def editable(frame: pd.DataFrame) -> dict[str, Any]:
    """Label and format for each column of a frame that a person changes, for `st.data_editor`."""
    number = st.column_config.NumberColumn
    return {name: number(heading(name), format="%d") if is_year(name) else heading(name) for name in frame.columns}


def to_enrolment(*more: str) -> Link:
    """The link of a row with space_id, edition and track to its enrolment; the columns in `more` go with it."""

    def link(row: Row, label: object) -> Html:
        enrolment = picks.enrolment_code(row["edition"], row["track"])
        goal = {"space": row["space_id"], "enrolment": enrolment, **{name: row[name] for name in more}}
        return html_table.link("space", label, row=True, **goal)

    return link


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


def _counts(name: str, column: "pd.Series[int]") -> bool:
    figures = column.dtype.kind in "iuf" or str(column.dtype) == "Int64"
    return (figures and not is_year(name)) or name.removesuffix(looks.OTHERWISE) in _WRITTEN_FIGURES


def _cell(name: str, row: Row, names: Mapping[str, Mapping[str, str]], *, minutes: bool) -> Html:
    value = row[name]
    if value is None or pd.isna(value):
        return Html("")
    if looks.of(name):
        return html_table.mark(name, value, _answered(name, row), provisional=row.get("provisional", False))
    if name in _WORDED:
        return html_table.escaped(words.text(f"{name}.{value}"))
    if name in names:
        return html_table.escaped(names[name].get(value, value))
    if isinstance(value, pd.Timestamp):
        return Html(f'<span class="whole">{value:%Y-%m-%d %H:%M}</span>' if minutes else f"{value:%Y-%m-%d}")
    if isinstance(value, bool):
        return html_table.escaped(words.text("told.yes" if value else "told.no"))
    if is_year(name) or not isinstance(value, int | float):
        return html_table.escaped(value)
    return _figure(name, float(value), row.get("basis"))


def _answered(name: str, row: Row) -> str | None:
    """The sign and a code's word of its own for what is judged in another way (a yes or no is not "short"), if any."""
    key = f"{name}.{row[name]}.{row.get('basis')}"
    look = (looks.of(name) or {}).get(row[name])
    return f"{look.sign} {words.text(key)}" if look and key in translations() else None


def _figure(name: str, value: float, basis: str | None) -> Html:
    if basis == "attested" and name in IN_THE_METRIC_S_UNIT:
        # An answer has no gap to be told in figures.
        answered = name in ("required", "actual", "threshold")
        return html_table.escaped(numbers.filed(value, "yes_no", words.lang()) if answered else "")
    if basis == "share" and name in IN_THE_METRIC_S_UNIT:
        return html_table.escaped(numbers.share(value))
    return html_table.escaped(numbers.figure(value, decimals=numbers.DECIMALS))
