"""Every table as a file: exactly what is filtered, or the whole; and its address for tools."""

from collections.abc import Sequence
from datetime import date
from functools import partial
from typing import Any, Unpack, cast
from urllib.parse import urlencode, urljoin

import streamlit as st

from pages.shared import data, words
from tracking import api, database
from tracking.api import prepared
from tracking.api.tables import TABLES as ADDRESSED
from tracking.closings import archive
from tracking.database import Engine
from tracking.exports import formats, workbook
from tracking.results.tables import attainment, observations
from tracking.results.tables.columns import COLUMNS
from tracking.results.tables.filters import FILTERS, Chosen

TABLES = (*COLUMNS, "observations_wide")
# Rows that are a file within a second or two; more of them are prepared while a bar shows how far it is.
QUICK = {"csv": 300_000, "json": 200_000, "xlsx": 10_000, "parquet": 300_000}
# What a file is of: the data version and the day, the table, and what is chosen of it.
Content = tuple[str, str, tuple[tuple[str, Any], ...]]
# The keywords of what an address of a table can choose by.
_CHOOSES = {table.name: {parameter.fills for parameter in table.parameters} for table in ADDRESSED}
# What an address calls each filter.
_PARAMETERS = {each.keyword: each.name for each in FILTERS} | {"lang": "lang"}


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
    kept: Chosen = {"lang": words.lang()} if whole else of_table(table, chosen)
    rows = shortfalls if table == "shortfalls" and not whole else data.ask(_count, table=table, **kept)
    most = workbook.MOST_ROWS - 1
    # As the addresses call it: the data version and the day that it rests on.
    stamp = f"v{data.version()}-{data.day():%Y%m%d}-{database.rules()[:8]}"
    content = (stamp, table, tuple(kept.items()))
    stated = _standpoint(table)
    with st.container(horizontal=True):
        for form in formats.FORMATS:
            label = words.text("download", form=form.upper())
            if form == "xlsx" and rows > most:
                why = words.text("api.too-many-rows.detail", rows=f"{rows:,}", most=f"{most:,}")
                _link(label, "", form, disabled=True, help=why)
            elif rows <= QUICK[form]:
                _link(label, address(table, kept, form, stated), form)
            else:
                _prepare(form, content)
    _made(content, rows)
    st.caption(words.text("download.address"))
    st.code(address(table, kept, "csv", stated), language=None, wrap_lines=True)


def closing(number: int, *, whole: bool) -> None:
    """Where a closing is got over HTTP: its file, where the person sees every space, and each of its tables."""
    with st.container(horizontal=True, key="closing_files"):
        if whole:
            _link(words.text("closings.file"), _below_prefix(f"/closings/{number}.zip"), "closing", type="primary")
        for table in archive.TABLES:
            for form in ("xlsx", "parquet"):
                query = urlencode({"closing": number, "lang": words.lang()})
                label = f"{words.text(f'table.{table}')} {form.upper()}"
                _link(label, _below_prefix(f"/{table}.{form}?{query}"), f"{table}_{form}")


def of_table(table: str, chosen: Chosen) -> Chosen:
    """The filters that a table knows, as its address does; a status of requirements is none of a filing's."""
    known = _CHOOSES[table] - (set() if table in ("attainment", "shortfalls") else {"statuses"})
    kept = {name: value for name, value in chosen.items() if value and (name, value) != ("at_least", 1)}
    return {name: value for name, value in kept.items() if name in known}  # type: ignore[return-value]


def address(table: str, chosen: Chosen, form: str, stated: Sequence[tuple[str, object]] = ()) -> str:
    """Where the rows are got over HTTP, all of them in one file; `stated` is the moment, where it is not now."""
    pairs: list[tuple[str, object]] = [(_PARAMETERS[name], value) for name, value in chosen.items()]
    pairs += [("paged", "no")] if form == "json" else []
    pairs += stated
    pairs = [(name, "yes" if value is True else value) for name, value in pairs]
    query = urlencode([(name, list(value) if isinstance(value, tuple) else value) for name, value in pairs], doseq=True)
    return _below_prefix(f"/{table}.{form}?{query}")


def _standpoint(table: str) -> list[tuple[str, object]]:
    """The day and the data version of the page, where they are not the present ones."""
    known = {parameter.name for each in ADDRESSED if each.name == table for parameter in each.parameters}
    stated: dict[str, object] = {}
    if data.day() != data.today():
        stated[data.AS_OF] = data.day().isoformat()
    if data.version() != data.newest():
        stated[data.VERSION] = data.version()
    return [(name, value) for name, value in stated.items() if name in known]


def _below_prefix(path: str) -> str:
    # Beside the page, whatever a proxy has put before both.
    return urljoin(st.context.url or "/", f"{api.PREFIX.lstrip('/')}{path}")


def _link(label: str, url: str, form: str, **how: Any) -> None:  # noqa: ANN401 - as Streamlit takes it
    """A file to fetch: by the browser from its address, so that none passes through Streamlit's memory."""
    st.link_button(label, url, icon=":material/download:", key=f"download_{form}", **how)


def _count(engine: Engine, as_of: date, *, table: str, **chosen: Unpack[Chosen]) -> int:
    """The rows of a table."""
    with database.reading(engine, as_of) as connection:
        wide = table == "observations_wide"
        return observations.count(connection, chosen) if wide else attainment.count(connection, table, chosen)


def _prepare(form: str, content: Content) -> None:
    """The button that makes a file which takes its time."""
    label = words.text("download.prepare", form=form.upper())
    if st.button(label, icon=":material/hourglass_top:", key=f"prepare_{form}"):
        st.session_state["preparing"] = (form, content)


def _made(content: Content, rows: int) -> None:
    """Make the file that was asked for while a bar shows how far it is. It stays as long as nothing else is chosen."""
    form, wanted = st.session_state.get("preparing", (None, None))
    if wanted != content:
        return
    if st.session_state.get("prepared", (None,))[0] != (form, content):
        stamp, table, chosen = content
        bar = st.progress(0.0, words.text("download.reading"))

        def show(done: int) -> None:
            key = "download.progress" if done < rows else "download.packing"
            bar.progress(min(done / rows, 1.0), words.text(key, done=f"{done:,}", rows=f"{rows:,}"))

        try:
            with database.reading(data.shown(), data.day()) as connection:
                write = partial(formats.export, connection, table, cast(Chosen, dict(chosen)), form, progress=show)
                made = prepared.prepare(write, f"{table}-{stamp}.{form}", data.person())
        except OSError as error:
            st.error(words.text("download.no_room", folder=words.plain(error.filename)))
            return
        finally:
            bar.empty()
        st.session_state["prepared"] = ((form, content), made.address, made.size)
    _, path, size = st.session_state["prepared"]
    label = words.text("download.prepared", form=form.upper(), size=f"{size / 1e6:,.1f}")
    _link(label, _below_prefix(path), f"prepared_{form}", type="primary")
