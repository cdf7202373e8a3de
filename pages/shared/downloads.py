"""Every table as a file: exactly what is filtered, or the whole; and its address for tools."""

import io
from collections.abc import Callable
from datetime import date
from functools import partial
from typing import Unpack
from urllib.parse import urlencode, urljoin

import streamlit as st
from sqlalchemy import Engine

from pages.shared import data, words
from tracking import api, attainment, database, exports, observations
from tracking.api.tables import TABLES as ADDRESSED
from tracking.attainment import Chosen

TABLES = (*attainment.COLUMNS, "observations_wide")
# Rows that are a file within a second or two; more of them are prepared while a bar shows how far it is.
QUICK = {"csv": 300_000, "json": 200_000, "xlsx": 10_000, "parquet": 300_000}
# The keywords of what an address of a table can choose by.
_CHOOSES = {table.name: {parameter.fills for parameter in table.parameters} for table in ADDRESSED}
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


def offer(chosen: Chosen, shortfalls: int) -> None:
    """A table to choose, a button per kind of file, and the address that gives the same rows.

    `shortfalls` is how many of them are chosen.
    """
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
    rows = shortfalls if table == "shortfalls" and not whole else data.ask(_count, table=table, **asked)
    most = exports.MOST_XLSX_ROWS - 1
    stamp = f"v{data.version()}-{data.today():%Y%m%d}"
    preparing = None
    with st.container(horizontal=True):
        for form in exports.FORMATS:
            too_many = form == "xlsx" and rows > most
            if QUICK[form] < rows and not too_many:
                label = words.text("download.prepare", form=form.upper())
                if st.button(label, icon=":material/hourglass_top:", key=f"prepare_{form}"):
                    preparing = form
                continue
            st.download_button(
                words.text("download", form=form.upper()),
                partial(_file, table, form, asked),
                # As the addresses call it: the data version and the day that it rests on.
                file_name=f"{table}-{stamp}.{form}",
                disabled=too_many,
                help=words.text("api.too-many-rows.detail", rows=f"{rows:,}", most=f"{most:,}") if too_many else None,
                on_click="ignore",
                icon=":material/download:",
                key=f"download_{form}",
            )
    if preparing:
        content = _prepared(table, preparing, asked, rows)
        label = words.text("download.prepared", form=preparing.upper(), size=f"{len(content) / 1e6:,.1f}")
        name = f"{table}-{stamp}.{preparing}"
        st.download_button(label, content, name, on_click="ignore", icon=":material/download:", type="primary")
    st.caption(words.text("download.address"))
    st.code(address(table, asked), language=None, wrap_lines=True)


def of_table(table: str, chosen: Chosen) -> Chosen:
    """The filters that a table knows, as its address does; a status of requirements is none of a filing's."""
    known = _CHOOSES[table] - (set() if table in ("attainment", "shortfalls") else {"statuses"})
    kept = {name: value for name, value in chosen.items() if value and (name, value) != ("at_least", 1)}
    return {name: value for name, value in kept.items() if name in known}  # type: ignore[return-value]


def address(table: str, chosen: Chosen) -> str:
    """Where the rows are got over HTTP, as CSV."""
    pairs = [(_PARAMETERS[name], value) for name, value in chosen.items()]
    query = urlencode([(name, list(value) if isinstance(value, tuple) else value) for name, value in pairs], doseq=True)
    return urljoin(str(st.context.url), f"{api.PREFIX}/{table}.csv?{query}")


def _count(engine: Engine, as_of: date, *, table: str, **chosen: Unpack[Chosen]) -> int:
    """The rows of a table."""
    with database.reading(engine, as_of) as connection:
        wide = table == "observations_wide"
        return observations.count(connection, chosen) if wide else attainment.count(connection, table, chosen)


def _prepared(table: str, form: str, chosen: Chosen, rows: int) -> bytes:
    """The file, while a bar shows how far it is."""
    bar = st.progress(0.0, words.text("download.reading"))

    def show(done: int) -> None:
        told = "download.progress" if done < rows else "download.packing"
        bar.progress(min(done / rows, 1.0), words.text(told, done=f"{done:,}", rows=f"{rows:,}"))

    content = _file(table, form, chosen, show)
    bar.empty()
    return content


def _file(table: str, form: str, chosen: Chosen, progress: Callable[[int], None] | None = None) -> bytes:
    with database.reading(data.engine(), data.today()) as connection:
        out = io.BytesIO()
        exports.export(connection, table, chosen, form, out, progress)
    return out.getvalue()
