"""Every table as a file: exactly what is filtered, or the whole; and its address for tools."""

from functools import partial
from urllib.parse import urlencode, urljoin

import streamlit as st

from pages.shared import data, words
from tracking import api, attainment, covers, database, exports, observations
from tracking.attainment import Chosen

TABLES = (*attainment.COLUMNS, "observations_wide")
# What an address calls each filter.
_PARAMETERS = {
    "spaces": "space",
    "tracks": "track",
    "editions": "edition",
    "districts": "district",
    "years": "year",
    "phases": "phase",
    "statuses": "status",
    "requirements": "requirement",
    "at_least": "at_least",
    "search": "search",
    "lang": "lang",
}


def offer(chosen: Chosen) -> None:
    """A table to choose, a button per kind of file, and the address that gives the same rows."""
    with st.container(horizontal=True, vertical_alignment="bottom"):
        table = st.selectbox(
            words.text("download.table"),
            TABLES,
            index=TABLES.index("shortfalls"),
            format_func=lambda name: f"{words.text(f'table.{name}')} ({name})",
            key="download_table",
        )
        whole = st.toggle(words.text("download.whole"), key="download_whole")
    asked: Chosen = {"lang": words.lang()} if whole else of_table(table, chosen)
    with st.container(horizontal=True):
        for form in exports.FORMATS:
            st.download_button(
                words.text("download", form=form.upper()),
                partial(_file, table, form, asked),
                file_name=f"{table}.{form}",
                on_click="ignore",
                icon=":material/download:",
                key=f"download_{form}",
            )
    st.caption(words.text("download.address"))
    st.code(address(table, asked), language=None, wrap_lines=True)


def of_table(table: str, chosen: Chosen) -> Chosen:
    """The filters that a table knows: a status of requirements is none of a filing's."""
    kept = {name: value for name, value in chosen.items() if value and (name, value) != ("at_least", 1)}
    if table not in ("attainment", "shortfalls"):
        kept.pop("statuses", None)
    return kept  # type: ignore[return-value]


def address(table: str, chosen: Chosen) -> str:
    """Where the rows are got over HTTP, as CSV."""
    pairs = [(_PARAMETERS[name], value) for name, value in chosen.items()]
    query = urlencode([(name, list(value) if isinstance(value, tuple) else value) for name, value in pairs], doseq=True)
    return urljoin(str(st.context.url), f"{api.PREFIX}/{table}.csv?{query}")


def _file(table: str, form: str, chosen: Chosen) -> bytes:
    with database.reading(data.engine(), data.today()) as connection:
        wide = table == "observations_wide"
        rows = observations.wide(connection, chosen) if wide else attainment.read(connection, table, chosen)
        cover = covers.cover(connection, table, chosen, rows.columns, len(rows))
    return exports.written(rows, form, cover)
